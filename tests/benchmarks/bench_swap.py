"""How long it takes to find the swap that helps a late route most.

    python -m tests.benchmarks.bench_swap --stops 500 --vans 20

The longest route leaves late on a full day. Prints the seconds (of the clock, of a processor) for
the swap alone and for all answers of its alarm, and what was found.
"""

import argparse
import time
from dataclasses import replace
from datetime import timedelta

from console.dispatch.alarms import Found
from console.dispatch.answers import answers
from console.dispatch.swapping import best_swap
from console.dispatch.weighing import Bench
from console.domain.alarm import AlarmKey, AlarmKind
from console.domain.plan import RouteId
from console.planning.trials import Trials
from tests.benchmarks.bench_whatif import filled
from tests.planning.days import city


def main() -> None:
    """Measure on one day."""
    asking = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("stops", 500), ("vans", 20), ("seed", 1), ("times", 3), ("late", 120)):
        asking.add_argument(f"--{name}", type=int, default=usual)
    told = asking.parse_args()
    day = city(told.stops, told.vans, told.seed)
    plan = filled(day)
    route = max(plan.routes.values(), key=lambda each: len(each.stops))
    left = route.shift.start + timedelta(minutes=told.late)
    plan = plan.with_routes([replace(route, started_at=left)])
    present = Trials(plan, day.matrix, left).present(route.id)
    if present is None:
        raise SystemExit("the longest route has no stops")
    late = tuple(v.stop for v in present.visits if v.lateness or v.soft_lateness)
    found = Found(AlarmKey(AlarmKind.LATE_AHEAD, route.id), 1.0, timedelta(), late)
    ground = Bench(plan, day.matrix, left)
    print(f"{len(late)} stops late")
    for name, work in (("swap", _swap), ("all answers", _kinds)):
        for _ in range(told.times):
            clock, spent = time.perf_counter(), time.process_time()
            said = work(found, ground)
            took = time.perf_counter() - clock, time.process_time() - spent
            print(f"{name}: {took[0]:.2f} s of the clock, {took[1]:.2f} of a processor; {said}")


def _swap(found: Found, ground: Bench) -> str:
    trials = Trials(ground.plan, ground.matrix, ground.now)
    swap = best_swap(found, trials, RouteId(found.key.route))
    return "none" if swap is None else f"{len(swap.gives)} for {len(swap.takes)}"


def _kinds(found: Found, ground: Bench) -> str:
    return ", ".join(each.kind.value for each in answers(found, ground))


if __name__ == "__main__":
    main()
