"""Crews that have left: judged like the reference judges their whole route."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.domain.measures import value
from console.domain.plan import Hold, Plan, RouteId, StopId
from console.domain.schedule import schedule_stops
from console.domain.violations import Rule
from console.planning.exact import Judge
from console.planning.kernel.judge import BROKEN
from console.planning.problem import MONEY
from console.planning.replanning import _spent, restate
from console.planning.run import Terms
from console.planning.stating import Ground
from console.planning.underway import is_under_way
from tests.planning.days import City, at
from tests.planning.under_way import rich_day

WHO = {Rule.SKILL, Rule.PEOPLE, Rule.TERRITORY, Rule.DEPOT}


def free_of_bonds(day: City) -> Plan:
    stops = (replace(s, pinned=False, overrides=(), loaded=False) for s in day.plan.stops.values())
    routes = (replace(r, overrides=()) for r in day.plan.routes.values())
    return day.plan.with_stops(stops).with_routes(routes)


def check(day: City, k: int, picks: Sequence[int], hour: float, stands: float = 0.0) -> bool:
    """A crew's round is what the reference says of the whole route; False when there is none.

    All who have left stand still for so many hours from now on.
    """
    plan = free_of_bonds(day)
    if stands:
        hold = Hold(at(hour), at(hour + stands))
        left = (r for r in plan.routes.values() if is_under_way(plan, r))
        plan = plan.with_routes([replace(route, hold=hold) for route in left])
    objective = replace(plan.day.objective, balance=0.0, compact=0.0)
    problem = restate(plan, day.matrix, Terms(1, objective=objective), at(hour))
    order = [i for i in dict.fromkeys(picks) if i < len(problem.demands)]
    away = [k for k, crew in enumerate(problem.crews) if crew.is_away]
    if not away or not order:
        return False
    k = away[k % len(away)]
    crew = problem.crews[k]
    order = [i for i in order if k in problem.demands[i].crews]
    names = (*crew.behind, *(problem.demands[i].stop for i in order))
    done, whole = (_timed(plan, day, crew.route, each, hour) for each in (crew.behind, names))
    if whole is None or not order:
        return False
    judge = Judge(problem)
    found, price = judge.found(k, order), judge.price(k, order)
    loads_once = not plan.routes[crew.route].shift.reloads  # else cut otherwise in hindsight
    assert not loads_once or found["END"] == int(whole.end.timestamp())
    if done is not None and (done.penalty or any(v.is_harm for v in done.violations)):
        return False
    broken = {v.rule for v in whole.violations if v.is_harm} - WHO
    if not set(names).isdisjoint(_ready_late(plan)):
        return False
    assert price == BROKEN or not broken, (broken, found)
    assert broken or price != BROKEN or not loads_once, found
    if price != BROKEN and loads_once:
        extra = int(judge.tables.extra[order, k].sum())
        spent = _spent(Ground(plan, day.matrix, objective, at(hour)), crew)
        assert (price + extra + spent) / MONEY == pytest.approx(value([whole], objective), abs=0.02)
    return True


def _timed(plan: Plan, day: City, route: RouteId, names: Sequence[StopId], hour: float):
    stops = [plan.stops[name] for name in names]
    return schedule_stops(plan, plan.routes[route], stops, day.matrix, at(hour))


def _ready_late(plan: Plan) -> set[StopId]:
    return {s.id for s in plan.stops.values() if any(o.ready_at for o in s.orders)}


@given(
    st.integers(0, 5_000),
    st.integers(0, 2),
    st.lists(st.integers(0, 11), max_size=6),
    st.sampled_from((9.0, 10.5, 12.0, 14.0)),
    st.sampled_from((0.0, 0.0, 0.4, 1.5)),
)
@example(4016, 0, [5, 3], 9.0, 1.5)  # the hour at which she goes on decides how long it takes
@example(928, 0, [0], 9.0, 0.4)  # on the way to her first stop when she stood still
@settings(max_examples=100, deadline=None)
def test_a_round_ends_when_the_reference_says(
    seed: int, k: int, picks: list[int], hour: float, stands: float
) -> None:
    check(rich_day(10, 3, seed, hour), k, picks, hour, stands)


def test_who_stands_still_goes_on_no_sooner() -> None:
    assert check(rich_day(10, 3, 6, 9.0), 1, [3, 1], 9.0, stands=1.5)


def test_goods_that_stay_on_board_because_their_stop_is_left_out_take_room() -> None:
    assert check(rich_day(10, 3, 6, 9.0), 1, [3, 1], 9.0)
