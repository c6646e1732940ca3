"""The order of engines, seat by seat."""

from dataclasses import replace

import pytest

from console.planning.engine import Budget, Exchange
from console.planning.relay import AGAIN, CRASHES, STARTS, Assignment, Outline, Relay
from console.planning.ruin import Insertion
from console.planning.run import ChangeBudget, Scope, Terms
from console.planning.standing import Standing
from console.planning.stating import build
from tests.planning.days import city


class Moment(Standing):
    """A standing at a moment of our choice."""

    at = 0.0

    @property
    def elapsed(self) -> float:
        return self.at


def moment(stops: int = 20, vans: int = 3) -> Moment:
    day = city(stops, vans, 1)
    return Moment(build(day.plan, day.matrix))


def course(relay: Relay, seat: int, standing: Moment) -> list[Assignment]:
    """What a seat does when every engine takes all its time."""
    given: list[Assignment] = []
    while (work := relay.next(seat, standing)) is not None:
        given.append(work)
        spent = 0.2 if work.engine == "insertion" else work.seconds
        standing.at = min(100.0, standing.at + spent)
        make_plan(standing)
    return given


def make_plan(standing: Moment) -> None:
    """As the first seat does in the beginning."""
    problem = standing.problem
    routes = Insertion().solve(problem, problem.present, Budget(1e12), Exchange())
    standing.take("insertion", routes)


@pytest.mark.parametrize("seats", [1, 2, 4])
def test_every_seat_is_busy_to_the_end(seats: int) -> None:
    relay = Relay(Terms(100), seats)
    first = course(relay, 0, moment())
    assert [work.engine for work in first[:2]] == ["insertion", "pyvrp"]
    assert "ortools" in [work.engine for work in first]
    assert [work.with_pool for work in first].count(True) == 1
    for seat in range(1, seats):
        standing = moment()
        given = course(relay, seat, standing)
        assert standing.at == pytest.approx(100)
        assert given[0].engine == "pyvrp"
        assert not given[0].from_best


def test_a_large_day_waits_for_the_first_plan() -> None:
    relay, standing = Relay(Terms(1), 2), moment(40)
    assert relay.next(1, standing) is None
    first = relay.next(0, standing)
    assert first is not None
    make_plan(standing)
    work = relay.next(1, standing)
    assert work is not None
    assert (work.engine, work.from_best) == ("pyvrp", True)


def test_a_planned_day_is_improved_by_one_seat_and_made_anew_by_the_other() -> None:
    standing = moment()
    problem = standing.problem
    full = Insertion().solve(problem, problem.present, Budget(1e12), Exchange())
    planned = Moment(replace(problem, present=full))
    relay = Relay(Terms(100), 2)
    assert course(relay, 0, planned)[1].from_best
    planned = Moment(replace(problem, present=full))
    assert not course(relay, 1, planned)[0].from_best


def test_an_engine_that_keeps_failing_is_left_out() -> None:
    relay, standing = Relay(Terms(100), 2), moment()
    for _ in range(CRASHES):
        work = relay.next(1, standing)
        assert work is not None
        assert work.engine == "pyvrp"
        relay.fail(1, "pyvrp")
    standing.at = 46.0
    relay.next(0, standing)
    assert "pyvrp" not in [work.engine for work in course(relay, 1, standing)]


def test_one_engine_alone_has_all_the_time() -> None:
    relay, standing = Relay(Terms(100, engine="ruin"), 2), moment()
    assert relay.next(0, standing) == Assignment("ruin", 100.0)
    assert relay.next(1, standing) is None


@pytest.mark.parametrize("seats", [1, 2, 4])
def test_a_compiled_search_leads_and_all_are_busy_to_the_end(seats: int) -> None:
    relay = Relay(Terms(100), seats, Outline(20), compiled=True)
    first = course(relay, 0, moment())
    assert first[0].engine == "strings"
    assert first[-1].engine == "ortools"
    assert [work.with_pool for work in first].count(True) == 1
    for seat in range(1, seats):
        standing = moment()
        given = course(relay, seat, standing)
        assert standing.at == pytest.approx(100)
        starts = [work for work in given if not work.from_best]
        assert {work.engine for work in starts[:STARTS]} == {"strings"}
        assert [work.engine for work in starts[STARTS:]] == (["pyvrp"] if seat % 2 else [])
        bettering = [work.engine for work in given if work.from_best]
        assert bettering == (["parts", "pyvrp"] if seat % 2 else ["parts"])


