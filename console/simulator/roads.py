"""The kinds of road the demo city has, and the strokes a draughtsman would draw them with."""

from dataclasses import dataclass

import shapely


@dataclass(frozen=True, slots=True)
class RoadKind:
    """`half` is half the carriageway in metres, `speed` the limit in km/h; rank 0 is no road.

    Where two kinds meet, the higher rank goes first; `addressed` kinds have houses.
    """

    highway: str
    half: float
    speed: int
    rank: int
    addressed: bool = True


ROADS = {
    "bypass": RoadKind("primary", 6.0, 80, 9, addressed=False),
    "circle": RoadKind("primary", 4.5, 30, 9, addressed=False),
    "country": RoadKind("secondary", 4.5, 80, 8, addressed=False),
    "radial": RoadKind("secondary", 5.5, 50, 8),
    "ring": RoadKind("secondary", 6.5, 50, 7),
    "wall": RoadKind("tertiary", 5.0, 30, 6),
    "link": RoadKind("tertiary", 3.5, 80, 5, addressed=False),
    "entry": RoadKind("tertiary", 3.5, 50, 5),
    "quay": RoadKind("tertiary", 4.5, 50, 5),
    "collector": RoadKind("tertiary", 5.0, 50, 4),
    "works": RoadKind("unclassified", 5.0, 50, 3),
    "street": RoadKind("residential", 4.0, 30, 2),
    "village": RoadKind("residential", 3.5, 30, 2),
    "alley": RoadKind("living_street", 3.0, 20, 1),
    "mall": RoadKind("pedestrian", 4.0, 7, 1),
    "rim": RoadKind("", 0.0, 0, 0, addressed=False),
}
PEDESTRIAN = "mall"


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """One line of the plan, in metres; a `name` given here is used as it stands."""

    line: shapely.LineString
    kind: str
    name: str = ""
