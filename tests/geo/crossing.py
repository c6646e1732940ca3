"""Crossings far from each other: two places, a straight road that asks something, and a way round.

Whether a vehicle may take the straight road is read off the distance between the two places.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from console.dispatch.ports import Region
from console.domain.places import Coordinate
from console.geo import roads
from tests.geo.town import Drawing, Tags

LAT, WEST, EAST = 48.0, 11.0, 11.02
AROUND = 0.004  # degrees the way round bends away
APART = 0.03  # degrees between two crossings
END = 0.001


@dataclass(frozen=True)
class Crossing:
    """What the straight road asks: its own tags, those of a node in its middle, a turn into it."""

    way: Tags = field(default_factory=dict[str, str])
    node: Tags = field(default_factory=dict[str, str])
    turn: str = ""


HOURS = "delivery @ (Mo-Fr 06:00-10:00)"
CROSSINGS = {
    "plain": Crossing(),
    "low bridge": Crossing({"maxheight": "2.5", "bridge": "yes"}),
    "weak bridge": Crossing({"maxweight": "7.5", "bridge": "yes"}),
    "narrow": Crossing({"maxwidth": "2.2"}),
    "short": Crossing({"maxlength": "7"}),
    "no lorries": Crossing({"hgv": "no"}),
    "no dangerous goods": Crossing({"hazmat": "no"}),
    "one way": Crossing({"oneway": "yes"}),
    "bollard": Crossing(node={"barrier": "bollard"}),
    "no straight on": Crossing(turn="no_straight_on"),
    "zone": Crossing({"highway": "pedestrian"}),
    "zone with hours": Crossing(
        {"highway": "pedestrian", "motor_vehicle": "no", "motor_vehicle:conditional": HOURS}
    ),
    "deliveries only": Crossing({"highway": "pedestrian", "motor_vehicle": "delivery"}),
    "closed by day": Crossing({"motor_vehicle:conditional": "no @ (07:00-12:00)"}),
}


def _lat(name: str) -> float:
    return LAT + list(CROSSINGS).index(name) * APART


def west(name: str) -> Coordinate:
    return Coordinate(_lat(name), WEST - END)


def east(name: str) -> Coordinate:
    return Coordinate(_lat(name), EAST + END)


def middle(name: str) -> Coordinate:
    """On the straight road, off its middle."""
    return Coordinate(_lat(name), WEST + (EAST - WEST) / 4)


def draw() -> Drawing:
    town = Drawing()
    for name, crossing in CROSSINGS.items():
        _draw(town, _lat(name), crossing)
    lats = [_lat(name) for name in CROSSINGS]
    town.way([(lat, WEST - END) for lat in lats], {"highway": "primary", "name": "Highway"})
    return town


def _draw(town: Drawing, lat: float, crossing: Crossing) -> None:
    street = {"highway": "residential"}
    before = town.way([(lat, WEST - END), (lat, WEST)], {**street, "name": "West"})
    town.way([(lat, EAST), (lat, EAST + END)], {**street, "name": "East"})
    centre = lat, (WEST + EAST) / 2
    if crossing.node:
        town.at[centre] = town.node(*centre, crossing.node)
    straight = town.way(
        [(lat, WEST), centre, (lat, EAST)], {**street, "name": "Straight", **crossing.way}
    )
    bend = lat + AROUND
    corners = [(lat, WEST), (bend, WEST + END), (bend, EAST - END), (lat, EAST)]
    town.way(corners, {**street, "name": "Round"})
    if crossing.turn:
        town.turn(before, town.node(lat, WEST), straight, crossing.turn)


def region(folder: Path, streets: Path | None = None) -> Region:
    """A region of these streets alone, without addresses and map."""
    source = roads.source(folder)
    source.parent.mkdir(parents=True)
    if streets is None:
        draw().write(source)
    else:
        source.symlink_to(streets)
    bounds = (LAT - 0.01, WEST - 0.01, LAT + len(CROSSINGS) * APART, EAST + 0.01)
    made = datetime(2026, 11, 22, tzinfo=UTC)
    return Region("crossings", "0" * 64, folder, bounds, "Europe/Berlin", 0, made)
