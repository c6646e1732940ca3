"""Simulated days on the flat country: through the ports, the same again, whatever happens."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.dispatch.kindofday import Incident, IncidentKind, Scenario
from console.dispatch.noticeboard import Noticeboard
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.plan import Cause, FactKind, StopStatus
from console.simulator.day import on_day
from console.simulator.invariants import broken
from console.simulator.playback import Playback
from tests.dispatch.consoles import World, journey, local
from tests.simulator.rehearsed import QUIET, Rehearsed, rehearsed


def on(world: World, scenario: Scenario, test: Callable[[Rehearsed], object]) -> None:
    """Run a whole day, then look at it."""

    @journey
    async def run() -> None:
        async with rehearsed(world, scenario) as made:
            await made.day.advance(local(22))
            test(made)
            assert broken(made.station.workday.desk, 8) == []

    run()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_quiet_day_ends_with_everything_delivered(world: World) -> None:
    def check(made: Rehearsed) -> None:
        assert {s.status for s in made.plan.stops.values()} == {StopStatus.DELIVERED}
        told = [FactKind.DEPARTED, *[FactKind.DELIVERED] * 4, FactKind.RETURNED]
        assert made.kinds(0) == made.kinds(1) == told
        seen = [f for f in made.plan.facts.values() if f.kind is FactKind.ARRIVED]
        assert len(seen) == 8  # by their fences: phones did not say so
        assert made.day.is_over
        assert len(made.heard.positions) > 100

    on(world, QUIET, check)


def facts_of(made: Rehearsed) -> list[tuple[str, str, str]]:
    """With stops and routes by what they are called, as ids differ from store to store."""
    called = {s.id: s.orders[0].id for s in made.plan.stops.values()}
    called |= {r: str(made.station.picture.drivers[r].number) for r in made.routes}
    return sorted((f.kind, called[f.subject], str(f.happened_at)) for f in made.plan.facts.values())


def test_the_same_seed_is_the_same_day(tmp_path: Path) -> None:
    days = list[list[tuple[str, str, str]]]()
    troubled = replace(QUIET, absent=0.3, gps_gaps=0.2, gps_jumps=0.02, seed=4)
    for name, scenario in (("a", troubled), ("b", troubled), ("c", on_day(troubled, 2))):
        folder = tmp_path / name
        folder.mkdir()
        on(World(folder), scenario, lambda made: days.append(facts_of(made)))
    assert days[0] == days[1] != days[2]


@pytest.mark.parametrize("seed", range(4))
def test_phones_that_lose_their_signal_lose_no_fact(world: World, seed: int) -> None:
    def check(made: Rehearsed) -> None:
        done = (StopStatus.DELIVERED, StopStatus.FAILED)
        assert all(stop.status in done for stop in made.plan.stops.values())
        assert made.kinds(0)[-1] is FactKind.RETURNED

    noisy = replace(QUIET, absent=0.2, gps_gaps=0.5, gps_jumps=0.05, gps_noise=15, seed=seed)
    on(world, noisy, check)


def happening(kind: IncidentKind, **given: Any) -> Scenario:
    return replace(QUIET, incidents=(Incident(kind, driver=1, **given),))


def test_a_van_that_breaks_down_leaves_its_stops_open(world: World) -> None:
    def check(made: Rehearsed) -> None:
        mine = made.plan.stops_of(made.routes[0])
        assert any(stop.is_open for stop in mine)
        (told,) = [f for f in made.plan.facts.values() if f.kind is FactKind.EXCEPTION]
        assert (told.cause, told.subject) == (Cause.BREAKDOWN, made.routes[0])
        assert FactKind.RETURNED not in made.kinds(0)
        assert FactKind.RETURNED in made.kinds(1)

    on(world, happening(IncidentKind.BREAKDOWN, at=time(8, 5)), check)


def test_an_ill_driver_does_not_leave(world: World) -> None:
    on(
        world,
        happening(IncidentKind.ILL, at=time(6)),
        lambda made: made.kinds(0) == [FactKind.EXCEPTION] or pytest.fail("she came"),
    )


def test_nobody_leaves_before_the_depot_is_ready(world: World) -> None:
    def check(made: Rehearsed) -> None:
        assert (made.plan.routes[made.routes[0]].started_at or local(0)) >= local(11)
        assert (made.plan.routes[made.routes[1]].started_at or local(22)) < local(11)

    on(world, happening(IncidentKind.DEPOT_LATE, until=time(11)), check)


@pytest.mark.parametrize(
    ("kind", "given", "cause"),
    [
        (IncidentKind.ADDRESSES, {"count": 3}, Cause.ADDRESS),
        (IncidentKind.CLOSURE, {"factor": 4.0, "radius": 9000.0}, Cause.TRAFFIC),
    ],
)
def test_what_goes_wrong_is_told_with_its_cause(
    world: World, kind: IncidentKind, given: dict[str, float], cause: Cause
) -> None:
    def check(made: Rehearsed) -> None:
        assert cause in {fact.cause for fact in made.plan.facts.values()}

    on(world, happening(kind, **given), check)


def test_slow_streets_long_stops_and_silence_make_the_day_longer_not_shorter(world: World) -> None:
    ends = list[timedelta]()
    slow = replace(
        QUIET,
        incidents=(
            Incident(IncidentKind.SLOW, factor=2.0),
            Incident(IncidentKind.LONG_STOP, at=time(8, 10), minutes=30),
            Incident(IncidentKind.SILENCE, at=time(8), minutes=60),
            Incident(IncidentKind.BREAKDOWN, at=time(8, 20), minutes=10),
        ),
    )
    for name, scenario in (("usual", QUIET), ("slow", slow)):
        folder = world.folder / name
        folder.mkdir()

        def check(made: Rehearsed) -> None:
            schedule = made.station.picture.schedules[made.routes[0]]
            ends.append(schedule.end - schedule.start)

        on(World(folder), scenario, check)
    assert ends[1] > ends[0] + timedelta(minutes=30)


def test_a_driver_follows_what_she_is_given_while_she_drives(world: World) -> None:
    @journey
    async def run() -> None:
        async with rehearsed(world, QUIET) as made:
            ida, ole = made.routes
            await made.day.advance(local(8.15))
            taken = made.plan.routes[ida].stops[-1]
            await made.station.submit(ReleaseRoutes((ida, ole), released=False))
            await made.day.advance(local(8.5))
            waiting = len(made.heard.reports)
            await made.day.advance(local(9.5))
            assert len(made.heard.reports) == waiting  # she finishes her stop, then waits
            await made.station.submit(MoveStops((taken,), ole))
            await made.station.submit(ReleaseRoutes((ida, ole)))
            await made.day.advance(local(22))
            assert {s.status for s in made.plan.stops.values()} == {StopStatus.DELIVERED}
            assert made.plan.stops[taken].route == ole

    run()


def test_a_playback_steps_from_one_thing_to_the_next(world: World) -> None:
    @journey
    async def run() -> None:
        async with rehearsed(world, QUIET) as made:
            clock, board = made.day.clock, made.station.services.notices
            played = Playback(QUIET, clock, 60)
            assert isinstance(board, Noticeboard)
            board.leave(made.day)
            board.follow(played)
            await made.station.submit(ReleaseRoutes(made.routes, released=False))
            await made.station.submit(ReleaseRoutes(made.routes))
            played.pause()
            living = asyncio.ensure_future(played.live(made.heard, made.day.surface))
            await asyncio.sleep(0)
            assert (played.speed, played.is_running, played.is_over) == (60, False, False)
            while not played.is_over:
                before = clock.now()
                await played.step()
                assert clock.now() >= before
            assert {s.status for s in made.plan.stops.values()} == {StopStatus.DELIVERED}
            await played.step()
            played.run()
            played.go(10)
            await played.close()
            await living

    run()
