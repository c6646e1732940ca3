"""Who searches when: the order of engines in a run.

The first seat makes a first plan by insertion at once. Then every seat lets PyVRP search from
nothing with a seed of its own, so that they differ. Near the end the first seat combines all good
rounds anew with CP-SAT, OR-Tools' routing solver and the console's own engine, which knows breaks
exactly, polish the best.
"""

from dataclasses import dataclass

from console.planning.run import Terms
from console.planning.standing import Standing

SEARCH = 0.72  # share of the time for PyVRP; what follows works on what it found
COMBINE = 0.08
POLISH = 0.10
LEAST = 0.5  # seconds below which a piece of work is not worth giving


@dataclass(frozen=True, slots=True)
class Assignment:
    """An engine, its seconds, and whether it starts from the best plan and needs the pool."""

    engine: str
    seconds: float
    from_best: bool = True
    with_pool: bool = False


class Relay:
    """Hands out work to seats, one child process each."""

    def __init__(self, terms: Terms, seats: int) -> None:
        self._terms = terms
        self._seats = seats
        self._given = [0] * seats

    def next(self, seat: int, standing: Standing) -> Assignment | None:
        """What this seat does now; None when there is nothing more to do."""
        left = self._terms.seconds - standing.elapsed
        if left <= 0:
            return None
        turn, self._given[seat] = self._given[seat], self._given[seat] + 1
        if self._terms.engine:
            return Assignment(self._terms.engine, left) if turn == 0 and seat == 0 else None
        return self._lone(turn, left) if self._seats == 1 else self._turn(seat, turn, standing)

    def _turn(self, seat: int, turn: int, standing: Standing) -> Assignment:
        whole, gone = self._terms.seconds, standing.elapsed
        left = whole - gone
        if seat == 0 and turn == 0:
            return Assignment("insertion", min(left, 0.02 * whole))
        until_combining = SEARCH * whole - gone
        if until_combining > LEAST:
            return Assignment("pyvrp", until_combining, from_best=turn > 1)
        until_polish = (1 - POLISH) * whole - gone
        if until_polish > LEAST and seat == 0:
            return Assignment("recombination", COMBINE * whole, with_pool=True)
        if until_polish > LEAST:
            return Assignment("ortools", until_polish)
        return Assignment("insertion" if seat % 2 else "ortools", left)

    def _lone(self, turn: int, left: float) -> Assignment:
        """One seat does everything, one after the other."""
        shares = (("insertion", 0.02), ("pyvrp", SEARCH), ("recombination", 0.4), ("ortools", 0.5))
        if turn >= len(shares):
            return Assignment("insertion", left)
        engine, share = shares[turn]
        return Assignment(engine, share * left, from_best=turn != 1, with_pool=turn == 2)  # noqa: PLR2004
