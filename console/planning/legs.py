"""The legs of rounds as arrays: what is before and behind each, with and without the break."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from console.domain.segments import UNLIMITED, Segment
from console.planning.problem import Crew
from console.planning.rounds import NO_LEG, Evaluator, Line

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_NO_BREAK: Segment = (0, UNLIMITED, 0, 0)  # a segment that is always late


class Segments(NamedTuple):
    """Many segments at once; shapes broadcast."""

    duration: Ints
    warp: Ints
    earliest: Ints
    latest: Ints

    def then(self, hop: Ints, other: "Segments") -> "Segments":
        """Join with travel between, as ``segments.joined``."""
        spent = self.duration - self.warp + hop
        reach = other.earliest - spent
        wait = np.maximum(reach - self.latest, 0)
        late = np.maximum(self.earliest + spent - other.latest, 0)
        return Segments(
            self.duration + other.duration + hop + wait,
            self.warp + other.warp + late,
            np.maximum(reach, self.earliest) - wait,
            np.minimum(other.latest - spent, self.latest) + late,
        )

    def at(self, chosen: Ints) -> "Segments":
        """Only the chosen ones of a row of segments."""
        return Segments(*(column[chosen] for column in self))

    def better(self, other: "Segments") -> "Segments":
        """Element by element the less late, then the shorter."""
        mine = (self.warp < other.warp) | (
            (self.warp == other.warp) & (self.duration <= other.duration)
        )
        return Segments(*(np.where(mine, a, b) for a, b in zip(self, other, strict=True)))


def stacked(segments: Sequence[Segment]) -> Segments:
    """Columns of a list of segments."""
    table = np.array(segments, dtype=np.int64).reshape(-1, 4)
    return Segments(*(np.ascontiguousarray(column) for column in table.T))


@dataclass(frozen=True, slots=True)
class Legs:
    """Every leg of some rounds: arrays with one entry per leg, in the rounds' order.

    ``position`` counts within the round. ``ahead`` and ``behind`` are the round before and after
    the leg; the ``broken`` ones have the break where it is best, unless ``here``: on this leg.
    """

    crew: Ints
    position: Ints
    origin: Ints
    target: Ints
    ahead: Segments
    behind: Segments
    broken_ahead: Segments
    broken_behind: Segments
    here: Flags

    @classmethod
    def together(cls, parts: Sequence["Legs"]) -> "Legs":
        """All legs of several."""

        def columns(name: str) -> Ints:
            return np.concatenate([getattr(part, name) for part in parts])

        def segments(name: str) -> Segments:
            several = [getattr(part, name) for part in parts]
            return Segments(*(np.concatenate(column) for column in zip(*several, strict=True)))

        return cls(
            crew=columns("crew"),
            position=columns("position"),
            origin=columns("origin"),
            target=columns("target"),
            ahead=segments("ahead"),
            behind=segments("behind"),
            broken_ahead=segments("broken_ahead"),
            broken_behind=segments("broken_behind"),
            here=np.concatenate([part.here for part in parts]),
        )


class _Ends(NamedTuple):
    rows: list[int]
    ahead: list[Segment]
    behind: list[Segment]
    broken_ahead: list[Segment]
    broken_behind: list[Segment]
    leg: int


def legs_of(evaluator: Evaluator, rounds: Sequence[tuple[int, Sequence[int]]]) -> Legs:
    """The legs of rounds given as (crew, order)."""
    ends = [_ends(evaluator, evaluator.problem.crews[c], order) for c, order in rounds]
    lengths = [len(end.ahead) for end in ends]
    return Legs(
        crew=np.repeat(np.array([c for c, _ in rounds], dtype=np.int64), lengths),
        position=np.array([i for n in lengths for i in range(n)], dtype=np.int64),
        origin=np.array([row for end in ends for row in end.rows[:-1]], dtype=np.int64),
        target=np.array([row for end in ends for row in end.rows[1:]], dtype=np.int64),
        ahead=stacked([s for end in ends for s in end.ahead]),
        behind=stacked([s for end in ends for s in end.behind]),
        broken_ahead=stacked([s for end in ends for s in end.broken_ahead]),
        broken_behind=stacked([s for end in ends for s in end.broken_behind]),
        here=np.array([i == e.leg for e in ends for i in range(len(e.ahead))], dtype=np.bool_),
    )


def _ends(evaluator: Evaluator, crew: Crew, order: Sequence[int]) -> _Ends:
    line = Line(evaluator, crew, order)
    line.join_from_behind()
    ahead, behind = line.before[:-1], line.after[1:]
    rows = evaluator.rows(crew, order)
    found = line.with_break(crew.duty) if crew.duty.pause else None
    if found is None:
        nowhere = [_NO_BREAK] * len(ahead)
        return _Ends(rows, ahead, behind, nowhere, nowhere, NO_LEG)
    broken_ahead, broken_behind = line.around_break(crew.duty, found[2])
    return _Ends(rows, ahead, behind, broken_ahead, broken_behind, found[2])
