"""The strip's figures: what is guessed says so."""

from array import array
from dataclasses import replace

from console.dispatch.drawing import Surroundings, draw, with_risks
from console.dispatch.picture import Picture
from console.domain.commands import MoveStops
from console.domain.rates import Count
from console.domain.risk import Door, Risk, Risks
from console.domain.travel import UNREACHABLE
from console.geo.engines.straight import StraightLines
from console.ui.strip import totals
from tests.planning.days import city

CITY = city(3, 1, seed=5)


def test_a_day_on_straight_lines_is_marked() -> None:
    on_roads = Picture(source="OSRM town")
    assert totals(on_roads)[0].caption == "Served"
    guessed = totals(replace(on_roads, source=StraightLines(1.3).name))
    assert (guessed[0].caption, guessed[0].figure, guessed[0].more) == (
        "Travel times",
        "guessed",
        "no roads",
    )
    assert guessed[0].tone == "bad"
    assert guessed[0].keep == max(total.keep for total in guessed)  # the last to go


def test_routes_that_no_road_leads_along_are_counted() -> None:
    plan = MoveStops((next(iter(CITY.plan.stops)),), next(iter(CITY.plan.routes))).apply(CITY.plan)
    cells = array("I", [UNREACHABLE] * len(CITY.matrix.durations))
    picture = draw(plan, Surroundings(matrix=replace(CITY.matrix, durations=cells)))
    first = totals(picture)[0]
    assert (first.caption, first.figure, first.tone) == ("No road", "1 route", "bad")


def test_expected_failures_stand_beside_served_where_past_days_tell() -> None:
    stop, route = next(iter(CITY.plan.stops)), next(iter(CITY.plan.routes))
    plan = MoveStops((stop,), route).apply(CITY.plan)
    picture = draw(plan, Surroundings(matrix=CITY.matrix))
    assert "May fail" not in {total.caption for total in totals(picture)}
    risks = {each: Risk(10.0, 10.0, 0.06, Door()) for each in CITY.plan.stops}
    known = with_risks(picture, Risks(risks, Count(60, 1000), 1000, 40))
    shown = {total.caption: total for total in totals(known)}
    assert (shown["May fail"].figure, shown["May fail"].more) == ("0.5", "0 to 2")
    assert known.totals.expected is not None
    assert known.totals.expected.orders == 0.5
