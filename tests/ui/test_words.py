from dataclasses import replace

import pytest

from console.domain.commands import LockRoutes, PinStops
from console.domain.plan import RouteId, StopId
from console.domain.violations import Rule, Violation
from console.ui.harm import fullness_color, harm_text, late_minutes, load_ratio, worst
from console.ui.labels import count_text, delta_text, route_label, short_why
from console.ui.signals import Signals
from console.ui.spoken import route_sentence, stop_sentence
from tests.ui.day import build_day

R1 = RouteId("r1")


def broken(rule, amount=0.0, unit="", detail="", overridden=""):
    return Violation(rule, R1, None, amount, unit, detail, overridden)


@pytest.mark.parametrize(
    ("violation", "text"),
    [
        (broken(Rule.OVERLOADED, 38, "kg"), "38\u2009kg over"),
        (broken(Rule.OVERLOADED, 0.25, "m3"), "0.2\u2009m³ over"),
        (broken(Rule.LATE, 17 * 60, "s"), "17\u2009min late"),
        (broken(Rule.LATE, 4, "s"), "1\u2009min late"),
        (broken(Rule.SKILL, detail="ADR"), "ADR missing"),
        (broken(Rule.SHIFT, 720, "s"), "12\u2009min past the shift"),
        (broken(Rule.OVERTIME, 1500, "s"), "25\u2009min overtime"),
        (broken(Rule.RANGE, 3200, "m"), "3.2\u2009km over range"),
        (broken(Rule.BREAK), "no room for the break"),
        (broken(Rule.UNREACHABLE), "no road there"),
        (broken(Rule.DRIVER_OFF), "off today"),
    ],
)
def test_harm_in_few_words(violation, text):
    assert harm_text(violation) == text


def test_every_rule_has_words():
    for rule in Rule:
        assert harm_text(broken(rule, 60, "kg", "x"))


def test_the_worst_is_the_gravest_that_is_not_allowed():
    late, heavy = broken(Rule.LATE, 9999), broken(Rule.OVERLOADED, 1, "kg")
    assert worst([late, heavy]) is heavy
    assert worst([late, replace(heavy, overridden="agreed")]) is late
    assert worst([broken(Rule.OVERTIME, 60), late]) is late
    assert worst([]) is None


def test_load_ratio_and_colours():
    hands = build_day(Signals(), routes=1, stops=5)
    schedule = hands.picture.schedules[R1]
    limit = schedule.load.kg - 38
    assert load_ratio(broken(Rule.OVERLOADED, 38, "kg"), schedule).endswith(f"{limit:,.0f}")
    assert load_ratio(broken(Rule.LATE, 38), schedule) == ""
    assert [fullness_color(share) for share in (0.5, 0.94, 1.0, 1.01)] == [
        "text3", "warn", "warn", "bad",
    ]  # fmt: skip
    assert late_minutes(1) == 1


def test_counts_and_changes():
    assert count_text(1) == "1\u2009stop"
    assert delta_text(360, 2.1, "EUR") == "+6\u2009min · +€\u20092.10"
    assert delta_text(-660, -3.8, "CHF") == "\u221211\u2009min · \u2212CHF\u20093.80"


def test_what_is_said_of_stops_and_routes():
    hands = build_day(Signals(), routes=2, stops=5, spare=1)
    hands.submit(PinStops((StopId("s3"),)))
    hands.submit(LockRoutes((R1,)))
    stop = stop_sentence(hands.picture, StopId("s3"))
    number = hands.picture.numbers[StopId("s3")]
    assert stop.startswith(f"Mette Holm, stop {number}, ")
    assert stop.endswith("pinned")
    assert stop_sentence(hands.picture, hands.picture.plan.unassigned[0]).startswith("Unassigned, ")
    assert stop_sentence(hands.picture, StopId("gone")) == ""
    route = route_sentence(hands.picture, R1)
    assert route.startswith("Mette Holm, 5 stops, back at ")
    assert route.endswith("locked")
    assert route_sentence(hands.picture, None) == "Unassigned, 1 stop"


def test_a_route_without_a_label_goes_by_its_driver():
    picture = replace(build_day(Signals(), routes=2, stops=2).picture, drivers={})
    assert route_label(picture, RouteId("r2")).number == 2
    assert route_label(picture, RouteId("r2")).name == "d2"


def test_a_reason_is_cut_to_what_is_wrong():
    assert short_why("This route is locked: unlock it first.") == "This route is locked"
    assert short_why("Nothing to do.") == "Nothing to do"
