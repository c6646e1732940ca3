"""What judging a whole plan takes: the kernel's judge against the reference, plain and rich.

    python -m tests.benchmarks.bench_judge --stops 2000 --vans 60
    python -m tests.benchmarks.bench_judge --stops 500 --vans 16 --rich

Prints milliseconds of a processor, the best of several rounds, for the whole plan and for its
slowest route, and the ratio of the reference to the judge.
"""

import argparse
import time
from collections.abc import Callable

from console.domain.schedule import schedule_route
from console.planning.exact import Judge
from console.planning.stating import build
from tests.benchmarks.bench_whatif import filled
from tests.planning.days import city
from tests.planning.rich_days import rich_city

REPEATS = 5


def main() -> None:
    """Measure one day."""
    told = _arguments()
    day = (rich_city if told.rich else city)(told.stops, told.vans, told.seed)
    plan = filled(day)
    problem = build(plan, day.matrix)
    judge = Judge(problem)
    used = [(k, order) for k, order in enumerate(problem.present) if order]
    routes = [plan.routes[problem.crews[k].route] for k, _ in used]
    judged = [_best(lambda k=k, order=order: judge.price(k, order)) for k, order in used]
    referred = [_best(lambda r=r: schedule_route(plan, r, day.matrix)) for r in routes]
    stops = sum(len(order) for _, order in used)
    print(f"{stops} stops on {len(used)} routes, the longest {max(len(o) for _, o in used)}")
    for name, spent in (("judge", judged), ("reference", referred)):
        print(f"{name}: whole plan {sum(spent):.2f} ms, slowest route {max(spent):.3f} ms")
    print(f"ratio {sum(referred) / sum(judged):.0f}")


def _best(call: Callable[[], object]) -> float:
    """Milliseconds of the quickest of several calls."""
    call()
    spent = list[float]()
    for _ in range(REPEATS):
        begun = time.perf_counter()
        call()
        spent.append(1000 * (time.perf_counter() - begun))
    return min(spent)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=2_000)
    parser.add_argument("--vans", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rich", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
