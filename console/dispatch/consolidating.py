"""Orders of one door on one day: found, and what it saves to bring them together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, reduce
from itertools import pairwise

from console.dispatch.drawing import touched_routes
from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture, StopLabel
from console.dispatch.previews import worse
from console.dispatch.station import Station
from console.domain.commands import JoinStops
from console.domain.errors import Rejected
from console.domain.integrity import check
from console.domain.patch import diff
from console.domain.places import Coordinate
from console.domain.plan import Plan, Stop, StopId, intersected

Imagine = Callable[[Plan], Picture]
NEAR_M, SAME_M = 40.0, 8.0
_CELL = 0.0005  # degrees: about 55 m north, and no less than 20 m east below 68 degrees


@dataclass(frozen=True, slots=True)
class Joint:
    """Stops that could be one: what that changes over the whole plan, less is better.

    ``time`` is paid time; ``stops`` is how many fewer there are.
    """

    command: JoinStops
    base: int
    orders: int
    stops: int
    time: timedelta = timedelta()
    cost: float = 0.0
    metres: int = 0

    @property
    def members(self) -> tuple[StopId, ...]:
        """Of each door the one that stays, then those that go."""
        return tuple(stop for group in self.command.groups for stop in group)


@dataclass(frozen=True, slots=True)
class Joints:
    """Every door that is visited more often than it has to be, what saves most money first.

    Only what breaks no rule and does not cost more is offered; each was tried on the plan.
    ``whole`` is all of them as one step, None where there are not several that go together.
    """

    each: Sequence[Joint] = ()
    whole: Joint | None = None


async def joints(station: Station) -> Joints:
    """What could be brought together on the open day."""
    workday = station.workday
    found = partial(find, workday.picture, workday.imaging())
    return await station.services.lanes.run(Lane.FILES, found)


async def join(station: Station, joint: Joint) -> None:
    """Bring them together in one step; ``Rejected`` where the plan moved on."""
    await station.submit(joint.command, joint.base)
    await station.relabel()


def find(picture: Picture, imagine: Imagine) -> Joints:
    """The same for a picture; pure."""
    plan = picture.plan
    open_stops = [stop for stop in plan.stops.values() if _may_change(plan, stop)]
    doors = _doors(open_stops, picture.labels)
    found = (_best(picture, imagine, group) for door in doors for group in _groups(door))
    made = [joint for joint in found if joint is not None]
    made.sort(key=lambda joint: (joint.cost, joint.members))
    several = len(made) > 1
    groups = tuple(group for joint in made for group in joint.command.groups)
    return Joints(tuple(made), tried(picture, imagine, JoinStops(groups)) if several else None)


def _may_change(plan: Plan, stop: Stop) -> bool:
    route = plan.routes.get(stop.route) if stop.route is not None else None
    held = route is not None and (route.is_frozen or stop.id in plan.behind(route.id))
    return stop.is_open and not stop.loaded and not held


def _doors(stops: Sequence[Stop], labels: Mapping[StopId, StopLabel]) -> Iterator[list[Stop]]:
    """Stops at one door: the same place, the same point, or one name for neighbouring points."""
    parent = {stop.id: stop.id for stop in stops}

    def root(stop: StopId) -> StopId:
        while parent[stop] != stop:
            stop = parent[stop]
        return stop

    for one, other in (*_same_places(stops), *_neighbours(stops, labels)):
        parent[root(other)] = root(one)
    doors: dict[StopId, list[Stop]] = {}
    for stop in stops:
        doors.setdefault(root(stop.id), []).append(stop)
    return (door for door in doors.values() if len(door) > 1)


def _same_places(stops: Iterable[Stop]) -> Iterator[tuple[StopId, StopId]]:
    by_place: dict[str, list[StopId]] = {}
    for stop in stops:
        by_place.setdefault(stop.place, []).append(stop.id)
    for same in by_place.values():
        yield from pairwise(same)


def _neighbours(
    stops: Iterable[Stop], labels: Mapping[StopId, StopLabel]
) -> Iterator[tuple[StopId, StopId]]:
    cells: dict[tuple[int, int], list[tuple[Stop, StopLabel, Coordinate]]] = {}
    for stop in stops:
        label = labels.get(stop.id)
        point = label.coordinate if label is not None and label.certainty.is_sure else None
        if label is None or point is None:
            continue
        row, column = int(point.lat // _CELL), int(point.lon // _CELL)
        for i in (row - 1, row, row + 1):
            for j in (column - 1, column, column + 1):
                for other, known, there in cells.get((i, j), ()):
                    if _is_one_door(label, known, point.metres_to(there)):
                        yield other.id, stop.id
        cells.setdefault((row, column), []).append((stop, label, point))


def _is_one_door(one: StopLabel, other: StopLabel, metres: float) -> bool:
    if metres <= SAME_M:
        return _folded(one.street) == _folded(other.street) or _same_name(one, other)
    return metres <= NEAR_M and _same_name(one, other)


def _same_name(one: StopLabel, other: StopLabel) -> bool:
    names = [{_folded(name) for name in label.recipients} - {""} for label in (one, other)]
    return bool(names[0] & names[1])


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _groups(door: Sequence[Stop]) -> Iterator[list[Stop]]:
    """Those of a door that have a window in common, as many together as possible."""
    groups: list[list[Stop]] = []
    for stop in sorted(door, key=lambda stop: (not stop.windows, stop.id)):
        home = next((group for group in groups if _fits([*group, stop])), None)
        if home is None:
            groups.append([stop])
        else:
            home.append(stop)
    return (group for group in groups if len(group) > 1)


def _fits(stops: Sequence[Stop]) -> bool:
    several = [stop.windows for stop in stops if stop.windows]
    return not several or bool(reduce(intersected, several))


def _best(picture: Picture, imagine: Imagine, group: Sequence[Stop]) -> Joint | None:
    """The cheapest of all ways to bring a group together that does no harm."""
    placed = [stop for stop in group if stop.route is not None]
    tried = (_into(picture, imagine, stop, group) for stop in placed or group[:1])
    found = [joint for joint in tried if joint is not None]
    return min(found, key=lambda joint: (joint.cost, joint.time, joint.members), default=None)


def _into(picture: Picture, imagine: Imagine, into: Stop, group: Sequence[Stop]) -> Joint | None:
    ids = (into.id, *(stop.id for stop in group if stop.id != into.id))
    return tried(picture, imagine, JoinStops((ids,)))


def tried(picture: Picture, imagine: Imagine, command: JoinStops) -> Joint | None:
    """What joining brings; None where it cannot be, breaks a rule further, or only costs."""
    plan = picture.plan
    try:
        after = command.apply(plan)
        patch = diff(plan, after)
        check(plan, after, patch)
    except Rejected:
        return None
    shown = imagine(after)
    touched = touched_routes(plan, after, patch)
    pairs = ((picture.schedules.get(route), shown.schedules.get(route)) for route in touched)
    if any(worse(was, goes) is not None for was, goes in pairs):
        return None
    before, now = picture.totals, shown.totals
    cost = round(now.cost - before.cost, 2)
    if cost > 0 and now.served == before.served:
        return None
    stops = [plan.stops[stop] for group in command.groups for stop in group]
    return Joint(
        command,
        plan.version,
        sum(len(stop.orders) for stop in stops),
        len(plan.stops) - len(after.stops),
        now.paid - before.paid,
        cost,
        now.metres - before.metres,
    )
