"""A debrief as it is printed: everything said already, so that paper needs to know no plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from console.domain.places import Coordinate

Bent = tuple[int, tuple[Coordinate, ...]]
"""A driver's number and where she goes, stop by stop."""


@dataclass(frozen=True, slots=True)
class StepPaper:
    """One decision: what it was, and the better one beside it; both as they lie on the map."""

    head: str
    sentences: tuple[tuple[str, str], ...]
    is_bad: bool
    did: tuple[Bent, ...] = ()
    better: tuple[Bent, ...] = ()


@dataclass(frozen=True, slots=True)
class DebriefPaper:
    """``scores`` are name, figure and what it says; ``whole`` is 0 to 100."""

    title: str
    trainee: str
    day: str
    whole: float
    scores: Sequence[tuple[str, float, str]]
    goals: Sequence[str]
    steps: Sequence[StepPaper]
    words: Mapping[str, str] = field(default_factory=dict[str, str])
