"""Zones and hours in the search: judged like the reference, obeyed by what is found."""

import random
import time
from array import array
from dataclasses import replace

import pytest

from console.domain.schedule import schedule_plan, schedule_stops
from console.domain.travel import UNREACHABLE, Slice, TravelMatrix, barred_key
from console.domain.violations import Rule
from console.planning.child import engine_of
from console.planning.engine import Budget, Exchange
from console.planning.exact import Judge
from console.planning.stating import build
from tests.planning.days import City, at, city, plan, shift, stop, straight

ELECTRIC = ("electric",)


class Quiet(Exchange):
    """Nobody listens."""

    def better(self, routes):
        pass

    def offer(self, rounds):
        pass

    def pool(self):
        return ()


def zoned(seed: int) -> City:
    """Half the places lie in a low-emission zone, others have hours; mornings are slow."""
    dice = random.Random(seed)
    day = city(10, 3, seed)
    places = day.matrix.places
    inside = {p for p in places[1:] if dice.random() < 0.4}
    hours = {p: (((at(9), at(11)),),) for p in places[1:] if dice.random() < 0.3}
    spans = {
        p: tuple(tuple((int(a.timestamp()), int(b.timestamp())) for a, b in zone) for zone in told)
        for p, told in hours.items()
    }
    slow = array("I", [round(cell * 1.6) for cell in day.matrix.durations])
    slices = (
        Slice(int(at(7).timestamp()), slow),
        Slice(int(at(9.5).timestamp()), day.matrix.durations),
    )
    timed = replace(day.matrix, slices=slices, hours=spans)
    barred = shut(timed, inside)
    matrix = replace(timed, barred=(ELECTRIC,), others={barred.profile: barred})
    routes = list(day.plan.routes.values())
    electric = replace(routes[0], shift=replace(routes[0].shift, vehicle_skills=ELECTRIC))
    return City(day.plan.with_routes([electric]), matrix)


def shut(matrix: TravelMatrix, inside: set) -> TravelMatrix:
    """What those who may not enter travel: no way leads to a place inside."""
    side = len(matrix.places)
    closed = {i for i, place in enumerate(matrix.places) if place in inside}

    def cells(given: array) -> array:
        return array(
            "I", [UNREACHABLE if n % side in closed and n % side != n // side else c
                  for n, c in enumerate(given)]
        )  # fmt: skip

    slices = tuple(Slice(part.begins, cells(part.durations)) for part in matrix.slices)
    return replace(
        matrix, durations=cells(matrix.durations), slices=slices, profile=barred_key("car", (0,))
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_judge_sees_zones_and_hours_like_the_reference(seed: int) -> None:
    day = zoned(seed)
    problem = build(day.plan, day.matrix)
    judge = Judge(problem)
    dice = random.Random(seed)
    for k, crew in enumerate(problem.crews):
        order = dice.sample(range(len(problem.demands)), 4)
        stops = [day.plan.stops[problem.demands[i].stop] for i in order]
        expected = schedule_stops(day.plan, day.plan.routes[crew.route], stops, day.matrix)
        assert expected is not None
        rules = {violation.rule for violation in expected.violations}
        found = judge.found(k, order)
        if Rule.UNREACHABLE not in rules:
            assert found["START"] == int(expected.start.timestamp())
            assert found["END"] == int(expected.end.timestamp())


@pytest.mark.parametrize("name", ["insertion", "ruin", "strings", "pyvrp", "ortools"])
def test_what_is_found_keeps_out_of_zones_and_within_hours(name: str) -> None:
    day = zoned(3)
    problem = build(day.plan, day.matrix)
    budget = Budget(time.monotonic() + 0.6, seed=1)
    routes = engine_of(name).solve(problem, problem.present, budget, Quiet())
    assert sum(map(len, routes)) >= 6
    for crew, order in zip(problem.crews, routes, strict=True):
        stops = [day.plan.stops[problem.demands[i].stop] for i in order]
        made = schedule_stops(day.plan, day.plan.routes[crew.route], stops, day.matrix)
        hard = {v.rule for v in made.violations} if made else set()
        assert not hard & {Rule.UNREACHABLE, Rule.LATE}


def test_only_the_electric_van_serves_the_old_town() -> None:
    vans = [shift("A"), shift("B", vehicle_skills=ELECTRIC)]
    day = plan(vans, [stop(1, route="A"), stop(2, route="A")])
    free = straight([(0, 0), (2000, 0), (4000, 0)])
    barred = shut(free, {free.places[2]})
    matrix = replace(free, barred=(ELECTRIC,), others={barred.profile: barred})
    (schedule,) = schedule_plan(day, matrix).values()
    assert Rule.UNREACHABLE in {v.rule for v in schedule.violations}
    stops = [replace(each, route=None) for each in day.stops.values()]
    electric = plan(vans, [replace(each, route=vans[1].driver) for each in stops])
    (schedule,) = schedule_plan(electric, matrix).values()
    assert not schedule.violations
