"""Exceptions: logged with all that belongs to them, aged, owned, put right, and undone."""

import struct
import zlib
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from console.dispatch import carrying, depotrules, exceptions, photos, replay, reporting, resolving
from console.dispatch.exceptions import Logged
from console.dispatch.orderwork import cancel_orders
from console.dispatch.resolving import Wish
from console.dispatch.station import Station
from console.domain.cases import Resolution, Severity
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.errors import ConsoleError, Rejected
from console.domain.orders import DayWindow, OrderId
from console.domain.places import Address
from console.domain.plan import Cause, FactKind, RouteId, StopId, StopStatus
from console.storage.erasing import SqlRegistry
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, local, row

A, B = StopId("s:A"), StopId("s:B")
NEXT = DAY + timedelta(1)


async def morning(world: World, station: Station, clock: SetClock) -> RouteId:
    """Two stops on a route that is out, at nine o'clock."""
    await begun(station, world, row("A", "Weg 10"), row("B", "Weg 30"), row("C", "Weg 20"))
    (route,) = station.picture.plan.routes
    await station.submit(MoveStops((A, B), route))
    await station.submit(ReleaseRoutes((route,)))
    clock.moment = local(9)
    station.workday.set_now(station.now())
    return route


def ids(station: Station) -> set[str]:
    return {str(o.id) for s in station.picture.plan.stops.values() for o in s.orders}


