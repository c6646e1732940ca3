"""Where lanes and cards stand, in pixels of the whole board; no painting, no widget."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from console.domain.plan import StopId
from console.ui.board.faces import LaneFace

LANE, LANE_MIN = 232, 188
GUTTER = 1


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights in pixels, grown with the user's text size."""

    head: int = 56
    card: int = 44
    gap: int = 2
    travel: int = 12
    foot: int = 30
    pad: int = 4

    @classmethod
    def scaled(cls, scale: float) -> "Sizes":
        """The sizes at a text size (1.0 = 100 %)."""
        grown = [round(value * scale) for value in (56, 44, 2, 12, 30, 4)]
        return cls(*grown)

    def landing(self, count: int) -> int:
        """How far a lane opens for this many stops: at most three cards."""
        return min(3, count) * (self.card + self.gap)

    def lane(self, cards: int, gaps: int) -> int:
        """The height of a lane under its head; ``gaps`` of the cards come after a long drive."""
        start = self.pad if cards else self.pad + self.foot
        return start + cards * (self.card + self.gap) + gaps * self.travel + self.foot


class Column:
    """The cards of one lane from top to bottom; y is 0 under the head."""

    def __init__(self, face: LaneFace, sizes: Sizes) -> None:
        steps = (
            sizes.card + sizes.gap + (sizes.travel if card.travel else 0) for card in face.cards
        )
        start = sizes.pad if face.cards else sizes.pad + sizes.foot
        bottoms = list(accumulate(steps, initial=start))
        self._sizes = sizes
        self._bottoms = bottoms[1:]
        self.face = face
        self.index = {stop: i for i, stop in enumerate(face.stops)}
        self.height = bottoms[-1] + sizes.foot

    def top(self, i: int) -> int:
        """The top of card i; one past the last is where the foot begins."""
        if i >= len(self._bottoms):
            return self._bottoms[-1] if self._bottoms else self._sizes.pad
        return self._bottoms[i] - self._sizes.card - self._sizes.gap

    def gap_top(self, i: int) -> int:
        """Where the space before card i begins, long travel included."""
        return self._bottoms[i - 1] if 0 < i <= len(self._bottoms) else self._sizes.pad

    def card_at(self, y: int) -> int | None:
        """The card at this height."""
        i = bisect_right(self._bottoms, y)
        if i >= len(self._bottoms):
            return None
        top = self.top(i)
        return i if top <= y < top + self._sizes.card else None

    def slot_at(self, y: int) -> int:
        """Before which card a drop at this height lands."""
        i = bisect_right(self._bottoms, y)
        if i >= len(self._bottoms):
            return len(self._bottoms)
        return i if y < self.top(i) + self._sizes.card / 2 else i + 1

    def span(self, top: int, bottom: int) -> range:
        """The cards that touch these heights."""
        first = bisect_right(self._bottoms, top)
        last = bisect_right(self._bottoms, bottom)
        return range(first, min(last + 1, len(self._bottoms)))

    def after(self, slot: int, moving: frozenset[StopId]) -> StopId | None:
        """The last card before a slot that does not move itself."""
        before = [card.stop for card in self.face.cards[:slot] if card.stop not in moving]
        return before[-1] if before else None

    def slot_behind(self, stop: StopId | None) -> int:
        """The slot right behind a card; 0 for None."""
        return self.index[stop] + 1 if stop is not None and stop in self.index else 0


class Columns[K](dict[K, Column]):
    """Columns by lane, each made when it is first asked for: most lanes are out of sight."""

    def __init__(self, make: Callable[[K], Column]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, lane: K) -> Column:
        column = self[lane] = self._make(lane)
        return column


def lane_width(room: int, count: int, scale: float = 1.0) -> int:
    """The width of ``count`` lanes in ``room`` px: as many whole lanes as fit, 188 to 232 wide."""
    widest, narrowest = round(LANE * scale), round(LANE_MIN * scale)
    if count * (widest + GUTTER) <= room or room <= 0:
        return widest
    shown = min(count, max(1, room // (narrowest + GUTTER)))
    return max(narrowest, min(widest, room // shown - GUTTER))


def lane_at(x: int, width: int, count: int) -> int | None:
    """Which of the scrolled lanes stands at x; None beyond the last."""
    i = x // (width + GUTTER)
    return i if 0 <= i < count else None
