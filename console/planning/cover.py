# pyright: basic
"""The choice of rounds as a model of CP-SAT: a partition of the demands, and what no round sees.

Every demand is on one chosen round or left out. Minimised are, in parts of ``COARSER``,

    cost of the chosen rounds + skip prices of what is left out
    + weights of the orders left out, which keep the order of priorities
    + balance price * 2 * sum of max(0, x - mean of x) over the chosen rounds.

The last term is the sum of the differences from the mean, written once for those above it. Of
crews that are alike no more rounds are chosen than there are crews; what may change and how many
promises may be broken are counted over all.
"""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from console.planning.engine import Budget
from console.planning.problem import NOBODY, UNLIMITED, Order, Problem

COARSER = 1_000  # one of CP-SAT's cost units in ``MONEY`` parts
STEPS = 2_000  # to so many steps the greatest measure of a round is rounded for the balance
MOST_WEIGHT = 1 << 50  # the weight of all that can be left out stays below it
GAP = 2 * 10**7 // 10**4 // COARSER  # proven so close (0.0002 of a currency unit), it is enough


@dataclass(frozen=True, slots=True)
class Column:
    """A round for one kind of crews.

    ``size`` is what is to be spread evenly, ``promises`` how many are broken, ``changes`` how many
    of its demands leave the crew that they have.
    """

    kind: int
    order: Order
    cost: int
    size: int = 0
    promises: int = 0
    changes: int = 0


class Cover:
    """The model; ``crews`` says how many there are of each kind."""

    def __init__(self, problem: Problem, crews: Sequence[int], columns: Sequence[Column]) -> None:
        self._problem = problem
        self._columns = columns
        self._crews = crews
        self._model = model = cp_model.CpModel()
        self._picks = [model.new_bool_var("") for _ in columns]
        self._missed = [model.new_bool_var("") for _ in problem.demands]
        self._cover()
        for kind, count in enumerate(crews):
            of_kind = [p for p, c in zip(self._picks, columns, strict=True) if c.kind == kind]
            model.add(sum(of_kind) <= count)
        self._limit()
        model.minimize(self._cost())

    def _cover(self) -> None:
        covering: list[list[cp_model.IntVar]] = [[] for _ in self._problem.demands]
        for pick, column in zip(self._picks, self._columns, strict=True):
            for demand in column.order:
                covering[demand].append(pick)
        for several, missed in zip(covering, self._missed, strict=True):
            self._model.add_exactly_one([*several, missed])

    def _limit(self) -> None:
        """What is counted over all rounds."""
        problem = self._problem
        if problem.home and problem.most_changes < UNLIMITED:
            left = [home != NOBODY for home in problem.home]
            self._model.add(
                cp_model.LinearExpr.weighted_sum(self._picks, [c.changes for c in self._columns])
                + cp_model.LinearExpr.weighted_sum(self._missed, left)
                <= problem.most_changes
            )
        if problem.home and problem.most_broken < UNLIMITED:
            promises = [c.promises for c in self._columns]
            broken = cp_model.LinearExpr.weighted_sum(self._picks, promises)
            self._model.add(broken <= problem.most_broken)

    def _cost(self) -> cp_model.LinearExpr:
        costs = [column.cost // COARSER for column in self._columns]
        skips = [demand.skip // COARSER for demand in self._problem.demands]
        weights = [a + b for a, b in zip(self._weights(sum(skips)), skips, strict=True)]
        above, price = self._unevenness()
        return cp_model.LinearExpr.weighted_sum(
            [*self._picks, *self._missed, *above], [*costs, *weights, *(price for _ in above)]
        )

    def _weights(self, skips: int) -> list[int]:
        """What an order left out weighs: more than any plan costs, and all of lesser priority."""
        demands = self._problem.demands
        by_kind: dict[int, int] = {}
        for column in self._columns:
            by_kind[column.kind] = max(by_kind.get(column.kind, 0), column.cost // COARSER)
        low = max(1, sum(cost * self._crews[k] for k, cost in by_kind.items()) + skips)
        lows, normals = (sum(d.orders[rank] for d in demands) for rank in (2, 1))
        highs = sum(d.orders[0] for d in demands)
        most = max(8, int((MOST_WEIGHT // low // max(1, highs)) ** 0.5))
        normal = low * min(most, lows + 1)
        high = normal * min(most, normals + 1)
        return [d.orders[0] * high + d.orders[1] * normal + d.orders[2] * low for d in demands]

    def _unevenness(self) -> tuple[list[cp_model.IntVar], int]:
        """How far rounds are above the mean, and the price of that."""
        balance, model = self._problem.balance, self._model
        greatest = max((column.size for column in self._columns), default=0)
        if not balance.price or not greatest:
            return [], 0
        step = max(1, greatest // STEPS)
        sizes = [column.size // step for column in self._columns]
        top, count = greatest // step, len(self._problem.crews)
        total = model.new_int_var(0, top * count, "")
        model.add(total == cp_model.LinearExpr.weighted_sum(self._picks, sizes))
        used = model.new_int_var(1, max(1, count), "")
        model.add(used >= sum(self._picks))
        model.add(used <= sum(self._picks) + 1)
        mean = model.new_int_var(0, top, "")
        model.add_division_equality(mean, total, used)
        above = list[cp_model.IntVar]()
        for pick, size in zip(self._picks, sizes, strict=True):
            more = model.new_int_var(0, size, "")
            model.add(more >= size - mean).only_enforce_if(pick)
            above.append(more)
        return above, max(1, 2 * balance.price * step // COARSER)

    def hint(self, picked: Collection[int]) -> None:
        """Begin with these columns."""
        covered = {i for at in picked for i in self._columns[at].order}
        for at, pick in enumerate(self._picks):
            self._model.add_hint(pick, at in picked)
        for i, missed in enumerate(self._missed):
            self._model.add_hint(missed, i not in covered)

    def solve(self, budget: Budget) -> list[Column] | None:
        """The chosen columns, None where none were found in time."""
        solver = cp_model.CpSolver()
        if budget.work:
            solver.parameters.max_deterministic_time = budget.work
            solver.parameters.num_workers = 1
        else:
            solver.parameters.max_time_in_seconds = max(0.05, budget.seconds)
            solver.parameters.num_workers = min(2, os.cpu_count() or 1)
        solver.parameters.random_seed = budget.seed
        solver.parameters.absolute_gap_limit = GAP
        status = solver.solve(self._model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        chosen = zip(self._picks, self._columns, strict=True)
        return [column for pick, column in chosen if solver.boolean_value(pick)]
