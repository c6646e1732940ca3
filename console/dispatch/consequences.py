"""What a command would do to the whole day, found before it is submitted."""

from dataclasses import dataclass

from console.dispatch.picture import Picture
from console.dispatch.previews import worse
from console.dispatch.workday import Workday
from console.domain.commands import Command
from console.domain.errors import Rejected
from console.domain.plan import RouteId
from console.domain.schedule import Schedule
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
    """Try a command on the present plan; nothing happens."""
    before = workday.picture
    try:
        plan = workday.desk.dry_run(command)
    except Rejected as refusal:
        return Consequence(refusal)
    after = workday.imaging()(plan)
    return Consequence(
        None,
        _driving(after) - _driving(before),
        round(after.totals.cost - before.totals.cost, 2),
        after.totals.late_stops - before.totals.late_stops,
        _harm(before, after),
        before.is_timed,
    )


def _harm(before: Picture, after: Picture) -> Violation | None:
    """The gravest new harm of the routes that changed, in the order of the plan."""
    changed = [r for r in after.schedules if after.schedules[r] is not before.schedules.get(r)]
    found = (worse(_of(before, route), after.schedules[route]) for route in changed)
    harms = [harm for harm in found if harm is not None]
    return max(harms, key=lambda harm: (harm.rule.is_hard, harm.amount), default=None)


def _of(picture: Picture, route: RouteId) -> Schedule | None:
    return picture.schedules.get(route)


def _driving(picture: Picture) -> int:
    return sum(int(one.driving.total_seconds()) for one in picture.schedules.values())
