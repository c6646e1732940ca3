"""Stops and vans in PyVRP's terms: amounts, hours, prizes, limits.

Soft windows end where lateness costs as much as a van (``_latest``), hours at the wheel are metres
at the usual speed. A break makes shifts and late windows shorter, and the hours in which it is
owed dearer, so that a full shift has paid for it.
"""

from dataclasses import dataclass, replace
from typing import TypedDict

from pyvrp import Client, Shipment, VehicleType

from console.planning.problem import NOTHING, UNLIMITED, Amounts, Crew, Demand, Problem
from console.planning.pyvrp_ways import COARSER, Ways

PRIZES = (25, 5, 1)  # high, normal, low; in multiples of what serving any stop alone costs
SOFT = 0.5  # lateness up to this share of a van's price is not forbidden


@dataclass(frozen=True, slots=True)
class Site:
    """Where a crew begins, ends and loads again, as PyVRP's depots."""

    begin: int
    end: int
    base: int


class Terms:
    """What PyVRP is told of a problem's demands and crews.

    With ``required`` demands that have to be served must be, others have their prizes. Without
    ``charging`` no vehicle goes further than its battery.
    """

    def __init__(self, problem: Problem, ways: Ways, *, required: bool, charging: bool) -> None:
        self._problem = problem
        self._ways = ways
        self._required = required
        self._may_charge = charging
        self._origin = min((crew.duty.leave for crew in problem.crews), default=0)
        self._counts_stops = any(crew.most_stops < UNLIMITED for crew in problem.crews)
        self._counts_units = any(crew.capacity[3] < UNLIMITED for crew in problem.crews)
        self._pause = self._longest_pause()
        self._held = _held(problem)
        crews = problem.crews
        self._alone = 1 + max((2 * _lone(crew) // COARSER for crew in crews), default=0)
        self._van = SOFT * max((crew.fixed + crew.per_second * 3600 for crew in crews), default=0)

    def client(self, index: int, location: int, choice: int, group: int | None) -> Client:
        """A demand with the window of ``choice``, one of a ``group`` where there are several."""
        demand = self._problem.demands[index]
        if group is not None:
            window = demand.task.windows[choice]
            demand = replace(demand, task=replace(demand.task, windows=(window,)))
        early, late = self._window(demand)
        required, prize = self._worth(demand)
        return Client(
            location,
            delivery=self._finer(less(demand.load, less(demand.fetched, demand.held)), 1),
            pickup=self._finer(demand.collected, 0),
            service_duration=demand.task.service,
            tw_early=early,
            tw_late=late,
            release_time=min(max(0, demand.ready - self._origin), late) if demand.ready else 0,
            prize=prize,
            required=required and group is None,
            group=group,
        )

    def shipment(self, pair: tuple[int, int], locations: tuple[int, int]) -> Shipment:
        """What is collected here and brought there."""
        one, other = (self._problem.demands[i] for i in pair)
        first, last = self._window(_with_longest(one)), self._window(_with_longest(other))
        worths = self._worth(one), self._worth(other)
        return Shipment(
            *locations,
            first[0],
            first[1],
            one.task.service,
            last[0],
            max(last[1], first[0]),
            other.task.service,
            self._finer(_most(one.collected, other.load), 0),
            sum(prize for _, prize in worths),
            any(required for required, _ in worths),
        )

    def is_required(self, index: int) -> bool:
        """Whether a demand must be served."""
        return self._worth(self._problem.demands[index])[0]

    def _worth(self, demand: Demand) -> tuple[bool, int]:
        """Whether it must be served, else the prize for it."""
        if self._required and any(demand.orders):
            return True, 0
        alone = sum(n * weight for n, weight in zip(demand.orders, PRIZES, strict=True))
        return False, alone * self._alone + demand.skip // COARSER

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
        ends = [UNLIMITED]
        if demand.task.soft_latest is not None and demand.late_price:
            ends.append(demand.task.soft_latest + int(self._van / demand.late_price))
        if demand.promise is not None and demand.promise_price > self._van:
            ends.append(demand.promise[1])
        return min(ends)

    def _longest_pause(self) -> tuple[int, int]:
        """Its length, and when the last of them has to have begun (epoch s)."""
        pauses = [crew.duty.pause for crew in self._problem.crews if crew.duty.pause is not None]
        after = max((pause.latest - pause.duration for pause in pauses), default=UNLIMITED)
        return max((pause.duration for pause in pauses), default=0), after

    def vehicle(self, k: int, count: int, site: Site) -> VehicleType:
        """So many crews like this one."""
        crew = self._problem.crews[k]
        duty = crew.duty
        lost = duty.pause.duration if duty.pause is not None else 0
        early = duty.leave - self._origin
        late = max(early, duty.latest_end - lost - self._origin)
        return VehicleType(
            num_available=count,
            capacity=self._finer(crew.capacity, self._stops(crew)),
            start_depot=site.begin,
            end_depot=site.end,
            fixed_cost=crew.fixed // COARSER,
            tw_early=early,
            tw_late=late,
            start_late=early if duty.is_fixed else late,
            max_distance=self._ways.limit(k, self._reach(crew)),
            unit_distance_cost=self._ways.unit_price(k),
            unit_duration_cost=round(crew.per_second / COARSER),
            profile=self._ways.of[k],
            initial_load=self._finer(less(crew.aboard, self._held[k]), 0),
            reload_depots=[site.base] if crew.reloads else [],
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
        if self._counts_units:
            found.append(units)
        if self._counts_stops:
            found.append(stops * 1_000)
        return found


def _lone(crew: Crew) -> int:
    """What a crew costs that serves one stop."""
    return crew.fixed + crew.per_second * 7200


def _held(problem: Problem) -> list[Amounts]:
    """What each crew has on board for its demands; PyVRP takes it as loaded at the depot."""
    held = [NOTHING for _ in problem.crews]
    for demand in problem.demands:
        for k in demand.crews if demand.held != NOTHING else ():
            a, b, c, d = (x + y for x, y in zip(held[k], demand.held, strict=True))
            held[k] = (a, b, c, d)
    return held


def less(amounts: Amounts, others: Amounts) -> Amounts:
    """The difference, nothing where it is none."""
    a, b, c, d = (max(0, x - y) for x, y in zip(amounts, others, strict=True))
    return (a, b, c, d)


def _with_longest(demand: Demand) -> Demand:
    """Only its longest window."""
    windows = demand.task.windows
    if len(windows) < 2:
        return demand
    longest = max(windows, key=lambda window: window[1] - window[0])
    return replace(demand, task=replace(demand.task, windows=(longest,)))


def _most(amounts: Amounts, others: Amounts) -> Amounts:
    a, b, c, d = (max(x, y) for x, y in zip(amounts, others, strict=True))
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
