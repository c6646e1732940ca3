"""Order files into the plan: grouped, amended, split; what the dispatcher did stays."""

from console.dispatch.importing import unmeetable
from console.dispatch.orderwork import (
    cancel_orders,
    doubtful_places,
    fix_place,
    put_order,
    read_file,
    take_in,
)
from console.domain.commands import LockRoutes, MoveStops, PinStops
from console.domain.load import Load
from console.domain.orders import DayWindow, OrderEntry, OrderId
from console.domain.places import Address, Certainty, Coordinate
from console.domain.plan import StopId
from tests.dispatch.consoles import World, begun, brought, journey, local, row


def entry(name: str, street: str, **given: object) -> OrderEntry:
    return OrderEntry(OrderId(name), Address(street, city="Ebene"), **given)


def sharing(station) -> set[tuple[str, ...]]:
    return {tuple(o.id for o in stop.orders) for stop in station.picture.plan.stops.values()}


@journey
async def test_orders_at_one_door_share_a_stop_where_their_hours_allow(world: World) -> None:
    with world.console() as station:
        await begun(
            station,
            world,
            row("A", "Weg 10", window_from="09:00", window_to="12:00"),
            row("B", "weg 10"),
            row("C", "Weg 10", window_from="14:00", window_to="16:00"),
            row("D", "Weg 11"),
        )
        assert sharing(station) == {("A",), ("B", "C"), ("D",)}
        (shared,) = [s for s in station.picture.plan.stops.values() if len(s.orders) == 2]
        (window,) = shared.windows
        assert (window.earliest, window.latest) == (local(14), local(16))
        label = station.picture.labels[shared.id]
        assert label.recipients == ("R B", "R C")
        assert label.coordinate == Coordinate(47.001, 9.503)


@journey
async def test_nothing_changes_when_the_same_file_comes_again(world: World) -> None:
    with world.console() as station:
        rows = [row("A", "Weg 10"), row("B", "Weg 11")]
        await begun(station, world, *rows)
        version = station.picture.plan.version
        again = await brought(station, world.orders(*reversed(rows)))
        assert (again.added, again.changed, again.unchanged) == ((), (), 2)
        assert station.picture.plan.version == version


@journey
async def test_a_changed_order_keeps_its_route_and_pin(world: World) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Weg 10"), row("B", "Weg 11"))
        (route,) = station.picture.plan.routes
        await station.submit(MoveStops((StopId("s:A"), StopId("s:B")), route))
        await station.submit(PinStops((StopId("s:A"),)))
        again = await brought(
            station, world.orders(row("A", "Weg 20", weight_kg="9"), row("C", "Weg 12"))
        )
        assert (again.added, again.changed, again.missing) == (("C",), ("A",), ("B",))
        stop = station.picture.plan.stops[StopId("s:A")]
        assert (stop.route, stop.pinned, stop.load.kg) == (route, True, 9)
        assert station.picture.labels[stop.id].street == "Weg 20"
        assert station.picture.plan.routes[route].stops == ("s:A", "s:B")
        assert station.picture.schedules[route].visits[0].stop == "s:A"


@journey
async def test_an_order_that_moves_leaves_its_shared_stop(world: World) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Weg 10"), row("B", "Weg 10"))
        assert sharing(station) == {("A", "B")}
        await brought(station, world.orders(row("A", "Weg 10"), row("B", "Weg 30")))
        assert sharing(station) == {("A",), ("B",)}
        stop = station.picture.plan.stop_of_order(OrderId("B"))
        assert stop is not None
        assert station.picture.labels[stop.id].street == "Weg 30"
        assert not station.picture.off_road


@journey
async def test_what_a_locked_route_carries_is_told_not_changed(world: World) -> None:
    """The other orders of the file come in all the same, and the next import tells it again."""
    with world.console() as station:
        await begun(station, world, row("A", "Weg 10"), row("B", "Weg 11"))
        (route,) = station.picture.plan.routes
        await station.submit(MoveStops((StopId("s:A"),), route))
        await station.submit(LockRoutes((route,)))
        heavier = world.orders(row("A", "Weg 10", weight_kg="9"), row("B", "Weg 11", weight_kg="9"))
        for _ in range(2):
            again = await brought(station, heavier)
            assert [verdict.reason for verdict in again.refused] == ["frozen"]
            assert station.picture.plan.stops[StopId("s:A")].load.kg == 2
            assert station.picture.plan.stops[StopId("s:B")].load.kg == 9
        await station.submit(LockRoutes((route,), locked=False))
        assert (await brought(station, heavier)).refused == ()
        assert station.picture.plan.stops[StopId("s:A")].load.kg == 9


