"""What a drop promises is what happens when it is dropped."""

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.dispatch.desk import Desk
from console.dispatch.drawing import Surroundings
from console.dispatch.workday import Workday
from console.domain.commands import AdoptSolution, LockRoutes, MoveStops, SwitchDriver
from console.domain.plan import RouteId, StopId
from console.storage.memory import MemoryJournal
from tests.dispatch.desks import StepClock
from tests.planning.days import City, city


@cache
def small() -> City:
    return city(14, 3, seed=11)


def opened(dice) -> Workday:
    """Some stops dealt out, the others unassigned."""
    plan = small().plan
    desk = Desk(MemoryJournal(), "plan/d/x", "a", "a", StepClock(), confirmed=plan, plan=plan)
    workday = Workday(desk, Surroundings(matrix=small().matrix))
    pool = sorted(plan.stops)
    dice.shuffle(pool)
    hands = [(route, tuple(pool[i * 3 : i * 3 + 3])) for i, route in enumerate(sorted(plan.routes))]
    workday.submit(AdoptSolution(tuple(hands)))
    return workday


def driving(workday: Workday) -> int:
    schedules = workday.picture.schedules.values()
    return sum(int(s.driving.total_seconds()) for s in schedules)


def cost(workday: Workday) -> float:
    return sum(schedule.cost for schedule in workday.picture.schedules.values())


def drop(workday: Workday, stops: tuple[StopId, ...], to: RouteId, after: StopId | None) -> None:
    rest = [s for s in workday.picture.plan.routes[to].stops if s not in stops]
    before = rest[0] if after is None and rest else None
    move = MoveStops(stops, to, after, before)
    if workday.desk.dry_run(move) != workday.desk.plan:  # else they lie there already
        workday.submit(move)


@given(dice=st.randoms(), count=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_the_best_landing_is_what_happens(dice, count: int) -> None:
    workday = opened(dice)
    stops = tuple(dice.sample(sorted(workday.picture.plan.stops), count))
    previews = workday.previews(stops)
    assert set(previews) == set(workday.picture.plan.routes)
    to = dice.choice(sorted(previews))
    promised, seconds, money = previews[to], driving(workday), cost(workday)
    drop(workday, stops, to, promised.after)
    assert workday.picture.schedules[to] == promised.schedule
    assert driving(workday) - seconds == promised.seconds
    assert cost(workday) - money == pytest.approx(promised.cost, abs=0.011)
    late = [s for s in workday.picture.plan.routes[to].stops if workday.picture.is_late(s)]
    assert len(late) == promised.late_stops


@given(dice=st.randoms(), count=st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_any_landing_is_what_happens(dice, count: int) -> None:
    workday = opened(dice)
    stops = tuple(dice.sample(sorted(workday.picture.plan.stops), count))
    to = dice.choice(sorted(workday.picture.plan.routes))
    rest = [s for s in workday.picture.plan.routes[to].stops if s not in stops]
    after = dice.choice([None, *rest])
    promised = workday.preview(stops, to, after)
    assert promised is not None
    assert promised.after == after
    drop(workday, stops, to, after)
    assert workday.picture.schedules[to] == promised.schedule


@given(dice=st.randoms())
@settings(max_examples=20, deadline=None)
def test_nothing_lands_on_a_closed_route(dice) -> None:
    workday = opened(dice)
    first, second, third = sorted(workday.picture.plan.routes)
    workday.submit(LockRoutes((first,)))
    workday.submit(SwitchDriver(second))
    stop = workday.picture.plan.unassigned[0]
    assert set(workday.previews([stop])) == {third}


def test_what_cannot_be_previewed() -> None:
    workday = opened(Random(1))
    route = sorted(workday.picture.plan.routes)[0]
    stop = workday.picture.plan.unassigned[0]
    assert workday.preview([], route, None) is None
    assert workday.preview([StopId("gone")], route, None) is None
    assert workday.preview([stop], RouteId("gone"), None) is None
    workday.set_around(Surroundings())
    assert workday.preview([stop], route, None) is None
    assert workday.previews([stop]) == {}


def test_route_by_route_is_the_same_as_all_at_once() -> None:
    workday = opened(Random(4))
    stops = tuple(sorted(workday.picture.plan.stops)[:5])
    routes = list(workday.picture.plan.routes)
    apart = {
        to: found for route in routes for to, found in workday.previews(stops, [route]).items()
    }
    workday.submit(LockRoutes((routes[0],)))  # what was worked out for another plan is forgotten
    assert set(workday.previews(stops)) == set(routes[1:])
    workday.submit(LockRoutes((routes[0],), locked=False))
    assert workday.previews(stops) == apart
