"""Why a stop is where it is: what its place costs, and what the next best ones would."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from console import wording
from console.domain.commands import MoveStops
from console.domain.fleet import DriverId
from console.domain.plan import Plan, Route, RouteId, Stop, StopId
from console.domain.travel import TravelMatrix
from console.domain.violations import Violation
from console.planning.drafts import landing
from console.planning.spots import badness, closed, gravest, least_harm
from console.planning.trials import Trial, Trials

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place for a stop. Differences are of the whole plan, to the plan as it is.

    ``price`` is in the depot's currency, soft lateness and preferences included. ``worse`` are the
    violations it would bring or make greater; ``detail`` says the gravest harm, or is empty.
    ``command`` moves it there, None where its own route is frozen.
    """

    route: RouteId
    driver: DriverId
    after: StopId | None
    price: float
    time: timedelta
    metres: int
    late: timedelta
    worse: tuple[Violation, ...]
    detail: str = ""
    command: MoveStops | None = None

    @property
    def harms(self) -> tuple[Violation, ...]:
        """What is worse and neither allowed nor overridden."""
        return tuple(violation for violation in self.worse if violation.is_harm)


@dataclass(frozen=True, slots=True)
class WhyHere:
    """What a stop costs where it is (money, paid time, metres, lateness), and the next best."""

    stop: StopId
    route: RouteId
    price: float
    time: timedelta
    metres: int
    late: timedelta
    elsewhere: tuple[Elsewhere, ...]


def why_here(
    plan: Plan, stop: StopId, matrix: TravelMatrix, now: datetime | None = None
) -> WhyHere | None:
    """For a stop on a route: of every route its best place, those without harm first.

    None for a stop that is on no route, or has no travel times yet.
    """
    wanted = plan.stops[stop]
    if wanted.route is None:
        return None
    trials, own = Trials(plan, matrix, now), plan.routes[wanted.route]
    if not trials.is_timed(own):
        return None
    rest = tuple(s for s in plan.stops_of(own.id) if s.id != stop)
    gone = trials.tried(own.id, rest, plan.stops_of(own.id).index(wanted))
    found = list(_elsewhere(trials, wanted, gone)) if wanted.is_open else []
    found.sort(key=lambda e: (bool(e[0].harms), e[1], e[0].price, e[0].route))
    return WhyHere(
        stop,
        own.id,
        -gone.price,
        -gone.time,
        -gone.metres,
        -gone.late,
        tuple(each for each, _ in found[:SHOWN]),
    )


def _elsewhere(trials: Trials, wanted: Stop, gone: Trial) -> Iterator[tuple[Elsewhere, float]]:
    """(place, how bad what it breaks is) on each route that is not closed to it."""
    own = trials.plan.routes[gone.route]
    moved = _within(trials, own, wanted, gone)
    if moved is not None:
        yield _place(trials, wanted, moved, None), badness(moved)
    for route in trials.plan.routes.values():
        if route.id == own.id or not trials.is_timed(route):
            continue
        if not any(closed(trials.plan, route, (wanted,))):
            trial = least_harm(trials, route, (wanted,))
            yield _place(trials, wanted, trial, gone), badness(trial) + badness(gone)


def _within(trials: Trials, own: Route, wanted: Stop, gone: Trial) -> Trial | None:
    """The best other place on its own route; None where that is frozen or there is none."""
    if own.is_frozen:
        return None
    tried = (
        trials.inserted(own, gone.stops, wanted, position)
        for position, _ in trials.spots(own, gone.stops, wanted)
        if position != gone.position
    )
    return min(tried, key=lambda trial: (badness(trial), trial.price), default=None)


def _place(trials: Trials, wanted: Stop, trial: Trial, gone: Trial | None) -> Elsewhere:
    """``gone`` is the route it leaves, where that is another one."""
    own = trials.plan.routes[wanted.route] if wanted.route else None
    spot = landing(trial, wanted.id)
    move = MoveStops((wanted.id,), trial.route, spot.after, spot.before)
    stays = wanted.loaded and gone is not None
    both = (trial,) if gone is None else (trial, gone)
    broken = tuple(violation for each in both for violation in each.worse)
    return Elsewhere(
        trial.route,
        trials.plan.routes[trial.route].shift.driver,
        spot.after,
        sum(each.price for each in both),
        sum((each.time for each in both), timedelta()),
        sum(each.metres for each in both),
        sum((each.late for each in both), timedelta()),
        broken,
        _said(broken),
        None if stays or own is None or own.is_frozen else move,
    )


def _said(broken: tuple[Violation, ...]) -> str:
    harms = tuple(violation for violation in broken if violation.is_harm)
    if not harms:
        return ""
    worst = gravest(harms)
    return wording.violation(worst.rule, worst.amount, worst.unit, worst.detail)
