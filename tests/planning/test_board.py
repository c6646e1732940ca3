"""The board's what-if says of every place what the reference says of the plan it leads to."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.commands import MoveStops
from console.domain.fleet import BreakRule
from console.domain.plan import Override, Plan, StopId, StopStatus
from console.domain.schedule import schedule_plan
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.domain.visits import Schedule
from console.planning.moves import Moves
from console.planning.problem import LOAD_SCALE
from console.planning.whatif import WhatIf, insertion_costs, whatif
from tests.planning.days import at, dealt, plan, shift, stop, straight
from tests.planning.rich_days import FEATURES, rich_city


def figures(timed: dict[object, Schedule]) -> tuple[float, int, int, int]:
    late = sum((s.lateness + s.soft_lateness).total_seconds() for s in timed.values())
    return (
        sum(s.cost + s.penalty for s in timed.values()),
        int(sum(s.duration.total_seconds() for s in timed.values())),
        sum(s.metres for s in timed.values()),
        int(late),
    )


def broken(timed: dict[object, Schedule]) -> dict[object, int]:
    """The harm in a plan; loads in parts, what has no amount counts 1."""
    return {
        (v.rule, v.stop or v.route, v.unit, v.detail): max(
            1, round(v.amount * (LOAD_SCALE[v.unit] if v.rule is Rule.OVERLOADED else 1))
        )
        for schedule in timed.values()
        for v in schedule.violations
        if v.is_harm
    }


def check(told: Plan, matrix: TravelMatrix, moves: Moves, dice: random.Random) -> None:
    now = schedule_plan(told, matrix)
    places = range(len(moves.route))
    for place in dice.sample(places, min(len(places), 12)):
        route = moves.routes[int(moves.route[place])]
        rest = [s for s in told.routes[route].stops if s not in moves.stops]
        position = int(moves.position[place])
        after = rest[position - 1] if position else None
        before = rest[0] if rest else None
        then_plan = MoveStops(moves.stops, route, after, before).apply(told)
        then = schedule_plan(then_plan, matrix)
        was, will = broken(now), broken(then)
        more: dict[tuple[str, str], int] = {}
        for key, by in will.items():
            if by > was.get(key, 0):
                rule = (key[0], key[2])
                more[rule] = more.get(rule, 0) + by - was.get(key, 0)
        found = {key: int(by[place]) for key, by in moves.more.items() if by[place]}
        assert found == more
        assert bool(moves.harmful[place]) == bool(more)
        one, other = figures(now), figures(then)
        assert moves.cost[place] == pytest.approx(other[0] - one[0], abs=1e-6)
        assert int(moves.seconds[place]) == other[1] - one[1]
        assert int(moves.metres[place]) == other[2] - one[2]
        assert int(moves.late[place]) == other[3] - one[3]


@given(st.integers(0, 100_000), st.integers(1, 2), st.sampled_from((None, FEATURES)))
@settings(max_examples=20, deadline=None)
def test_every_place_is_exact(seed: int, count: int, features: object) -> None:
    dice = random.Random(seed)
    day = rich_city(9, 3, seed, features=features)
    told = dealt(day.plan, list(day.plan.routes.values()), dice)
    told = told.with_stops(
        replace(s, pinned=False, overrides=(Override("late", "agreed"),) * (dice.random() < 0.2))
        for s in told.stops.values()
    )
    moves = whatif(told, dice.sample(sorted(told.stops), count), day.matrix)
    check(told, day.matrix, moves, dice)


def test_routes_under_way_are_asked_of_the_reference() -> None:
    matrix = straight([(0, 0), (3_000, 0), (0, 3_000), (3_000, 3_000), (6_000, 0)])
    done = stop(1, route="A", status=StopStatus.DELIVERED)
    told = plan([shift("A"), shift("B")], [done, *(stop(i, route="AAB"[i - 2]) for i in (2, 3, 4))])
    route = replace(told.routes[told.stops[StopId("s1")].route], started_at=at(8))
    told = told.with_routes([route])
    moves = whatif(told, [StopId("s3")], matrix)
    assert len(moves.route) == 2 + 2
    check(told, matrix, moves, random.Random(0))
    onto = whatif(told, [StopId("s4")], matrix)
    assert len(onto.route) == 1 + 3
    check(told, matrix, onto, random.Random(0))


def test_the_best_place_of_each_route_is_the_cheapest_without_harm() -> None:
    day = rich_city(12, 3, 7, features={"windows"})
    told = dealt(day.plan, list(day.plan.routes.values()), random.Random(7))
    asked = WhatIf(told, day.matrix)
    wanted = told.unassigned[:1]
    moves = asked.moves(wanted)
    for route, place in moves.best().items():
        same = moves.route == moves.routes.index(route)
        fine = same & ~moves.harmful
        if fine.any():
            assert moves.cost[place] == moves.cost[fine].min()
        drop = insertion_costs(told, wanted, day.matrix)[route]
        assert drop.cost == pytest.approx(moves.cost[place])
        assert {v.rule for v in drop.violations if v.is_harm} == {
            key[0] for key in moves.broken(place)
        }


def test_nothing_that_can_be_moved() -> None:
    matrix = straight([(0, 0), (3_000, 0)])
    told = plan([shift("A")], [stop(1, route="A")])
    told = told.with_routes([replace(r, locked=True) for r in told.routes.values()])
    assert insertion_costs(told, ["s1"], matrix) == {}
    with pytest.raises(ValueError, match="none of these"):
        whatif(told, [StopId("s1")], matrix)


@given(st.integers(0, 100_000))
@settings(max_examples=20, deadline=None)
def test_breaks_are_where_the_reference_has_them(seed: int) -> None:
    dice = random.Random(seed)
    features = {"windows", "soft", "setup", "open", "ends", "fixed", "overtime", "ready", "several"}
    kept = {name for name in sorted(features) if dice.random() < 0.4}
    day = rich_city(8, 2, seed, features=kept)
    told = dealt(day.plan, list(day.plan.routes.values()), dice)
    rest = BreakRule(
        timedelta(minutes=dice.choice((15, 45))),
        at(dice.choice((9, 11))),
        at(dice.choice((12, 14))),
        timedelta(minutes=dice.choice((20, 60))),
    )
    told = told.with_routes(
        replace(r, shift=replace(r.shift, break_rule=rest)) for r in told.routes.values()
    )
    check(told, day.matrix, whatif(told, dice.sample(sorted(told.stops), 1), day.matrix), dice)
