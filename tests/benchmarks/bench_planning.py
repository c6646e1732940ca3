"""What our plans cost beside PyVRP's alone: same orders, stops, matrix, evaluator, seconds, cores.

    python -m tests.benchmarks.bench_planning --orders ORDERS.csv --fleet FLEET.csv \
        --region REGION --seconds 20

The two run one after the other on an otherwise idle machine. PyVRP runs once per core and the
best counts. ``--stops N --vans M`` takes a random day on straight lines instead of files.
"""

import argparse
import asyncio
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

from console import settings
from console.bootstrap import open_console, regions
from console.dispatch.fleetwork import import_fleet
from console.dispatch.lanes import InlineLanes
from console.dispatch.orderwork import locate_day, read_file, take_in
from console.dispatch.station import Station
from console.domain.plan import Plan
from console.domain.travel import TravelMatrix
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.run import Outcome, Terms
from console.planning.score import Score, score
from console.planning.solution import evaluate, solution_of
from console.planning.stating import build
from console.planning.worker import Optimiser
from tests.benchmarks import rival
from tests.planning.days import city


def main() -> None:
    """Plan one day twice and print both."""
    told = _arguments()
    if told.stops:
        day = city(told.stops, told.vans, told.seed)
        plan, matrix = day.plan, day.matrix
    else:
        plan, matrix = asyncio.run(_imported(told))
    problem = build(plan, matrix)
    orders = sum(sum(demand.orders) for demand in problem.demands)
    print(f"{orders} orders, {len(problem.demands)} stops, {len(problem.crews)} drivers")
    print(f"{told.seconds:g} s on {told.cores} cores each\n")
    ours = _ours(problem, told)
    theirs = rival.alone(problem, told.seconds, told.cores)
    _tell("doorstep", plan, matrix, problem, _routes(problem, ours))
    _tell("PyVRP alone", plan, matrix, problem, theirs)
    mine, other = _score(problem, _routes(problem, ours)), _score(problem, theirs)
    if mine[:4] == other[:4]:
        print(f"\nours costs {100 * (mine.cost / other.cost - 1):+.2f} % against PyVRP alone")
    print("\nours over time:")
    for step in ours.progress:
        print(f"  {step.seconds:6.1f} s  {step.cost:10.2f}  {step.served} served  {step.engine}")
    for failure in ours.failures:
        print(failure)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest solving process {used:.0f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=Path)
    parser.add_argument("--fleet", type=Path)
    parser.add_argument("--region")
    parser.add_argument("--date", type=date.fromisoformat, default=date(2026, 11, 23))
    parser.add_argument("--stops", type=int, default=0)
    parser.add_argument("--vans", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


async def _imported(told: argparse.Namespace) -> tuple[Plan, TravelMatrix]:
    """The day as ``doorstep plan`` would see it."""
    with tempfile.TemporaryDirectory() as folder:
        config = settings.load()
        region = regions(config).resolve(told.region, lambda sentence, share: None)
        console = open_console(config, InlineLanes(), store=Path(folder))
        station = Station(console.services)
        try:
            await station.open(told.date)
            await station.use_region(region)
            await import_fleet(station, told.fleet)
            await take_in(station, await read_file(station, told.orders))
            await locate_day(station)
            return station.workday.desk.plan, station.workday.matrix
        finally:
            station.close()
            console.close()


def _ours(problem: Problem, told: argparse.Namespace) -> Outcome:
    optimiser = Optimiser(told.cores)
    optimiser.warm()
    time.sleep(1.0)  # imports do not count, theirs neither
    try:
        return optimiser.solve(problem, Terms(told.seconds, told.seed)).result()
    finally:
        optimiser.close()


def _routes(problem: Problem, outcome: Outcome) -> Routes:
    place = {demand.stop: i for i, demand in enumerate(problem.demands)}
    found = outcome.solution.routes
    return tuple(tuple(place[stop] for stop in found[crew.route]) for crew in problem.crews)


def _score(problem: Problem, routes: Routes) -> Score:
    return score(Evaluator(problem), routes)


def _tell(name: str, plan: Plan, matrix: TravelMatrix, problem: Problem, routes: Routes) -> None:
    """One line by the reference evaluator."""
    solution = solution_of(problem, routes, name)
    timed = evaluate(plan, solution.routes, matrix).values()
    cost = sum(schedule.cost for schedule in timed)
    hours = sum(schedule.duration.total_seconds() for schedule in timed) / 3600
    metres = sum(schedule.metres for schedule in timed)
    harm = sum(violation.is_harm for schedule in timed for violation in schedule.violations)
    print(
        f"{name:12}  cost {cost:9.2f}  missed {solution.missed}  routes {len(timed):3}"
        f"  hours {hours:6.1f}  km {metres / 1000:7.1f}  broken rules {harm}"
    )


if __name__ == "__main__":
    main()
