"""Where one trains: a day of the fictional city in a store that is thrown away afterwards."""

from datetime import date, datetime
from typing import Protocol

from console.dispatch.kindofday import Scenario
from console.dispatch.pace import Pace
from console.dispatch.ports import Progress, Streets
from console.dispatch.services import Services
from console.dispatch.street import Street
from console.dispatch.training.results import Results
from console.dispatch.training.shelf import Shelf


class Room(Protocol):
    """One rehearsed day, planned and released; nobody real is told anything.

    ``services`` are those of a store of its own with the rehearsal's clock.
    """

    @property
    def services(self) -> Services:
        """What a window on it works with."""
        ...

    @property
    def pace(self) -> Pace:
        """Its clock."""
        ...

    @property
    def day(self) -> date:
        """The service day."""
        ...

    @property
    def scenario(self) -> Scenario:
        """What kind of day."""
        ...

    @property
    def trainee(self) -> str:
        """Who works in it."""
        ...

    async def live(self, street: Street, streets: Streets) -> None:
        """The day, until its pace is closed; positions and facts go to this street."""
        ...

    def close(self) -> None:
        """End its processes and throw its store away; blocking."""
        ...


class Rooms(Protocol):
    """Makes them; ``shelf`` has the scenarios, ``results`` what trainees came to."""

    shelf: Shelf
    results: Results

    def open(self, scenario: Scenario, trainee: str, speed: float, told: Progress) -> Room:
        """Draw the city where it is not there yet, plan the day and release it; a minute or less.

        Blocking. Whatever ``told`` raises stops it, and nothing is left behind.
        """
        ...

    def now(self) -> datetime:
        """The real time, UTC: results are dated with it."""
        ...
