"""Everything a console works with, wired together by bootstrap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from console.dispatch.choices import Choices
from console.dispatch.daypaper import DayPaper
from console.dispatch.debriefpaper import DebriefPaper
from console.dispatch.extracts import Atlas
from console.dispatch.journal import Journal, Outbox, Snapshots
from console.dispatch.lanes import Lanes
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.paper import Papers
from console.dispatch.ports import (
    Basemap,
    Clock,
    Geocoder,
    Messages,
    Orders,
    Places,
    Region,
    Streets,
)
from console.dispatch.presence import Alone, Company
from console.dispatch.publications import Publications
from console.dispatch.registers import (
    Fleet,
    Notes,
    Positions,
    Preferences,
    Recurring,
    Scenarios,
    Traffics,
)
from console.dispatch.roles import Role
from console.dispatch.stores import Stores
from console.dispatch.street import Notices
from console.planning.problem import Problem
from console.planning.run import OnProgress, Run, Terms


class Solver(Protocol):
    """Searches in processes of its own."""

    def solve(self, problem: Problem, terms: Terms, on_progress: OnProgress | None = None) -> Run:
        """Begin; ``on_progress`` is called from another thread with every improvement."""
        ...

    def close(self) -> None:
        """End all processes."""
        ...


class Sheets(Protocol):
    """Paper for the driver, and for whoever trains."""

    def render(self, papers: Papers) -> bytes:
        """One PDF with the wished paper of each driver; ConsoleError when there is none."""
        ...

    def debrief(self, paper: DebriefPaper) -> bytes:
        """A graded run as a PDF."""
        ...

    def day(self, paper: DayPaper) -> bytes:
        """A day's report as a PDF."""
        ...


class Secret(StrEnum):
    """What a keyring holds for us: the shared database's password, keys of services."""

    DATABASE = "database"
    ADDRESSES = "addresses"
    STREETS = "streets"


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the installation, for ``doorstep doctor``."""

    name: str
    version: str
    found: bool
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Services:
    """The adapters of one console.

    ``actor`` is a person, ``origin`` this console. ``data_version`` changes when anybody else
    writes to the store.
    """

    journal: Journal
    places: Places
    orders: Orders
    fleet: Fleet
    notes: Notes
    preferences: Preferences
    traffics: Traffics
    scenarios: Scenarios
    recurring: Recurring
    regions: Atlas
    geocoder: Callable[[Region], Geocoder]
    streets: Callable[[Region], Streets]
    basemap: Callable[[Region], Basemap]
    solver: Solver
    sheets: Sheets
    clock: Clock
    lanes: Lanes
    actor: str
    origin: str
    components: Callable[[], Sequence[Component]]
    data_version: Callable[[], int]
    registers_version: Callable[[], int] = lambda: 0
    """The same where it may have been a register."""
    roles: frozenset[Role] = frozenset(Role)
    """What the person may do here: everything, where the store is a file of hers."""
    is_connected: Callable[[], bool] = lambda: True
    snapshots: Snapshots | None = None
    diagnose: Callable[[Path], None] = lambda _path: None
    """Writes what may help somebody who helps, as a zip; blocks. ConsoleError when it cannot."""
    outbox: Outbox | None = None
    """Where the journal may be out of reach; None where it is a file here."""
    company: Company = field(default_factory=Alone)
    """Who else works on this store now."""
    positions: Positions | None = None
    """Where drivers were; None where nothing of it is kept."""
    publications: Publications | None = None
    """Regions that consoles share; None where the store is a file, whose windows share the disk."""
    stores: Stores | None = None
    """The way to other stores and backups; None where the store is thrown away anyhow."""
    choices: Choices | None = None
    """Who answers for each region; None where nobody may choose."""
    notices: Notices = field(default_factory=Noticeboard)
    """Where drivers are told of their routes."""
    messages: Messages | None = None
    """The way to customers; None where they are told by hand, and wherever nothing is real."""
    tend: Callable[[], str] = lambda: ""
    """Checks the store and makes its backups, in a process of its own; answers what is wrong."""
