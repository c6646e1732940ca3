"""What a command would do to the whole day, found before it is submitted."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.dispatch.drawing import touched_routes
from console.dispatch.previews import worse
from console.dispatch.workday import Workday
from console.domain.commands import Command
from console.domain.errors import Rejected
from console.domain.patch import diff
from console.domain.plan import Plan, RouteId
from console.domain.schedule import Schedule, schedule_stops
from console.domain.violations import Violation


@dataclass(frozen=True, slots=True)
class Consequence:
    """Changes over the whole plan: seconds at the wheel, money, stops that are late.

    ``refusal`` says why the command does not fit whatever the reason, ``harm`` is the worst rule
    that it would newly break or break further. ``timed`` is False where travel times are missing.
    """

    refusal: Rejected | None = None
    seconds: int = 0
    cost: float = 0.0
    late_stops: int = 0
    harm: Violation | None = None
    timed: bool = True


def consequence(workday: Workday, command: Command) -> Consequence:
    """Try a command on the present plan; nothing happens. Only routes that change are timed."""
    before = workday.picture
    try:
        plan = workday.desk.dry_run(command)
    except Rejected as refusal:
        return Consequence(refusal)
    if not before.is_timed:
        return Consequence(timed=False)
    touched = sorted(touched_routes(before.plan, plan, diff(before.plan, plan)))
    now = [before.schedules.get(route) for route in touched]
    then = [_timed(workday, plan, route) for route in touched]
    return Consequence(
        None,
        sum(map(_driving, then)) - sum(map(_driving, now)),
        round(sum(map(_cost, then)) - sum(map(_cost, now)), 2),
        sum(map(_late, then)) - sum(map(_late, now)),
        _gravest(worse(old, new) for old, new in zip(now, then, strict=True)),
    )


def _timed(workday: Workday, plan: Plan, route: RouteId) -> Schedule | None:
    if route not in plan.routes:
        return None
    stops = plan.stops_of(route)
    return schedule_stops(plan, plan.routes[route], stops, workday.matrix, workday.now)


def _gravest(found: Iterable[Violation | None]) -> Violation | None:
    harms = [harm for harm in found if harm is not None]
    return max(harms, key=lambda harm: (harm.rule.is_hard, harm.amount), default=None)


def _driving(schedule: Schedule | None) -> int:
    return int(schedule.driving.total_seconds()) if schedule else 0


def _cost(schedule: Schedule | None) -> float:
    return schedule.cost if schedule else 0.0


def _late(schedule: Schedule | None) -> int:
    return sum(1 for visit in schedule.visits if visit.lateness) if schedule else 0
