"""Where demands go in rich problems, of which sums of segments do not tell the truth.

The exact evaluator is asked place by place; where there are too many, the compiled search inserts
them at once. What brings goods that another demand collects goes on a round together with it, so
nothing is ever torn apart.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from console.planning.kernel.machine import Machine
from console.planning.problem import UNLIMITED, Demand, Problem
from console.planning.rounds import Evaluator
from console.planning.score import score

Stopped = Callable[[], bool]
Unit = tuple[int, ...]
"""Demands that go together, what collects before what brings."""

SHORT = 10  # stops up to which every pair of places is tried for a pair of demands
PLACES = 8  # places of the first of a pair that are tried in longer rounds


@dataclass(frozen=True, slots=True)
class Offer:
    """What a round with a unit in it comes to: the added cost, the promises broken, the order."""

    cost: int
    broken: int
    order: tuple[int, ...]


class Filling:
    """Inserts units by regret: first where the second-best crew would cost most more."""

    def __init__(self, evaluator: Evaluator, routes: list[list[int]]) -> None:
        self._evaluator = evaluator
        self._problem = evaluator.problem
        self._routes = routes

    def fill(self, waiting: Iterable[int], stopped: Stopped) -> list[int]:
        """Insert into the rounds in place; answers what fits nowhere, or is not worth its cost.

        What has to go along with one of ``waiting`` is inserted with it. Where a whole unit fits
        nowhere, its members are tried one by one.
        """
        wanted = list(waiting)
        left = self._insert(units_of(self._problem, wanted, self._placed()), stopped)
        torn = [unit for unit in left if len(unit) > 1]
        if torn:
            self._insert([(i,) for unit in torn for i in unit], stopped)
        placed = self._placed()
        return [i for i in wanted if i not in placed]

    def _placed(self) -> set[int]:
        return {i for order in self._routes for i in order}

    def _insert(self, units: list[Unit], stopped: Stopped) -> list[Unit]:
        crews = range(len(self._routes))
        offers: list[list[Offer | None]] = []
        for unit in units:
            if stopped():
                return units
            offers.append([self._offer(crew, unit) for crew in crews])
        left = list(units)
        while left and not stopped():
            pick = self._most_urgent(left, offers)
            if pick is None:
                break
            crew, offer = _cheapest(offers[pick])
            self._routes[crew][:] = offer.order
            del left[pick], offers[pick]
            for unit, row in zip(left, offers, strict=True):
                row[crew] = self._offer(crew, unit)
        return left

    def _most_urgent(
        self, units: Sequence[Unit], offers: Sequence[Sequence[Offer | None]]
    ) -> int | None:
        """The unit with the greatest regret; of equals the dearest. None when nothing fits."""
        best: tuple[int, int, int] | None = None
        for n, (unit, row) in enumerate(zip(units, offers, strict=True)):
            costs = sorted(offer.cost for offer in row if offer is not None)
            if not costs or not self._is_worth(unit, costs[0]):
                continue
            regret = costs[1] - costs[0] if len(costs) > 1 else UNLIMITED << 20
            if best is None or (regret, costs[0]) > best[:2]:
                best = (regret, costs[0], n)
        return None if best is None else best[2]

    def _is_worth(self, unit: Unit, cost: int) -> bool:
        demands = [self._problem.demands[i] for i in unit]
        must = any(any(demand.orders) for demand in demands)
        return must or cost < sum(demand.skip for demand in demands)

    def _offer(self, crew: int, unit: Unit) -> Offer | None:
        """The cheapest way to take a unit into one round."""
        demands = self._problem.demands
        if any(crew not in demands[i].crews for i in unit):
            return None
        present = self._routes[crew]
        now = self._evaluator.round(crew, present)
        if now is None:
            return None
        allowed = self._promises_left(crew)
        best: Offer | None = None
        for order in _orders(self._evaluator, crew, present, unit):
            found = self._evaluator.round(crew, order)
            if found is None or found.promises > allowed:
                continue
            if best is None or found.cost - now.cost < best.cost:
                best = Offer(found.cost - now.cost, found.promises, tuple(order))
        return best

    def _promises_left(self, crew: int) -> int:
        """How many promises the round may break without breaking more than is allowed."""
        if self._problem.most_broken >= UNLIMITED:
            return UNLIMITED
        rounds = [self._evaluator.round(k, order) for k, order in enumerate(self._routes)]
        broken = [0 if each is None else each.promises for each in rounds]
        elsewhere = sum(broken) - broken[crew]
        return max(broken[crew], self._problem.most_broken - elsewhere)


_machines: WeakKeyDictionary[Evaluator, Machine] = WeakKeyDictionary()


def filled_at_once(evaluator: Evaluator, routes: Sequence[Sequence[int]]) -> list[list[int]]:
    """The rounds with all that the compiled search can insert; as they were where it fails."""
    machine = _machines.get(evaluator)
    if machine is None:
        machine = _machines[evaluator] = Machine(evaluator.problem, 0)
    machine.go_to(routes)
    machine.fill()
    if score(evaluator, machine.best) < score(evaluator, routes):
        return [list(order) for order in machine.best]
    return [list(order) for order in routes]


def _cheapest(row: Sequence[Offer | None]) -> tuple[int, Offer]:
    return min(
        ((crew, offer) for crew, offer in enumerate(row) if offer is not None),
        key=lambda each: each[1].cost,
    )


def _orders(
    evaluator: Evaluator, crew: int, order: Sequence[int], unit: Unit
) -> Iterator[list[int]]:
    """The ways to put a unit into an order that are worth a try."""
    first, *others = unit
    if not others:
        yield from _with(order, first, 0)
        return
    several = list(_with(order, first, 0))
    if len(order) > SHORT or len(others) > 1:
        several = _cheaper(evaluator, crew, several, PLACES)
    for i in others[:-1]:
        longer = [
            each for order in several for each in _with(order, i, _begin(evaluator, order, i))
        ]
        several = _cheaper(evaluator, crew, longer, PLACES)
    for longer in several:
        yield from _with(longer, others[-1], _begin(evaluator, longer, others[-1]))


def _with(order: Sequence[int], demand: int, begin: int) -> Iterator[list[int]]:
    for at in range(begin, len(order) + 1):
        yield [*order[:at], demand, *order[at:]]


def _begin(evaluator: Evaluator, order: Sequence[int], demand: int) -> int:
    """The first place behind all that collects for it."""
    sources = {source for source, _ in evaluator.problem.demands[demand].brings}
    return max((at + 1 for at, i in enumerate(order) if i in sources), default=0)


def _cheaper(
    evaluator: Evaluator, crew: int, orders: Sequence[list[int]], count: int
) -> list[list[int]]:
    priced = [(evaluator.cost(crew, order), order) for order in orders]
    priced = [(cost, order) for cost, order in priced if cost is not None]
    return [order for _, order in sorted(priced)[:count]]


def units_of(problem: Problem, wanted: Iterable[int], placed: set[int]) -> list[Unit]:
    """Demands grouped with all that is on no round and brings or collects the same goods."""
    demands = problem.demands
    linked: dict[int, set[int]] = {}
    for i, demand in enumerate(demands):
        for source, _ in demand.brings:
            if i not in placed and source not in placed:
                linked.setdefault(i, set()).add(source)
                linked.setdefault(source, set()).add(i)
    units: list[Unit] = []
    seen: set[int] = set()
    for i in wanted:
        if i not in seen and i not in placed:
            units.append(_in_order(demands, _reached(linked, i)))
            seen.update(units[-1])
    return units


def _reached(linked: dict[int, set[int]], start: int) -> set[int]:
    found, edge = {start}, [start]
    while edge:
        fresh = linked.get(edge.pop(), set()) - found
        found |= fresh
        edge += fresh
    return found


def _in_order(demands: Sequence[Demand], members: set[int]) -> Unit:
    """What collects before what brings; of a circle, any order."""
    left, found = sorted(members), list[int]()
    while left:
        ready = [i for i in left if not any(source in left for source, _ in demands[i].brings)]
        found += ready or left
        left = [i for i in left if i not in found]
    return tuple(found)
