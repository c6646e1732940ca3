"""Graded runs on the flat country: what is traced, priced, scored and told afterwards."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from console.dispatch.exceptions import attend
from console.dispatch.kindofday import Incident, IncidentKind, Scenario
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.training.grading import Grade, GradedRun, graded
from console.dispatch.training.printed import debrief_paper, sides_of
from console.dispatch.training.results import result_of
from console.dispatch.training.words import lines_of
from console.domain.cases import CaseNote, Step
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.errors import ConsoleError
from console.domain.plan import Cause, FactKind, RouteId, StopStatus
from console.gateway.sheets import PdfSheets
from console.simulator.playback import Playback
from tests.dispatch.consoles import World, begun, journey, local
from tests.simulator.rehearsed import QUIET, Rehearsed, rehearsed

BROKEN = replace(
    QUIET, incidents=(Incident(IncidentKind.BREAKDOWN, at=time(8, 1), driver=1),), goals=("Help",)
)
Deal = Callable[[Rehearsed], Coroutine[object, object, object]]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


async def nothing(made: Rehearsed) -> None:
    await made.day.advance(local(22))


async def handed_over(made: Rehearsed, minutes: float = 5) -> None:
    """Ole takes what Ida's broken van still has."""
    await made.day.advance(local(8.2))
    (told,) = [f for f in made.plan.facts.values() if f.kind is FactKind.EXCEPTION]
    await made.day.advance(told.happened_at + timedelta(minutes=max(minutes, 11)))
    await made.station.submit(ReleaseRoutes(made.routes, released=False))
    ida, ole = made.routes
    waiting = tuple(stop.id for stop in made.plan.stops_of(ida) if stop.is_open)
    await made.station.submit(MoveStops(waiting, ole))
    await made.station.submit(ReleaseRoutes((ole,)))
    await made.day.advance(local(22))


def run_of(world: World, scenario: Scenario, deal: Deal) -> Grade:
    grades = list[Grade]()

    @journey
    async def run() -> None:
        async with rehearsed(world, scenario) as made:
            await made.station.refresh()
            begun_run = GradedRun.begin(made.station, scenario, "Eva")
            await deal(made)
            grades.append(await graded(made.station, begun_run))

    run()
    return grades[0]


def test_a_calm_day_that_needs_nobody_is_full_marks(world: World) -> None:
    found = run_of(world, QUIET, nothing)
    assert (found.score.whole, found.steps, found.lost, found.trainee) == (100.0, (), 0.0, "Eva")


def test_a_breakdown_that_nobody_answers_is_the_debrief(world: World) -> None:
    found = run_of(world, BROKEN, nothing)
    assert found.goals == ("Help",)
    (trouble,) = found.troubles
    assert trouble.what == Cause.BREAKDOWN
    (step,) = found.steps
    assert step.is_unanswered
    assert step.trouble == trouble
    assert step.after is None
    assert step.known.stranded == 1
    assert step.known.left == len(step.better.moves) > 0
    assert step.lost == found.lost > 60 * step.known.left
    assert {move.target for move in step.better.moves} == {
        route for route in found.replay.at(found.replay.last).routes if route != trouble.route
    }
    score = found.score
    assert score.service < 100
    assert score.cost < 100
    assert score.stability == 100
    assert score.communication == 50.0


def test_a_hand_over_is_traced_with_what_was_known_and_how_long_it_took(world: World) -> None:
    found = run_of(world, BROKEN, handed_over)
    (step,) = [each for each in found.steps if each.kind]
    assert step.kind == MoveStops.kind
    assert step.trouble == found.troubles[0]
    assert step.after == timedelta(minutes=11)
    assert step.known.left > 0
    before = found.replay.at(step.version - 1)
    assert before.version == step.version - 1
    assert found.score.service == 100
    assert found.score.stability == 100
    assert found.score.communication == 50.0  # a minute too late
    assert found.score.whole > run_of(World(_beside(world)), BROKEN, nothing).score.whole
    assert step.did >= step.better.price >= 0


def _beside(world: World) -> Path:
    other = world.folder / "beside"
    other.mkdir()
    return other


def test_a_worse_decision_stands_beside_the_better_one(world: World) -> None:
    async def dropped(made: Rehearsed) -> None:
        await made.day.advance(local(8.1))
        ida, ole = made.routes
        await made.station.submit(ReleaseRoutes((ida, ole), released=False))
        ahead = [stop.id for stop in made.plan.stops_of(ole) if stop.is_open]
        await made.station.submit(MoveStops((ahead[-1],), None))
        await made.station.submit(ReleaseRoutes((ida, ole)))
        await made.day.advance(local(22))

    found = run_of(world, QUIET, dropped)
    (step,) = found.steps
    assert step.trouble is None
    assert step.after is None
    assert step.lost > 60
    assert step.better.moves == ()
    assert found.score.cost < 100
    assert found.score.stability < 100
    assert found.score.service < 100


def test_whoever_attends_to_a_failed_delivery_is_heard(world: World) -> None:
    nobody_home = replace(QUIET, absent=1.0)

    async def one_call(made: Rehearsed) -> None:
        await made.day.advance(local(22))
        failed = [f.id for f in made.plan.facts.values() if f.kind is FactKind.FAILED]
        assert len(failed) == 8
        await attend(made.station, failed[0], CaseNote(Step.TOLD))

    found = run_of(world, nobody_home, one_call)
    assert found.score.communication == 56.2  # (100 + 100 / 8) / 2
    assert found.score.service == 100  # nobody there: not hers
    assert found.steps == ()


