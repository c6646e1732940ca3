"""Why a stop is unassigned: for every driver the rule that stops it, with its number.

Found by replay: the stop is put on each route of the plan as it stands, everywhere it could be,
and the place that breaks least says what stands against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from console import formats, wording
from console.domain.fleet import DriverId
from console.domain.orders import OrderId
from console.domain.plan import Plan, Route, Stop, StopId
from console.domain.schedule import way_of
from console.domain.travel import UNREACHABLE, TravelMatrix, keeps_out
from console.domain.violations import Rule, Violation
from console.planning.pairs import Bonds, Pairs
from console.planning.spots import closed, gravest, is_alone_too_heavy, least_harm
from console.planning.trials import Trial, Trials


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one driver cannot take a stop; ``driver`` None speaks of all.

    ``rule`` is a name of ``Rule``, or ``locked``, ``released``, ``started``, ``no_shift``,
    ``not_located``, or ``fits`` where nothing stands against it. ``detail`` is a short phrase with
    the number; ``amount`` and ``unit`` say the number apart (seconds, metres, a dimension of load,
    currency for ``fits``). ``subject`` is the skill, territory, depot or order it is about, ``at``
    when service would begin, ``other`` the stop that would be late instead.
    """

    driver: DriverId | None
    rule: str
    detail: str
    amount: float = 0.0
    unit: str = ""
    subject: str = ""
    at: datetime | None = None
    other: StopId | None = None


class Explainer:
    """Explains the unassigned stops of one version of a plan."""

    def __init__(self, plan: Plan, matrix: TravelMatrix, now: datetime | None = None) -> None:
        self._plan = plan
        self._matrix = matrix
        self._trials = Trials(plan, matrix, now)
        self._pairs = Pairs(plan)
        self._zone = ZoneInfo(plan.day.zone if plan.day else "UTC")

    def explain(self, wanted: StopId | OrderId) -> tuple[Reason, ...]:
        """One reason per driver, the most hopeful first; of a stop, or the stop of an order."""
        stop = self._plan.stops.get(StopId(wanted)) or self._plan.stop_of_order(OrderId(wanted))
        if stop is None:
            raise KeyError(wanted)
        bonds = self._pairs.bonds(stop)
        if bonds.missing:
            return (
                _worded(Reason(None, str(Rule.PAIRING), "", subject=bonds.missing[0]), "unpaired"),
            )
        if any(each.place not in self._matrix.index for each in bonds.group):
            return (_worded(Reason(None, "not_located", "")),)
        reasons = [self._of(route, stop, bonds) for route in self._plan.routes.values()]
        if not reasons:
            return (_worded(Reason(None, "no_shift", "")),)
        return tuple(sorted(reasons, key=_hope))

    def _of(self, route: Route, stop: Stop, bonds: Bonds) -> Reason:
        driver = route.shift.driver
        for rule in closed(self._plan, route, bonds.group):
            return _worded(Reason(driver, str(rule), ""))
        if not self._trials.is_timed(route):
            return _worded(Reason(driver, "not_located", ""))
        elsewhere = [order for on, order in bonds.routes.items() if on != route.id]
        if elsewhere:
            return _worded(Reason(driver, str(Rule.PAIRING), "", subject=elsewhere[0]))
        trial = least_harm(self._trials, route, bonds.group)
        if not trial.harms:
            price = trial.price
            return _worded(Reason(driver, "fits", "", amount=price), amount=f"{price:.2f}")
        return self._said(route, gravest(trial.harms), trial, bonds)

    def _said(self, route: Route, harm: Violation, trial: Trial, bonds: Bonds) -> Reason:
        own = {stop.id for stop in bonds.group}
        key, at, other = str(harm.rule), None, None
        if harm.rule is Rule.OVERLOADED and is_alone_too_heavy(route, bonds.group):
            key = "alone"
        if harm.rule is Rule.LATE:
            schedule = trial.schedule
            visits = schedule.visits if schedule else ()
            at = next(visit.start for visit in visits if visit.stop == harm.stop)
            if harm.stop not in own:
                key, other = "late_other", harm.stop
        subject = harm.detail
        if harm.rule is Rule.UNREACHABLE and (allowed := self._allowed(route, bonds.group)):
            key, subject = "barred", allowed
        told = Reason(
            route.shift.driver,
            str(harm.rule),
            "",
            amount=harm.amount,
            unit=harm.unit,
            subject=subject,
            at=at,
            other=other,
        )
        clock = "" if at is None else formats.clock(at.astimezone(self._zone))
        return _worded(told, key, amount=said(harm), clock=clock)

    def _allowed(self, route: Route, stops: Sequence[Stop]) -> str:
        """What a vehicle would need where only a low-emission zone keeps it away; else ''."""
        matrix, shift = self._matrix, route.shift
        out = keeps_out(matrix.barred, shift.properties)
        free, own = matrix.of(shift.profile), way_of(shift, matrix)
        start = matrix.position(shift.place)
        cells = [matrix.cell(start, matrix.position(stop.place)) for stop in stops]
        if not any(own.durations[c] == UNREACHABLE != free.durations[c] for c in cells):
            return ""
        return " or ".join(dict.fromkeys(word for i in out for word in matrix.barred[i]))


def _worded(told: Reason, key: str = "", *, amount: str = "", clock: str = "") -> Reason:
    """The reason with its phrase: by ``key``, else by its rule."""
    phrase = wording.blocked(key or told.rule, amount, detail=told.subject, at=clock)
    return replace(told, detail=phrase)


def said(harm: Violation) -> str:
    """The number of a violation with its unit."""
    return wording.amount(harm.amount, harm.unit)


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
