"""Which rules a route in time breaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.domain.fleet import Shift
from console.domain.load import Load
from console.domain.orders import Order
from console.domain.plan import Override, Route, Stop
from console.domain.preferences import is_foreign
from console.domain.violations import Rule, Violation
from console.domain.visits import Schedule, Visit


@dataclass(frozen=True, slots=True)
class Findings:
    """What a schedule does not tell.

    ``stretch`` is the longest way between two charges in metres, ``load`` what has to fit: on a
    route under way, what is on board from now on.
    """

    pause_missing: bool
    is_reachable: bool
    stretch: int
    load: Load


def violations_of(
    route: Route, stops: Sequence[Stop], schedule: Schedule, findings: Findings
) -> tuple[Violation, ...]:
    """Every broken rule, stop by stop, then those of the whole route."""
    shift = route.shift
    skills = {*shift.skills, *shift.vehicle_skills}
    found = list[Violation]()
    for stop, visit in zip(stops, schedule.visits, strict=True):
        if visit.lateness or not _is_welcome(stop, shift, skills):
            found += _stop_violations(route, stop, visit, skills)
    if any(order.pickup is not None for stop in stops for order in stop.orders):
        found += _pairings(route, stops)
    found += _route_violations(route, schedule, findings)
    found += _limits(route, schedule)
    if not findings.is_reachable:
        found.append(Violation(Rule.UNREACHABLE, route.id))
    return tuple(found)


def _is_welcome(stop: Stop, shift: Shift, skills: set[str]) -> bool:
    """True when driver and vehicle are fit for the stop: what nearly all stops are."""
    for order in stop.orders:
        if order.skills and not skills.issuperset(order.skills):
            return False
        if order.people > shift.people or not _is_at_home(order, shift):
            return False
    return True


def _is_at_home(order: Order, shift: Shift) -> bool:
    if order.depot is not None and order.depot != shift.depot:
        return False
    return not (order.territory and shift.territory_price is None and is_foreign(shift, order))


def _stop_violations(
    route: Route, stop: Stop, visit: Visit, skills: set[str]
) -> Iterator[Violation]:
    reasons = _reasons(stop.overrides)
    for rule, amount, unit, detail in _broken(stop, route.shift, visit, skills):
        yield Violation(rule, route.id, stop.id, amount, unit, detail, reasons.get(rule, ""))


def _broken(
    stop: Stop, shift: Shift, visit: Visit, skills: set[str]
) -> Iterator[tuple[Rule, float, str, str]]:
    """(rule, amount, unit, detail) of every rule that the stop breaks."""
    if visit.lateness:
        yield Rule.LATE, int(visit.lateness.total_seconds()), "s", ""
    yield from ((Rule.SKILL, 1, "", skill) for skill in stop.skills if skill not in skills)
    needed = max(order.people for order in stop.orders)
    if needed > shift.people:
        yield Rule.PEOPLE, needed - shift.people, "", ""
    if shift.territory_price is None:
        foreign = {order.territory for order in stop.orders if is_foreign(shift, order)}
        yield from ((Rule.TERRITORY, 1, "", name) for name in sorted(foreign))
    depots = {order.depot for order in stop.orders if order.depot is not None} - {shift.depot}
    yield from ((Rule.DEPOT, 1, "", name) for name in sorted(depots))


def _pairings(route: Route, stops: Sequence[Stop]) -> Iterator[Violation]:
    """What is brought without having been collected at an earlier stop."""
    collected = set[str]()
    for stop in stops:
        why = _reasons(stop.overrides).get(Rule.PAIRING, "")
        for order in stop.orders:
            if order.pickup is not None and order.pickup not in collected:
                yield Violation(Rule.PAIRING, route.id, stop.id, 1, "", order.pickup, why)
        collected.update(order.id for order in stop.orders)


def _route_violations(route: Route, schedule: Schedule, findings: Findings) -> Iterator[Violation]:
    shift, reasons = route.shift, _reasons(route.overrides)
    for dimension, over in shift.capacity.excess(findings.load).items():
        why = reasons.get(Rule.OVERLOADED, "")
        yield Violation(Rule.OVERLOADED, route.id, None, over, dimension, overridden=why)
    overtime = int(schedule.overtime.total_seconds())
    if schedule.end > shift.latest_end:
        over = int((schedule.end - shift.latest_end).total_seconds())
        yield Violation(Rule.SHIFT, route.id, None, over, "s", "", reasons.get(Rule.SHIFT, ""))
    elif overtime:
        why = reasons.get(Rule.OVERTIME, "")
        yield Violation(Rule.OVERTIME, route.id, None, overtime, "s", "", why)
    if shift.range_m is not None and findings.stretch > shift.range_m:
        over = findings.stretch - shift.range_m
        yield Violation(Rule.RANGE, route.id, None, over, "m", "", reasons.get(Rule.RANGE, ""))
    if findings.pause_missing:
        yield Violation(Rule.BREAK, route.id, overridden=reasons.get(Rule.BREAK, ""))
    if route.off:
        yield Violation(Rule.DRIVER_OFF, route.id, overridden=reasons.get(Rule.DRIVER_OFF, ""))


def _limits(route: Route, schedule: Schedule) -> Iterator[Violation]:
    """Stops, metres and hours at the wheel beyond what the shift allows."""
    shift = route.shift
    reasons = _reasons(route.overrides)
    over = list[tuple[Rule, int, str]]()
    if shift.max_stops is not None:
        over.append((Rule.STOPS, len(schedule.visits) - shift.max_stops, ""))
    if shift.max_metres is not None:
        over.append((Rule.DISTANCE, schedule.metres - shift.max_metres, "m"))
    if shift.max_driving is not None:
        seconds = (schedule.driving - shift.max_driving).total_seconds()
        over.append((Rule.DRIVING, int(seconds), "s"))
    for rule, amount, unit in over:
        if amount > 0:
            why = reasons.get(rule, "")
            yield Violation(rule, route.id, None, amount, unit, overridden=why)


def _reasons(overrides: Sequence[Override]) -> Mapping[str, str]:
    return {override.rule: override.reason for override in overrides}
