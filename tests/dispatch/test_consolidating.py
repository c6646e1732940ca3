"""Orders of one door: found, priced, brought together in one step, and taken apart again."""

from dataclasses import replace

import pytest

from console.dispatch.consolidating import Joints, join, joints
from console.dispatch.station import Station
from console.domain.commands import JoinStops, LockRoutes, MoveStops, PinStops
from console.domain.errors import Rejected
from console.domain.plan import StopId
from tests.dispatch.consoles import World, begun, brought, journey, row
from tests.ui.day import build_plan

A, B, C, D = (StopId(f"s:{name}") for name in "ABCD")


async def twice(station: Station, world: World, **late: str) -> None:
    """Two doors; a second order for the first one came later, and went to another driver."""
    rows = (row("A", "Weg 12", recipient="Apotheke"), row("B", "Weg 60"))
    await begun(station, world, *rows, drivers=("Ida", "Jan"))
    ida, jan = station.picture.plan.routes
    await station.submit(MoveStops((A,), ida))
    await station.submit(MoveStops((B,), jan))
    await brought(station, world.orders(*rows, row("C", "Weg 12", **late)))
    await station.submit(MoveStops((C,), jan, B))


@journey
async def test_a_door_that_is_visited_twice_is_joined_and_undone(world: World) -> None:
    with world.console() as station:
        await twice(station, world)
        before = station.picture
        found = await joints(station)
        (joint,) = found.each
        assert found.whole is None
        assert (joint.orders, joint.stops) == (2, 1)
        assert joint.cost < 0
        assert joint.time.total_seconds() < 0
        assert joint.metres < 0
        await join(station, joint)
        after = station.picture
        assert after.totals.cost == pytest.approx(before.totals.cost + joint.cost, abs=0.011)
        assert after.totals.paid == before.totals.paid + joint.time
        assert after.totals.orders == before.totals.orders
        (stop,) = (s for s in after.plan.stops.values() if len(s.orders) == 2)
        assert {order.id for order in stop.orders} == {"A", "C"}
        assert await joints(station) == Joints()
        await station.undo()
        assert station.picture.plan.stops == before.plan.stops
        assert station.picture.plan.routes == before.plan.routes


@journey
async def test_a_waiting_order_rides_along(world: World) -> None:
    with world.console() as station:
        await twice(station, world)
        await station.submit(MoveStops((C,), None))
        (joint,) = (await joints(station)).each
        assert joint.members == (A, C)
        await join(station, joint)
        assert station.picture.totals.unassigned == 0


@journey
async def test_another_spelling_of_a_door_is_the_same_door(world: World) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Weg 12", recipient="Apotheke am Markt"))
        await brought(
            station,
            world.orders(
                row("A", "Weg 12", recipient="Apotheke am Markt"),
                row("B", "Weg 12", city="Ebene-Ost", recipient="apotheke AM markt"),
                row("C", "Weg 13", city="Ebene-Ost", recipient="Somebody else"),
            ),
        )
        plan = station.picture.plan
        assert plan.stops[A].place != plan.stops[B].place
        (joint,) = (await joints(station)).each
        assert set(joint.members) == {A, B}
        await join(station, joint)
        again = await brought(
            station,
            world.orders(
                row("A", "Weg 12", recipient="Apotheke am Markt"),
                row("B", "Weg 12", city="Ebene-Ost", recipient="apotheke AM markt"),
                row("C", "Weg 13", city="Ebene-Ost", recipient="Somebody else"),
            ),
        )
        assert again.unchanged == 3
        assert len(station.picture.plan.stops) == 2, "the next import leaves them together"


@journey
async def test_what_cannot_or_may_not_be_joined_is_not_offered(world: World) -> None:
    with world.console() as station:
        await twice(station, world, window_from="06:00", window_to="06:30")
        assert len((await joints(station)).each) <= 1
        await station.submit(LockRoutes(tuple(station.picture.plan.routes)))
        assert await joints(station) == Joints()


@journey
async def test_all_doors_in_one_step(world: World) -> None:
    with world.console() as station:
        rows = tuple(row(name, f"Weg {n}") for name, n in (("A", 10), ("B", 30)))
        more = tuple(row(name, f"Weg {n}") for name, n in (("C", 10), ("D", 30)))
        await begun(station, world, *rows, drivers=("Ida", "Jan"))
        await brought(station, world.orders(*rows, *more))
        ida, jan = station.picture.plan.routes
        await station.submit(MoveStops((A, B), ida))
        await station.submit(MoveStops((C, D), jan))
        version = station.picture.plan.version
        found = await joints(station)
        assert len(found.each) == 2
        assert found.whole is not None
        assert found.whole.stops == 2
        await join(station, found.whole)
        assert len(station.picture.plan.stops) == 2
        assert station.picture.plan.version == version + 1
        with pytest.raises(Rejected):
            await join(station, found.whole)


def test_the_rules_of_joining() -> None:
    plan, _ = build_plan(2, 4, 1, seed=4)
    r1, r2 = plan.routes
    (a, b, *_), (c, *_) = plan.routes[r1].stops, plan.routes[r2].stops
    free = {
        stop: replace(
            plan.stops[stop],
            orders=tuple(replace(order, windows=()) for order in plan.stops[stop].orders),
        )
        for stop in (a, b, c)
    }
    plan = plan.with_stops(free.values())
    joined = JoinStops(((a, b, c),)).apply(plan)
    assert b not in joined.stops
    assert b not in joined.routes[r1].stops
    assert c not in joined.routes[r2].stops
    assert len(joined.stops[a].orders) == sum(len(free[stop].orders) for stop in (a, b, c))
    pinned = PinStops((c,)).apply(plan)
    for command, base, reason in (
        (JoinStops(((a, a),)), plan, "doubled"),
        (JoinStops(((a, b), (b, c))), plan, "doubled"),
        (JoinStops(((a,),)), plan, "no_change"),
        (JoinStops(((a, StopId("x")),)), plan, "unknown_stop"),
        (JoinStops(((a, c),)), pinned, "pinned"),
    ):
        with pytest.raises(Rejected, match=reason):
            command.apply(base)
    assert JoinStops(((c, a),)).apply(pinned).stops[c].pinned