def pixel(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of one pixel with further chunks."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    parts = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), *chunks,
             (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    made = b"".join(b"\xff" + bytes([m]) + struct.pack(">H", len(d) + 2) + d for m, d in segments)
    scan = b"\xff\xda\x00\x04\x00\x00" + b"\x12\xff\x00\xff\xd0\x34"
    return b"\xff\xd8" + made + scan + b"\xff\xd9"


@journey
async def test_it_is_logged_with_all_that_belongs_to_it(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        route = await morning(world, station, clock)
        told = Logged(
            Cause.DAMAGE, " Frau Muster cried ", type="Wet", photo=pixel((b"eXIf", b"GPS"))
        )
        fact = await exceptions.log(station, A, told)
        assert fact.case is not None
        assert fact.case.severity is Severity.HIGH, "the usual one of damage"
        assert (fact.case.orders, fact.case.route) == ((OrderId("A"),), route)
        assert fact.case.driver
        picture = await photos.photo(station.services, fact.case.photo)
        assert picture is not None
        assert b"GPS" not in picture
    with world.console("bob", clock=clock) as station:
        await station.open(DAY)
        (line,) = await exceptions.exceptions(station)
        assert line.note == "Frau Muster cried"
        assert line.actor == "ada"
        assert line.case.severity is Severity.HIGH
        journal = b"".join(
            entry.patch.__repr__().encode() for entry in station.workday.desk.entries
        )
        assert b"Muster" not in journal


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", pixel()[:30], jpeg()[:8], b"\xff\xd8\x00\x00", jpeg()[:-2]]
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ConsoleError):
        photos.stripped(data)


def test_a_jpeg_keeps_what_is_drawn_and_loses_what_is_told() -> None:
    drawn = [(0xE0, b"JFIF\0"), (0xDB, b"\x01" * 65), (0xC0, b"\x08\x00\x01\x00\x01\x01")]
    told = [(0xE1, b"Exif\0\0GPS"), (0xFE, b"comment"), (0xED, b"Photoshop")]
    assert photos.stripped(jpeg(*drawn, *told) + b"trailer") == jpeg(*drawn)


@journey
async def test_a_photo_that_is_too_large_is_refused_and_nothing_is_logged(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await morning(world, station, clock)
        huge = jpeg((0xE0, b"JFIF\0"), *((0xDB, b"x" * 60_000) for _ in range(40)))
        with pytest.raises(ConsoleError, match="more than 2 MB"):
            await exceptions.log(station, A, Logged(Cause.DAMAGE, photo=huge))
        assert not await exceptions.exceptions(station)


@journey
async def test_the_queue_ages_and_says_who_has_it(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await morning(world, station, clock)
        fact = await exceptions.log(station, A, Logged(Cause.ABSENT))
        clock.moment += timedelta(hours=3)
        queue = await exceptions.exceptions(station)
        stands = exceptions.ageing(queue, clock.now())
        assert (stands.open, stands.overdue, stands.unowned) == (1, 1, 1)
        await exceptions.take(station, fact.id)
        await exceptions.grade(station, fact.id, Severity.LOW)
        (line,) = await exceptions.exceptions(station)
        assert (line.case.owner, line.case.severity) == ("ada", Severity.LOW)
        assert not line.case.is_overdue(clock.now())
        way = await resolving.way_of(station, fact.id, Wish(Resolution.CLOSED))
        await resolving.resolve(station, fact.id, way)
        stands = exceptions.ageing(await exceptions.exceptions(station), clock.now())
        assert (stands.open, stands.median) == (0, timedelta(hours=3))
        with pytest.raises(ConsoleError):
            await exceptions.take(station, RouteId("nothing"))


@journey
async def test_a_failure_is_a_case_until_an_exception_tells_of_it(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await morning(world, station, clock)
        await reporting.record(station, FactKind.FAILED, A, cause=Cause.ABSENT)
        (line,) = await exceptions.exceptions(station)
        assert line.fact.kind is FactKind.FAILED
        await exceptions.log(station, A, Logged(Cause.ACCESS))
        (line,) = await exceptions.exceptions(station)
        assert line.fact.kind is FactKind.EXCEPTION


@journey
async def test_what_failed_is_put_off_and_an_undo_takes_it_back(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        route = await morning(world, station, clock)
        failed = await reporting.record(station, FactKind.FAILED, A, cause=Cause.ABSENT)
        ways = await resolving.ways_of(station, failed.id)
        off = next(w for w in ways if w.wish == Wish(Resolution.RESCHEDULE, day=NEXT))
        assert off.is_feasible
        assert off.cost > 0
        await resolving.resolve(station, failed.id, off)
        assert station.picture.plan.stops[A].status is StopStatus.FAILED
        assert station.picture.plan.routes[route].released
        with pytest.raises(ConsoleError, match="resolved already"):
            await resolving.resolve(
                station, failed.id, await resolving.way_of(station, failed.id, off.wish)
            )
        with world.console("bob", clock=clock) as bob:
            await bob.open(NEXT)
            assert ids(bob) == {"A~2"}
            entry = bob.services.orders.get([OrderId("A~2")])[OrderId("A~2")]
            assert entry.recipient == "R A"
        await station.undo()
        settled = await carrying.settle(station)
        assert settled.taken_back == ("A~2",)
        assert await carrying.settle(station) == carrying.Settled()
        await station.redo()
        assert (await carrying.settle(station)).added == ("A~2",)


@journey
async def test_what_a_colleague_cancelled_on_that_day_does_not_come_back(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station, world.console("bob", clock=clock) as bob:
        await morning(world, station, clock)
        fact = await exceptions.log(station, A, Logged(Cause.ABSENT))
        way = await resolving.way_of(station, fact.id, Wish(Resolution.RESCHEDULE, day=NEXT))
        await resolving.resolve(station, fact.id, way)
        assert A not in station.picture.plan.stops, "it was still to be driven to"
        await bob.open(NEXT)
        await cancel_orders(bob, [OrderId("A~2")])
        assert await carrying.settle(station) == carrying.Settled()


@journey
async def test_another_try_today_lands_where_a_driver_can_make_it(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        route = await morning(world, station, clock)
        failed = await reporting.record(station, FactKind.FAILED, A, cause=Cause.ABSENT)
        way = await resolving.way_of(station, failed.id, Wish(Resolution.TODAY))
        assert way.is_feasible, way.problem
        before = station.picture.totals.cost
        await resolving.resolve(station, failed.id, way)
        plan = station.picture.plan
        again = plan.stop_of_order(OrderId("A~2"))
        assert again is not None
        assert again.route == route
        assert plan.routes[route].released, "it went out again"
        assert station.picture.totals.cost - before == pytest.approx(way.cost, abs=0.02)
        assert again.orders[0].digest


@journey
async def test_hours_that_nobody_can_keep_are_no_way(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await morning(world, station, clock)
        fact = await exceptions.log(station, A, Logged(Cause.ABSENT))
        night = DayWindow(time(22), time(23))
        way = await resolving.way_of(station, fact.id, Wish(Resolution.TODAY, window=night))
        assert not way.is_feasible
        assert "Ida" in way.problem
        past = await resolving.way_of(station, fact.id, Wish(Resolution.RESCHEDULE, day=DAY))
        assert past.problem
        with pytest.raises(ConsoleError):
            await resolving.resolve(station, fact.id, past)


@journey
async def test_another_door_is_looked_up_and_timed_before_it_is_promised(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await morning(world, station, clock)
        fact = await exceptions.log(station, A, Logged(Cause.ADDRESS))
        nowhere = Wish(Resolution.OTHER_ADDRESS, address=Address("Nirgends 7", city="Ebene"))
        assert "not found" in (await resolving.way_of(station, fact.id, nowhere)).problem
        there = Wish(Resolution.OTHER_ADDRESS, address=Address("Weg 44", city="Ebene"))
        way = await resolving.way_of(station, fact.id, there)
        assert way.is_feasible, way.problem
        await resolving.resolve(station, fact.id, way)
        assert ids(station) == {"A~2", "B", "C"}
        again = station.picture.plan.stop_of_order(OrderId("A~2"))
        assert again is not None
        assert again.id in station.picture.visits


@journey
async def test_goods_that_go_back_leave_the_route_and_the_route_stays_out(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        route = await morning(world, station, clock)
        fact = await exceptions.log(station, A, Logged(Cause.REFUSED))
        way = await resolving.way_of(station, fact.id, Wish(Resolution.TO_SENDER))
        assert way.cost < 0
        await resolving.resolve(station, fact.id, way)
        assert station.picture.plan.routes[route].stops == (B,)
        assert station.picture.plan.routes[route].released
        assert station.picture.plan.routes[route].edition == 1, "handed out anew by the same step"
        await station.undo()
        assert station.picture.plan.routes[route].stops == (A, B)
        assert station.picture.plan.routes[route].released
        (line,) = await exceptions.exceptions(station)
        assert line.case.is_open


@journey
async def test_a_depot_has_a_tree_and_pickup_points_of_its_own(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await morning(world, station, clock)
        rules = (await depotrules.rules_of(station)).with_type(Cause.ACCESS, " Dog  loose ")
        rules = replace(rules, pickup_points=(Address("Weg 33", city="Ebene"),))
        await depotrules.keep_rules(station, rules)
        assert await depotrules.rules_of(station) == rules
        assert "Dog loose" in rules.types[Cause.ACCESS]
        with pytest.raises(ConsoleError):
            rules.with_type(Cause.ACCESS, "dog loose")
        fact = await exceptions.log(station, A, Logged(Cause.ACCESS, type="Dog loose"))
        ways = await resolving.ways_of(station, fact.id)
        point = next(w for w in ways if w.wish.resolution is Resolution.PICKUP_POINT)
        assert point.is_feasible, point.problem
    with pytest.raises(ConsoleError, match="cannot be read"):
        depotrules.decoded("{}")


def test_attempts_count_on() -> None:
    assert carrying.attempt_of(OrderId("A~x")) == ("A~x", 1)
    assert carrying.attempt_of(OrderId("A~x~12")) == ("A~x", 12)
    assert date(2026, 11, 24) == NEXT


@journey
async def test_a_resolution_is_not_made_twice(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as ada, world.console("bob", clock=clock) as bob:
        await morning(world, ada, clock)
        fact = await exceptions.log(ada, A, Logged(Cause.ABSENT))
        await bob.open(DAY)
        way = await resolving.way_of(bob, fact.id, Wish(Resolution.CLOSED))
        mine = await resolving.way_of(ada, fact.id, Wish(Resolution.CLOSED))
        await resolving.resolve(bob, fact.id, way)
        await ada.pull()
        with pytest.raises(Rejected, match="resolved_already"):
            await resolving.resolve(ada, fact.id, mine)


@journey
async def test_whoever_is_forgotten_is_forgotten_in_notes_and_photos(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await morning(world, station, clock)
        told = Logged(Cause.DAMAGE, "R A cried", photo=pixel())
        fact = await exceptions.log(station, A, told)
        wish = Wish(Resolution.CLOSED, note="told R A on the phone")
        await resolving.resolve(station, fact.id, await resolving.way_of(station, fact.id, wish))
        notes = station.services.notes
        registry = SqlRegistry(notes.database)
        person = registry.find("R A")
        assert len(person.notes) == 3
        registry.erase(person)
        assert notes.get(person.notes) == {}
        assert fact.case is not None
        assert await photos.photo(station.services, fact.case.photo) is None
        (line,) = await exceptions.exceptions(station)
        assert (line.note, line.case.is_open) == ("", False)


@journey
async def test_a_day_is_settled_only_when_what_was_put_off_changed(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await morning(world, station, clock)
        carrier = carrying.Carrier(station)
        assert await carrier.follow() == carrying.Settled()
        fact = await reporting.record(station, FactKind.FAILED, A, cause=Cause.ABSENT)
        way = await resolving.way_of(station, fact.id, Wish(Resolution.RESCHEDULE, day=NEXT))
        await resolving.resolve(station, fact.id, way)
        assert await carrier.follow() == carrying.Settled(), "resolving settled it itself"
        await station.undo()
        assert (await carrier.follow()).taken_back == ("A~2",)
        await station.redo()
        assert (await carrier.follow()).added == ("A~2",)
        assert await carrier.follow() == carrying.Settled()


@journey
async def test_the_head_hash_is_that_of_the_newest_row_and_changes_with_every_step(
    world: World,
) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await morning(world, station, clock)
        first = await replay.head_hash(station)
        rows = station.services.journal.read(station.workday.desk.stream)
        assert first == rows[-1].hash
        assert await replay.head_hash(station) == first
        await exceptions.log(station, A, Logged(Cause.ABSENT))
        second = await replay.head_hash(station)
        assert second not in (first, "")
        assert station.services.journal.read(station.workday.desk.stream)[-1].hash == second
