"""What the map shows, as plain values; coordinates are WGS 84 degrees, colours ``#rrggbb``."""

from dataclasses import dataclass, field
from enum import StrEnum


class StopState(StrEnum):
    """How a stop stands; the map draws each differently, never by colour alone."""

    NORMAL = "normal"
    LATE = "late"
    AT_RISK = "at_risk"
    UNASSIGNED = "unassigned"
    DONE = "done"
    FAILED = "failed"


class LineKind(StrEnum):
    """What a line stands for; old ones lie under all others, new pieces over them."""

    ROUTE = "route"
    OLD = "old"
    PIECE = "piece"


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route's line along streets.

    ``points`` are (lat, lon), at most some 300; ``pattern`` dashes in px, empty for solid;
    ``dim`` draws it faint; ``name`` and ``summary`` stand in the pill of the lit route.
    """

    key: str
    number: int
    color: str
    ink: str
    points: tuple[tuple[float, float], ...]
    pattern: tuple[float, ...] = ()
    dim: bool = False
    locked: bool = False
    name: str = ""
    summary: str = ""
    kind: LineKind = LineKind.ROUTE

    def flat(self) -> dict[str, object]:
        """For the page: points as one flat list lat, lon, lat, lon."""
        return {
            "key": self.key,
            "number": self.number,
            "color": self.color,
            "ink": self.ink,
            "points": [value for point in self.points for value in point],
            "pattern": self.pattern,
            "dim": self.dim,
            "locked": self.locked,
            "name": self.name,
            "summary": self.summary,
            "kind": self.kind,
        }


@dataclass(frozen=True, slots=True)
class StopMark:
    """A stop.

    ``number`` is its place in the route, None when unassigned; ``badge`` a short text such as
    ``+17`` at a late one; ``label`` is shown under the mouse. ``small`` is never more than a dot.
    ``tag`` is who had it and who gets it, shown beside it; ``ring`` the colour of a colleague who
    has it selected.
    """

    key: str
    route_key: str | None
    number: int | None
    lat: float
    lon: float
    state: StopState = StopState.NORMAL
    badge: str = ""
    color: str = ""
    ink: str = ""
    pinned: bool = False
    dim: bool = False
    label: str = ""
    small: bool = False
    tag: tuple[str, str] | None = None
    ring: str = ""


@dataclass(frozen=True, slots=True)
class VanMark:
    """A driver where she was last; ``heading`` in degrees from north, None while unknown.

    ``age`` is ``fresh``, ``stale`` or ``lost``; ``trouble`` puts a halo round it. ``label`` stands
    beside one that is lit or lost.
    """

    key: str
    number: int
    lat: float
    lon: float
    heading: float | None
    color: str
    ink: str
    age: str = "fresh"
    trouble: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class DepotMark:
    """A depot."""

    key: str
    lat: float
    lon: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class ZoneMark:
    """A zone: its corners as lat, lon, lat, lon; ``tone`` a colour token, ``dash`` in px.

    ``idle`` ones do not hold on the day that is shown; ``lit`` is the one that is chosen.
    """

    key: str
    label: str
    corners: tuple[float, ...]
    tone: str
    dash: str = ""
    idle: bool = False
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """Which of two plans is shown: the key of one of ``choices``, (key, words) each.

    ``legend`` explains (kind, sample, words) while both are shown: old, piece or tag.
    """

    shown: str
    choices: tuple[tuple[str, str], ...]
    legend: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Patch[Mark]:
    """The way from what the page shows to what it shall show."""

    upsert: list[Mark] = field(default_factory=list[Mark])
    remove: list[str] = field(default_factory=list[str])

    def __bool__(self) -> bool:
        return bool(self.upsert or self.remove)


def patch_between[Mark](before: dict[str, Mark], after: dict[str, Mark]) -> Patch[Mark]:
    """Only the marks that are new, different or gone."""
    return Patch(
        upsert=[mark for key, mark in after.items() if before.get(key) != mark],
        remove=[key for key in before if key not in after],
    )
