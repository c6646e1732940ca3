"""What a drag over the whole board takes: every place of one stop, by the kernel and by reference.

    python -m tests.benchmarks.bench_whatif --stops 2000 --vans 60

Prints milliseconds after loading (median of many), what loading takes, and the ratio to the
reference, which is asked for every place of a sample of routes.
"""

import argparse
import random
import statistics
import time
from dataclasses import replace

from console.domain.plan import Plan, StopId
from console.domain.schedule import schedule_stops
from console.planning.whatif import WhatIf
from tests.planning.days import City, city
from tests.planning.rich_days import rich_city

SAMPLED = 3  # routes


def main() -> None:
    """Measure one day, plain or rich."""
    told = _arguments()
    made = rich_city if told.rich else city
    day = made(told.stops, told.vans, told.seed)
    plan = dealt(day.plan)
    begun = time.perf_counter()
    asked = WhatIf(plan, day.matrix)
    loading = time.perf_counter() - begun
    dice = random.Random(told.seed)
    wanted = dice.sample(sorted(plan.stops), told.times)
    asked.moves(wanted[:1])
    spent, places = list[float](), 0
    for stop in wanted:
        begun = time.perf_counter()
        places = len(asked.moves([stop]).route)
        spent.append(1000 * (time.perf_counter() - begun))
    kernel = statistics.median(spent)
    reference = _by_reference(plan, day, wanted[0])
    print(f"loading {loading:.2f} s, {places} places")
    print(f"whole board: median {kernel:.1f} ms, worst {max(spent):.1f} ms")
    print(f"reference: {reference * places:.0f} ms, ratio {reference * places / kernel:.0f}")


def dealt(told: Plan) -> Plan:
    """All stops on the routes in turn, near ones together."""
    names, stops = list(told.routes), list(told.stops.values())
    share = -(-len(stops) // len(names))
    placed = [replace(stop, route=names[i // share]) for i, stop in enumerate(stops)]
    routes = [
        replace(route, stops=tuple(s.id for s in placed if s.route == route.id))
        for route in told.routes.values()
    ]
    return told.with_stops(placed).with_routes(routes)


def _by_reference(plan: Plan, day: City, wanted: StopId) -> float:
    """Milliseconds a place."""
    places = 0
    begun = time.perf_counter()
    for route in list(plan.routes.values())[:SAMPLED]:
        rest = [stop for stop in plan.stops_of(route.id) if stop.id != wanted]
        for position in range(len(rest) + 1):
            order = [*rest[:position], plan.stops[wanted], *rest[position:]]
            schedule_stops(plan, route, order, day.matrix)
            places += 1
    return 1000 * (time.perf_counter() - begun) / places


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=2_000)
    parser.add_argument("--vans", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--rich", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
