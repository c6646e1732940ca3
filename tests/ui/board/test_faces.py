from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.commands import LockRoutes, OverrideRule, PinStops
from console.domain.plan import RouteId, StopId, StopStatus
from console.ui.board.faces import LandingCards, Mark, lane_face, meters, waiting_face, window_text
from console.ui.signals import Signals
from tests.ui.day import build_day


@pytest.fixture
def hands():
    return build_day(Signals(), routes=3, stops=12, spare=2)


def test_a_lane_says_who_how_much_and_when_back(hands):
    face = lane_face(hands.picture, RouteId("r2"))
    schedule = hands.picture.schedules[RouteId("r2")]
    assert face.label.name == "Jonas Krogh"
    assert face.stops == hands.picture.plan.routes[RouteId("r2")].stops
    assert face.figures.startswith("12 · ")
    assert face.finish == hands.picture.clock(schedule.end)
    assert [share for _, share in face.meters] == sorted(
        (share for _, share in face.meters), reverse=True
    )
    assert face.meters[0][1] == pytest.approx(schedule.fullness)


def test_cards_number_the_stops_and_show_their_times(hands):
    face = lane_face(hands.picture, RouteId("r1"))
    assert [card.number for card in face.cards] == [str(i) for i in range(1, 13)]
    first = hands.picture.visits[face.cards[0].stop]
    assert face.cards[0].eta == hands.picture.clock(first.arrival)
    assert all(card.street for card in face.cards)


def test_late_cards_say_by_how_much(hands):
    late = [v for v in hands.picture.visits.values() if v.lateness]
    assert late, "the day has late stops"
    for visit in late:
        stop = hands.picture.plan.stops[visit.stop]
        face = lane_face(hands.picture, stop.route)
        card = next(card for card in face.cards if card.stop == visit.stop)
        assert card.late == f"+{round(visit.lateness / timedelta(minutes=1))}"
        assert not card.excused


def test_an_override_keeps_the_number_and_gets_a_shield(hands):
    visit = next(v for v in hands.picture.visits.values() if v.lateness)
    assert hands.submit(OverrideRule(visit.stop, "late", "customer agreed"))
    stop = hands.picture.plan.stops[visit.stop]
    card = next(c for c in lane_face(hands.picture, stop.route).cards if c.stop == visit.stop)
    assert card.excused
    assert card.late
    assert Mark("shield") in card.marks


def test_pins_and_locks_show(hands):
    hands.submit(PinStops((StopId("s2"),)))
    hands.submit(LockRoutes((RouteId("r1"),)))
    face = lane_face(hands.picture, RouteId("r1"))
    card = next(card for card in face.cards if card.stop == "s2")
    assert face.locked
    assert any(mark.icon == "pin" for mark in card.marks)


def test_at_most_two_chips(hands):
    hands.submit(PinStops((StopId("s7"),)))
    stop = hands.picture.plan.stops[StopId("s7")]
    busy = replace(stop, orders=tuple(replace(o, skills=("a", "b", "c")) for o in stop.orders))
    picture = replace(hands.picture, plan=hands.picture.plan.with_stops([busy]))
    card = next(c for c in lane_face(picture, stop.route).cards if c.stop == "s7")
    assert len(card.marks) == 2


def test_long_travel_makes_a_gap(hands):
    route = RouteId("r1")
    for card in lane_face(hands.picture, route).cards:
        travel = hands.picture.visits[card.stop].travel
        assert bool(card.travel) == (round(travel.total_seconds() / 60) > 12)


def test_the_waiting_lane_holds_what_has_no_driver(hands):
    face = waiting_face(hands.picture)
    assert face.stops == hands.picture.plan.unassigned
    assert {card.number for card in face.cards} == {"?"}


def test_landing_cards_are_renumbered(hands):
    preview = hands.preview([StopId("s1")], RouteId("r2"), None)
    cards = LandingCards(hands.picture, preview.schedule)
    assert cards[StopId("s1")].number == "1"
    assert len(cards) == 13


def test_without_travel_times_a_lane_still_lists_its_stops(hands):
    picture = replace(hands.picture, schedules={}, visits={}, is_timed=False)
    face = lane_face(picture, RouteId("r1"))
    assert len(face.cards) == 12
    assert face.finish == ""
    assert face.figures == "12"


def test_windows_in_words(hands):
    assert window_text(hands.picture, ()) == "any time"
    stop = next(s for s in hands.picture.plan.stops.values() if s.windows)
    text = window_text(hands.picture, stop.windows)
    assert text.startswith(hands.picture.clock(stop.windows[0].earliest))
    assert not text.endswith("+")
    assert window_text(hands.picture, stop.windows * 2).endswith("+")


def test_dimensions_without_a_limit_have_no_bar(hands):
    route = hands.picture.plan.routes[RouteId("r1")]
    free = replace(route.shift.capacity, kg=None)
    load = hands.picture.schedules[RouteId("r1")].load
    assert {unit for unit, _ in meters(free, load)} == {"pcs", "m³"}


def test_served_stops_are_marked(hands):
    stop = replace(hands.picture.plan.stops[StopId("s1")], status=StopStatus.FAILED)
    picture = replace(hands.picture, plan=hands.picture.plan.with_stops([stop]))
    card = lane_face(picture, RouteId("r1")).cards[0]
    assert any(mark.icon == "x" for mark in card.marks) == (card.stop == "s1")
