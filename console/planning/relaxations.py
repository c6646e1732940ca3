"""What would let a stop in, one thing at a time: each tried, priced and ready to be done.

For every route and place the harm that the stop would bring is looked at; where one thing alone
causes it, that thing is relaxed by as much as it takes. Of each kind only what nothing else of
that kind beats in both amount and price is kept, and each is verified: the command is applied to
the plan and the reference judges what comes out. Another day is not offered: there is no command
between the plans of two days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from console import formats, wording
from console.domain.commands import AdmitStop
from console.domain.errors import Rejected
from console.domain.fleet import DriverId
from console.domain.integrity import check
from console.domain.measures import skip_price
from console.domain.patch import diff
from console.domain.plan import Plan, RouteId, StopId
from console.domain.schedule import schedule_route
from console.domain.travel import TravelMatrix
from console.planning.drafts import Draft, Kind, chosen
from console.planning.easing import Easing
from console.planning.pairs import Bonds, Pairs
from console.planning.trials import Trials, money, worse
from console.planning.yielding import Yielding

GRAVE = frozenset({Kind.OVERLOAD, Kind.SKILL, Kind.PEOPLE, Kind.TERRITORY, Kind.DEPOT})
"""What has to be answered for by whoever accepts it."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One thing that would let the stop in, on the route of ``driver``.

    ``amount`` is in ``unit``: seconds, metres, a dimension of load, orders. ``price`` is what the
    whole plan would cost more, in the depot's currency: routes, soft lateness and preferences, and
    the skip prices of what is left out. ``subject`` is what is missing or left out, ``at`` the new
    end of a window, ``other`` the route of the second van of a split. ``detail`` says it in a short
    sentence without the driver's name. ``command`` does it, in one step.
    """

    kind: Kind
    route: RouteId
    driver: DriverId
    price: float
    command: AdmitStop
    detail: str
    amount: float = 0.0
    unit: str = ""
    subject: str = ""
    at: datetime | None = None
    other: RouteId | None = None


class Relaxer:
    """Finds relaxations for the unassigned stops of one version of a plan."""

    def __init__(self, plan: Plan, matrix: TravelMatrix, now: datetime | None = None) -> None:
        self._plan, self._matrix, self._now = plan, matrix, now
        self._trials = Trials(plan, matrix, now)
        self._pairs = Pairs(plan)
        self._zone = ZoneInfo(plan.day.zone if plan.day else "UTC")

    def relaxations(self, stop: StopId) -> tuple[Relaxation, ...]:
        """The cheapest ones of each kind; none for a stop on a route.

        The cheapest comes first, but what accepts that a rule of load or fitness is broken comes
        after all that keeps those rules.
        """
        wanted = self._plan.stops[stop]
        bonds = self._pairs.bonds(wanted)
        nowhere = any(each.place not in self._matrix.index for each in bonds.group)
        if wanted.route is not None or not wanted.is_open or bonds.missing or nowhere:
            return ()
        drafts = all_drafts(self._trials, bonds, self._pairs)
        found = [self._verified(draft) for draft in chosen(drafts)]
        return tuple(
            sorted(
                (r for r in found if r is not None),
                key=lambda r: (r.kind in GRAVE, r.price, r.kind, r.route),
            )
        )

    def _verified(self, draft: Draft) -> Relaxation | None:
        price = verified(self._trials, draft.command)
        if price is None:
            return None
        extent = draft.extent
        clock = "" if extent.at is None else formats.clock(extent.at.astimezone(self._zone))
        amount_said = wording.amount(extent.amount, extent.unit)
        return Relaxation(
            draft.kind,
            draft.route,
            self._plan.routes[draft.route].shift.driver,
            price,
            draft.command,
            wording.relaxation(draft.kind, amount_said, detail=extent.subject, at=clock),
            extent.amount,
            extent.unit,
            extent.subject,
            extent.at,
            extent.other,
        )


def all_drafts(trials: Trials, bonds: Bonds, pairs: Pairs) -> Iterator[Draft]:
    """Everything that might let the stop in, in no order."""
    easing = Easing(trials, bonds)
    yield from easing.drafts()
    if len(bonds.group) == 1:
        giving = Yielding(trials, bonds.group[0], easing.routes, pairs)
        yield from giving.drops()
        if easing.is_lacking_room:
            yield from giving.splits()


def verified(trials: Trials, command: AdmitStop) -> float | None:
    """What the plan would cost more after the command; None where it does new harm or is refused.

    Only the routes that it changes are judged; the others cannot differ.
    """
    plan = trials.plan
    try:
        after = command.apply(plan)
        patch = diff(plan, after)
        check(plan, after, patch)
    except Rejected:
        return None
    touched = {RouteId(delta.key) for delta in patch.routes}
    sides = [side for delta in patch.stops for side in (delta.before, delta.after)]
    touched |= {side.route for side in sides if side is not None and side.route is not None}
    price = 0.0
    for route in sorted(touched):
        schedule = schedule_route(after, after.routes[route], trials.matrix, trials.now)
        if any(violation.is_harm for violation in worse(trials.present(route), schedule)):
            return None
        price += money(schedule) - money(trials.present(route))
    return price + _skipped(after) - _skipped(plan)


def _skipped(plan: Plan) -> float:
    return sum(skip_price(plan.stops[stop]) for stop in plan.unassigned)


def relaxations(
    plan: Plan, stop: StopId, matrix: TravelMatrix, now: datetime | None = None
) -> tuple[Relaxation, ...]:
    """What would let one unassigned stop in."""
    return Relaxer(plan, matrix, now).relaxations(stop)
