"""A city day at 30 % served, and what happens then: what is left as a case, and as a plan.

A stop counts as served once the driver is on the way to it. Goods can change vans at no cost. The
race over what is left is the same for all; what was driven until then is ``sunk`` and paid already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.plan import Fact, FactId, FactKind, Plan, StopId, StopStatus
from console.domain.travel import TravelMatrix
from tests.benchmarks.racing.case import Case, Job, Rest, Routes, Van
from tests.benchmarks.racing.city_day import HOUR, city_day
from tests.benchmarks.racing.doorstep import at, day_of, route_id, stop_id
from tests.benchmarks.racing.evaluator import Judged, judge_route

SERVED = 0.3
DELAY = 45 * 60
EVENTS = ("urgent", "breakdown", "late")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a van is: jobs behind it, when it left the depot and the last of them."""

    done: int
    leave: int
    left_at: int
    rested: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What is left of a day. ``jobs`` and ``vans`` are the day's indices of those of ``case``.

    ``plan`` is the same as the product has it, with all that happened; ``now`` its time.
    """

    name: str
    case: Case
    jobs: tuple[int, ...]
    vans: tuple[int, ...]
    sunk: float
    plan: Plan
    matrix: TravelMatrix
    now: datetime


def base_day(stops: int, seed: int) -> Case:
    """A city day without loading again, and one order more, the last, which is not known yet."""
    day = city_day(stops + 1, seed)
    vans = tuple(replace(van, reloads=0, reload_time=0) for van in day.vans)
    return replace(day, vans=vans, jobs=day.jobs[:-1], name=f"repair-{stops}-{seed}")


def urgent_job(day: Case, now: int) -> Job:
    """The order that comes in: within an hour from an hour on, and it must be served."""
    number = len(day.jobs) + 1
    return Job(number, number, 180, ((now + HOUR, now + 2 * HOUR),), (1, 5, 20))


def situation(day: Case, routes: Routes, event: str) -> Situation:
    """What one of ``EVENTS`` makes of the day."""
    judged = [judge_route(day, v, order) for v, order in enumerate(routes)]
    now = _moment(day, routes, judged)
    progress = [_progress(day, order, judged[v], now) for v, order in enumerate(routes)]
    hit = _hit(day, routes, progress, event)
    if event == "late":
        progress[hit] = replace(progress[hit], left_at=progress[hit].left_at + DELAY)
    if event == "urgent":
        day = replace(day, jobs=(*day.jobs, urgent_job(day, now)))
    behind = {j for order, p in zip(routes, progress, strict=True) for j in order[: p.done]}
    jobs = tuple(j for j in range(len(day.jobs)) if j not in behind)
    vans = tuple(v for v in range(len(day.vans)) if event != "breakdown" or v != hit)
    place = {j: i for i, j in enumerate(jobs)}
    case = replace(
        day,
        name=f"{day.name} {event}",
        jobs=tuple(day.jobs[j] for j in jobs),
        vans=tuple(_van(day, v, routes[v], (progress[v], now)) for v in vans),
        present=tuple(tuple(place[j] for j in routes[v][progress[v].done :]) for v in vans),
    )
    plan, matrix = _plan(day, routes, progress, hit if event == "breakdown" else None)
    return Situation(
        case.name,
        case,
        jobs,
        vans,
        sum(_sunk(day, v, routes[v], p) for v, p in enumerate(progress)),
        plan,
        matrix,
        at(day, now),
    )


def _moment(day: Case, routes: Routes, judged: Sequence[Judged]) -> int:
    """The first second at which enough is served."""
    enough = SERVED * sum(len(order) for order in routes)
    early, late = 0, 24 * HOUR
    while early < late:
        middle = (early + late) // 2
        made = (_progress(day, o, judged[v], middle) for v, o in enumerate(routes))
        if sum(progress.done for progress in made) < enough:
            early = middle + 1
        else:
            late = middle
    return early


def _progress(day: Case, order: Sequence[int], judged: Judged, now: int) -> Progress:
    """A job is behind the van once it has left for it."""
    timing = judged.timing
    left_at, done = timing.leave, 0
    if not order:
        return Progress(0, 0, 0, rested=False)
    for j, start in zip(order, judged.starts, strict=True):
        if left_at > now:
            break
        left_at, done = start + day.jobs[j].service, done + 1
    rested = bool(timing.legs) and timing.legs[0] < done
    return Progress(done, timing.leave, left_at, rested)


def _hit(day: Case, routes: Routes, progress: Sequence[Progress], event: str) -> int:
    """The van that it happens to: under way, with the most left to do (timed, where late)."""

    def left(v: int) -> int:
        ahead = [day.jobs[j] for j in routes[v][progress[v].done :]]
        return sum(1 for job in ahead if job.windows or event != "late")

    return max((v for v, p in enumerate(progress) if p.done), key=left)


def _van(day: Case, v: int, order: Sequence[int], told: tuple[Progress, int]) -> Van:
    progress, now = told
    van = day.vans[v]
    if not progress.done:
        return replace(van, begins=max(van.begins, now))
    spent = progress.left_at - progress.leave
    rests = tuple(_rest(rest, spent) for rest in van.rests if not progress.rested)
    row = day.jobs[order[progress.done - 1]].row
    return replace(van, start=row, begins=progress.left_at, rests=rests, fixed=0.0, away=True)


def _rest(rest: Rest, spent: int) -> Rest:
    return replace(rest, after=max(-1, rest.after - spent))


def _sunk(day: Case, v: int, order: Sequence[int], progress: Progress) -> float:
    if not progress.done:
        return 0.0
    van = day.vans[v]
    rows = [van.start, *(day.jobs[j].row for j in order[: progress.done])]
    metres = int(day.metres[van.profile][rows[:-1], rows[1:]].sum())
    seconds = progress.left_at - progress.leave
    return van.fixed + van.per_metre * metres + van.per_second * seconds


def _plan(
    day: Case, routes: Routes, progress: Sequence[Progress], broken: int | None
) -> tuple[Plan, TravelMatrix]:
    """The whole day as the product has it: what is behind a van is delivered."""
    kept = tuple(
        order[: progress[v].done] if v == broken else order for v, order in enumerate(routes)
    )
    plan, matrix = day_of(replace(day, present=kept))
    facts, stops = list[Fact](), list[StopId]()
    for v, order in enumerate(routes):
        clock = progress[v].left_at
        for i, j in enumerate(order[: progress[v].done]):
            is_last = i + 1 == progress[v].done
            moment = at(day, clock) if is_last else at(day, _left(day, v, order, i))
            stops.append(stop_id(j))
            facts.append(Fact(FactId(f"f{j}"), FactKind.DELIVERED, stop_id(j), moment))
    plan = plan.with_facts(facts).with_stops(
        replace(plan.stops[stop], status=StopStatus.DELIVERED) for stop in stops
    )
    started = (
        replace(
            plan.routes[route_id(v)],
            started_at=at(day, p.leave),
            off=v == broken,
        )
        for v, p in enumerate(progress)
        if p.done
    )
    return plan.with_routes(started), matrix


def _left(day: Case, v: int, order: Sequence[int], i: int) -> int:
    """When a van left its i-th job, by the plan of the morning."""
    judged = judge_route(day, v, order)
    return judged.starts[i] + day.jobs[order[i]].service
