"""What orders refer to: other orders, drivers, depots; rich rows arrive in the plan whole."""

from datetime import timedelta
from pathlib import Path

import pytest

from console.dispatch.orderwork import put_order
from console.dispatch.references import Directory, directory, resolve
from console.dispatch.registers import DepotRecord, DriverRecord
from console.domain.errors import ConsoleError
from console.domain.fleet import DepotId, DriverId
from console.domain.load import Load
from console.domain.orders import OrderEntry, OrderId, TimeWindow
from console.domain.places import Address, PlaceId
from tests.dispatch.consoles import World, begun, brought, journey, local

KNOWN = directory(
    [DriverRecord(DriverId("d1"), "Anja"), DriverRecord(DriverId("d2"), "Ben")],
    [DepotRecord(DepotId("p1"), "Weg 1, 9490 Vaduz", PlaceId("x"), "UTC")],
)
HEADER = (
    "order_id,street,city,pieces,weight_kg,window_from,window_to,window2_from,window2_to,late_price,"
    "deadline,ready_at,collect_kg,pickup,people,skip_price,setup_minutes,parking_minutes,drivers,"
    "driver_price,depot,territory"
)


def entry(name: str, row: int = 2, **given: object) -> OrderEntry:
    return OrderEntry(OrderId(name), Address("Weg 2"), row=row, **given)


def rich(world: World, *cells: dict[str, str]) -> Path:
    given = [{"city": "Ebene", "pieces": "1", **each} for each in cells]
    rows = [",".join(each.get(column, "") for column in HEADER.split(",")) for each in given]
    return world.file("rich.csv", HEADER, *rows)


def test_drivers_and_depots_by_any_of_their_names() -> None:
    order = entry("A", drivers=("anja", "Nobody", "BEN "), depot="weg  1")
    assert KNOWN.drivers_of(order) == ("d1", "d2")
    assert KNOWN.depot_of(order) == "p1"
    assert KNOWN.depot_of(entry("A", depot="Weg 1, 9490 Vaduz")) == "p1"
    assert KNOWN.depot_of(entry("A")) is None


def test_strangers_are_left_out_and_told() -> None:
    found = resolve([entry("A", drivers=("Zoe",)), entry("B", 3, drivers=("Zoe",))], {}, KNOWN)
    assert len(found.entries) == 2
    (told,) = found.assumptions
    assert (told.field, told.rows) == ("drivers", (2, 3))
    assert told.sentence == "The preferred driver “Zoe” of orders A, B is not known: left out."


def test_unknown_depots_are_rejected() -> None:
    found = resolve([entry("A", depot="Hof 9"), entry("B", 3, pickup=OrderId("A"))], {}, KNOWN)
    assert found.entries == ()
    depot, orphan = found.rejects
    assert (depot.row, depot.order, depot.field) == (2, "A", "depot")
    assert "no depot of the fleet (known are “weg 1, 9490 vaduz”" in depot.problem
    assert (orphan.row, orphan.field) == (3, "pickup")
    nobody = resolve([entry("A", depot="Hof 9")], {}, Directory())
    assert "none is known yet" in nobody.rejects[0].problem


def test_pickups_that_are_not_there() -> None:
    present = {OrderId("P"): entry("P", collected=Load(1))}
    there = resolve([entry("A", pickup=OrderId("P"))], present, KNOWN)
    assert not there.rejects
    lost = resolve([entry("A", pickup=OrderId("Q")), entry("B", 3, pickup=OrderId("A"))], {}, KNOWN)
    assert [(reject.row, reject.order) for reject in lost.rejects] == [(2, "A"), (3, "B")]
    assert (
        "add it to the file, correct its number, or leave pickup empty" in lost.rejects[0].problem
    )
    chain = resolve(
        [entry("P"), entry("A", 3, pickup=OrderId("P")), entry("B", 4, pickup=OrderId("A"))],
        {},
        KNOWN,
    )
    assert [reject.row for reject in chain.rejects] == [4]
    assert "brings goods of “P” itself" in chain.rejects[0].problem


def test_a_pickup_that_says_nothing_collects_its_load() -> None:
    first, second = entry("P", load=Load(3, 12)), entry("A", 3, pickup=OrderId("P"), load=Load(1))
    found = resolve([first, second], {}, KNOWN)
    pickup, delivery = found.entries
    assert (pickup.load, pickup.collected, delivery.load) == (Load(), Load(3, 12), Load(1))
    assert "given for order P, whose goods other orders bring" in found.assumptions[0].sentence
    empty = resolve([entry("P"), second], {}, KNOWN).entries[0]
    assert empty.collected == Load(1)


@journey
async def test_everything_a_row_says_is_in_the_plan(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        a = {
            "order_id": "A", "street": "Weg 10", "window_from": "09:00", "window_to": "10:00",
            "window2_from": "11:00", "window2_to": "12:00", "late_price": "0.5",
            "deadline": "13:00", "ready_at": "08:30", "collect_kg": "4", "people": "2",
            "skip_price": "20", "setup_minutes": "3", "parking_minutes": "2", "drivers": "ida",
            "driver_price": "6", "depot": "Weg 1", "territory": "north",
        }  # fmt: skip
        b = {"order_id": "B", "street": "Weg 11", "pickup": "A"}
        imported = await brought(station, rich(world, a, b))
        assert not imported.rejects
        orders = {o.id: o for s in station.picture.plan.stops.values() for o in s.orders}
        found = orders[OrderId("A")]
        assert found.windows == (
            TimeWindow(local(9), local(10), 0.5),
            TimeWindow(local(11), local(12), 0.5),
        )
        assert (found.deadline, found.ready_at) == (local(13), local(8.5))
        assert (found.collected, found.people, found.skip_price) == (Load(0, 4), 2, 20)
        assert (found.setup_time, found.parking_time) == (
            timedelta(minutes=3),
            timedelta(minutes=2),
        )
        (route,) = station.picture.plan.routes.values()
        assert (found.drivers, found.driver_price) == ((route.shift.driver,), 6)
        assert (found.depot, found.territory) == (route.shift.depot, "north")
        assert orders[OrderId("B")].pickup == "A"
        again = await brought(station, rich(world, a, b))
        assert (again.changed, again.unchanged) == ((), 2)


@journey
async def test_rows_that_refer_to_nothing_are_told_with_the_others(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        imported = await brought(
            station,
            rich(
                world,
                {"order_id": "A", "street": "Weg 10", "pickup": "Q"},
                {"order_id": "B", "street": "Weg 11", "pieces": "-1"},
                {"order_id": "C", "street": "Weg 12", "depot": "Mars"},
                {"order_id": "D", "street": "Weg 13"},
            ),
        )
        assert imported.added == ("D",)
        assert [(reject.row, reject.field) for reject in imported.rejects] == [
            (2, "pickup"),
            (3, "pieces"),
            (4, "depot"),
        ]


@journey
async def test_by_hand_too(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        with pytest.raises(ConsoleError, match="no such order"):
            await put_order(station, entry("A", pickup=OrderId("Q")))
        assert not station.picture.plan.stops
