"""Rules of the road: pedestrian streets, one-way streets, signals, forbidden turns."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownMemberType=false

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from console.simulator.addresses import Streets
from console.simulator.buildings import Houses
from console.simulator.network import Network, Numbers, reachable
from console.simulator.noise import Points
from console.simulator.roads import PEDESTRIAN
from console.simulator.town import Town

_WALK = 48.0
_ZONE = 135.0


@dataclass(frozen=True, slots=True, eq=False)
class Traffic:
    """`kinds` with pedestrian streets; `oneway[e]` is 1 along the edge, -1 against it, else 0.

    `signals` are junctions with lights; `bans` are (edge in, junction, edge out).
    """

    kinds: NDArray[np.str_]
    oneway: Numbers
    signals: Numbers
    bans: tuple[tuple[int, int, int], ...]


def regulate(town: Town, streets: Streets, houses: Houses, rng: np.random.Generator) -> Traffic:
    """Set the rules; every road a car may use can be reached from every other one."""
    kinds = _pedestrian(town, streets, houses)
    oneway = _oneway(town, streets, kinds, rng)
    network = town.network
    junction = np.zeros(len(network.degrees(network.ranks > 0)))
    major = np.isin(kinds, ["ring", "radial", "wall"])
    crossing = (network.degrees(major) >= 3) & (network.degrees(network.ranks > 0) >= 3)
    collector = (network.degrees(np.isin(kinds, ["ring", "radial"])) >= 2) & (
        network.degrees(kinds == "collector") >= 1
    )
    circle = network.degrees(kinds == "circle") > 0
    junction[(crossing | collector) & ~circle] = 1
    signals = np.flatnonzero(junction)
    return Traffic(kinds, oneway, signals, _bans(network, kinds, oneway, signals))


def _pedestrian(town: Town, streets: Streets, houses: Houses) -> NDArray[np.str_]:
    """Close streets round the market to cars while every house stays within a short walk."""
    network, kinds = town.network, town.network.kinds.copy()
    market = shapely.centroid(town.blocks[np.flatnonzero(town.uses == "market")[0]])
    away = shapely.distance(network.lines, market)
    inner = np.flatnonzero((kinds == "alley") & (away < _ZONE))
    near = houses.shapes[shapely.distance(houses.shapes, market) < 2 * _ZONE]
    spots = shapely.centroid(near)
    drivable = network.ranks > 0
    total = drivable.sum()
    order = dict.fromkeys(streets.of[inner[np.argsort(away[inner], kind="stable")]].tolist())
    for street in order:
        some = inner[streets.of[inner] == street]
        drivable[some] = False
        open_to_cars = network.lines[drivable & (away < 4 * _ZONE)]
        _, walks = shapely.STRtree(open_to_cars).query_nearest(
            spots, return_distance=True, all_matches=False
        )
        whole = reachable(network, drivable).sum() == drivable.sum()
        if whole and walks.max() <= _WALK and total - drivable.sum() <= 60:
            kinds[some] = PEDESTRIAN
        else:
            drivable[some] = True
    return kinds


def _oneway(
    town: Town, streets: Streets, kinds: NDArray[np.str_], rng: np.random.Generator
) -> Numbers:
    network = town.network
    count = len(streets.names)
    direction = rng.choice([-1, 1], count) * (rng.random(count) < 0.42)
    uses = town.uses[np.maximum(town.left, town.right)]
    may = (kinds == "alley") | ((kinds == "street") & np.isin(uses, ["perimeter", "terrace"]))
    oneway = np.where(may & (streets.of >= 0), direction[streets.of] * streets.forward, 0)
    oneway[kinds == "circle"] = 1
    drivable = (network.ranks > 0) & (kinds != PEDESTRIAN)
    while True:
        lost = ~strongly_connected(network, drivable, oneway)
        edges = drivable & (lost[network.start] | lost[network.end])
        stuck = edges & (oneway != 0) & (kinds != "circle")
        if not stuck.any():
            return oneway
        oneway[np.isin(streets.of, streets.of[stuck]) & (kinds != "circle")] = 0


def strongly_connected(
    network: Network, drivable: NDArray[np.bool_], oneway: Numbers
) -> NDArray[np.bool_]:
    """Junctions from which the town's main junction can be reached by car, and the reverse."""
    with_line, against = drivable & (oneway >= 0), drivable & (oneway <= 0)
    tail = np.r_[network.start[with_line], network.end[against]]
    head = np.r_[network.end[with_line], network.start[against]]
    size = int(max(network.start.max(), network.end.max())) + 1
    busiest = int(np.argmax(np.bincount(network.start[network.ranks == 8], minlength=size)))
    return _flooded(tail, head, busiest, size) & _flooded(head, tail, busiest, size)


def _flooded(tail: Numbers, head: Numbers, source: int, size: int) -> NDArray[np.bool_]:
    reached = np.zeros(size, dtype=bool)
    reached[source] = True
    while True:
        step = head[reached[tail] & ~reached[head]]
        if not len(step):
            return reached
        reached[step] = True


def _bans(
    network: Network, kinds: NDArray[np.str_], oneway: Numbers, signals: Numbers
) -> tuple[tuple[int, int, int], ...]:
    """At some signals the left turn from the side street into the main road is forbidden."""
    bans: list[tuple[int, int, int]] = []
    major = np.isin(kinds, ["ring", "radial"])
    for junction in signals:
        arms = np.flatnonzero((network.start == junction) | (network.end == junction))
        side = [arm for arm in arms if kinds[arm] in ("collector", "street") and not oneway[arm]]
        main = [arm for arm in arms if major[arm]]
        if len(arms) >= 3 and side and len(main) == 2:
            heading = {int(arm): _out(network, int(arm), int(junction)) for arm in arms}
            coming = heading[int(side[0])] + np.pi
            lefts = [arm for arm in main if 0.9 < (heading[int(arm)] - coming) % (2 * np.pi) < 2.3]
            bans += [(int(side[0]), int(junction), int(arm)) for arm in lefts[:1]]
    return tuple(bans)


def _out(network: Network, edge: int, junction: int) -> float:
    """Heading of an edge as it leaves the junction."""
    points: Points = shapely.get_coordinates(network.lines[edge])
    if network.start[edge] != junction:
        points = points[::-1]
    return float(np.arctan2(*(points[1] - points[0])[::-1]))
