"""Readers to rows: every solver on small cases, the half day, the tables."""

import json
from dataclasses import replace

import pytest

from console.domain.plan import StopStatus
from tests.benchmarks import race
from tests.benchmarks.racing import ortools_rival, pyvrp_rival
from tests.benchmarks.racing.case import Case, Routes
from tests.benchmarks.racing.city_day import city_day
from tests.benchmarks.racing.contest import Row, Setting, as_json, row_of
from tests.benchmarks.racing.doorstep import day_of, route_id, routes_of
from tests.benchmarks.racing.evaluator import judge
from tests.benchmarks.racing.half_day import EVENTS, base_day, situation
from tests.benchmarks.racing.mending import mended, without_dear
from tests.benchmarks.racing.stopwatch import Found, Task, Watched
from tests.benchmarks.racing.tables import cost_ratios, line, mean_gaps, mean_ratios, solvers_of
from tests.benchmarks.racing.vroom_json import read_vroom
from tests.benchmarks.racing.vrptw import read_solomon
from tests.benchmarks.repair import moved
from tests.racing.samples import SOLOMON, VROOM

TINY = replace(read_solomon("tiny", SOLOMON), best_known=300)


def greedy(case: Case) -> Routes:
    """Jobs to vans in turn, without those that break a rule."""
    vans = len(case.vans)
    dealt = tuple(tuple(range(v, len(case.jobs), vans)) for v in range(vans))
    ordered = tuple(
        tuple(sorted(o, key=lambda j: (case.jobs[j].windows or ((0, 0),))[0])) for o in dealt
    )
    return mended(case, ordered)[0]


@pytest.mark.parametrize("case", [TINY, read_vroom("tiny", json.dumps(VROOM)), city_day(20, 1)])
def test_pyvrp_and_ortools_solve_each_kind(case: Case) -> None:
    for find in (
        pyvrp_rival.prepare(Task(case, 0.3)),
        ortools_rival.prepare(Task(case, 0.5, option="PARALLEL_CHEAPEST_INSERTION")),
    ):
        found = find()
        assert found.routes is not None
        verdict = judge(case, mended(case, found.routes)[0])
        assert verdict.feasible
        assert verdict.unserved == 0


@pytest.mark.parametrize("case", [TINY, read_vroom("tiny", json.dumps(VROOM)), city_day(20, 1)])
def test_vroom_solves_each_kind(case: Case) -> None:
    pytest.importorskip("vroom")
    from tests.benchmarks.racing import vroom_rival

    found = vroom_rival.prepare(Task(case, 1.0, option="1"))()
    assert found.routes is not None
    assert judge(case, mended(case, found.routes)[0]).feasible


def test_a_case_is_a_day_and_back() -> None:
    case = replace(city_day(20, 1), present=greedy(city_day(20, 1)))
    plan, matrix = day_of(case)
    named = {route_id(v): plan.routes[route_id(v)].stops for v in range(len(case.vans))}
    assert routes_of(case, named) == case.present
    assert matrix.distances[1] == case.metres["car"][0, 1]


def test_mending_takes_out_what_breaks_a_rule() -> None:
    whole, taken = mended(TINY, ((0, 1, 2), (), ()))
    assert taken
    assert judge(TINY, whole).feasible


def test_an_optional_stop_that_costs_too_much_is_left_out() -> None:
    case = city_day(20, 1)
    cheap = tuple(replace(job, skip_price=0.01) for job in case.jobs)
    assert not any(without_dear(replace(case, jobs=cheap), greedy(case)))


def test_days_are_drawn_from_their_seed() -> None:
    one, same, other = city_day(40, 3), city_day(40, 3), city_day(40, 4)
    assert one.jobs == same.jobs
    assert (one.seconds["car"] == same.seconds["car"]).all()
    assert one.jobs != other.jobs
    assert (one.seconds["car"] != one.seconds["car"].T).any()


@pytest.mark.parametrize("event", EVENTS)
def test_a_day_goes_on_at_thirty_percent(event: str) -> None:
    day = base_day(60, 2)
    routes = greedy(day)
    told = situation(day, routes, event)
    behind = sum(len(order) for order in routes) - sum(map(len, told.case.present))
    delivered = [s for s in told.plan.stops.values() if s.status is StopStatus.DELIVERED]
    assert len(delivered) >= 18
    assert told.sunk > 0
    assert any(van.away for van in told.case.vans)
    if event == "breakdown":
        assert len(told.case.vans) == len(day.vans) - 1
    else:
        assert behind == len(delivered)
    if event == "urgent":
        assert judge(told.case, told.case.present).unserved >= 1


def test_what_is_left_and_what_is_spent_are_the_day() -> None:
    """Nothing happens, so nothing costs more: the parts add up to the whole."""
    day = base_day(60, 2)
    routes = greedy(day)
    told = situation(day, routes, "late")
    unmoved = situation(day, routes, "urgent")
    whole = judge(day, routes).cost
    left = judge(unmoved.case, unmoved.case.present).cost - day.unserved_price
    assert unmoved.sunk + left == pytest.approx(whole, abs=0.02)
    assert told.sunk > unmoved.sunk


def test_moves_are_counted() -> None:
    assert moved(((0, 1), (2,), ()), ((1,), (2, 0), (3,))) == 1
    assert moved(((0, 1),), ((0,),)) == 1


def rows() -> list[Row]:
    watched = Watched((Found(((0, 1), (2,), ()), 0.5), Found(None)), 1.0, 2.0, 1 << 21)
    setting = Setting(1.0, 2)
    ours = row_of("doorstep", TINY, setting, watched)
    return [ours, row_of("pyvrp", TINY, setting, watched, mended)]


def test_a_row_says_all_that_was_asked() -> None:
    ours, theirs = rows()
    told = as_json(TINY, ours)
    assert told["routes"] == [[1, 2], [3]]
    assert (told["cost"], told["best_known"], told["gap"]) == (300, 300, 0.0)
    assert (told["vehicles"], told["feasible"], told["first_plan_seconds"]) == (2, True, 0.5)
    assert (told["instance"], told["solver"], told["cores"]) == ("tiny", "doorstep", 2)
    assert (told["wall_seconds"], told["cpu_seconds"]) == (1.0, 2.0)
    assert "0.00" in line(theirs)


def test_no_plan_is_a_row_too() -> None:
    row = row_of("ortools", TINY, Setting(1.0, 1), Watched((Found(None, note="no plan"),), 1, 1, 0))
    assert (row.cost, row.feasible, row.gap) == (None, False, None)
    assert "no plan" in line(row)


def test_means_and_ratios() -> None:
    ours, theirs = rows()
    dearer = replace(theirs, cost=330.0)
    assert "doorstep: mean gap 0.000 % over 1" in mean_gaps([ours, dearer])
    assert cost_ratios([ours, dearer]) == ["tiny: 300.00 / 330.00 (pyvrp) = 0.9091"]
    assert mean_ratios([ours, dearer])[-1] == "doorstep / best rival: 0.9091"


def test_the_solvers_are_named_on_the_command_line() -> None:
    assert solvers_of("pyvrp,vroom", ("pyvrp", "vroom")) == ("pyvrp", "vroom")
    with pytest.raises(SystemExit):
        race.main(["x.txt", "--seconds", "1", "--cores", "1", "--solvers", "magic"])
