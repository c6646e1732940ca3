"""Who searches when: the order of engines in a run."""

from dataclasses import dataclass

from console.planning.run import Terms
from console.planning.standing import Standing

FIRST_PLAN = 2.0  # seconds for a first plan by insertion


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
        return Assignment("insertion", left) if turn == 0 else None