def test_where_there_is_time_every_search_from_nothing_has_a_seed_of_its_own() -> None:
    relay = Relay(Terms(100, seed=5), 2, Outline(20), compiled=True)
    seeds = [(w.engine, w.seed) for seat in (0, 1) for w in course(relay, seat, moment())]
    again = [(engine, seed) for engine, seed in seeds if seed >= 0]
    strings = [("strings", AGAIN * i + 5 + seat) for seat in (0, 1) for i in range(1, STARTS)]
    assert sorted(again) == sorted([*strings, ("pyvrp", AGAIN + 6)])


@pytest.mark.parametrize(("stops", "starts"), [(500, 7), (1_000, 4), (2_000, 1)])
def test_a_search_begins_as_often_as_there_is_time_for(stops: int, starts: int) -> None:
    relay = Relay(Terms(100), 2, Outline(stops), compiled=True)
    given = [work.engine for work in course(relay, 0, moment())]
    assert given.count("strings") == starts


def test_where_crews_cost_pyvrp_has_the_second_search_of_a_seat() -> None:
    relay = Relay(Terms(100, seed=5), 2, Outline(20, is_priced=True), compiled=True)
    given = [(w.engine, w.from_best, w.seed) for w in course(relay, 1, moment())]
    assert given[0] == ("strings", False, -1)
    assert given[STARTS:] == [("pyvrp", False, 1_006), ("parts", True, -1)]


@pytest.mark.parametrize("priced", [True, False])
def test_where_crews_cost_some_try_to_do_without_one(*, priced: bool) -> None:
    relay = Relay(Terms(100), 3, Outline(20, is_priced=priced), compiled=True)
    for seat in (0, 2):
        engines = [work.engine for work in course(relay, seat, moment())]
        assert ("squeeze" in engines) == priced


def test_on_a_rich_day_pyvrp_needs_more_time_to_be_asked() -> None:
    for is_rich, engine in ((False, "pyvrp"), (True, "strings")):
        relay = Relay(Terms(100), 2, Outline(1_200, is_rich=is_rich), compiled=True)
        assert course(relay, 1, moment())[0].engine == engine


def test_where_there_is_less_time_the_compiled_search_does_it_all() -> None:
    relay = Relay(Terms(100), 2, Outline(2_000), compiled=True)
    engines = [work.engine for work in course(relay, 1, moment())]
    assert engines == ["strings", "parts"]


def test_where_time_is_short_nobody_begins_twice() -> None:
    relay = Relay(Terms(100), 2, Outline(10_000), compiled=True)
    assert [work.engine for work in course(relay, 0, moment())] == [
        "strings",
        "recombination",
        "strings",
    ]
    assert [work.engine for work in course(relay, 1, moment())] == ["strings", "squeeze"]


def test_without_the_compiled_search_the_others_go_on() -> None:
    relay, standing = Relay(Terms(100), 2, Outline(20), compiled=True), moment()
    for _ in range(CRASHES):
        work = relay.next(0, standing)
        assert work is not None
        assert work.engine == "strings"
        relay.fail(0, "strings")
    engines = [work.engine for work in course(relay, 0, standing)]
    assert engines[:2] == ["insertion", "pyvrp"]
    assert "strings" not in engines


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize(
    "terms",
    [
        Terms(100, scope=Scope.FILL),
        Terms(100, scope=Scope.ORDER),
        Terms(100, budget=ChangeBudget(drivers=3)),
        Terms(100, budget=ChangeBudget(driver_price=1.0)),
    ],
)
def test_a_plan_that_may_change_only_so_much_is_left_to_careful_engines(
    terms: Terms, *, compiled: bool
) -> None:
    own = "strings" if compiled else "ruin"
    for seat in range(2):
        standing = moment()
        make_plan(standing)
        given = course(Relay(terms, 2, compiled=compiled), seat, standing)
        engines = {work.engine for work in given} - {"insertion"}
        assert engines == ({own} if seat else {own, "ortools"})
        assert all(work.from_best for work in given)
        assert standing.at == pytest.approx(100)
