"""The race's judge: by hand, and against the product's own reference."""

import json
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from console.domain.schedule import schedule_stops
from tests.benchmarks.racing.case import Case, Job, Rest, Routes, Van
from tests.benchmarks.racing.city_day import city_day
from tests.benchmarks.racing.doorstep import day_of, route_id, stop_id
from tests.benchmarks.racing.evaluator import judge, judge_route
from tests.benchmarks.racing.vroom_json import read_vroom
from tests.benchmarks.racing.vrptw import read_solomon
from tests.racing.samples import SOLOMON, VROOM


def routes(case: Case, *orders: tuple[int, ...]) -> Routes:
    return (*orders, *(() for _ in range(len(case.vans) - len(orders))))


def line(count: int, *, vans: int = 1, **given: object) -> Case:
    """Jobs 100 s and 100 m apart on a line from the depot."""
    rows = np.arange(count + 1)
    cells = 100 * np.abs(rows[:, None] - rows[None])
    jobs = tuple(Job(i, i, 60, brought=(1,)) for i in range(1, count + 1))
    told: dict[str, Any] = {"capacity": (9,), "per_metre": 1.0, **given}
    made = tuple(Van(v, 0, 0, **told) for v in range(vans))
    return Case("line", jobs, made, {"car": cells}, {"car": cells})


def test_a_plan_of_the_table_by_hand() -> None:
    case = read_solomon("tiny", SOLOMON)
    verdict = judge(case, routes(case, (0, 1), (2,)))
    assert verdict.feasible
    assert verdict.cost == (50 + 36 + 14) + (100 + 100)
    assert verdict.vehicles == 2


def test_what_is_broken_is_named() -> None:
    case = read_solomon("tiny", SOLOMON)
    assert "10 over capacity" in judge(case, routes(case, (0, 1, 2))).broken[-1]
    assert judge(case, routes(case, (0, 1))).broken == ("1 not served",)
    assert "job 3 2 times" in judge(case, routes(case, (0, 1), (2,), (2,))).broken


def test_lateness_is_found() -> None:
    case = line(3)
    timed = replace(case.jobs[0], windows=((0, 250),))
    case = replace(case, jobs=(timed, *case.jobs[1:]))
    assert judge_route(case, 0, (0, 1, 2)).broken == ()
    assert judge_route(case, 0, (1, 2, 0)).broken == ("van 0: 370 s late",)


def test_it_leaves_as_late_as_the_end_allows() -> None:
    case = line(2)
    timed = replace(case.jobs[0], windows=((1000, 1100),))
    judged = judge_route(replace(case, jobs=(timed, case.jobs[1])), 0, (0, 1))
    assert (judged.timing.leave, judged.timing.starts, judged.timing.end) == (
        900,
        (1000, 1160),
        1420,
    )


def test_a_break_is_taken_where_it_costs_least() -> None:
    rest = Rest(300, 400, 900, 200)
    case = line(3, rests=(rest,), per_second=1.0)
    judged = judge_route(case, 0, (0, 1, 2))
    assert not judged.broken
    assert judged.timing.end - judged.timing.leave == 600 + 180 + 300
    short = line(3, rests=(replace(rest, after=5000),), per_second=1.0)
    assert judge_route(short, 0, (0, 1, 2)).timing.end == 780
    never = line(3, rests=(replace(rest, latest=600),), per_second=1.0)
    assert "break" in judge_route(never, 0, (0, 1, 2)).broken[0]


def test_overtime_costs_more_and_ends() -> None:
    case = line(3, per_second=1.0, ends=700, latest_end=780, overtime_factor=1.5)
    judged = judge_route(case, 0, (0, 1, 2))
    assert judged.cost == 600 + 780 + 0.5 * 80
    assert not judged.broken
    late = line(3, per_second=1.0, ends=700, latest_end=770)
    assert "10 s after" in judge_route(late, 0, (0, 1, 2)).broken[0]


def test_it_loads_again_where_the_detour_is_least() -> None:
    case = line(3, capacity=(2,), reloads=1, reload_time=50)
    judged = judge_route(case, 0, (0, 1, 2))
    assert not judged.broken
    assert judged.metres == 200 + 600
    assert "over capacity" in judge_route(line(3, capacity=(2,)), 0, (0, 1, 2)).broken[0]


def test_skills_limits_and_pairs() -> None:
    case = read_vroom("tiny", json.dumps(VROOM))
    assert judge(case, ((2, 3, 0, 1), ())).feasible
    assert "skills" in judge(case, ((), (0,))).broken[0]
    assert "torn" in judge(case, ((3, 2), ())).broken[0]
    assert "torn" in judge(case, ((2,), (3,))).broken[0]
    few = replace(case, vans=(replace(case.vans[0], max_stops=1), case.vans[1]))
    assert "too many" in judge(few, ((0, 1), ())).broken[0]


def test_an_unserved_job_counts_its_price() -> None:
    case = replace(line(2), must_serve=False, unserved_price=1000.0)
    case = replace(case, jobs=(replace(case.jobs[0], skip_price=7.0), case.jobs[1]))
    verdict = judge(case, ((),))
    assert (verdict.cost, verdict.unserved, verdict.skipped) == (1007.0, 1, 1)


@pytest.mark.parametrize("seed", range(12))
def test_the_judge_and_the_product_agree(seed: int) -> None:
    """The same route: the same cost to the cent, the same seconds, the same opinion of it."""
    dice = random.Random(seed)
    case = city_day(60, seed)
    plan, matrix = day_of(case)
    for v, van in enumerate(case.vans):
        order = dice.sample(range(60), dice.randint(1, 25))
        order.sort(key=lambda j: (case.jobs[j].windows or ((12 * 3600, 0),))[0][0])
        judged = judge_route(case, v, order)
        stops = [plan.stops[stop_id(j)] for j in order]
        schedule = schedule_stops(plan, plan.routes[route_id(v)], stops, matrix)
        assert schedule is not None
        harm = [each for each in schedule.violations if each.is_harm]
        assert bool(judged.broken) == bool(harm) or van.reloads
        if not judged.broken and not van.reloads:
            assert judged.cost == pytest.approx(schedule.cost, abs=0.01)
            assert judged.metres == schedule.metres
        elif not judged.broken and not harm:
            assert judged.cost <= schedule.cost + 0.01
