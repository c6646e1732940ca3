"""A problem in PyVRP's terms, and its solutions back in ours.

PyVRP knows no breaks, no soft windows, no rests and no charging; how far ``pyvrp_terms`` can make
up for that stands there. What real rounds take beyond what it believes can be kept back
(``keep_back``). Rounds that miss the truth are broken; the exact evaluator judges all, and they
are repaired.

A demand with several windows is a group of clients, one for each. One that brings what another
collects is a shipment with it; only the first of several, and what both do besides weighs nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyvrp import (
    Activity,
    ActivityType,
    ClientGroup,
    Depot,
    Location,
    ProblemData,
    Route,
    Shipment,
    Solution,
    VehicleType,
)

from console.domain.plan import RouteId
from console.planning.flat import NOWHERE
from console.planning.problem import (
    Crew,
    Demand,
    Order,
    Problem,
    Routes,
)
from console.planning.pyvrp_terms import Site, Terms
from console.planning.pyvrp_ways import Ways
from console.planning.rounds import Evaluator

CHOICES = 3  # windows of a stop that PyVRP may choose from, at most


@dataclass(frozen=True, slots=True)
class Kind:
    """Crews that are alike, by index."""

    crews: tuple[int, ...]
    profile: int


class Model:
    """PyVRP's data for a problem; ``demands`` are those that some crew may serve.

    Only ``crews`` are available. ``required`` demands must be served, others have their prizes.
    Without ``charging`` no vehicle goes further than its battery.
    """

    def __init__(
        self, problem: Problem, *, required: bool, crews: Collection[int], charging: bool = False
    ) -> None:
        self.problem = problem
        self._crews = crews
        self.required = required
        served = [i for i, demand in enumerate(problem.demands) if demand.crews]
        self._pairs = list(pairs_of(problem))
        paired = {i for pair in self._pairs for i in pair}
        self._clients = [i for i in served if i not in paired]
        self._visits = [(i, n) for i in self._clients for n in range(_choices(problem.demands[i]))]
        self.demands = [*self._clients, *(i for pair in self._pairs for i in pair)]
        self._depots = dict.fromkeys(each for crew in problem.crews for each in _depots_of(crew))
        self._depot = {each: n for n, each in enumerate(self._depots)}
        self._location = {i: len(self._depots) + n for n, i in enumerate(self.demands)}
        self._activities = dict(self._named())
        rows = [row for row, _ in self._depots]
        rows += [problem.demands[i].task.row for i in self.demands]
        self._ways = Ways(problem, rows, self.demands)
        self._terms = Terms(problem, self._ways, required=required, charging=charging)
        self.kinds = list(self._kinds())
        self.data = self._data(rows)

    def _named(self) -> Iterator[tuple[int, Activity]]:
        for n, (i, choice) in enumerate(self._visits):
            if not choice:
                yield i, Activity(ActivityType.CLIENT, n)
        for n, (source, i) in enumerate(self._pairs):
            yield source, Activity(ActivityType.PICKUP, n)
            yield i, Activity(ActivityType.DELIVERY, n)

    def _kinds(self) -> Iterable[Kind]:
        alike: dict[object, list[int]] = {}
        for i in sorted(self._crews):
            crew = replace(self.problem.crews[i], route=RouteId(""))
            alike.setdefault((crew, self._ways.of[i]), []).append(i)
        for crews in alike.values():
            yield Kind(tuple(crews), self._ways.of[crews[0]])

    def _data(self, rows: Sequence[int]) -> ProblemData:
        seconds, distances = self._ways.matrices()
        groups = {i: g for g, i in enumerate(i for i, choice in self._visits if choice == 1)}
        members = {i: [n for n, (k, _) in enumerate(self._visits) if k == i] for i in groups}
        return ProblemData(
            [Location(0, 0) for _ in rows],
            [
                self._terms.client(i, self._location[i], choice, groups.get(i))
                for i, choice in self._visits
            ],
            [Depot(n, service_duration=time) for n, (_, time) in enumerate(self._depots)],
            [self._vehicle(kind) for kind in self.kinds],
            distances,
            seconds,
            [ClientGroup(each, self._terms.is_required(i)) for i, each in members.items()],
            shipments=[self._shipment(pair) for pair in self._pairs],
        )

    def _shipment(self, pair: tuple[int, int]) -> Shipment:
        source, index = pair
        return self._terms.shipment(pair, (self._location[source], self._location[index]))

    def _vehicle(self, kind: Kind) -> VehicleType:
        k = kind.crews[0]
        begin, end, base = (self._depot[each] for each in _depots_of(self.problem.crews[k]))
        return self._terms.vehicle(k, len(kind.crews), Site(begin, end, base))

    def keep_back(self, evaluator: Evaluator, routes: Routes) -> None:
        """Shorten shifts by what these rounds really take beyond what PyVRP believes."""
        types = list(self.data.vehicle_types())
        for t, kind in enumerate(self.kinds):
            beyond = max((self._beyond(evaluator, k, t, routes[k]) for k in kind.crews), default=0)
            if beyond > 0:
                late = max(types[t].tw_early, types[t].tw_late - beyond)
                begun = min(types[t].start_late, late)
                types[t] = types[t].replace(start_late=begun, tw_late=late)
        self.data = self.data.replace(vehicle_types=types)

    def _beyond(self, evaluator: Evaluator, k: int, kind: int, order: Order) -> int:
        judged = evaluator.round(k, order)
        kept = [i for i in order if i not in self._torn([order])]
        if judged is None or not kept:
            return 0
        believed = Route(self.data, self._activities_of(k, kept), kind).duration()
        pause = self.problem.crews[k].duty.pause
        known = pause.duration if pause is not None else 0
        return judged.end - judged.start - believed - known

    def solution(self, routes: Routes) -> Solution:
        """Our routes in PyVRP's terms; what is half of a shipment is left out."""
        types = {crew: t for t, kind in enumerate(self.kinds) for crew in kind.crews}
        torn = self._torn(routes)
        made = list[Route]()
        for crew, order in enumerate(routes):
            kept = [i for i in order if i not in torn]
            if kept:
                made.append(Route(self.data, self._activities_of(crew, kept), types[crew]))
        return Solution(self.data, made)

    def _torn(self, routes: Sequence[Order]) -> set[int]:
        """What belongs to shipments that are not whole on one of the routes."""
        placed = [set(order) for order in routes]
        whole = (p for p in self._pairs if any(order.issuperset(p) for order in placed))
        return {i for pair in self._pairs for i in pair} - {i for pair in whole for i in pair}

    def _activities_of(self, crew: int, order: Sequence[int]) -> list[Activity]:
        this = self.problem.crews[crew]
        activities = [self._activities[i] for i in order]
        if not this.reloads or any(each.is_shipment() for each in activities):
            return activities
        found, left = list[Activity](), this.reloads
        board = [0, 0, 0, 0]
        for i, activity in zip(order, activities, strict=True):
            load = self.problem.demands[i].load
            board = [a + b for a, b in zip(board, load, strict=True)]
            if left and any(a > b for a, b in zip(board, this.capacity, strict=True)):
                found.append(Activity(ActivityType.DEPOT, self._depot[_depots_of(this)[2]]))
                board, left = list(load), left - 1
            found.append(activity)
        return found

    def routes(self, solution: Solution) -> Routes:
        """PyVRP's routes as ours; crews that are alike take theirs in turn."""
        free = [list(kind.crews) for kind in self.kinds]
        found: list[Order] = [()] * len(self.problem.crews)
        for route in solution.routes():
            order = tuple(self._demand(a) for a in route if not a.is_depot())
            found[free[route.vehicle_type()].pop(0)] = order
        return tuple(found)

    def _demand(self, activity: Activity) -> int:
        if activity.is_client():
            return self._visits[activity.idx][0]
        return self._pairs[activity.idx][int(activity.is_delivery())]


def _choices(demand: Demand) -> int:
    """How many clients stand for it: one for each window, as long as they are few."""
    windows = demand.task.windows
    return len(windows) if 1 < len(windows) <= CHOICES else 1


def pairs_of(problem: Problem) -> Iterator[tuple[int, int]]:
    """What collects and what brings the same goods, each in one pair at most."""
    demands, paired = problem.demands, set[int]()
    for i, demand in enumerate(demands):
        for source, _ in demand.brings:
            possible = demand.crews and demands[source].crews
            if possible and not paired.intersection((source, i)):
                paired.update((source, i))
                yield source, i


def _depots_of(crew: Crew) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """Where it begins, ends and loads again: row, and seconds spent there."""
    duty = crew.duty
    end = NOWHERE if duty.end_row is None else duty.end_row
    base = (crew.base, crew.reload_time) if crew.reloads else (duty.row, 0)
    return (duty.row, 0), (end, 0), base
