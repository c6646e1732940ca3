"""Rows as text: one line each, then the means and ratios the targets speak of."""

import argparse
from collections.abc import Callable, Iterable, Sequence
from statistics import mean

from tests.benchmarks.racing.contest import Row

HEAD = (
    f"{'instance':<20}{'solver':<10}{'seed':>4}{'cost':>12}{'gap %':>8}{'vans':>6}{'ok':>4}"
    f"{'left':>6}{'first s':>9}{'wall s':>8}{'cpu s':>8}{'MB':>6}  note"
)


def line(row: Row) -> str:
    """One row; ``left`` are jobs not served, skipped ones included."""
    cost = "-" if row.cost is None else f"{row.cost:.2f}".removesuffix(".00")
    gap = "-" if row.gap is None else f"{100 * row.gap:.2f}"
    first = "-" if row.first_plan_seconds is None else f"{row.first_plan_seconds:.2f}"
    return (
        f"{row.instance:<20}{row.solver:<10}{row.seed:>4}{cost:>12}{gap:>8}{row.vehicles:>6}"
        f"{'yes' if row.feasible else 'NO':>4}{row.unserved + row.skipped:>6}{first:>9}"
        f"{row.wall_seconds:>8.1f}{row.cpu_seconds:>8.1f}{row.peak_mb:>6}  {row.note}"
    )


def mean_gaps(rows: Sequence[Row]) -> list[str]:
    """Mean gap per solver, and Doorstep's against PyVRP's, whole and at worst."""
    told = list[str]()
    for solver in _solvers(rows):
        mine = [row for row in rows if row.solver == solver]
        gaps = [row.gap for row in mine if row.gap is not None]
        missing = f", {len(mine) - len(gaps)} without" if len(gaps) < len(mine) else ""
        if gaps:
            told.append(f"{solver}: mean gap {100 * mean(gaps):.3f} % over {len(gaps)}{missing}")
    ours, theirs = (_by_instance(rows, solver, _gap) for solver in ("doorstep", "pyvrp"))
    both = [name for name in ours if name in theirs]
    if both:
        means = [mean(each[name] for name in both) for each in (ours, theirs)]
        told.append(f"doorstep / pyvrp: mean gap {_ratio(*means)}")
        told += [f"  {name}: {_ratio(ours[name], theirs[name])}" for name in both]
    return told


def cost_ratios(rows: Sequence[Row]) -> list[str]:
    """Doorstep's cost against the best rival's, by instance; means over seeds."""
    mine = _by_instance(rows, "doorstep", _cost)
    rivals = [solver for solver in _solvers(rows) if solver != "doorstep"]
    found = {solver: _by_instance(rows, solver, _cost) for solver in rivals}
    told = list[str]()
    for name, cost in mine.items():
        costs = {solver: each[name] for solver, each in found.items() if name in each}
        if costs:
            best = min(costs, key=costs.__getitem__)
            told.append(
                f"{name}: {cost:.2f} / {costs[best]:.2f} ({best}) = {cost / costs[best]:.4f}"
            )
    return told


def mean_ratios(rows: Sequence[Row]) -> list[str]:
    """The mean over instances of Doorstep's cost against each rival's and against the best."""
    mine = _by_instance(rows, "doorstep", _cost)
    told, best = list[str](), dict[str, float]()
    for solver in _solvers(rows):
        costs = _by_instance(rows, solver, _cost)
        both = [name for name in mine if name in costs]
        if solver == "doorstep" or not both:
            continue
        told.append(f"doorstep / {solver}: {mean(mine[n] / costs[n] for n in both):.4f}")
        best |= {n: min(best.get(n, costs[n]), costs[n]) for n in both}
    if best:
        told.append(f"doorstep / best rival: {mean(mine[n] / best[n] for n in best):.4f}")
    return told


def _solvers(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(row.solver for row in rows))


def _gap(row: Row) -> float | None:
    return row.gap


def _cost(row: Row) -> float | None:
    return row.cost if row.feasible else None


def _by_instance(
    rows: Iterable[Row], solver: str, of: Callable[[Row], float | None]
) -> dict[str, float]:
    """The mean over seeds."""
    several: dict[str, list[float]] = {}
    for row in rows:
        value = of(row)
        if row.solver == solver and value is not None:
            several.setdefault(row.instance, []).append(value)
    return {name: mean(values) for name, values in several.items()}


def _ratio(ours: float, theirs: float) -> str:
    told = f"{100 * ours:.3f} % / {100 * theirs:.3f} %"
    return f"{told} = {ours / theirs:.3f}" if theirs > 0 else told


def solvers_of(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """A list of solvers as the command line gives it."""
    asked = tuple(word.strip() for word in text.split(",") if word.strip())
    strange = [word for word in asked if word not in known]
    if strange or not asked:
        raise argparse.ArgumentTypeError(f"solvers are {', '.join(known)}; not {strange}")
    return asked