def test_the_same_run_has_the_same_grade(tmp_path: Path) -> None:
    grades = list[Grade]()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        grades.append(run_of(World(tmp_path / name), BROKEN, handed_over))
    one, other = grades
    assert one.score == other.score
    assert one.lost == other.lost
    assert [s.did for s in one.steps] == [s.did for s in other.steps]


@pytest.mark.parametrize(
    ("kind", "given", "what"),
    [
        (IncidentKind.BREAKDOWN, {}, Cause.BREAKDOWN),
        (IncidentKind.LONG_STOP, {"minutes": 30.0}, IncidentKind.LONG_STOP),
        (IncidentKind.SLOW, {"factor": 3.0}, IncidentKind.SLOW),
        (IncidentKind.SILENCE, {"minutes": 20.0}, IncidentKind.SILENCE),
    ],
)
def test_an_instructor_s_incident_happens_like_a_scenario_s(
    world: World, kind: IncidentKind, given: dict[str, float], what: str
) -> None:
    usual = run_of(World(_beside(world)), QUIET, nothing)
    grades, first = list[Grade](), list[RouteId]()

    @journey
    async def run() -> None:
        async with rehearsed(world, QUIET) as made:
            await made.station.refresh()
            kept = GradedRun.begin(made.station, QUIET, "Eva")
            first.append(made.routes[0])
            await made.day.advance(local(8.1))
            happens = made.day.inject(Incident(kind, driver=1, **given))
            assert happens.at >= time(8, 5)
            kept.inject(happens, made.day.clock.now())
            await made.day.advance(local(22))
            grades.append(await graded(made.station, kept))

    run()
    (trouble,) = [t for t in grades[0].troubles if t.what == what]
    assert trouble.route == first[0]
    if kind is not IncidentKind.SILENCE:  # what happened took longer, or was never done
        assert _last_outcome(grades[0]) != _last_outcome(usual)


def _last_outcome(found: Grade) -> object:
    ended = found.replay.at(found.replay.last)
    done = [s for s in ended.stops.values() if s.status is StopStatus.DELIVERED]
    return len(done), max(fact.happened_at for fact in ended.facts.values())


def test_what_cannot_happen_any_more_is_refused(world: World) -> None:
    @journey
    async def run() -> None:
        async with rehearsed(world, QUIET) as made:
            playback = Playback(QUIET, made.day.clock, 60)
            with pytest.raises(ConsoleError, match="Nobody is at work"):
                playback.inject(Incident(IncidentKind.BREAKDOWN))
            await made.day.advance(local(9))
            for incident in (
                Incident(IncidentKind.ILL),
                Incident(IncidentKind.DEPOT_LATE, until=time(11)),
                Incident(IncidentKind.BREAKDOWN, driver=7),
            ):
                with pytest.raises(ConsoleError, match="Nobody is left"):
                    made.day.inject(incident)
            with pytest.raises(ConsoleError, match="minutes is missing"):
                made.day.inject(Incident(IncidentKind.LONG_STOP))

    run()


def test_drivers_who_wait_in_the_morning_may_still_fall_ill_or_be_held_up(world: World) -> None:
    @journey
    async def run() -> None:
        async with rehearsed(world, QUIET) as made:
            await made.day.advance(local(6))
            made.day.inject(Incident(IncidentKind.ILL, driver=1))
            made.day.inject(Incident(IncidentKind.DEPOT_LATE, until=time(10), driver=2))
            await made.day.advance(local(22))
            ida, ole = (made.plan.routes[route] for route in made.routes)
            assert ida.started_at is None
            assert made.kinds(0) == [FactKind.EXCEPTION]
            assert ole.started_at is not None
            assert ole.started_at >= local(10)

    run()


def test_a_day_without_a_released_route_cannot_be_graded(world: World) -> None:
    @journey
    async def run() -> None:
        with world.console() as station:
            station.services = replace(station.services, notices=Noticeboard())
            await begun(station, world)
            with pytest.raises(ConsoleError, match="No route is released"):
                GradedRun.begin(station, QUIET, "Eva")

    run()


def test_a_debrief_says_it_in_words_and_on_paper(world: World) -> None:
    @journey
    async def run() -> None:
        async with rehearsed(world, BROKEN) as made:
            station = made.station
            await station.refresh()
            kept = GradedRun.begin(station, BROKEN, "Eva")
            await made.day.advance(local(22))
            found = await graded(station, kept)
            (line,) = lines_of(found, station.picture)
            assert "Vehicle breaks down, Ida" in line.trouble
            assert line.decision == "Nothing was done"
            assert "to Ole" in line.better
            assert line.is_bad
            did, better = sides_of(found, station.workday.around)(found.steps[0])
            moved = {move.stop for move in found.steps[0].better.moves}
            assert moved & set(did.plan.routes[made.routes[0]].stops)
            assert moved <= set(better.plan.routes[made.routes[1]].stops)
            paper = debrief_paper(found, station.picture, station.workday.around)
            (step,) = paper.steps
            assert {number for number, _ in step.better} <= {1, 2}
            assert step.did != step.better
            assert PdfSheets().debrief(paper).startswith(b"%PDF")
            assert result_of(found, local(22)).decisions == 0

    run()
