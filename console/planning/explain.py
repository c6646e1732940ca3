"""Why a stop is unassigned: for every driver the rule that stops it, with its number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.fleet import DriverId
from console.domain.load import total
from console.domain.plan import Plan, Route, Stop, StopId
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule, Violation
from console.planning.whatif import Preview

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one driver cannot take a stop; ``driver`` None speaks of all.

    ``rule`` is a name of ``Rule``, or ``locked``, ``released``, ``started``, ``no_shift``,
    ``not_located``, or ``fits`` where nothing stands against it. ``detail`` is a short English
    phrase with the number; ``amount`` and ``unit`` say the same for other languages.
    """

    driver: DriverId | None
    rule: str
    detail: str
    amount: float = 0.0
    unit: str = ""


class Explainer:
    """Explains the unassigned stops of one version of a plan."""

    def __init__(self, plan: Plan, matrix: TravelMatrix, now: datetime | None = None) -> None:
        self._plan = plan
        self._matrix = matrix
        self._preview = Preview(plan, matrix, now)
        self._zone = ZoneInfo(plan.day.zone if plan.day else "UTC")

    def explain(self, stop: StopId) -> tuple[Reason, ...]:
        """One reason per driver, the most hopeful first."""
        wanted = self._plan.stops[stop]
        if wanted.place not in self._matrix.index:
            return (Reason(None, "not_located", "its address is not located yet"),)
        reasons = [self._reason(route, wanted) for route in self._plan.routes.values()]
        if not reasons:
            return (Reason(None, "no_shift", "nobody is on shift"),)
        return tuple(sorted(reasons, key=_hope))

    def _reason(self, route: Route, stop: Stop) -> Reason:
        driver = route.shift.driver
        for rule, detail in _closed(self._plan, route):
            return Reason(driver, rule, detail)
        for skill in stop.skills:
            if skill not in (*route.shift.skills, *route.shift.vehicle_skills):
                return Reason(driver, Rule.SKILL, f"{skill} missing", 1, skill)
        alone = route.shift.capacity.excess(stop.load)
        for unit, over in alone.items():
            return Reason(driver, Rule.OVERLOADED, f"{over:g} {unit} over, even alone", over, unit)
        return self._by_insertion(route, stop)

    def _by_insertion(self, route: Route, stop: Stop) -> Reason:
        """The best position there is, and what it would break."""
        driver = route.shift.driver
        load = total(s.load for s in (*self._plan.stops_of(route.id), stop))
        for unit, over in route.shift.capacity.excess(load).items():
            return Reason(driver, Rule.OVERLOADED, f"{over:g} {unit} over", over, unit)
        drop = self._preview.drop([stop.id], route.id)
        broken = [v for v in drop.violations if v.is_harm]
        if not broken:
            return Reason(driver, "fits", f"would cost {drop.cost:.2f} more", drop.cost)
        worst = max(broken, key=lambda violation: violation.amount)
        return Reason(driver, worst.rule, self._said(worst, stop), worst.amount, worst.unit)

    def _said(self, violation: Violation, stop: Stop) -> str:
        minutes = -(-int(violation.amount) // MINUTE)
        if violation.rule is Rule.LATE and violation.stop == stop.id:
            closes = stop.windows[-1].latest.astimezone(self._zone)
            return f"{minutes} min late for {closes:%H:%M}"
        phrases = {
            Rule.LATE: f"another stop {minutes} min late",
            Rule.SHIFT: f"back {minutes} min after the last allowed return",
            Rule.RANGE: f"{violation.amount / 1000:.1f} km over the range",
            Rule.BREAK: "no room left for the break",
            Rule.UNREACHABLE: "no road leads there",
        }
        return phrases.get(violation.rule, f"{violation.amount:g} {violation.unit} over")


def _closed(plan: Plan, route: Route) -> Iterator[tuple[str, str]]:
    """Why the route takes no stop at all."""
    if route.off:
        yield Rule.DRIVER_OFF, "does not work today"
    if route.locked:
        yield "locked", "the route is locked"
    if route.released:
        yield "released", "the route is released"
    if route.started_at is not None or not all(s.is_open for s in plan.stops_of(route.id)):
        yield "started", "the route has started"


_ORDER = ("fits", Rule.OVERLOADED, Rule.LATE, Rule.SHIFT, Rule.RANGE, Rule.BREAK)


def _hope(reason: Reason) -> tuple[int, float, str]:
    rank = _ORDER.index(reason.rule) if reason.rule in _ORDER else len(_ORDER)
    return (rank, reason.amount, reason.driver or "")


def explain(
    plan: Plan, matrix: TravelMatrix, now: datetime | None = None
) -> dict[StopId, tuple[Reason, ...]]:
    """The reasons of every unassigned stop."""
    explainer = Explainer(plan, matrix, now)
    return {stop: explainer.explain(stop) for stop in plan.unassigned}
