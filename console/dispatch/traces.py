"""The road a vehicle drove, from where it was: what is asked and what is answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.tongues import tr


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a vehicle was at a moment, give or take ``accuracy`` metres."""

    at: datetime
    point: Coordinate
    accuracy: float = 10.0


class Untraced(StrEnum):
    """Why nothing is known of a piece of a way.

    ``NO_WAY``: no road joins its ends, or they are too far apart to tell by which.
    """

    OFF_ROAD = "off_road"
    NO_WAY = "no_way"


@dataclass(frozen=True, slots=True)
class Matched:
    """Where on a road a position was, and on which of the trace's lines; None: on none."""

    point: Coordinate
    piece: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece of a way that no line shows, from position ``first`` to ``last``, counted from 0.

    OFF_ROAD: all of them lie off any road; NO_WAY: the two are neighbours.
    """

    first: int
    last: int
    why: Untraced


@dataclass(frozen=True, slots=True)
class Trace:
    """The road that was driven: unbroken lines in order, and the metres along them.

    ``matched`` holds each position's place, None off any road; between two lines there is a gap.
    """

    lines: tuple[tuple[Coordinate, ...], ...]
    metres: int
    matched: tuple[Matched | None, ...]
    gaps: tuple[Gap, ...]


class Untraceable(ConsoleError):  # noqa: N818 - a verdict
    """An engine that cannot match positions to its roads."""

    def __init__(self, engine: str) -> None:
        super().__init__(
            tr("{engine} cannot tell which roads were driven.", engine=engine),
            remedy=tr("Choose Valhalla for this region in File > Engines and services."),
        )
