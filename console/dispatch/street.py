"""The ports of the street: phones, the web and the simulator speak through these alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from console.dispatch.manifests import Manifest, ManifestChanges
from console.domain.places import Coordinate
from console.domain.plan import Cause, FactId, FactKind, RouteId, StopId


@dataclass(frozen=True, slots=True)
class Position:
    """One GPS fix of a route's driver; ``at`` is when it was taken, however late it comes in.

    ``accuracy`` in metres, ``heading`` in degrees clockwise from north, ``speed`` in m/s.
    """

    route: RouteId
    at: datetime
    point: Coordinate
    accuracy: float = 10.0
    heading: float | None = None
    speed: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A fact as somebody tells it. The ``id`` is made where it happened: it may be sent again.

    ``note`` is a text, which goes into a register. ``corrects`` names the fact it takes back.
    """

    id: FactId
    kind: FactKind
    subject: StopId | RouteId
    happened_at: datetime
    cause: Cause | None = None
    note: str = ""
    corrects: FactId | None = None


class Street(Protocol):
    """What comes in from the street, in any order and as late as it likes; on the desk's thread."""

    async def accept(self, positions: Sequence[Position]) -> None:
        """Positions; what follows from them (an arrival) becomes facts.

        Those of unknown routes are passed over.
        """
        ...

    async def report(self, reports: Sequence[Report]) -> None:
        """Facts, durable when the call returns; what is known already is passed over."""
        ...


class NoticeKind(StrEnum):
    """What a driver is told."""

    RELEASED = "released"  # for the first time, or with changes
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to a route's driver; ``changes`` since what she was given before, if she was."""

    kind: NoticeKind
    route: RouteId
    manifest: Manifest | None = None
    changes: ManifestChanges | None = None


class Notices(Protocol):
    """What goes out to the street."""

    def send(self, notice: Notice) -> None:
        """Hand it on; never blocks, never raises: who cannot be reached is told later."""
        ...
