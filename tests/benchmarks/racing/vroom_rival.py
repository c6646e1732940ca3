"""VROOM's best model of a case, through pyvroom, on all threads.

Breaks, skills, several windows and shipments are its own. It knows neither loading again nor paid
overtime nor what a job left out costs: vans load once and are back by the shift's end, optional
jobs have a low priority, and ``mending.without_dear`` then takes out those that cost more than they
are worth. Prices of an hour count for it while driving only; ``waged`` puts the wage of a whole
day on each van besides, so that it uses fewer.
"""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import vroom

from tests.benchmarks.racing.case import FOR_EVER, Case, Job, Routes, Van, padded
from tests.benchmarks.racing.stopwatch import Find, Found, Task

PRIORITY = 90  # of jobs that must be served; optional ones have less
DAY = 8 * 3600


def prepare(task: Task) -> Find:
    """Everything but the search; ``option`` is the exploration level, perhaps "waged"."""
    level, _, waged = task.option.partition(" ")
    model = made(_waged(task.case) if waged else task.case)

    def find() -> Found:
        began = time.monotonic()
        limit = timedelta(seconds=task.seconds) if task.seconds else None
        solution = model.solve(int(level), nb_threads=task.threads, timeout=limit)
        seconds = time.monotonic() - began
        return Found(_routes(task.case, solution), seconds, f"level {task.option}")

    return find


def _waged(case: Case) -> Case:
    vans = (replace(van, fixed=van.fixed + DAY * van.per_second) for van in case.vans)
    return replace(case, vans=tuple(vans))


def made(case: Case) -> Any:
    """The problem as VROOM wants it."""
    model = vroom.Input()
    paid = any(van.per_second for van in case.vans)
    for profile, seconds in case.seconds.items():
        model.set_durations_matrix(profile, seconds.astype(np.uint32))
        set_other = model.set_distances_matrix if paid else model.set_costs_matrix
        set_other(profile, case.metres[profile].astype(np.uint32))
    skills = sorted({skill for job in case.jobs for skill in job.skills})
    number = {skill: i + 1 for i, skill in enumerate(skills)}
    second = {job.pickup: j for j, job in enumerate(case.jobs) if job.pickup is not None}
    best = max((job.skip_price or 0.0 for job in case.jobs), default=0.0)
    for j, job in enumerate(case.jobs):
        priority = _priority(case, job, best)
        needed = {number[skill] for skill in job.skills}
        if j in second:
            _add_shipment(model, case, (j, second[j]), priority, needed)
        elif job.pickup is None:
            model.add_job(_single(case, j, priority, needed))
    for v, van in enumerate(case.vans):
        model.add_vehicle(_vehicle(case, v, {number[s] for s in van.skills if s in number}))
    return model


def _priority(case: Case, job: Job, best: float) -> int:
    if job.skip_price is None:
        return PRIORITY if case.must_serve or any(j.skip_price for j in case.jobs) else job.priority
    return round(PRIORITY / 3 * job.skip_price / best) if best else 0


def _single(case: Case, j: int, priority: int, skills: set[int]) -> vroom.Job:
    job = case.jobs[j]
    return vroom.Job(
        j + 1,
        job.row,
        job.setup,
        job.service,
        vroom.Amount(list(padded(job.brought, case.dimensions))),
        vroom.Amount(list(padded(job.taken, case.dimensions))),
        skills,
        priority,
        _windows(job),
    )


def _windows(job: Job) -> list[vroom.TimeWindow]:
    return [vroom.TimeWindow(max(0, early), late) for early, late in job.windows]


def _add_shipment(
    model: Any, case: Case, pair: tuple[int, int], priority: int, skills: set[int]
) -> None:
    steps = [
        vroom.ShipmentStep(j + 1, job.row, job.setup, job.service, _windows(job))
        for j, job in ((j, case.jobs[j]) for j in pair)
    ]
    amount = vroom.Amount(list(padded(case.jobs[pair[1]].amount, case.dimensions)))
    model.add_shipment(*steps, amount=amount, skills=skills, priority=priority)


def _vehicle(case: Case, v: int, skills: set[int]) -> vroom.Vehicle:
    van = case.vans[v]
    paid = any(each.per_second for each in case.vans)
    costs = vroom.VehicleCosts(fixed=round(van.fixed * case.grain))
    if paid:
        costs = vroom.VehicleCosts(
            round(van.fixed * 1000), round(van.per_second * 3_600_000), round(van.per_metre * 1e6)
        )
    limits: dict[str, int] = {}
    if van.max_stops is not None:
        limits["max_tasks"] = van.max_stops
    if van.max_driving is not None:
        limits["max_travel_time"] = van.max_driving
    return vroom.Vehicle(
        v + 1,
        van.start,
        van.end,
        van.profile,
        vroom.Amount(list(padded(van.capacity, case.dimensions))),
        skills,
        None if van.ends >= FOR_EVER else vroom.TimeWindow(van.begins, van.ends),
        _breaks(van, v),
        costs=costs,
        **limits,
    )


def _breaks(van: Van, v: int) -> list[vroom.Break]:
    return [
        vroom.Break(
            100 * v + i + 1,
            [vroom.TimeWindow(rest.earliest, rest.latest - rest.duration)],
            rest.duration,
        )
        for i, rest in enumerate(van.rests)
        if van.ends - van.begins > rest.after
    ]


def _routes(case: Case, solution: Any) -> Routes:
    found: list[list[int]] = [[] for _ in case.vans]
    steps = solution.routes[["vehicle_id", "type", "id"]]
    for v, kind, j in steps.itertuples(index=False, name=None):
        if kind in {"job", "pickup", "delivery"}:
            found[int(v) - 1].append(int(j) - 1)
    return tuple(tuple(order) for order in found)
