"""Where a stop could go on a route, and what it would break there."""

from collections.abc import Iterator

from console.domain.load import Load, total
from console.domain.plan import Plan, Route, Stop
from console.domain.violations import Rule, Violation
from console.planning.trials import Trial, Trials

MINUTE = 60
BEAM = 4  # how many places of a first stop are gone on from where two are placed together


def closed(plan: Plan, route: Route, group: tuple[Stop, ...] = ()) -> Iterator[str]:
    """Why the route takes no stop at all.

    One that has started takes only what is not loaded at the depot.
    """
    if route.off:
        yield Rule.DRIVER_OFF
    if route.released:
        yield "released"
    if route.locked:
        yield "locked"
    if has_begun(plan, route) and (not group or _is_loaded(group)):
        yield "started"


def has_begun(plan: Plan, route: Route) -> bool:
    """True when it left, or something on it is done."""
    return route.started_at is not None or not all(s.is_open for s in plan.stops_of(route.id))


def _is_loaded(group: tuple[Stop, ...]) -> bool:
    orders = [order for stop in group for order in stop.orders]
    return any(o.pickup is None and (o.load != Load() or o.collected == Load()) for o in orders)


def places(
    trials: Trials, route: Route, group: tuple[Stop, ...]
) -> list[tuple[int, tuple[Stop, ...], int]]:
    """(seconds late at least, stops, position) for the last of a group, most hopeful first.

    Those before it are placed where they break least, the ``BEAM`` best places of each.
    """
    beams = [(trials.plan.stops_of(route.id), -1)]
    for member in group[:-1]:
        grown = [
            trials.inserted(route, stops, member, position)
            for stops, last in beams
            for position, _ in trials.spots(route, stops, member)
            if position > last
        ]
        grown.sort(key=lambda trial: (badness(trial), trial.price))
        beams = [(trial.stops, trial.position) for trial in grown[:BEAM]]
    found = [
        (late, stops, position)
        for stops, last in beams
        for position, late in trials.spots(route, stops, group[-1])
        if position > last
    ]
    return sorted(found, key=lambda place: place[0])


def least_harm(trials: Trials, route: Route, group: tuple[Stop, ...]) -> Trial:
    """The place that breaks least, then the cheapest, among all there are."""
    best: Trial | None = None
    for late, stops, position in places(trials, route, group):
        if best is not None and late / MINUTE > badness(best):
            break
        trial = trials.inserted(route, stops, group[-1], position)
        if best is None or (badness(trial), trial.price) < (badness(best), best.price):
            best = trial
        if breaks_anywhere(route, trial):
            break
    if best is None:
        raise ValueError("there is a place on every route")
    return best


_EVERYWHERE = {Rule.SKILL, Rule.PEOPLE, Rule.TERRITORY, Rule.DEPOT, Rule.STOPS}


def breaks_anywhere(route: Route, trial: Trial) -> set[Rule]:
    """The rules that break wherever on the route the stop is put."""
    return {h.rule for h in trial.harms if _is_the_same_anywhere(route, h, trial)}


def _is_the_same_anywhere(route: Route, harm: Violation, trial: Trial) -> bool:
    if harm.rule is Rule.OVERLOADED and not route.shift.reloads:
        orders = (order for stop in trial.stops for order in stop.orders)
        return all(o.pickup is None and o.collected == Load() for o in orders)
    return harm.rule in _EVERYWHERE


def is_alone_too_heavy(route: Route, group: tuple[Stop, ...]) -> bool:
    """True when the vehicle cannot even carry it alone."""
    orders = [order for stop in group for order in stop.orders]
    brought = total(o.load for o in orders if o.pickup is None)
    taken = [order.collected for order in orders]
    return any(route.shift.capacity.excess(load) for load in (brought, *taken))


_GRAVEST = (
    Rule.DRIVER_OFF,
    Rule.UNREACHABLE,
    Rule.PAIRING,
    Rule.SKILL,
    Rule.PEOPLE,
    Rule.DEPOT,
    Rule.TERRITORY,
    Rule.OVERLOADED,
    Rule.STOPS,
)


def gravest(harms: tuple[Violation, ...]) -> Violation:
    """What stands against it most: what no other place cures, then the greatest."""
    return min(harms, key=lambda v: (_rank(v), -_weight(v), v.stop or ""))


def _rank(violation: Violation) -> int:
    return _GRAVEST.index(violation.rule) if violation.rule in _GRAVEST else len(_GRAVEST)


def badness(trial: Trial) -> float:
    """How much is broken, in minutes late or what is as bad: 1 km, 1 kg, half a piece."""
    return sum(map(_weight, trial.harms))


def _weight(violation: Violation) -> float:
    if violation.unit == "s":
        return violation.amount / MINUTE
    if violation.unit == "m":
        return violation.amount / 1000
    return _WEIGHTS.get(violation.rule, 1.0) * max(violation.amount, 1.0)


_WEIGHTS = {
    Rule.BREAK: 30.0,
    Rule.STOPS: 30.0,
    Rule.PEOPLE: 10_000.0,
    Rule.SKILL: 10_000.0,
    Rule.TERRITORY: 10_000.0,
    Rule.DEPOT: 10_000.0,
    Rule.PAIRING: 10_000.0,
    Rule.UNREACHABLE: 1e9,
}