@journey
async def test_orders_no_driver_can_ever_take(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        imported = await brought(
            station,
            world.orders(
                row("A", "Weg 10", skills="crane"),
                row("B", "Weg 11", weight_kg="999"),
                row("C", "Weg 12", skills="cold"),
            ),
        )
        assert imported.unmeetable == {"A": "skill:crane", "B": "overloaded"}
    assert unmeetable([], []) == {}


@journey
async def test_doubtful_addresses_are_listed_and_fixed_for_good(world: World) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Nirgends"), row("B", "Etwa 5"), row("C", "Weg 9"))
        places = await doubtful_places(station)
        assert [place.address.street for place in places] == ["Nirgends", "Etwa 5"]
        assert station.picture.off_road == {"s:A"}
        await fix_place(station, places[0].id, Coordinate(47.01, 9.5))
        assert not station.picture.off_road
        assert station.picture.labels[StopId("s:A")].certainty is Certainty.FIXED
        assert [p.address.street for p in await doubtful_places(station)] == ["Etwa 5"]
        await brought(station, world.orders(row("D", "Nirgends")))
        assert station.picture.labels[StopId("s:D")].coordinate == Coordinate(47.01, 9.5)


@journey
async def test_a_dispatchers_point_outlives_the_files_own(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        point = Coordinate(47.02, 9.5)
        await put_order(station, entry("A", "Anders", coordinate=point))
        assert station.picture.labels[StopId("s:A")].certainty is Certainty.GIVEN
        assert station.picture.labels[StopId("s:A")].coordinate == point
        place = station.picture.plan.stops[StopId("s:A")].place
        await fix_place(station, place, Coordinate(47.03, 9.5))
        await put_order(station, entry("A", "Anders", coordinate=point, load=Load(2)))
        assert station.picture.labels[StopId("s:A")].coordinate == Coordinate(47.03, 9.5)


@journey
async def test_places_without_a_road_stay_unassigned(world: World) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Weg 9"), row("B", "Berg 1"), row("C", "Insel 1"))
        assert station.picture.off_road == {"s:B", "s:C"}
        assert station.picture.is_timed
        assert sorted(station.off_road.values()) == [4000.0, float("inf")]


@journey
async def test_orders_by_hand(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        await put_order(station, entry("A", "Weg 5", windows=(DayWindow(),)))
        await put_order(station, entry("A", "Weg 6", recipient="Eve"))
        assert sharing(station) == {("A",)}
        assert station.picture.labels[StopId("s:A")].recipients == ("Eve",)
        await put_order(station, entry("B", "Weg 6"))
        await cancel_orders(station, [OrderId("A")])
        assert sharing(station) == {("B",)}
        await put_order(station, entry("A", "Weg 7"))
        assert sharing(station) == {("A",), ("B",)}


@journey
async def test_an_id_once_used_gets_a_stop_of_its_own(world: World) -> None:
    """The stop s:A serves B alone by now; a new order A must not take its name."""
    with world.console() as station:
        await begun(station, world, row("A", "Weg 10"), row("B", "Weg 10"))
        await cancel_orders(station, [OrderId("A")])
        await brought(station, world.orders(row("A", "Weg 12"), row("B", "Weg 10")))
        stop = station.picture.plan.stop_of_order(OrderId("A"))
        assert stop is not None
        assert stop.id == "s:A:2"


@journey
async def test_reading_a_file_changes_nothing(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        version = station.picture.plan.version
        report = await read_file(station, world.orders(row("A", "Weg 10")))
        assert station.picture.plan.version == version
        assert (await take_in(station, report)).added == ("A",)
        assert station.picture.off_road == {"s:A"}  # nobody has looked it up yet
