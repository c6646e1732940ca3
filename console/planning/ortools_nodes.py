"""The nodes of OR-Tools' model, and the plan that it starts from as the model sees it.

First come the demands, then where each crew begins, where each ends, and one node for each time
that a crew may load again. The model knows less than the evaluator: one speed for the day, no
rests, no charging. What the start takes beyond what the model believes is kept back (``lost``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from console.planning.flat import NOWHERE, Cells, Travel
from console.planning.problem import UNLIMITED, Crew, Demand, Problem, Routes
from console.planning.rounds import Evaluator

FOREVER = 1 << 33  # seconds from the origin; no window that ends later is one


@dataclass(frozen=True, slots=True)
class Drive:
    """A crew's start in the model's terms; times count from the origin.

    ``times`` are those of ``nodes``; ``lost`` is how much later it really ends, ``owes_break``
    whether it really takes one.
    """

    nodes: tuple[int, ...]
    times: tuple[int, ...]
    leave: int
    end: int
    lost: int
    owes_break: bool


class Nodes:
    """Numbers of nodes, their rows, and the start."""

    def __init__(self, problem: Problem, start: Routes) -> None:
        self.problem = problem
        self.origin = min(min(c.duty.start, c.duty.leave) for c in problem.crews)
        placed = {i for order in start for i in order}
        demands = enumerate(problem.demands)
        self.demands = [i for i, d in demands if d.crews and (i in placed or _can_be_met(d))]
        self.node = {demand: n for n, demand in enumerate(self.demands)}
        count, crews = len(self.demands), len(problem.crews)
        self.starts = [count + k for k in range(crews)]
        self.ends = [count + crews + k for k in range(crews)]
        self.loading: list[int] = [
            k for k, crew in enumerate(problem.crews) for _ in range(crew.reloads)
        ]
        self.count = count + 2 * crews + len(self.loading)
        self.first_loading = count + 2 * crews
        self.travel = Travel(problem)
        self._rows = np.array([*self._demand_rows(), *self._crew_rows()])
        self.setups = np.zeros(self.count, dtype=np.int64)
        self.setups[:count] = [problem.demands[i].task.setup for i in self.demands]
        self.services = np.zeros(self.count, dtype=np.int64)
        self.services[:count] = [problem.demands[i].task.service for i in self.demands]
        self.services[self.first_loading :] = [problem.crews[k].reload_time for k in self.loading]
        evaluator = Evaluator(problem)
        self.drives = [self._driven(evaluator, k, order) for k, order in enumerate(start)]

    def _demand_rows(self) -> Iterator[int]:
        return (self.problem.demands[i].task.row for i in self.demands)

    def _crew_rows(self) -> Iterator[int]:
        crews = self.problem.crews
        yield from (crew.duty.row for crew in crews)
        yield from (NOWHERE if c.duty.end_row is None else c.duty.end_row for c in crews)
        yield from (crews[k].base for k in self.loading)

    def seconds(self, crew: Crew) -> Cells:
        """Travel times between nodes."""
        return self.travel.seconds(crew)[np.ix_(self._rows, self._rows)]

    def metres(self, crew: Crew) -> Cells:
        """Distances between nodes."""
        return self.travel.metres(crew)[np.ix_(self._rows, self._rows)]

    def hops(self, crew: Crew) -> Cells:
        """Seconds from the beginning of service at a node to that at the next, waiting aside."""
        elsewhere = self._rows[:, None] != self._rows[None, :]
        return self.seconds(crew) + self.services[:, None] + elsewhere * self.setups[None, :]

    @property
    def may_break_none(self) -> bool:
        """True where the number of promises that may be broken is limited."""
        return self.problem.most_broken < UNLIMITED

    def loads_of(self, crew: int) -> list[int]:
        """The nodes at which a crew loads again."""
        return [self.first_loading + n for n, k in enumerate(self.loading) if k == crew]

    def windows(self, demand: Demand) -> list[tuple[int, int]]:
        """When service may begin, from the origin."""
        spans = demand.task.windows or ((self.origin, self.origin + FOREVER),)
        found = [(max(0, a - self.origin), min(b - self.origin, FOREVER)) for a, b in spans]
        return [(a, b) for a, b in found if a <= b] or [(max(0, spans[0][0] - self.origin), 0)]

    def _driven(self, evaluator: Evaluator, crew: int, order: Sequence[int]) -> Drive:
        problem, this = self.problem, self.problem.crews[crew]
        nodes = self._with_loading(crew, order)
        ready = 0 if this.reloads else max((problem.demands[i].ready for i in order), default=0)
        leave = max(this.duty.leave, ready) - self.origin
        now, here, times = leave, self.starts[crew], list[int]()
        for node in nodes:
            now = self._admitted(node, now + self._hop(this, here, node))
            times.append(now)
            here = node
        end = now + self._hop(this, here, self.ends[crew])
        judged = evaluator.round(crew, order)
        really = end if judged is None else judged.end - self.origin
        long = 0 if judged is None else judged.end - judged.start
        pause = this.duty.pause
        owes = pause is not None and (long > pause.after or not order)
        return Drive(tuple(nodes), tuple(times), leave, end, max(0, really - end), owes)

    def _hop(self, crew: Crew, here: int, there: int) -> int:
        a, b = self._rows[here], self._rows[there]
        setup = self.setups[there] if a != b else 0
        return int(self.travel.seconds(crew)[a, b] + self.services[here] + setup)

    def _admitted(self, node: int, ready: int) -> int:
        if node >= len(self.demands):
            return ready
        windows = self.windows(self.problem.demands[self.demands[node]])
        return next((max(ready, a) for a, b in windows if ready <= b), ready)

    def _with_loading(self, crew: int, order: Sequence[int]) -> list[int]:
        """The nodes of an order, with loading again where it would be too much at once."""
        this, free = self.problem.crews[crew], self.loads_of(crew)
        found, board = list[int](), np.zeros(4, dtype=np.int64)
        for i in order:
            demand = self.problem.demands[i]
            more = np.array(demand.load) - np.array(demand.fetched)
            if free and bool((board + more > np.array(this.capacity)).any()):
                found.append(free.pop(0))
                board[:] = 0
            board += more
            found.append(self.node[i])
        return found


def _can_be_met(demand: Demand) -> bool:
    windows = demand.task.windows
    return not windows or any(a <= b for a, b in windows)
