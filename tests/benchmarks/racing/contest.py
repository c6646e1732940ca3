"""One solver on one case: run, judged, told as a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tests.benchmarks.racing.case import Case, Routes
from tests.benchmarks.racing.evaluator import Verdict, judge
from tests.benchmarks.racing.mending import mended, without_dear
from tests.benchmarks.racing.stopwatch import Found, Task, Watched, watch

SOLVERS = ("doorstep", "pyvrp", "vroom", "ortools")
LEVELS = ("5", "3", "1")  # of VROOM's exploration, highest first
PAID_LEVELS = ("5", "5 waged", "1 waged")  # where hours cost
GRACE = 0.98  # a level that ends within this share of the seconds was not cut short


@dataclass(frozen=True, slots=True)
class Setting:
    """Seconds by the wall, cores, and which of several runs this is."""

    seconds: float
    cores: int
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """What came of it; ``cost`` is in the case's unit, None where there is no plan at all."""

    instance: str
    solver: str
    cores: int
    seconds: float
    seed: int
    wall_seconds: float
    cpu_seconds: float
    cost: float | None
    best_known: int | None
    vehicles: int
    feasible: bool
    first_plan_seconds: float | None
    unserved: int
    skipped: int
    peak_mb: int
    routes: Routes
    note: str = ""

    @property
    def gap(self) -> float | None:
        """How far above the best known cost, as a share of it."""
        if self.cost is None or self.best_known is None or not self.feasible:
            return None
        return self.cost / self.best_known - 1


def run(solver: str, case: Case, setting: Setting) -> Row:
    """Run and judge."""
    return _RUNS[solver](case, setting)


def _doorstep(case: Case, setting: Setting) -> Row:
    from tests.benchmarks.racing.doorstep import prepare

    task = Task(case, setting.seconds, setting.seed, setting.cores)
    watched = watch(prepare, [task])
    return row_of("doorstep", case, setting, watched)


def _pyvrp(case: Case, setting: Setting) -> Row:
    from tests.benchmarks.racing.pyvrp_rival import prepare

    first = setting.seed * setting.cores
    tasks = [Task(case, setting.seconds, first + i) for i in range(setting.cores)]
    return row_of("pyvrp", case, setting, watch(prepare, tasks), mended)


def _vroom(case: Case, setting: Setting) -> Row:
    """The best of the levels down to the first that ends by itself; each has all the seconds.

    Where hours cost, level 5 alone is not always the best model of it, and all three are tried.
    """
    from tests.benchmarks.racing.vroom_rival import prepare

    rows = list[Row]()
    paid = any(van.per_second for van in case.vans)
    for level in PAID_LEVELS if paid else LEVELS:
        task = Task(case, setting.seconds, 0, setting.cores, level)
        watched = watch(prepare, [task])
        rows.append(row_of("vroom", case, setting, watched, _mended_vroom))
        if not paid and watched.wall < GRACE * setting.seconds:
            break
    return min(rows, key=rank)


def _mended_vroom(case: Case, routes: Routes) -> tuple[Routes, int]:
    whole, taken = mended(case, routes)
    return without_dear(case, whole), taken


def _ortools(case: Case, setting: Setting) -> Row:
    from tests.benchmarks.racing.ortools_rival import FIRST, prepare

    options = [FIRST[i % len(FIRST)] for i in range(setting.cores)]
    tasks = [Task(case, setting.seconds, option=option) for option in options]
    return row_of("ortools", case, setting, watch(prepare, tasks), mended)


_RUNS = {"doorstep": _doorstep, "pyvrp": _pyvrp, "vroom": _vroom, "ortools": _ortools}


def rank(row: Row) -> tuple[bool, float]:
    """The smaller the better."""
    return not row.feasible, float("inf") if row.cost is None else row.cost


Mend = Callable[[Case, Routes], tuple[Routes, int]]


def row_of(
    solver: str, case: Case, setting: Setting, watched: Watched, mend: Mend | None = None
) -> Row:
    """The best of what was found, judged; the first plan is the first of any process."""
    rows = [_judged(solver, case, setting, (watched, found, mend)) for found in watched.found]
    best = min(rows, key=rank)
    firsts = [row.first_plan_seconds for row in rows if row.first_plan_seconds is not None]
    return replace(best, first_plan_seconds=min(firsts, default=None))


def _judged(
    solver: str, case: Case, setting: Setting, told: tuple[Watched, Found, Mend | None]
) -> Row:
    watched, found, mend = told
    routes, note = found.routes, found.note
    verdict: Verdict | None = None
    if routes is not None:
        if mend is not None:
            routes, taken = mend(case, routes)
            note += f"; mended, {taken} taken out" if taken else ""
        verdict = judge(case, routes)
        note += "".join(f"; {reason}" for reason in verdict.broken[:3])
    return Row(
        case.name,
        solver,
        setting.cores,
        setting.seconds,
        setting.seed,
        round(watched.wall, 2),
        round(watched.cpu, 2),
        None if verdict is None else verdict.cost,
        case.best_known,
        0 if verdict is None else verdict.vehicles,
        verdict is not None and verdict.feasible,
        None if found.first is None else round(found.first, 2),
        len(case.jobs) if verdict is None else verdict.unserved,
        0 if verdict is None else verdict.skipped,
        watched.peak_bytes >> 20,
        routes or (),
        note,
    )


def as_json(case: Case, row: Row) -> dict[str, object]:
    """The row with the jobs' own names, empty routes left out."""
    names = [job.name for job in case.jobs]
    used: Sequence[tuple[int, tuple[int, ...]]] = [
        (v, order) for v, order in enumerate(row.routes) if order
    ]
    cost = row.cost
    return {
        "instance": row.instance,
        "solver": row.solver,
        "cores": row.cores,
        "seconds": row.seconds,
        "seed": row.seed,
        "wall_seconds": row.wall_seconds,
        "cpu_seconds": row.cpu_seconds,
        "cost": None if cost is None else (round(cost) if case.grain == 1 else round(cost, 3)),
        "best_known": row.best_known,
        "gap": None if row.gap is None else round(row.gap, 6),
        "vehicles": row.vehicles,
        "feasible": row.feasible,
        "first_plan_seconds": row.first_plan_seconds,
        "unserved": row.unserved,
        "skipped": row.skipped,
        "peak_mb": row.peak_mb,
        "note": row.note,
        "vans": [case.vans[v].name for v, _ in used],
        "routes": [[names[j] for j in order] for _, order in used],
    }
