# pyright: basic
"""The best plan that can be put together from rounds already seen: a set partition by CP-SAT.

Every demand is on one chosen round or unserved, at a price that keeps the order of priorities;
of crews that are alike no more rounds are chosen than there are crews. Rounds carry their exact
cost, the break included, so that what searches know only roughly is settled here.
"""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from console.planning.engine import Budget, CrewOrder, Exchange
from console.planning.problem import Crew, Order, Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import score

COARSER = 1_000  # one of CP-SAT's cost units in ``MONEY`` parts
COLUMNS = 6_000  # rounds considered, the latest


@dataclass(frozen=True, slots=True)
class _Column:
    kind: int
    order: Order
    cost: int


class Recombination:
    """Puts rounds of the pool together anew."""

    name = "recombination"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best partition found in time; never worse than ``start``."""
        evaluator = Evaluator(problem)
        kinds = kinds_of(problem)
        columns = _columns(evaluator, kinds, start, exchange.pool(), budget)
        chosen = _chosen(problem, kinds, columns, budget)
        if chosen is None:
            return start
        found = _assigned(problem, kinds, chosen)
        if score(evaluator, found) < score(evaluator, start):
            exchange.better(found)
            return found
        return start


def kinds_of(problem: Problem) -> list[list[int]]:
    """Crews that are alike in everything but the name."""
    able: list[set[int]] = [set() for _ in problem.crews]
    for i, demand in enumerate(problem.demands):
        for crew in demand.crews:
            able[crew].add(i)
    alike: dict[object, list[int]] = {}
    for i, crew in enumerate(problem.crews):
        alike.setdefault((_terms(crew), frozenset(able[i])), []).append(i)
    return list(alike.values())


def _terms(crew: Crew) -> tuple[object, ...]:
    prices = (crew.fixed, crew.per_metre, crew.per_second, crew.per_overtime_second)
    return (crew.duty, crew.capacity, crew.range_m, prices)


def _columns(
    evaluator: Evaluator,
    kinds: list[list[int]],
    start: Routes,
    pool: Iterable[CrewOrder],
    budget: Budget,
) -> list[_Column]:
    """One column for each kind and set of demands: its cheapest order. Those of ``start`` first."""
    kind_of = {crew: kind for kind, crews in enumerate(kinds) for crew in crews}
    best: dict[tuple[int, frozenset[int]], _Column] = {}
    rounds = [(crew, order) for crew, order in enumerate(start) if order]
    everywhere = [(crews[0], order) for _, order in rounds for crews in kinds]
    halfway = time.monotonic() + budget.seconds / 2
    for crew, order in (*rounds, *everywhere, *list(pool)[: -COLUMNS - 1 : -1]):
        if not budget.work and time.monotonic() > halfway:
            break
        cost = evaluator.cost(crew, order)
        if cost is None or not order:
            continue
        key = (kind_of[crew], frozenset(order))
        if key not in best or cost < best[key].cost:
            best[key] = _Column(kind_of[crew], order, cost)
    return list(best.values())


def _chosen(
    problem: Problem, kinds: list[list[int]], columns: list[_Column], budget: Budget
) -> list[_Column] | None:
    model = cp_model.CpModel()
    picks = [model.new_bool_var("") for _ in columns]
    covering: list[list[cp_model.IntVar]] = [[] for _ in problem.demands]
    for pick, column in zip(picks, columns, strict=True):
        for demand in column.order:
            covering[demand].append(pick)
    missed = [model.new_bool_var("") for _ in problem.demands]
    for demand, several in enumerate(covering):
        model.add_exactly_one([*several, missed[demand]])
    for kind, crews in enumerate(kinds):
        of_kind = [p for p, c in zip(picks, columns, strict=True) if c.kind == kind]
        model.add(sum(of_kind) <= len(crews))
    costs = [column.cost // COARSER for column in columns]
    penalties = _penalties(problem, columns)
    model.minimize(
        cp_model.LinearExpr.weighted_sum(picks, costs)
        + cp_model.LinearExpr.weighted_sum(missed, penalties)
    )
    return _solved(model, picks, columns, budget)


def _solved(
    model: cp_model.CpModel,
    picks: list[cp_model.IntVar],
    columns: list[_Column],
    budget: Budget,
) -> list[_Column] | None:
    solver = cp_model.CpSolver()
    if budget.work:
        solver.parameters.max_deterministic_time = budget.work
        solver.parameters.num_workers = 1
    else:
        solver.parameters.max_time_in_seconds = max(0.05, budget.seconds)
        solver.parameters.num_workers = min(2, os.cpu_count() or 1)
    solver.parameters.random_seed = budget.seed
    solver.parameters.relative_gap_limit = 1e-5
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [c for p, c in zip(picks, columns, strict=True) if solver.boolean_value(p)]


def _penalties(problem: Problem, columns: list[_Column]) -> list[int]:
    """What an unserved demand costs: more than any plan, by priority."""
    dearest = max((column.cost for column in columns), default=1) // COARSER + 1
    low = dearest
    normal = 8 * low
    high = 8 * normal
    return [
        sum(n * w for n, w in zip(demand.orders, (high, normal, low), strict=True))
        for demand in problem.demands
    ]


def _assigned(problem: Problem, kinds: list[list[int]], chosen: list[_Column]) -> Routes:
    free = [list(crews) for crews in kinds]
    found: list[Order] = [()] * len(problem.crews)
    for column in chosen:
        found[free[column.kind].pop(0)] = column.order
    return tuple(found)
