"""Everything a console works with, wired together by bootstrap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from console.dispatch.extracts import Atlas
from console.dispatch.journal import Journal, Outbox, Snapshots
from console.dispatch.lanes import Lanes
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.paper import Papers
from console.dispatch.ports import (
    Basemap,
    Clock,
    Geocoder,
    Notices,
    Orders,
    Places,
    Region,
    Streets,
)
from console.dispatch.registers import Fleet, Notes, Preferences, Traffics
from console.dispatch.roles import Role
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
    """Paper for the driver."""

    def render(self, papers: Papers) -> bytes:
        """One PDF with the wished paper of each driver; ConsoleError when there is none."""
        ...


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
    roles: frozenset[Role] = frozenset(Role)
    """What the person may do here: everything, where the store is a file of hers."""
    is_connected: Callable[[], bool] = lambda: True
    snapshots: Snapshots | None = None
    outbox: Outbox | None = None
    """Where the journal may be out of reach; None where it is a file here."""
    notices: Notices = field(default_factory=Noticeboard)
    """Where drivers are told of their routes."""
    tend: Callable[[], str] = lambda: ""
    """Checks the store and makes its backups, in a process of its own; answers what is wrong."""
