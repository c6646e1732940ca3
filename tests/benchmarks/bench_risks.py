"""Risks of first tries: what reading past days and a large day cost, and whether they come true.

    python -m tests.benchmarks.bench_risks

Days are thrown with dice: every door has a rate of its own. Figures are processor milliseconds.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from console.dispatch.drawing import with_risks
from console.dispatch.expecting import _risks
from console.dispatch.firsttries import _of_day
from console.dispatch.picture import Picture
from console.domain.commands import AddStops, AdoptSolution, Command, OpenShifts, RecordFact
from console.domain.orders import Order, OrderId
from console.domain.places import PlaceId
from console.domain.plan import Cause, Fact, FactId, FactKind, Plan, RouteId, Stop, StopId
from console.domain.risk import FirstTry, Past, Risks, Span, expected
from console.storage.store import Store
from tests.dispatch.desks import shift
from tests.storage.plans import draft

STOPS, DRIVERS, DAYS, DOORS = 500, 20, 60, 6000
FIRST, STREAM = date(2026, 9, 1), "plan/d/2026-11-23"
EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def told[T](name: str, call: Callable[[], T]) -> T:
    """Call it, and print what it took."""
    began = time.process_time()
    answer = call()
    print(f"{name}: {(time.process_time() - began) * 1000:.1f} ms")
    return answer


def stops_of(count: int, route: RouteId | None = None) -> tuple[Stop, ...]:
    """As many stops, each at a door of its own."""
    places = [PlaceId(f"{i:032x}") for i in range(count)]
    return tuple(
        Stop(StopId(f"s{i}"), place, (Order(OrderId(f"o{i}"), place),), route)
        for i, place in enumerate(places)
    )


def commands() -> Iterator[Command]:
    """A day on which all stops were come to."""
    stops, each = stops_of(STOPS), STOPS // DRIVERS
    yield AddStops(stops)
    routes = [RouteId(f"r{k}") for k in range(DRIVERS)]
    yield OpenShifts(tuple((r, replace(shift(k), driver=f"d{k}")) for k, r in enumerate(routes)))
    parts = [tuple(s.id for s in stops[each * k : each * (k + 1)]) for k in range(DRIVERS)]
    yield AdoptSolution(tuple(zip(routes, parts, strict=True)))
    for i, stop in enumerate(stops):
        at, bad = EIGHT + timedelta(seconds=i), i % 14 == 0
        yield RecordFact(Fact(FactId(f"a{i}"), FactKind.ARRIVED, stop.id, at))
        kind = FactKind.FAILED if bad else FactKind.DELIVERED
        yield RecordFact(Fact(FactId(f"f{i}"), kind, stop.id, at, Cause.ABSENT if bad else None))


def journal() -> None:
    """A past day, read from its journal and as it is kept."""
    with tempfile.TemporaryDirectory() as folder, closing(Store.open(Path(folder) / "s")) as store:
        plan = Plan()
        for number, command in enumerate(commands(), 1):
            row = draft(plan, command, number, STREAM)
            store.journal.append(row)
            plan = row.patch.apply(plan)
        services: Any = SimpleNamespace(journal=store.journal)
        day = {"day": EIGHT.date(), "zone": UTC}
        read = told("a past day from its journal", lambda: _of_day(services, STREAM, "", **day))
        print(f"kept of it: {len(read[1])} characters, {len(read[0])} tries")
        told("the same, as it is kept", lambda: _of_day(services, STREAM, read[1], **day))


def thrown(days: range, rates: list[float], dice: random.Random) -> Iterator[FirstTry]:
    """Days of visits to doors with these rates."""
    for number in days:
        for _ in range(STOPS):
            door = dice.randrange(len(rates))
            failed, day = dice.random() < rates[door], FIRST + timedelta(days=number)
            yield FirstTry(day, PlaceId(f"{door:032x}"), Span.ANY, Span.MORNING, failed)


def large(past: Past) -> None:
    """Of a day's stops: all at once, after one more, and their sum."""
    for count in (500, 50_000):
        plan = Plan(stops={stop.id: stop for stop in stops_of(count, RouteId("r"))})
        picture = Picture(plan=plan)
        known = told(f"risks of {count} stops", lambda p=picture: _risks(p, past, {}, UTC))
        told("again", lambda p=picture, k=known: _risks(p, past, k, UTC))
        risks = Risks({s: r for s, (_, r) in known.items()}, past.overall, past.tries, past.days)
        told("their sum", lambda p=picture, r=risks: with_risks(p, r))


def come_true(rounds: int = 20) -> None:
    """Ten days foretold from fifty: their sums, and single tries beside the depot's one rate."""
    held, better = 0, []
    for seed in range(rounds):
        dice = random.Random(seed)
        rates = [dice.betavariate(0.7, 9.3) for _ in range(DOORS)]
        past = Past(thrown(range(50), rates, dice), {})
        tries = list(thrown(range(50, DAYS), rates, dice))
        risks = [past.risk(each.place, "", each.asked) for each in tries]
        for at in range(0, len(tries), STOPS):
            told_ = expected([(r, 1) for r in risks[at : at + STOPS]], 0, past.overall)
            held += told_.low <= sum(t.failed for t in tries[at : at + STOPS]) <= told_.high
        mine = sum((r.rate - t.failed) ** 2 for r, t in zip(risks, tries, strict=True))
        flat = sum((past.rate - t.failed) ** 2 for t in tries)
        better.append(1 - mine / flat)
    print(f"days whose failures lie in the range foretold: {held} of {rounds * 10}")
    print(f"Brier score beside one rate for all: {sum(better) / rounds:.1%} less")


if __name__ == "__main__":
    journal()
    dice_ = random.Random(1)
    many = list(thrown(range(DAYS), [0.07] * DOORS, dice_))
    large(told("sixty days put together", lambda: Past(many, {})))
    come_true()
