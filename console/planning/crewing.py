"""A route's shift as a crew: its limits, wide enough for what is pinned or overridden there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.fleet import Shift
from console.domain.objective import Objective
from console.domain.plan import Override, Plan, Route, Stop
from console.domain.schedule import Schedule, duty_of, schedule_stops
from console.domain.segments import UNLIMITED
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.planning.amounts import amounts, capacity, money, most
from console.planning.problem import Crew

STAYING = {Rule.LATE, Rule.SKILL, Rule.PEOPLE, Rule.TERRITORY, Rule.DEPOT, Rule.PAIRING}
"""What a stop may break with an override; it then stays where it is."""


def is_open(plan: Plan, route: Route) -> bool:
    """True when a solver may change the route: not frozen, off or begun."""
    if route.is_frozen or route.off or route.started_at is not None:
        return False
    return all(plan.stops[stop].is_open for stop in route.stops)


def is_kept(stop: Stop) -> bool:
    """True when a stop stays on its route: pinned, loaded, or with an accepted violation there."""
    if stop.route is None:
        return False
    return stop.pinned or stop.loaded or bool(rules_of(stop.overrides) & STAYING)


def rules_of(overrides: Sequence[Override]) -> set[str]:
    """The rules that are overridden."""
    return {override.rule for override in overrides}


class Held:
    """What limits of a route have to allow: what is done or stays there, and what is overridden."""

    def __init__(
        self, plan: Plan, route: Route, matrix: TravelMatrix, now: datetime | None
    ) -> None:
        stops = plan.stops_of(route.id)
        done = len(plan.behind(route.id))
        kept = [stop for i, stop in enumerate(stops) if i < done or is_kept(stop)]
        overrides = [*route.overrides, *(o for stop in stops for o in stop.overrides)]
        self._rules = rules_of(route.overrides)
        self._stops = (kept, stops)
        self._kept = schedule_stops(plan, route, kept, matrix, now)
        self._carried = schedule_stops(plan, route, stops, matrix, now) if overrides else None

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """With only what stays, and as it stands where something is overridden."""
        return tuple(each for each in (self._kept, self._carried) if each is not None)

    def under(self, *rules: Rule) -> tuple[Schedule, ...]:
        """The schedules that a limit has to allow."""
        return self.schedules if self._rules.intersection(rules) else self.schedules[: self._first]

    def stops(self, rule: Rule) -> Sequence[Sequence[Stop]]:
        """The stops that stay, and all where the rule is overridden: what a limit has to allow."""
        return self._stops if rule in self._rules else self._stops[:1]

    @property
    def _first(self) -> int:
        return int(self._kept is not None)

    def over(self, rule: Rule) -> int:
        """By how much (in the rule's unit) the limit has to be wider."""
        found = (v.amount for s in self.under(rule) for v in s.violations if v.rule is rule)
        return int(max(found, default=0))

    @property
    def has_no_break(self) -> bool:
        """True where the break need not be taken."""
        if Rule.BREAK in self._rules:
            return True
        kept = self._kept
        return kept is not None and any(v.rule is Rule.BREAK for v in kept.violations)


def crew_of(
    route: Route, matrix: TravelMatrix, held: Held, objective: Objective, now: datetime | None
) -> Crew:
    """The crew of an open route, its prices by the objective's weights."""
    shift, rates = route.shift, route.shift.rates
    duty = duty_of(route, matrix, now)
    timed = held.under(Rule.SHIFT, Rule.OVERTIME)
    latest = max([duty.latest_end, *(int(each.end.timestamp()) for each in timed)])
    hour = objective.money * rates.per_hour
    km = objective.money * rates.per_km + objective.per_km
    return Crew(
        route=route.id,
        duty=replace(duty, latest_end=latest, pause=None if held.has_no_break else duty.pause),
        capacity=most(capacity(shift), [amounts(s.load) for s in held.under(Rule.OVERLOADED)]),
        range_m=_wide(shift.range_m, held.over(Rule.RANGE)),
        fixed=money(objective.money * rates.fixed),
        per_metre=money((km + objective.per_kg_co2e * shift.co2e_per_km) / 1000),
        per_second=money((hour + objective.per_hour) / 3600),
        per_overtime_second=money(hour * (rates.overtime_factor - 1) / 3600),
        per_inner_metre=money(objective.compact / 1000),
        most_stops=_wide(shift.max_stops, held.over(Rule.STOPS)),
        most_metres=_wide(shift.max_metres, held.over(Rule.DISTANCE)),
        most_driving=_wide(_seconds(shift), held.over(Rule.DRIVING)),
        base=matrix.position(shift.place),
        reloads=shift.reloads,
        reload_time=int(shift.reload_time.total_seconds()),
        chargers=tuple(_charger_rows(shift, matrix)),
        charge_time=int(shift.charge_time.total_seconds()),
        profile=matrix.key_for(shift.profile, shift.properties),
        speed_factor=shift.speed_factor,
    )


def _wide(limit: int | None, over: int) -> int:
    return UNLIMITED if limit is None else limit + over


def _seconds(shift: Shift) -> int | None:
    return None if shift.max_driving is None else int(shift.max_driving.total_seconds())


def _charger_rows(shift: Shift, matrix: TravelMatrix) -> Iterator[int]:
    if shift.range_m is not None:
        yield from (matrix.position(place) for place in shift.chargers)


def lateness(schedules: Iterable[Schedule]) -> dict[str, int]:
    """When (epoch s) stops begin that are late there, by stop."""
    return {
        visit.stop: int(visit.start.timestamp())
        for schedule in schedules
        for visit in schedule.visits
        if visit.lateness
    }
