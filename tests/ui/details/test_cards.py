"""Cards say what the picture says."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from console.dispatch.advice import Advice, Help
from console.dispatch.drawing import with_risks
from console.dispatch.picture import Picture, StopLabel
from console.domain.commands import (
    LockRoutes,
    LogException,
    OverrideRule,
    PinStops,
    RecordFact,
    SwitchDriver,
)
from console.domain.places import Certainty
from console.domain.plan import Cause, Fact, FactId, FactKind, Plan, RouteId
from console.domain.rates import Count
from console.domain.risk import Door, Risk, Risks, Span
from console.ui.details.card import Row
from console.ui.details.day_card import day_card, route_card
from console.ui.details.risk import said
from console.ui.details.stop_card import load_text, stop_card, stops_card
from console.ui.details.troubles import MOST, of_day
from console.ui.theme.figures import THIN
from tests.ui.day import at


def rows(card, title):
    return {row.name: row for part in card.parts if part.title == title for row in part.rows}


def plain(text):
    return text.replace(THIN, " ")


def card_of(desk, stop, reasons=()):
    return stop_card(desk.picture.plan.stops[stop], desk.picture, reasons)


def test_a_late_stop_says_so_with_its_minutes(desk):
    stop = desk.late()[0]
    visit = desk.picture.visits[stop]
    card = card_of(desk, stop)
    minutes = round(visit.lateness / timedelta(minutes=1))
    assert plain(card.tags[0].text) == f"{minutes} min late"
    assert card.tags[0].tone == "bad"
    assert rows(card, "Time")["Arrives"].text == desk.picture.clock(visit.arrival)
    assert rows(card, "Time")["Arrives"].tone == "bad"
    assert "Slack" not in rows(card, "Time")
    assert [plain(t.text) for t in card.troubles] == [f"{minutes} min late"]
    assert card.head == f"Stop {desk.picture.numbers[stop]} of 12"
    assert card.buttons[0] == ("override", "Accept…")


def test_the_bar_spans_the_window_and_marks_the_arrival(desk):
    stop = desk.late()[0]
    bar = next(part.bar for part in card_of(desk, stop).parts if part.bar)
    window = desk.picture.plan.stops[stop].windows[0]
    assert bar.windows == ((window.earliest.timestamp(), window.latest.timestamp()),)
    assert bar.is_late
    assert bar.arrival > bar.windows[-1][1]


def test_an_accepted_violation_keeps_its_number_and_shows_the_reason(desk):
    stop = desk.late()[0]
    assert desk.hands.submit(OverrideRule(stop, "late", "Agreed with the customer"))
    card = card_of(desk, stop)
    assert "late" in card.troubles[0].text
    assert card.troubles[0].where == "accepted: Agreed with the customer"
    assert card.troubles[0].tone == "text2"
    assert "accepted" in [tag.text for tag in card.tags]


def test_an_unassigned_stop_leads_with_its_reasons(desk):
    stop = desk.picture.plan.unassigned[0]
    card = card_of(desk, stop, ["All drivers: 38 kg over"])
    assert card.head == "Unassigned"
    assert card.chip == 0
    assert card.reasons == ("All drivers: 38 kg over",)
    assert "unassign" not in dict(card.buttons)
    assert "pin" not in dict(card.buttons)


def test_a_stop_with_a_driver_has_no_reasons(desk):
    assert card_of(desk, next(iter(desk.picture.visits)), ["old news"]).reasons == ()


def test_a_pinned_stop_offers_to_unpin(desk):
    stop = next(iter(desk.picture.visits))
    assert dict(card_of(desk, stop).buttons)["pin"] == "Pin"
    desk.hands.submit(PinStops((stop,)))
    card = card_of(desk, stop)
    assert dict(card.buttons)["pin"] == "Unpin"
    assert "pinned" in [tag.text for tag in card.tags]


def test_what_is_on_board_is_shown_before_unloading(desk):
    route = RouteId("r1")
    first = desk.picture.plan.routes[route].stops[0]
    row = rows(card_of(desk, first), "Load")["On arrival"]
    assert row.share == desk.picture.schedules[route].fullness


def test_exceptions_and_facts_of_the_stop_are_listed(desk):
    stop = next(iter(desk.picture.visits))
    note = Fact(FactId("f1"), FactKind.EXCEPTION, stop, at(9, 5), Cause.ACCESS)
    came = Fact(FactId("f2"), FactKind.ARRIVED, stop, at(9, 1))
    desk.hands.submit(LogException(note))
    desk.hands.submit(RecordFact(came))
    card = card_of(desk, stop)
    part = next(part for part in card.parts if part.title == "Reported")
    assert part.rows == (Row("09:01", "Arrived"), Row("09:05", "No access", "warn"))
    assert card.tags[0].text == "driver is there"


def test_a_stop_without_register_rows_is_shown_by_its_id(desk):
    stop = next(iter(desk.picture.plan.stops.values()))
    card = stop_card(stop, replace(desk.picture, labels={}), ())
    assert card.title == stop.id


def test_phones_and_notes_are_contact(desk):
    stop = next(iter(desk.picture.visits))
    label = StopLabel("A 1", "1000 B", ("Bo",), ("11", "22"), ("Ring twice",))
    picture = replace(desk.picture, labels={stop: label})
    card = stop_card(picture.plan.stops[stop], picture, ())
    part = next(part for part in card.parts if part.title == "Contact")
    assert [row.text for row in part.rows] == ["11", "22", "Ring twice"]
    assert card.second == "1000 B · Bo"


def test_several_stops_are_summed(desk):
    stops = [desk.picture.plan.stops[s] for s in desk.picture.plan.routes[RouteId("r1")].stops[:3]]
    stops.append(desk.picture.plan.stops[desk.picture.plan.unassigned[0]])
    card = stops_card(stops, desk.picture)
    together = rows(card, "Together")
    assert plain(card.head) == "4 stops selected"
    assert f"{sum(s.load.pieces for s in stops)} pcs" in plain(together["Load"].text)
    assert together["Unassigned"].text == "1"
    assert together["Drivers"].text == "Mette Holm"


def test_a_route_card_has_shift_and_loads(desk):
    route = desk.picture.plan.routes[RouteId("r1")]
    card = route_card(route, desk.picture)
    assert card.head == "Mette Holm"
    assert rows(card, "Route")["Shift"].text == "07:00 \N{EN DASH} 13:00"
    assert {"Pieces", "Weight", "Volume"} == set(rows(card, "Load"))
    assert dict(card.buttons)["lock"] == "Lock"


def test_a_locked_route_and_one_off_today_say_what_the_button_does(desk):
    desk.hands.submit(LockRoutes((RouteId("r1"),)))
    card = route_card(desk.picture.plan.routes[RouteId("r1")], desk.picture)
    assert dict(card.buttons)["lock"] == "Unlock"
    desk.hands.submit(SwitchDriver(RouteId("r2")))
    card = route_card(desk.picture.plan.routes[RouteId("r2")], desk.picture)
    assert dict(card.buttons)["switch_driver"] == "On again"
    assert "off today" in [tag.text for tag in card.tags]


def test_an_empty_route_has_a_card(desk):
    route = replace(desk.picture.plan.routes[RouteId("r1")], stops=())
    picture = replace(desk.picture, schedules={})
    assert rows(route_card(route, picture), "Route")["Stops"].text == "none yet"


def test_the_day_lists_what_needs_somebody(desk):
    card = day_card(desk.picture)
    assert card.title == "Monday 23 November"
    assert plain(card.troubles[0].text) == "3 stops without a driver"
    assert {t.stop for t in card.troubles[1:]} == set(desk.late())


def test_an_empty_day_teaches():
    card = day_card(Picture(Plan()))
    assert card.second.startswith("Drop an order file")
    assert card.troubles == ()


def test_many_troubles_end_in_a_count(desk):
    schedules = {
        route: replace(schedule, violations=schedule.violations * 40)
        for route, schedule in desk.picture.schedules.items()
    }
    lines = of_day(replace(desk.picture, schedules=schedules))
    assert len(lines) == MOST + 2
    assert lines[-1].text.startswith("and ")


def test_an_accepted_violation_needs_nobody(desk):
    for stop in desk.late():
        desk.hands.submit(OverrideRule(stop, "late", "fine"))
    assert len(of_day(desk.picture)) == 1


def test_a_load_of_nothing_is_nothing(desk):
    empty = replace(desk.picture.plan.stops[desk.late()[0]], orders=())
    assert load_text(empty.load) == "nothing"


def risky(desk, stop, risk, **more):
    risks = Risks({stop: risk}, Count(60, 1000), 1200, 40, **more)
    return with_risks(desk.picture, risks)


def test_a_risk_says_how_it_is_known_and_what_would_help(desk):
    stop = next(iter(desk.picture.visits))
    door = Door(7, 3, Counter({Cause.ABSENT: 3}), {Span.EVENING: (0, 4)})
    picture = risky(desk, stop, Risk(6.0, 14.0, 0.06, door))
    label = replace(picture.labels[stop], phones=("555",), certainty=Certainty.FIXED)
    picture = replace(picture, labels={**picture.labels, stop: label})
    told = rows(stop_card(picture.plan.stops[stop], picture, ()), "First try")
    assert (told["May fail"].text, told["May fail"].tone) == (f"30{THIN}%", "warn")
    low, high = plain(told["May fail"].more).replace(" %", "").split(" to ")
    assert int(low) < 30 < int(high)
    assert told["Here"].text == "3 of 7 tries failed: nobody there"
    assert plain(told["Usual"].text) == "6 % of 1,200 first tries on 40 days"
    assert told["Try"].text == "Call before: 555."


def test_without_enough_past_days_no_risk_is_shown(desk):
    stop = next(iter(desk.picture.visits))
    assert rows(card_of(desk, stop), "First try") == {}
    quiet = risky(desk, stop, Risk(1.2, 18.8, 0.06, Door()))
    told = rows(stop_card(quiet.plan.stops[stop], quiet, ()), "First try")
    assert told["Here"].text == "nobody was here yet"
    assert "Try" not in told


def test_every_advice_is_a_sentence():
    for help_ in Help:
        text = said(Advice(help_, "X", Span.EVENING, 3))
        assert text.endswith(".")
    assert said(Advice(Help.OTHER_TIME, "", Span.EVENING, 3)) == (
        "Come in the evening: 3 of 3 tries worked then."
    )
    assert said(Advice(Help.PICKUP_POINT)) == "Offer a pickup point."
