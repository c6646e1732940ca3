"""Recurring orders: made into the orders of a day once, never doubled, never overwritten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from console.dispatch import recurring
from console.dispatch.orderwork import cancel_orders, put_order
from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from console.domain.load import Load
from console.domain.orders import OrderId
from console.domain.recurring import Pattern
from console.intake import check_recurring
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey

NAME = OrderId("BAKERY-20261123")
ROW = {
    "order_id": "BAKERY",
    "street": "Weg 12",
    "city": "Ebene",
    "recipient": "Bäckerei Ost",
    "weekdays": "Mon, Thu",
    "pieces": "4",
    "window_from": "06:00",
    "window_to": "08:00",
}


def orders(station: Station) -> list[str]:
    return sorted(str(o.id) for s in station.picture.plan.stops.values() for o in s.orders)


@pytest.mark.parametrize(
    ("pattern", "day", "falls"),
    [
        (Pattern(), DAY, True),
        (Pattern((0,)), DAY, True),
        (Pattern((1, 2)), DAY, False),
        (Pattern(first=DAY), DAY - timedelta(1), False),
        (Pattern(last=DAY), DAY, True),
        (Pattern(last=DAY), DAY + timedelta(1), False),
        (Pattern(skipped=(DAY,)), DAY, False),
        (Pattern((0,), 2, DAY - timedelta(4)), DAY, False),
        (Pattern((0,), 2, DAY - timedelta(4)), DAY + timedelta(7), True),
        (Pattern((0,), 2, DAY), DAY + timedelta(14), True),
    ],
)
def test_the_days_of_a_pattern(pattern: Pattern, day: date, *, falls: bool) -> None:
    assert pattern.falls_on(day) is falls


@journey
async def test_an_order_is_made_once_and_an_edit_of_it_stays(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        made = await recurring.put_recurring(station, check_recurring([ROW]))
        assert made == (NAME,)
        assert await recurring.make_due(station) == ()
        (stop,) = station.picture.plan.stops.values()
        assert stop.load.pieces == 4
        known = station.services.orders.get([NAME])[NAME]
        assert known.recipient == "Bäckerei Ost"
        await put_order(station, replace(known, load=Load(9)))
        await recurring.put_recurring(station, check_recurring([{**ROW, "pieces": "5"}]))
    with world.console("bob") as station:
        await station.open(DAY)
        assert await recurring.make_due(station) == ()
        (stop,) = station.picture.plan.stops.values()
        assert stop.load.pieces == 9, "it was edited"
        await station.open(DAY + timedelta(1))
        assert await recurring.make_due(station) == (), "no Tuesday"
        await station.open(DAY + timedelta(3))
        assert await recurring.make_due(station) == (OrderId("BAKERY-20261126"),)
        (stop,) = station.picture.plan.stops.values()
        assert stop.load.pieces == 5


@journey
async def test_what_was_cancelled_or_undone_does_not_come_back(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        await recurring.put_recurring(station, check_recurring([ROW]))
        await station.undo()
        assert orders(station) == []
        assert await recurring.make_due(station) == ()
        await station.redo()
        await cancel_orders(station, [NAME])
        assert await recurring.make_due(station) == ()


@journey
async def test_two_consoles_that_are_at_it_at_once_make_it_once(world: World) -> None:
    with world.console("ada") as ada, world.console("bob") as bob:
        await begun(ada, world)
        await bob.open(DAY)
        assert await recurring.put_recurring(ada, check_recurring([ROW])) == (NAME,)
        assert await recurring.make_due(bob) == (), "Ada was first"
        assert orders(bob) == orders(ada) == [NAME]


@journey
async def test_what_was_cut_off_before_the_plan_knew_it_is_made(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        report = check_recurring([ROW])
        station.services.orders.put([report.orders[0].on(DAY)])
        assert await recurring.put_recurring(station, report) == (NAME,)


@journey
async def test_nothing_is_made_on_a_day_that_is_over(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await begun(station, world)
        clock.moment += timedelta(days=3)
        assert await recurring.put_recurring(station, check_recurring([ROW])) == ()
        assert orders(station) == []


@journey
async def test_the_table_goes_out_and_comes_in_again(world: World) -> None:
    rows = [
        {**ROW, "weeks": "2", "starts": "2026-11-02", "ends": "2027-01-31",
         "skipped": "2026-12-24; 2026-12-31", "window2_from": "14:00", "window2_to": "16:00",
         "skills": "cold; lift", "weight_kg": "12.5", "priority": "high", "notes": "Back door"},
        {"order_id": "LAB", "street": "Hof 3", "weekdays": "", "phone": "+1 23"},
    ]  # fmt: skip
    with world.console() as station:
        await begun(station, world)
        await recurring.put_recurring(station, check_recurring(rows))
        kept = await recurring.recurring(station)
        assert [order.id for order in kept] == ["BAKERY", "LAB"]
        assert kept[0].pattern.skipped == (date(2026, 12, 24), date(2026, 12, 31))
        assert kept[1].pattern == Pattern()
        shown = await recurring.recurring_rows(station)
        for name in ("recurring.csv", "recurring.xlsx"):
            path = world.folder / name
            await recurring.write_table(station, path, shown)
            report = await recurring.read_table(station, path)
            assert not report.rejects
            assert not report.unknown_columns
            assert list(report.orders) == list(kept)
        again = recurring.merged([shown[1], {"order_id": "OLD"}], report)
        assert [row["order_id"] for row in again] == ["LAB", "OLD", "BAKERY"]


@journey
async def test_what_the_table_does_not_show_stays(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        rich = check_recurring([{**ROW, "people": "2", "skip_price": "7"}])
        await recurring.put_recurring(station, rich)
        (shown,) = await recurring.recurring_rows(station)
        await recurring.put_recurring(station, check_recurring([shown]))
        assert (await recurring.recurring(station))[0] == rich.orders[0]
        await recurring.put_recurring(station, check_recurring([{**shown, "pieces": "8"}]))
        (kept,) = await recurring.recurring(station)
        assert (kept.entry.load.pieces, kept.entry.people, kept.entry.skip_price) == (8, 2, 7.0)


@journey
async def test_a_reference_to_nothing_is_named(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        with pytest.raises(ConsoleError, match=r"BAKERY-20261123.*no depot"):
            await recurring.put_recurring(station, check_recurring([{**ROW, "depot": "Nowhere"}]))


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"weekdays": "Mon, Someday"}, "weekdays", "Mon-Fri"),
        ({"starts": "soon"}, "starts", "is no day"),
        ({"starts": "2026-12-01", "ends": "2026-11-01"}, "ends", "before it starts"),
        ({"weeks": "2"}, "starts", "Every 2 weeks from when"),
        ({"skipped": "2026-12-24; Xmas"}, "skipped", "is no day"),
        ({"street": ""}, "street", "no address"),
    ],
)
def test_a_wrong_row_names_its_field(given: dict[str, str], field: str, words: str) -> None:
    report = check_recurring([{**ROW, "order_id": "GOOD"}, {**ROW, **given}])
    assert [order.id for order in report.orders] == ["GOOD"]
    (reject,) = report.rejects
    assert (reject.row, reject.field) == (2, field)
    assert words in reject.problem
