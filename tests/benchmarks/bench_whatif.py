"""What a drag over the whole board takes: every place of one stop, by the kernel and by reference.

    python -m tests.benchmarks.bench_whatif --stops 2000 --vans 60

Prints milliseconds of a processor after loading (median of many), what loading takes, and the
ratio to the reference, which is asked for every place of a sample of routes.
"""

import argparse
import random
import statistics
import time

from console.domain.plan import Plan, StopId
from console.domain.schedule import schedule_stops
from console.planning.kernel.machine import Machine
from console.planning.solution import adopt, solution_of
from console.planning.stating import build
from console.planning.whatif import WhatIf
from tests.planning.days import City, city
from tests.planning.rich_days import rich_city

SAMPLED = 3  # routes
STEPS = 2_000


def main() -> None:
    """Measure one day, plain or rich."""
    told = _arguments()
    made = rich_city if told.rich else city
    day = made(told.stops, told.vans, told.seed)
    plan = filled(day)
    begun = time.process_time()
    asked = WhatIf(plan, day.matrix)
    loading = time.process_time() - begun
    dice = random.Random(told.seed)
    wanted = dice.sample(sorted(plan.stops), told.times)
    asked.moves(wanted[:1])
    spent, places = list[float](), 0
    for stop in wanted:
        begun = time.process_time()
        places = len(asked.moves([stop]).route)
        spent.append(1000 * (time.process_time() - begun))
    kernel = statistics.median(spent)
    reference = _by_reference(plan, day, wanted[0])
    print(f"loading {loading:.2f} s, {places} places")
    print(f"whole board: median {kernel:.1f} ms, worst {max(spent):.1f} ms")
    print(f"reference: {reference * places:.0f} ms, ratio {reference * places / kernel:.0f}")


def filled(day: City) -> Plan:
    """A plan by insertion, improved a little."""
    problem = build(day.plan, day.matrix)
    machine = Machine(problem, 0)
    machine.go_to(machine.best)
    machine.fill()
    machine.improve(STEPS, 1.0)
    return adopt(day.plan, solution_of(problem, machine.best, "fill")).apply(day.plan)


def _by_reference(plan: Plan, day: City, wanted: StopId) -> float:
    """Milliseconds a place."""
    places = 0
    begun = time.process_time()
    for route in list(plan.routes.values())[:SAMPLED]:
        rest = [stop for stop in plan.stops_of(route.id) if stop.id != wanted]
        for position in range(len(rest) + 1):
            order = [*rest[:position], plan.stops[wanted], *rest[position:]]
            schedule_stops(plan, route, order, day.matrix)
            places += 1
    return 1000 * (time.process_time() - begun) / places


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
