"""How good a rehearsed day was, in four parts from 0 to 100 and one whole.

service       = 100 * sum(weight * served) / sum(weight)   over stops, without those where nobody
                was there or the goods were refused; weight 3, 2, 1 by priority; served is 1 for
                a delivery that came before its last window closed, 0.5 for a later one, else 0
cost          = 100 * max(0, 1 - lost / (A_DEAR_DAY * price of the day as it was released));
                lost is what better answers would have saved, of the decisions on one trouble
                the last one, and of troubles that nobody answered
stability     = 100 * max(0, 1 - NEEDLESS * moved / stops); moved are stops with another driver
                than at the release though theirs could drive
communication = 50 * (troubles on the road answered within PROMPTLY / troubles on the road)
              + 50 * (failed deliveries with a case that somebody attended to / failed ones);
                a half of which there is none is full
whole         = 0.40 service + 0.25 cost + 0.15 stability + 0.20 communication
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from console.dispatch.training.tracing import Step
from console.dispatch.training.troubles import Trouble
from console.domain.casework import cases_of
from console.domain.orders import Priority
from console.domain.plan import Cause, FactKind, Plan, RouteId, Stop, StopStatus
from console.domain.reported import reported, standing

WEIGHTS = {Priority.HIGH: 3.0, Priority.NORMAL: 2.0, Priority.LOW: 1.0}
LATE_SERVED = 0.5
A_DEAR_DAY = 0.5
NEEDLESS = 2.0
PROMPTLY = timedelta(minutes=10)
SHARES = (0.40, 0.25, 0.15, 0.20)

EXCUSED = frozenset((Cause.ABSENT, Cause.REFUSED))
"""Failures at the door that no dispatcher prevents."""


@dataclass(frozen=True, slots=True)
class Score:
    """Each from 0 to 100; the formulas stand above."""

    service: float
    cost: float
    stability: float
    communication: float

    @property
    def whole(self) -> float:
        """All four, weighted."""
        parts = (self.service, self.cost, self.stability, self.communication)
        return round(sum(s * part for s, part in zip(SHARES, parts, strict=True)), 1)


@dataclass(frozen=True, slots=True)
class Course:
    """What a score is made of: the plan as it was released and as it ended.

    ``released_price`` is that of the first one, in the depot's currency. ``stranded`` are drivers
    who could not go on at some time of the day.
    """

    released: Plan
    released_price: float
    ended: Plan
    troubles: Sequence[Trouble]
    steps: Sequence[Step]
    stranded: frozenset[RouteId]


def scored(course: Course) -> Score:
    """All four parts."""
    return Score(
        round(service(course.ended), 1),
        round(cost(course), 1),
        round(stability(course), 1),
        round(communication(course), 1),
    )


def service(ended: Plan) -> float:
    """How much was delivered in time, by priority."""
    excused = {
        fact.subject
        for fact in standing(ended.facts.values())
        if fact.kind is FactKind.FAILED and fact.cause in EXCUSED
    }
    counted = [s for s in ended.stops.values() if not _is_excused(s, excused)]
    whole = sum(WEIGHTS[stop.priority] for stop in counted)
    reached = sum(WEIGHTS[stop.priority] * _served(ended, stop) for stop in counted)
    return _share(reached, whole)


def _is_excused(stop: Stop, excused: Iterable[str]) -> bool:
    return stop.status is StopStatus.FAILED and stop.id in excused


def _served(plan: Plan, stop: Stop) -> float:
    if stop.status is not StopStatus.DELIVERED:
        return 0.0
    told = reported(plan.facts)
    came = told.arrived.get(stop.id) or told.left.get(stop.id)
    closes = max((window.latest for window in stop.windows), default=None)
    in_time = closes is None or came is None or came <= closes
    return 1.0 if in_time else LATE_SERVED


def lost(steps: Sequence[Step]) -> float:
    """What better answers would have saved, in the depot's currency."""
    return round(sum(step.lost for step in steps if step.is_last), 2)


def cost(course: Course) -> float:
    """How near her decisions came to the best ones."""
    allowed = A_DEAR_DAY * course.released_price
    return 100.0 * max(0.0, 1 - lost(course.steps) / allowed) if allowed > 0 else 100.0


def stability(course: Course) -> float:
    """How many stops kept the driver they were released with, where that driver could drive."""
    before = {s.id: s.route for s in course.released.stops.values() if s.route is not None}
    after = course.ended.stops
    moved = [
        stop
        for stop, route in before.items()
        if route not in course.stranded and stop in after and after[stop].route != route
    ]
    return 100.0 * max(0.0, 1 - NEEDLESS * len(moved) / len(before)) if before else 100.0


def communication(course: Course) -> float:
    """Who was answered: drivers in trouble, and customers who were not served."""
    on_road = [t for t in course.troubles if not t.is_at_door and t.fact]
    prompt = [t for t in on_road if _is_prompt(t, course)]
    failed = {t.fact for t in course.troubles if t.is_at_door}
    cases = cases_of(course.ended.facts.values())
    attended = [c for c in cases if c.fact.id in failed and c.steps]
    return (_share(len(prompt), len(on_road)) + _share(len(attended), len(failed))) / 2


def _is_prompt(trouble: Trouble, course: Course) -> bool:
    """Something was decided about it, or said, soon enough."""
    decided = (step.after for step in course.steps if step.trouble == trouble and step.kind)
    said = (
        fact.happened_at - trouble.at
        for case in cases_of(course.ended.facts.values())
        if case.fact.id == trouble.fact
        for fact in case.steps
    )
    return any(after is not None and after <= PROMPTLY for after in (*decided, *said))


def _share(part: float, whole: float) -> float:
    return 100.0 * part / whole if whole else 100.0
