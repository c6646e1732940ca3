"""How good a plan is by its objective: the one number that is minimised, term by term.

    money * cost + per_hour * hours + per_km * km + per_kg_co2e * kg + lateness * penalty
    + compact * km between stops                              summed over routes,
    + balance * sum of |x - mean of x| over the used routes   (hours, stops, or 100 kg brought),
    + the skip prices of optional orders that are left out.

``hours`` are paid from leaving to the end, breaks included; ``cost`` and ``penalty`` are those of
``visits.Schedule``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta

from console.domain.objective import COST, Measure, Objective
from console.domain.plan import Plan, Stop
from console.domain.visits import Schedule

HOUR = timedelta(hours=1)
KG = 100.0  # a unit of weight, as far as balance goes


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Every term of an objective, in the depot's currency."""

    money: float = 0.0
    hours: float = 0.0
    distance: float = 0.0
    co2e: float = 0.0
    lateness: float = 0.0
    compactness: float = 0.0
    balance: float = 0.0
    skipped: float = 0.0

    @property
    def total(self) -> float:
        """Their sum; the smaller the better."""
        return sum(getattr(self, field.name) for field in fields(self))


def breakdown(
    schedules: Iterable[Schedule], objective: Objective, skipped: float = 0.0
) -> Breakdown:
    """The terms for routes with stops; ``skipped`` is what leaving orders out costs."""
    routes = tuple(schedules)
    paid = sum((route.duration for route in routes), timedelta()) / HOUR
    return Breakdown(
        objective.money * sum(route.cost for route in routes),
        objective.per_hour * paid,
        objective.per_km * sum(route.metres for route in routes) / 1000,
        objective.per_kg_co2e * sum(route.co2e for route in routes),
        objective.lateness * sum(route.penalty for route in routes),
        objective.compact * sum(route.inner_metres for route in routes) / 1000,
        objective.balance * spread([measured(route, objective.measure) for route in routes]),
        skipped,
    )


def value(schedules: Iterable[Schedule], objective: Objective, skipped: float = 0.0) -> float:
    """How good these routes are: the smaller the better."""
    return breakdown(schedules, objective, skipped).total


def plan_breakdown(plan: Plan, schedules: Iterable[Schedule]) -> Breakdown:
    """The terms of a whole plan by its own objective, with what it leaves out."""
    objective = plan.day.objective if plan.day else COST
    waiting = (plan.stops[stop] for stop in plan.unassigned)
    return breakdown(schedules, objective, sum(map(skip_price, waiting)))


def skip_price(stop: Stop) -> float:
    """What leaving the optional orders of a stop out costs."""
    return sum(order.skip_price or 0.0 for order in stop.orders)


def missed(stops: Iterable[Stop]) -> tuple[int, int, int]:
    """How many orders of stops that wait have to be served, by priority, high first."""
    ranks = [o.priority.rank for stop in stops for o in stop.orders if o.skip_price is None]
    return ranks.count(0), ranks.count(1), ranks.count(2)


def measured(schedule: Schedule, measure: Measure) -> float:
    """What is to be spread evenly: paid hours, stops, or units of 100 kg brought."""
    if measure is Measure.HOURS:
        return schedule.duration / HOUR
    if measure is Measure.STOPS:
        return len(schedule.visits)
    return schedule.brought.kg / KG


def spread(amounts: Sequence[float]) -> float:
    """The sum of the differences from the mean."""
    if not amounts:
        return 0.0
    mean = sum(amounts) / len(amounts)
    return sum(abs(amount - mean) for amount in amounts)
