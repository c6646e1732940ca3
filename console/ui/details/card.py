"""What the details dock shows, as values: equal cards need no repaint."""

from dataclasses import dataclass

from console.domain.plan import RouteId, StopId


@dataclass(frozen=True, slots=True)
class Row:
    """A name and a text; ``share`` (1.0 is full) puts a load bar between them."""

    name: str
    text: str
    tone: str = "text"
    more: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Windows and an arrival on one line; all in epoch seconds, labels on the depot's clock."""

    windows: tuple[tuple[float, float], ...]
    arrival: float
    labels: tuple[tuple[float, str], ...]
    arrival_label: str
    is_late: bool
    driver: int


@dataclass(frozen=True, slots=True)
class Part:
    """A section."""

    title: str
    rows: tuple[Row, ...]
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class TagFace:
    """A small coloured word; ``tone`` is ok, warn, bad, accent or text2."""

    text: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that needs a look, and what a click on it picks."""

    text: str
    where: str
    tone: str
    stop: StopId | None = None
    route: RouteId | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """All of it. ``buttons`` are (action's name, text); ``stops`` are what alternatives are for."""

    head: str
    more: str = ""
    chip: int = 0
    title: str = ""
    second: str = ""
    tags: tuple[TagFace, ...] = ()
    reasons: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    trouble_title: str = ""
    troubles: tuple[Trouble, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    stops: tuple[StopId, ...] = ()
