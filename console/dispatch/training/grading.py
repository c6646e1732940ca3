"""A graded run: goals shown, incidents injected, decisions traced, a score and a debrief."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from console.dispatch.kindofday import Incident, Scenario
from console.dispatch.lanes import Lane
from console.dispatch.replay import Replay, replayed
from console.dispatch.station import Station
from console.dispatch.training.pricing import Moment, price
from console.dispatch.training.scoring import Course, Score, lost, scored
from console.dispatch.training.tracing import Step, Tracer
from console.dispatch.training.troubles import Befallen, Trouble, stranded, troubles
from console.domain.errors import ConsoleError
from console.domain.plan import Plan, RouteId
from console.domain.travel import TravelMatrix
from console.tongues import tr


@dataclass(slots=True)
class GradedRun:
    """What is kept of a run while it goes on.

    ``begins`` is the journal's version at its beginning, ``drivers`` the routes that were released
    then, by the drivers' numbers: an incident's driver is a place in it, from 1.
    """

    scenario: Scenario
    trainee: str
    begins: int
    drivers: tuple[RouteId, ...]
    zone: ZoneInfo
    injected: list[tuple[datetime, Incident]] = field(
        default_factory=list[tuple[datetime, Incident]]
    )

    @classmethod
    def begin(cls, station: Station, scenario: Scenario, trainee: str) -> "GradedRun":
        """From the present version on; ConsoleError where no route is released."""
        picture = station.picture
        out = [route.id for route in picture.plan.routes.values() if route.released]
        if not out:
            raise ConsoleError(
                tr("No route is released, so nobody would drive."), remedy=tr("Release the plan.")
            )
        drivers = tuple(sorted(out, key=lambda r: (picture.drivers[r].number, r)))
        zone = station.service_day.zone
        return cls(scenario, trainee, picture.plan.version, drivers, zone)

    def inject(self, incident: Incident, at: datetime) -> None:
        """An instructor put one more in."""
        self.injected.append((at, incident))

    def befallen(self, day: datetime) -> list[Befallen]:
        """All incidents with their moments; ``day`` is any moment of the run."""
        date = day.astimezone(self.zone).date()

        def moment(at: time) -> datetime:
            return datetime.combine(date, at, self.zone).astimezone(day.tzinfo)

        planned = [(moment(each.at), each) for each in self.scenario.incidents]
        return [Befallen(at, each, self._route(each)) for at, each in (*planned, *self.injected)]

    def _route(self, incident: Incident) -> RouteId | None:
        place = incident.driver
        return self.drivers[place - 1] if 0 < place <= len(self.drivers) else None


@dataclass(frozen=True, slots=True)
class Grade:
    """What a run came to: ``steps`` is its debrief, ``lost`` in the depot's currency."""

    scenario: str
    title: str
    trainee: str
    goals: tuple[str, ...]
    score: Score
    lost: float
    troubles: tuple[Trouble, ...]
    steps: tuple[Step, ...]
    replay: Replay


async def graded(station: Station, run: GradedRun) -> Grade:
    """The grade of the day so far; ConsoleError while travel times are missing."""
    if not station.picture.is_timed:
        raise ConsoleError(
            tr("There are no travel times, so nothing can be compared."),
            remedy=tr("Wait until they are there."),
        )
    replay, matrix = await replayed(station), station.workday.matrix
    befallen = run.befallen(station.services.clock.now())
    return await station.services.lanes.run(
        Lane.FILES, lambda: grade(run, replay, matrix, befallen)
    )


def grade(
    run: GradedRun, replay: Replay, matrix: TravelMatrix, befallen: Sequence[Befallen] = ()
) -> Grade:
    """The same from a day's rows alone: pure, for a lane."""
    ended = replay.at(replay.last)
    found = troubles(replay.entries, run.begins, befallen, ended)
    steps = Tracer(replay, matrix).steps(run.begins, found)
    course = _course(run, replay, matrix, ended)
    course = replace(course, troubles=found, steps=steps)
    return Grade(
        run.scenario.name,
        run.scenario.title,
        run.trainee,
        run.scenario.goals,
        scored(course),
        lost(steps),
        tuple(found),
        tuple(steps),
        replay,
    )


def _course(run: GradedRun, replay: Replay, matrix: TravelMatrix, ended: Plan) -> Course:
    released = replay.at(run.begins)
    at = replay.entries[run.begins - 1].at
    out = frozenset(
        route
        for entry in replay.entries[run.begins :]
        if entry.patch.facts
        for route in stranded(replay.at(entry.version))
    )
    return Course(released, price(Moment(released, matrix, at)), ended, (), (), out)
