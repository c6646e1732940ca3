# pyright: basic
"""Loads in OR-Tools' model, dimension by dimension.

- Of a crew that loads once: what is on board. It leaves with all that it brings from the depot, so
  what is on board at the start equals the sum of that at the end. Where nothing is collected, that
  sum is enough.
- Of a crew that may load again: what was brought and collected since. Loading takes it back to
  nothing; there alone the sum may jump. A trip on which both are much never is too much in truth
  where it is not here.
"""

from collections.abc import Sequence
from typing import Any

from console.planning.ortools_nodes import Nodes
from console.planning.problem import UNLIMITED

_FROM_ZERO = True


def limit_loads(routing: Any, manager: Any, nodes: Nodes) -> None:
    """Add the dimensions that could be exceeded."""
    crews = nodes.problem.crews
    for dimension in range(4):
        limits = [max(0, c.capacity[dimension] - c.aboard[dimension]) for c in crews]
        told = [nodes.problem.demands[i] for i in nodes.demands]
        given = [d.load[dimension] - d.fetched[dimension] for d in told]
        collected = [d.collected[dimension] for d in told]
        if sum(given) + sum(collected) <= min(limits):
            continue
        once = [UNLIMITED if c.reloads else at for at, c in zip(limits, crews, strict=True)]
        if any(collected):
            change = [c - d.load[dimension] for c, d in zip(collected, told, strict=True)]
            aboard = [c.aboard[dimension] for c in crews]
            whole = [min(UNLIMITED, a + b) for a, b in zip(once, aboard, strict=True)]
            _limit_board(routing, nodes, (given, change), (aboard, whole))
        else:
            _limit_sum(routing, nodes, given, once)
        if nodes.loading:
            moved = [a + b for a, b in zip(given, collected, strict=True)]
            often = [at if c.reloads else UNLIMITED for at, c in zip(limits, crews, strict=True)]
            _limit_trips(routing, manager, nodes, moved, often)


def _padded(nodes: Nodes, numbers: Sequence[int]) -> list[int]:
    return [*numbers, *[0] * (nodes.count - len(numbers))]


def _limit_sum(routing: Any, nodes: Nodes, given: list[int], limits: list[int]) -> None:
    vector = routing.RegisterUnaryTransitVector(_padded(nodes, given))
    routing.AddDimensionWithVehicleCapacity(vector, 0, limits, _FROM_ZERO, f"sum{vector}")


def _limit_trips(
    routing: Any, manager: Any, nodes: Nodes, moved: list[int], limits: list[int]
) -> None:
    numbers = _padded(nodes, moved)
    wide = [max(at, _heaviest(nodes, numbers, k)) for k, at in enumerate(limits)]
    for n, k in enumerate(nodes.loading):
        numbers[nodes.first_loading + n] = -wide[k]
    vector = routing.RegisterUnaryTransitVector(numbers)
    name = f"trips{vector}"
    routing.AddDimensionWithVehicleCapacity(vector, max(wide), wide, _FROM_ZERO, name)
    sums = routing.GetDimensionOrDie(name)
    for n in range(len(nodes.demands)):
        sums.SlackVar(manager.NodeToIndex(n)).SetValue(0)
    for k in range(len(limits)):
        sums.SlackVar(routing.Start(k)).SetValue(0)


def _heaviest(nodes: Nodes, numbers: Sequence[int], k: int) -> int:
    """What the heaviest trip of the start's round moves."""
    most = trip = 0
    for node in nodes.drives[k].nodes:
        trip = 0 if node >= nodes.first_loading else trip + numbers[node]
        most = max(most, trip)
    return most


def _limit_board(
    routing: Any,
    nodes: Nodes,
    loads: tuple[list[int], list[int]],
    crews: tuple[list[int], list[int]],
) -> None:
    """``loads``: what is given of what was loaded, and by how much what is on board changes.

    ``crews``: what each has on board before anything is loaded, and how much it can hold.
    """
    given, change = loads
    before, limits = crews
    board = routing.RegisterUnaryTransitVector(_padded(nodes, change))
    routing.AddDimensionWithVehicleCapacity(board, 0, limits, not _FROM_ZERO, f"board{board}")
    sums = routing.RegisterUnaryTransitVector(_padded(nodes, given))
    routing.AddDimension(sums, 0, max(sum(given), 1), _FROM_ZERO, f"given{sums}")
    on_board = routing.GetDimensionOrDie(f"board{board}")
    brought = routing.GetDimensionOrDie(f"given{sums}")
    for k in range(len(limits)):
        begins, ends = on_board.CumulVar(routing.Start(k)), brought.CumulVar(routing.End(k))
        routing.solver().Add(begins == ends + before[k])
