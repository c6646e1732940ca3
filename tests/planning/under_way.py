"""Days under way: a plan of a random city, of which some routes have left and served stops."""

import random
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.plan import Fact, FactId, FactKind, Plan, Route, StopId, StopStatus
from console.domain.schedule import schedule_route
from console.domain.travel import TravelMatrix
from console.planning.engine import Budget, Exchange
from console.planning.ruin import Insertion
from console.planning.solution import adopt, solution_of
from console.planning.stating import build
from tests.planning.days import City, at
from tests.planning.rich_days import rich_city


def planned(day: City) -> City:
    """The day with everything on routes that fits."""
    problem = build(day.plan, day.matrix)
    if not problem.crews:
        return day
    routes = Insertion().solve(problem, problem.present, Budget(1e12), Exchange())
    command = adopt(day.plan, solution_of(problem, routes, "test"))
    return City(command.apply(day.plan), day.matrix)


def begun(day: City, now: datetime, seed: int = 0) -> City:
    """The day at ``now``: what is planned to be left by then is served, more or less in time."""
    dice, told = random.Random(seed), day.plan
    for route in day.plan.routes.values():
        schedule = schedule_route(told, route, day.matrix)
        if schedule is None or schedule.start > now:
            continue
        told = _left(told, route, schedule.start)
        late = timedelta(minutes=dice.choice((-3, 0, 0, 12)))
        for visit in schedule.visits:
            if visit.departure + late > now:
                break
            told = _served(told, visit.stop, max(visit.departure + late, schedule.start), dice)
    return City(told, day.matrix)


def _left(told: Plan, route: Route, moment: datetime) -> Plan:
    fact = Fact(FactId(f"left {route.id}"), FactKind.DEPARTED, route.id, moment)
    return told.with_routes([replace(route, started_at=moment)]).with_facts([fact])


def _served(told: Plan, stop: StopId, moment: datetime, dice: random.Random) -> Plan:
    kind = FactKind.FAILED if dice.random() < 0.1 else FactKind.DELIVERED
    status = StopStatus.FAILED if kind is FactKind.FAILED else StopStatus.DELIVERED
    served = replace(told.stops[stop], status=status)
    return told.with_stops([served]).with_facts(
        [Fact(FactId(f"f {stop}"), kind, served.id, moment)]
    )


def rich_day(
    stops: int, vans: int, seed: int, hour: float, features: Collection[str] | None = None
) -> City:
    """A rich day that began and went on until ``hour``."""
    return begun(planned(rich_city(stops, vans, seed, features=features)), at(hour), seed)


def travel(day: City) -> TravelMatrix:
    """Its travel times."""
    return day.matrix
