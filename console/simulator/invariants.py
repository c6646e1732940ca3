"""What has to hold at the end of every day, whatever happened on it."""

from collections import Counter
from collections.abc import Iterator

from console.dispatch.desk import Desk
from console.domain.errors import ConsoleError
from console.domain.plan import FactKind, Plan, StopId
from console.domain.reported import OF_STOPS, standing, status_of


def broken(desk: Desk, stops: int) -> list[str]:
    """What does not hold, in sentences; ``stops`` is how many the day began with."""
    return [*_counts(desk.plan, stops), *_places(desk.plan), *_facts(desk.plan), *_journal(desk)]


def _counts(plan: Plan, stops: int) -> Iterator[str]:
    if len(plan.stops) != stops:
        yield f"{stops} stops became {len(plan.stops)}"


def _places(plan: Plan) -> Iterator[str]:
    listed = Counter(stop for route in plan.routes.values() for stop in route.stops)
    yield from (f"stop {stop} is on {n} routes" for stop, n in listed.items() if n > 1)
    yield from (f"stop {s} of a route is not in the plan" for s in listed if s not in plan.stops)
    for stop in plan.stops.values():
        on = plan.routes[stop.route].stops if stop.route is not None else ()
        if (stop.id in on) != (stop.id in listed) or (stop.route is not None and stop.id not in on):
            yield f"stop {stop.id} and its route do not agree"
    for route in plan.routes.values():
        is_open = [plan.stops[stop].is_open for stop in route.stops if stop in plan.stops]
        if is_open != sorted(is_open):
            yield f"route {route.id} has something done behind something open"


def _facts(plan: Plan) -> Iterator[str]:
    """Where stops stand is what was reported of them."""
    told = dict[str, list[FactKind]]()
    stood = standing(plan.facts.values())
    for fact in stood:
        told.setdefault(fact.subject, []).append(fact.kind)
        if fact.kind in OF_STOPS and StopId(fact.subject) not in plan.stops:
            yield f"fact {fact.id} speaks of a stop nobody knows"
    for stop in plan.stops.values():
        said = status_of([fact for fact in stood if fact.subject == stop.id])
        if said is not stop.status:
            yield f"stop {stop.id} is {stop.status}, reported {said}"


def _journal(desk: Desk) -> Iterator[str]:
    """What is stored is what is shown."""
    if not desk.is_saved:
        yield "something is not saved"
    try:
        again = Desk.open(
            desk.journal, desk.stream, actor=desk.actor, origin="check", clock=desk.clock
        )
    except ConsoleError as error:
        yield f"the journal cannot be replayed: {error.message}"
        return
    if again.plan != desk.plan:
        yield "the journal replays to another plan"
