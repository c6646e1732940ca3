"""A problem in PyVRP's terms, and its solutions back in ours.

PyVRP knows no breaks. A crew that owes one has to be back earlier by its length, windows that end
after the break's hours end earlier by it, and the hours beyond those without a break cost more, so
that a full shift has paid for it. Soft windows end where lateness costs as much as a van
(``_latest``), hours at the wheel are metres at the usual speed, and nothing charges on the way.
What real rounds take beyond what it believes can be kept back (``keep_back``). Rounds that miss
the truth are broken; the exact evaluator judges all, and they are repaired.

A demand with several windows is a group of clients, one for each. One that brings what another
collects is a shipment with it, where both do nothing else.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from pyvrp import (
    Activity,
    ActivityType,
    Client,
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
    NOTHING,
    UNLIMITED,
    Amounts,
    Crew,
    Demand,
    Order,
    Problem,
    Routes,
)
from console.planning.pyvrp_ways import COARSER, Ways
from console.planning.rounds import Evaluator

PRIZES = (25, 5, 1)  # high, normal, low; in multiples of what serving any stop alone costs
CHOICES = 3  # windows of a stop that PyVRP may choose from, at most
SOFT = 0.5  # lateness up to this share of a van's price is not forbidden


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
        self._may_charge = charging
        self._crews = crews
        self.required = required
        served = [i for i, demand in enumerate(problem.demands) if demand.crews]
        self._pairs = list(pairs_of(problem))
        paired = {i for pair in self._pairs for i in pair}
        self._clients = [i for i in served if i not in paired]
        self._visits = [(i, n) for i in self._clients for n in range(_choices(problem.demands[i]))]
        self.demands = [*self._clients, *(i for pair in self._pairs for i in pair)]
        self._origin = min((crew.duty.leave for crew in problem.crews), default=0)
        self._depots = dict.fromkeys(each for crew in problem.crews for each in _depots_of(crew))
        self._depot = {each: n for n, each in enumerate(self._depots)}
        self._location = {i: len(self._depots) + n for n, i in enumerate(self.demands)}
        self._activities = dict(self._named())
        self._counts_stops = any(crew.most_stops < UNLIMITED for crew in problem.crews)
        self._pause = self._longest_pause()
        rows = [row for row, _ in self._depots]
        rows += [problem.demands[i].task.row for i in self.demands]
        self._ways = Ways(problem, rows, self.demands)
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
            [self._client(i, choice, groups.get(i)) for i, choice in self._visits],
            [Depot(n, service_duration=time) for n, (_, time) in enumerate(self._depots)],
            [self._vehicle(kind) for kind in self.kinds],
            distances,
            seconds,
            [
                ClientGroup(each, self._worth(self.problem.demands[i])[0])
                for i, each in members.items()
            ],
            shipments=[self._shipment(*pair) for pair in self._pairs],
        )

    def _client(self, index: int, choice: int, group: int | None) -> Client:
        demand = self.problem.demands[index]
        if group is not None:
            window = demand.task.windows[choice]
            demand = replace(demand, task=replace(demand.task, windows=(window,)))
        early, late = self._window(demand)
        required, prize = self._worth(demand)
        return Client(
            self._location[index],
            delivery=self._finer(_less(demand.load, demand.fetched), 1),
            pickup=self._finer(demand.collected, 0),
            service_duration=demand.task.service,
            tw_early=early,
            tw_late=late,
            release_time=min(max(0, demand.ready - self._origin), late) if demand.ready else 0,
            prize=prize,
            required=required and group is None,
            group=group,
        )

    def _shipment(self, source: int, index: int) -> Shipment:
        one, other = self.problem.demands[source], self.problem.demands[index]
        first, last = self._window(one), self._window(other)
        worths = self._worth(one), self._worth(other)
        return Shipment(
            self._location[source],
            self._location[index],
            first[0],
            first[1],
            one.task.service,
            last[0],
            max(last[1], first[0]),
            other.task.service,
            self._finer(one.collected, 0),
            sum(prize for _, prize in worths),
            any(required for required, _ in worths),
        )

    def _is_required(self, index: int) -> bool:
        return self._worth(self.problem.demands[index])[0]

    def _worth(self, demand: Demand) -> tuple[bool, int]:
        """Whether it must be served, else the prize for it."""
        if self.required and any(demand.orders):
            return True, 0
        alone = sum(n * weight for n, weight in zip(demand.orders, PRIZES, strict=True))
        return False, alone * self._alone() + demand.skip // COARSER

    def _alone(self) -> int:
        """More than any stop can cost by itself."""
        dearest = max(self.problem.crews, key=lambda crew: crew.fixed + crew.per_second * 7200)
        return 2 * (dearest.fixed + dearest.per_second * 7200) // COARSER + 1

    def _window(self, demand: Demand) -> tuple[int, int]:
        windows = demand.task.windows
        early, late = (windows[0][0], windows[-1][1]) if windows else (0, UNLIMITED)
        late = min(late, self._latest(demand))
        length, after = self._pause
        if after < late < UNLIMITED:
            late = max(early, late - length)
        early = max(0, early - self._origin)
        return early, max(early, late - self._origin)

    def _latest(self, demand: Demand) -> int:
        """When lateness begins to cost too much."""
        van = SOFT * max(crew.fixed + crew.per_second * 3600 for crew in self.problem.crews)
        ends = [UNLIMITED]
        if demand.task.soft_latest is not None and demand.late_price:
            ends.append(demand.task.soft_latest + int(van / demand.late_price))
        if demand.promise is not None and demand.promise_price > van:
            ends.append(demand.promise[1])
        return min(ends)

    def _longest_pause(self) -> tuple[int, int]:
        """Its length, and when the last of them has to have begun (epoch s)."""
        pauses = [crew.duty.pause for crew in self.problem.crews if crew.duty.pause is not None]
        after = max((pause.latest - pause.duration for pause in pauses), default=UNLIMITED)
        return max((pause.duration for pause in pauses), default=0), after

    def _vehicle(self, kind: Kind) -> VehicleType:
        k = kind.crews[0]
        crew = self.problem.crews[k]
        duty = crew.duty
        begin, end, base = (self._depot[each] for each in _depots_of(crew))
        lost = duty.pause.duration if duty.pause is not None else 0
        early = duty.leave - self._origin
        late = max(early, duty.latest_end - lost - self._origin)
        return VehicleType(
            num_available=len(kind.crews),
            capacity=self._finer(crew.capacity, self._stops(crew)),
            start_depot=begin,
            end_depot=end,
            fixed_cost=crew.fixed // COARSER,
            tw_early=early,
            tw_late=late,
            start_late=early if duty.is_fixed else late,
            max_distance=self._ways.limit(k, self._reach(crew)),
            unit_distance_cost=self._ways.unit_price(k),
            unit_duration_cost=round(crew.per_second / COARSER),
            profile=kind.profile,
            initial_load=self._finer(crew.aboard, 0),
            reload_depots=[base] if crew.reloads else [],
            max_reloads=crew.reloads,
            **_break_price(crew),
        )

    def _reach(self, crew: Crew) -> int:
        """How far it may go, in metres."""
        driving = crew.most_driving
        if driving < UNLIMITED:
            driving = int(self._ways.speed(crew) * (driving - crew.past.driving))
        battery = UNLIMITED if crew.chargers and self._may_charge else crew.range_m
        metres = min(crew.most_metres, battery) - crew.past.metres
        return max(0, min(metres, driving))

    @staticmethod
    def _stops(crew: Crew) -> int:
        """How many stops a trip may have; of several trips nobody counts together."""
        most = UNLIMITED if crew.reloads else crew.most_stops - crew.past.stops
        return max(0, min(most, UNLIMITED))

    def _finer(self, amounts: Amounts, stops: int) -> list[int]:
        """Amounts in units of like size, so that one penalty per unit suits them all."""
        pieces, kg, m3, units = amounts
        found = [pieces * 1_000, kg, m3]
        if any(crew.capacity[3] < UNLIMITED for crew in self.problem.crews):
            found.append(units)
        if self._counts_stops:
            found.append(stops * 1_000)
        return found

    def keep_back(self, evaluator: Evaluator, routes: Routes) -> None:
        """Shorten shifts by what these rounds really take beyond what PyVRP believes."""
        types = list(self.data.vehicle_types())
        for t, kind in enumerate(self.kinds):
            beyond = max((self._beyond(evaluator, k, t, routes[k]) for k in kind.crews), default=0)
            if beyond > 0:
                late = max(types[t].start_late, types[t].tw_late - beyond)
                types[t] = types[t].replace(tw_late=late)
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
    """What collects and what brings the same goods, where neither has to do with any other."""
    demands = problem.demands
    sources = [source for demand in demands for source, _ in demand.brings]
    for i, demand in enumerate(demands):
        if len(demand.brings) != 1 or not demand.crews:
            continue
        source = demand.brings[0][0]
        one = demands[source]
        is_lone = sources.count(source) == 1 and not one.brings and i not in sources
        besides = (one.load, demand.collected, _less(demand.load, one.collected))
        if is_lone and one.crews and besides == (NOTHING, NOTHING, NOTHING):
            yield source, i


def _depots_of(crew: Crew) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """Where it begins, ends and loads again: row, and seconds spent there."""
    duty = crew.duty
    end = NOWHERE if duty.end_row is None else duty.end_row
    base = (crew.base, crew.reload_time) if crew.reloads else (duty.row, 0)
    return (duty.row, 0), (end, 0), base


def _less(amounts: Amounts, others: Amounts) -> Amounts:
    a, b, c, d = (max(0, x - y) for x, y in zip(amounts, others, strict=True))
    return (a, b, c, d)


class _BreakPrice(TypedDict, total=False):
    shift_duration: int
    max_overtime: int
    unit_overtime_cost: int


def _break_price(crew: Crew) -> _BreakPrice:
    """The break's cost, spread over the hours between the first that owes one and a full shift."""
    duty, pause = crew.duty, crew.duty.pause
    if pause is None:
        return {}
    beyond = duty.latest_end - duty.start - pause.duration - pause.after
    if beyond <= 0:
        return {}
    price = crew.per_second * pause.duration / beyond / COARSER
    return {
        "shift_duration": pause.after,
        "max_overtime": UNLIMITED,
        "unit_overtime_cost": round(price),
    }
