"""What an alarm's answer is weighed by: the harm that is left, who may give and take, the price.

Pure. Every figure is the reference's.
"""

from dataclasses import dataclass
from datetime import datetime

from console.dispatch.alarms import LEGAL_RULES, Found
from console.domain.alarm import AlarmKind
from console.domain.commands import AdoptSolution
from console.domain.load import Load
from console.domain.plan import Plan, Route, RouteId, Stop, StopId, StopStatus
from console.domain.reported import reported
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.domain.visits import Schedule
from console.planning.trials import Trial

ENGINE = "alarm"


@dataclass(frozen=True, slots=True)
class Bench:
    """What an answer is worked out on: the plan as it is, its travel times, the moment."""

    plan: Plan
    matrix: TravelMatrix
    now: datetime


def may_leave(stop: Stop) -> bool:
    """True for what nothing binds to its route."""
    is_pair = any(order.pickup is not None for order in stop.orders)
    bound = stop.pinned or stop.loaded or is_pair or stop.collected != Load()
    return stop.status is StopStatus.PLANNED and not bound


def takers(plan: Plan, name: RouteId | None) -> list[Route]:
    """The other routes that may still take something."""
    back = reported(plan.facts).returned
    return [
        route
        for route in plan.routes.values()
        if route.id != name and not (route.off or route.is_frozen or route.id in back)
    ]


def harm_of(found: Found, schedule: Schedule | None) -> float:
    """What the alarm tells of, in seconds."""
    if schedule is None:
        return 0.0
    if found.key.kind is AlarmKind.OVERTIME:
        return schedule.overtime.total_seconds()
    if found.key.kind is AlarmKind.LEGAL_HOURS:
        return sum(v.amount for v in schedule.violations if v.rule in LEGAL_RULES)
    return (schedule.lateness + schedule.soft_lateness).total_seconds()


def late_of(schedule: Schedule | None) -> int:
    """How many stops are late, hard or soft."""
    return sum(bool(v.lateness or v.soft_lateness) for v in schedule.visits) if schedule else 0


def breaks(trial: Trial) -> bool:
    """True where another order breaks what is no matter of lateness."""
    return any(violation.rule is not Rule.LATE for violation in trial.harms)


def adopting(plan: Plan, cost: float, routes: dict[RouteId, tuple[StopId, ...]]) -> AdoptSolution:
    """The step that makes these the routes' stops; what is out is handed out anew."""
    out = tuple(name for name in routes if plan.routes[name].released)
    return AdoptSolution(tuple(routes.items()), ENGINE, round(cost, 2), opened=out)
