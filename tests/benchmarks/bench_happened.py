"""How soon a first answer is there when something happens on a day that is out.

    python -m tests.benchmarks.bench_happened --stops 500 --vans 20

The busiest van stands still after three stops, all routes are released. Prints the seconds (of the
clock and of a processor) until there is a proposal by insertion, judged and compared with the
present plan, and what it says; with a driver who is two hours late before she leaves, one who is so
late under way, and a customer who wants another door and another hour, too.
"""

import argparse
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from console.dispatch.disruptions import later, standing_still
from console.dispatch.dropping import careful
from console.domain.commands.trouble import Trouble
from console.domain.orders import Order, TimeWindow
from console.domain.plan import Hold, Plan, RouteId, StopStatus
from console.planning.compare import compare
from console.planning.replanning import reoptimise
from console.planning.run import Terms
from console.planning.solution import adopt
from tests.benchmarks.bench_whatif import filled
from tests.planning.days import City, city

SERVED = 3  # stops


def main() -> None:
    """Measure both kinds on one day."""
    asking = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("stops", 500), ("vans", 20), ("seed", 1), ("times", 5)):
        asking.add_argument(f"--{name}", type=int, default=usual)
    told = asking.parse_args()
    day = city(told.stops, told.vans, told.seed)
    whole = filled(day)
    busiest, other, *_ = sorted(whole.routes, key=lambda r: -len(whole.routes[r].stops))
    plan = _out(whole, busiest)
    place = plan.stops[plan.behind(busiest)[-1]].place
    down = replace(
        careful(Terms(4.0)),
        off=(busiest,),
        trouble=standing_still(plan, day.matrix, busiest, place),
    )
    late = careful(Terms(4.0, trouble=later(plan, [other], timedelta(hours=2), None)))
    leaves = plan.routes[busiest].shift.start + timedelta(hours=3)
    stands = Trouble(held=((busiest, Hold(leaves, leaves + timedelta(hours=2))),))
    held = careful(Terms(4.0, trouble=stands))
    wants = careful(Terms(4.0, trouble=Trouble(changed=(_elsewhere(plan, other, busiest),))))
    _answer(plan, day, down)  # loads the kernel
    kinds = (
        *(("vehicle down", down), ("driver late", late)),
        *(("late under way", held), ("customer changed", wants)),
    )
    for name, terms in kinds:
        found = [_answer(plan, day, terms) for _ in range(told.times)]
        print(f"{name}: {_best(each[0] for each in found):.2f} s of the clock,", end=" ")
        print(f"{_best(each[1] for each in found):.2f} s of a processor; {found[0][2]}")


def _elsewhere(plan: Plan, route: RouteId, other: RouteId) -> Order:
    """The last order of a route wants to be served where another one ends, within an hour."""
    order = plan.stops[plan.routes[route].stops[-1]].orders[0]
    place = plan.stops[plan.routes[other].stops[-1]].place
    earliest = plan.routes[route].shift.start + timedelta(hours=2)
    window = TimeWindow(earliest, earliest + timedelta(hours=1))
    return replace(order, place=place, windows=(window,))


def _best(seconds: Iterable[float]) -> float:
    return min(seconds)


def _out(plan: Plan, route: RouteId) -> Plan:
    """All routes are released; one has left and served some stops."""
    done = plan.routes[route].stops[:SERVED]
    plan = plan.with_stops(replace(plan.stops[s], status=StopStatus.DELIVERED) for s in done)
    plan = plan.with_routes(replace(each, released=True) for each in plan.routes.values())
    gone = plan.routes[route]
    return plan.with_routes([replace(gone, started_at=gone.shift.start)])


def _answer(plan: Plan, day: City, terms: Terms) -> tuple[float, float, str]:
    clock, spent = time.perf_counter(), time.process_time()
    _, answer = reoptimise(plan, day.matrix, terms)
    command = replace(adopt(plan, answer), off=terms.off, trouble=terms.trouble)
    compared = compare(terms.trouble.befallen(plan), command.apply(plan), day.matrix)
    took = time.perf_counter() - clock, time.process_time() - spent
    waiting = len(command.apply(plan).unassigned)
    return *took, f"{compared.sentence}, {waiting} stops wait"


if __name__ == "__main__":
    main()
