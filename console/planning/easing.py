"""Which single thing would make room for a stop at each place there is: drafts, by trial."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from console import wording
from console.domain.commands import Acceptance, AdmitStop
from console.domain.load import DIMENSIONS
from console.domain.plan import Route, RouteId, StopId
from console.domain.violations import Rule, Violation
from console.planning.drafts import Draft, Extent, Kind, draft
from console.planning.pairs import Bonds
from console.planning.spots import breaks_anywhere, closed, places
from console.planning.trials import Trial, Trials
from console.planning.widening import (
    MOST,
    latest_that,
    minute_after,
    opening,
    widened,
    without_later,
)

HALVED = 6  # places at which an earlier beginning is looked for to the minute

_ON_STOPS: Mapping[Rule, Kind] = {
    Rule.SKILL: Kind.SKILL,
    Rule.PEOPLE: Kind.PEOPLE,
    Rule.TERRITORY: Kind.TERRITORY,
    Rule.DEPOT: Kind.DEPOT,
}
_ON_ROUTES: Mapping[Rule, Kind] = {
    Rule.OVERLOADED: Kind.OVERLOAD,
    Rule.STOPS: Kind.STOPS,
    Rule.DISTANCE: Kind.DISTANCE,
}
BEARABLE = 0.1  # of a vehicle's capacity: the overload that is offered at most
_BY_WAITING = {Rule.LATE, Rule.SHIFT, Rule.BREAK, Rule.DRIVING}


class Easing:
    """Drafts for one stop with all that waits with it."""

    def __init__(self, trials: Trials, bonds: Bonds) -> None:
        self._trials, self._bonds = trials, bonds
        self._group = bonds.group
        self._ids = {stop.id for stop in bonds.group}
        self._early = list[tuple[float, Trial, datetime]]()
        self.is_lacking_room = True  # until a place is found where it does not overload
        self.routes = [r for r in trials.plan.routes.values() if self._may_take(r)]

    def drafts(self) -> Iterator[Draft]:
        """Every draft, in no order."""
        for route in self.routes:
            if route.locked:
                yield from self._unlocked(route)
            else:
                yield from self._eased(route)
        self._early.sort(key=lambda seed: seed[0])
        for _, trial, opens in self._early[:HALVED]:
            yield from self._earlier(trial, opens)

    def _may_take(self, route: Route) -> bool:
        if set(closed(self._trials.plan, route, self._group)) - {"locked"}:
            return False
        tied = set(self._bonds.routes) - {route.id}
        return not tied and self._trials.is_timed(route)

    def _trials_on(self, route: Route) -> Iterator[Trial]:
        """Every place that is not hopeless; only the first where two rules break anywhere."""
        for late, stops, position in places(self._trials, route, self._group):
            if late > MOST.total_seconds():
                return
            trial = self._trials.inserted(route, stops, self._group[-1], position)
            yield trial
            if len(breaks_anywhere(route, trial)) > 1:
                return

    def _unlocked(self, route: Route) -> Iterator[Draft]:
        needs = AdmitStop((), unlocked=(route.id,))
        for trial in self._trials_on(route):
            if not trial.harms:
                yield draft(Kind.UNLOCK, trial, self._group, needs=needs)
            if breaks_anywhere(route, trial):
                return

    def _eased(self, route: Route) -> Iterator[Draft]:
        for trial in self._trials_on(route):
            rules = {harm.rule for harm in trial.harms}
            self.is_lacking_room &= Rule.OVERLOADED in rules
            if len(rules) < 2:
                yield from self._of_one_rule(route, trial)
            if rules and rules <= _BY_WAITING:
                yield from self._of_waiting(route, trial)

    def _of_one_rule(self, route: Route, trial: Trial) -> Iterator[Draft]:
        if not trial.harms:
            yield draft(Kind.FITS, trial, self._group)
            return
        harm = trial.harms[0]
        subjects = {v.stop for v in trial.harms}
        if harm.rule is Rule.LATE and len(subjects) == 1 and harm.stop in self._ids:
            yield from self._later(trial, harm)
        elif harm.rule is Rule.SHIFT:
            yield from self._overtime(route, trial)
        elif harm.rule in _ON_STOPS and len(subjects) == 1 and harm.stop:
            yield self._accepted(_ON_STOPS[harm.rule], trial, harm.stop)
        elif harm.rule in _ON_ROUTES and self._is_bearable(trial):
            yield self._accepted(_ON_ROUTES[harm.rule], trial, route.id)

    def _later(self, trial: Trial, harm: Violation) -> Iterator[Draft]:
        stop = next(stop for stop in self._group if stop.id == harm.stop)
        wide = widened(stop, minute_after(_start(trial, stop.id)))
        if timedelta() < wide.amount <= MOST:
            extent = Extent(wide.amount.total_seconds(), "s", at=wide.at)
            needs = AdmitStop((), orders=wide.orders)
            yield draft(Kind.LATER, trial, self._group, extent, needs)

    def _overtime(self, route: Route, trial: Trial) -> Iterator[Draft]:
        if trial.schedule is None:
            return
        extra = minute_after(trial.schedule.end) - route.shift.end
        more = extra - route.shift.max_overtime
        if more <= MOST:
            needs = AdmitStop((), overtime=((route.id, extra),))
            extent = Extent(more.total_seconds(), "s")
            yield draft(Kind.OVERTIME, trial, self._group, extent, needs)

    def _accepted(self, kind: Kind, trial: Trial, subject: StopId | RouteId) -> Draft:
        harms = trial.harms
        worst = max(harms, key=lambda harm: self._share(trial.route, harm))
        rule = Acceptance(subject, worst.rule, wording.admitted())
        names = ", ".join(harm.detail for harm in harms if harm.detail)
        extent = Extent(worst.amount, worst.unit, names)
        return draft(kind, trial, self._group, extent, AdmitStop((), accepted=(rule,)))

    def _is_bearable(self, trial: Trial) -> bool:
        """False for a load that no vehicle of that kind should carry."""
        loads = (harm for harm in trial.harms if harm.unit in DIMENSIONS)
        return all(self._share(trial.route, harm) <= BEARABLE for harm in loads)

    def _share(self, route: RouteId, harm: Violation) -> float:
        """How much an overload is of what may be on board."""
        capacity = self._trials.plan.routes[route].shift.capacity
        limit = capacity.limit(harm.unit) if harm.unit in DIMENSIONS else None
        return harm.amount / limit if limit else harm.amount

    # -- waiting less ------------------------------------------------------------------------------

    def _of_waiting(self, route: Route, trial: Trial) -> Iterator[Draft]:
        """Where service had to wait for a window: into the one before it, or before it opens."""
        stop = self._group[-1]
        opens = opening(stop, _start(trial, stop.id))
        if opens is None:
            return
        stops = tuple(each for each in trial.stops if each.id != stop.id)
        shorter = without_later(stop, opens)
        if shorter is not None:
            sooner = self._trials.inserted(route, stops, shorter, trial.position)
            own = all(h.rule is Rule.LATE and h.stop == stop.id for h in sooner.harms)
            if own and sooner.harms:
                yield from self._later(sooner, sooner.harms[0])
        free = widened(stop, opens - MOST).stop
        opened = self._trials.inserted(route, stops, free, trial.position)
        if not opened.harms:
            self._early.append((opened.price, trial, opens))

    def _earlier(self, trial: Trial, opens: datetime) -> Iterator[Draft]:
        stop = self._group[-1]
        route = self._trials.plan.routes[trial.route]
        others = tuple(each for each in trial.stops if each.id != stop.id)

        def tried(at: datetime) -> Trial:
            return self._trials.inserted(route, others, widened(stop, at).stop, trial.position)

        at = latest_that(lambda moment: not tried(moment).harms, opens)
        if at is None:
            return
        wide = widened(stop, at)
        extent = Extent(wide.amount.total_seconds(), "s", at=at)
        needs = AdmitStop((), orders=wide.orders)
        yield draft(Kind.EARLIER, tried(at), self._group, extent, needs)


def _start(trial: Trial, stop: StopId) -> datetime:
    visits = trial.schedule.visits if trial.schedule else ()
    return next(visit.start for visit in visits if visit.stop == stop)
