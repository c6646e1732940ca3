"""One crew's round in time, load and money, by whole numbers: the search's own evaluator.

Where every stop has at most one window and travel does not depend on the hour, runs of stops join
in constant time (``domain.segments``), so that every leg for the break is tried in linear time.
Elsewhere the kernel's judge is asked. All agree to the second with ``domain.schedule``; property
tests hold them to it.
"""

import itertools
from collections.abc import Sequence

from console.domain.segments import Segment, joined, pause_segment, stop_segment
from console.domain.timetable import Duty
from console.planning.exact import NO_LEG, Judge, Round
from console.planning.kernel.tables import Tables, tables_of
from console.planning.problem import Crew, Problem


class Evaluator:
    """Judges rounds of one problem. Not thread-safe in its cache, which it keeps small."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._durations = problem.matrix.durations
        self._distances = problem.matrix.distances
        self._size = len(problem.matrix.places)
        self._plain = problem.is_plain
        self._stops = [stop_segment(d.task.service, d.task.windows) for d in problem.demands]
        self._rows = [d.task.row for d in problem.demands]
        self._cache: dict[tuple[int, tuple[int, ...]], Round | None] = {}
        self._judge: Judge | None = None
        self._tables: Tables | None = None
        staying = (
            order for order in problem.present if any(problem.demands[i].stays for i in order)
        )
        self._rank = {
            i: at for order in staying for at, i in enumerate(order) if problem.demands[i].stays
        }

    def round(self, crew: int, order: Sequence[int]) -> Round | None:
        """The round, None where it breaks a rule; an empty one costs nothing."""
        key = (crew, tuple(order))
        if key not in self._cache:
            if len(self._cache) > _CACHED:
                self._cache.clear()
            self._cache[key] = self._found(*key) if self._keeps_order(order) else None
        return self._cache[key]

    def cost(self, crew: int, order: Sequence[int]) -> int | None:
        """What the round costs, None where it breaks a rule."""
        judged = self.round(crew, order)
        return None if judged is None else judged.cost

    def _keeps_order(self, order: Sequence[int]) -> bool:
        """True where demands that stay follow each other as in the present plan."""
        ranks = [self._rank[i] for i in order if i in self._rank] if self._rank else []
        return all(a < b for a, b in itertools.pairwise(ranks))

    def _found(self, crew: int, order: tuple[int, ...]) -> Round | None:
        return self._judged(crew, order) if self._plain else self._by_judge(crew, order)

    def _judged(self, index: int, order: tuple[int, ...]) -> Round | None:
        crew = self.problem.crews[index]
        if not order:
            return Round(0, crew.duty.start, crew.duty.start, 0)
        if not self._carries(index, crew, order):
            return None
        metres = self.metres(crew, order)
        if metres > crew.range_m:
            return None
        timed = self._timed(crew, order)
        if timed is None:
            return None
        start, end, leg = timed
        return Round(round_cost(crew, metres, start, end), start, end, metres, leg)

    def _carries(self, index: int, crew: Crew, order: Sequence[int]) -> bool:
        demands = [self.problem.demands[i] for i in order]
        if any(index not in demand.crews for demand in demands):
            return False
        return all(
            sum(amounts) <= limit
            for amounts, limit in zip(
                zip(*(d.load for d in demands), strict=True), crew.capacity, strict=True
            )
        )

    def metres(self, crew: Crew, order: Sequence[int]) -> int:
        """The whole distance, return included."""
        here, total = crew.duty.row, 0
        for i in order:
            there = self._rows[i]
            total += self._distances[here * self._size + there]
            here = there
        return total + self._distances[here * self._size + crew.duty.row]

    def _timed(self, crew: Crew, order: Sequence[int]) -> tuple[int, int, int] | None:
        """(start, end, leg of the break), None when late."""
        line = Line(self, crew, order)
        seconds, warp, earliest, _ = line.before[-1]
        if warp:
            return None
        if not owes_break(crew.duty, seconds):
            return earliest, earliest + seconds, NO_LEG
        return line.with_break(crew.duty)

    def _by_judge(self, index: int, order: tuple[int, ...]) -> Round | None:
        if not order:
            start = self.problem.crews[index].duty.start
            return Round(0, start, start, 0)
        if any(index not in self.problem.demands[i].crews for i in order):
            return None
        if self._judge is None:
            self._judge = Judge(self.problem, self.tables)
        return self._judge.round(index, order)

    @property
    def tables(self) -> Tables:
        """The problem as compiled code sees it, made once, without neighbours."""
        if self._tables is None:
            self._tables = tables_of(self.problem, neighbours=False)
        return self._tables

    def rows(self, crew: Crew, order: Sequence[int]) -> list[int]:
        """The matrix rows of depot, stops, depot."""
        return [crew.duty.row, *(self._rows[i] for i in order), crew.duty.row]

    def segments(self, crew: Crew, order: Sequence[int]) -> tuple[list[Segment], list[int]]:
        """Segments of depot, stops, depot, and the travel times between them."""
        depot = (0, 0, crew.duty.start, crew.duty.latest_end)
        rows = self.rows(crew, order)
        size, durations = self._size, self._durations
        hops = [durations[a * size + b] for a, b in itertools.pairwise(rows)]
        return [depot, *(self._stops[i] for i in order), depot], hops


_CACHED = 200_000


class Line:
    """A round's segments joined from both ends: ``before[i]`` up to node i, ``after[i]`` from it.

    Nodes are the depot, the stops, the depot; leg i runs from node i to node i + 1.
    """

    __slots__ = ("after", "before", "hops", "nodes")

    def __init__(self, evaluator: Evaluator, crew: Crew, order: Sequence[int]) -> None:
        self.nodes, self.hops = evaluator.segments(crew, order)
        self.before: list[Segment] = [self.nodes[0]]
        for hop, node in zip(self.hops, self.nodes[1:], strict=True):
            self.before.append(joined(self.before[-1], hop, node))
        self.after: list[Segment] = []

    def join_from_behind(self) -> None:
        """Fill ``after``; it is needed only where the break or an insertion is looked for."""
        if self.after:
            return
        found: list[Segment] = [self.nodes[-1]]
        for hop, node in zip(reversed(self.hops), reversed(self.nodes[:-1]), strict=True):
            found.append(joined(node, hop, found[-1]))
        self.after = found[::-1]

    def with_break(self, duty: Duty) -> tuple[int, int, int] | None:
        """(start, end, leg) of the cheapest way to take the break, None when it fits nowhere."""
        self.join_from_behind()
        best: tuple[int, int, int] | None = None
        least = 0
        for leg in range(len(self.hops)):
            whole = self.broken(duty, leg)
            if whole is None or whole[1]:
                continue
            end = whole[2] + whole[0]
            paid = 2 * whole[0] + max(0, end - duty.end)
            if best is None or (paid, end) < (least, best[1]):
                best, least = (whole[2], end, leg), paid
        return best

    def around_break(self, duty: Duty, leg: int) -> tuple[list[Segment], list[Segment]]:
        """What is ahead of and behind every leg, with the break on one of them.

        On that leg itself the break is left out of both.
        """
        ahead, behind = self.before[:-1], self.after[1:]
        hop = self.hops[leg]
        pause = pause_of(duty, hop)
        if pause is None:
            return ahead, behind
        now = joined(joined(self.before[leg], 0, pause), hop, self.nodes[leg + 1])
        for i in range(leg + 1, len(ahead)):
            ahead[i] = now
            now = joined(now, self.hops[i], self.nodes[i + 1])
        now = joined(self.nodes[leg], 0, joined(pause, hop, self.after[leg + 1]))
        for i in range(leg - 1, -1, -1):
            behind[i] = now
            now = joined(self.nodes[i], self.hops[i], now)
        return ahead, behind

    def broken(self, duty: Duty, leg: int) -> Segment | None:
        """The whole round with the break on one leg."""
        hop = self.hops[leg]
        pause = pause_of(duty, hop)
        if pause is None:
            return None
        return joined(joined(self.before[leg], 0, pause), hop, self.after[leg + 1])


def pause_of(duty: Duty, hop: int) -> Segment | None:
    """The duty's break on a leg of ``hop`` seconds."""
    pause = duty.pause
    if pause is None:
        return None
    return pause_segment(pause.duration, pause.earliest, pause.latest, hop)


def owes_break(duty: Duty, seconds: int) -> bool:
    """True for a route so long that its shift's break is due."""
    return duty.pause is not None and seconds > duty.pause.after


def round_cost(crew: Crew, metres: int, start: int, end: int) -> int:
    """FORMATS' price of a route, in ``MONEY`` parts."""
    overtime = max(0, end - crew.duty.end)
    driven = metres * crew.per_metre + (end - start) * crew.per_second
    return crew.fixed + driven + overtime * crew.per_overtime_second
