from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.geo import matrices
from console.geo.matrices import FILE, Cells, Manner, Point, TravelCache


class Roads:
    """Made-up travel times that depend on the two points alone; counts the cells it computes."""

    def __init__(self) -> None:
        self.cells = 0
        self.points: Sequence[Point] = ()

    def compute(self, origins: Sequence[int], targets: Sequence[int]) -> tuple[Cells, Cells]:
        self.cells += len(origins) * len(targets)
        rows = [[self._time(self.points[o], self.points[t]) for t in targets] for o in origins]
        seconds = np.array(rows, dtype=np.uint32).reshape(len(origins), len(targets))
        return seconds, seconds * 10

    def ask(self, cache: TravelCache, points: Sequence[Point]) -> matrices.Square:
        self.points = points
        return cache.complete(points, "car", self.compute)

    @staticmethod
    def _time(origin: Point, target: Point) -> int:
        return abs(origin[0] - target[0]) + 3 * max(0, target[1] - origin[1])


points = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=10, unique=True
)  # few, so that they meet again


@given(st.lists(points, max_size=8))
def test_whatever_was_asked_before_the_answer_is_right(asked: list[list[Point]]) -> None:
    cache = TravelCache(None)
    for some in asked:
        square = Roads().ask(cache, some)
        assert square.points == tuple(some)
        roads = Roads()
        roads.points = some
        fresh, _ = roads.compute(range(len(some)), range(len(some)))
        assert (square.seconds == fresh).all()
        assert (square.metres == 10 * fresh).all()


def test_only_what_is_new_is_computed() -> None:
    cache, roads = TravelCache(None), Roads()
    many = [(i, i) for i in range(100)]
    roads.ask(cache, many)
    roads.cells = 0
    roads.ask(cache, [*many, (200, 1), (201, 1)])
    assert roads.cells == 2 * 102 + 100 * 2
    roads.cells = 0
    roads.ask(cache, many[::-1])
    assert roads.cells == 0


def test_matrices_survive_a_restart(tmp_path: Path) -> None:
    before = Roads().ask(TravelCache(tmp_path), [(1, 2), (3, 4), (-5, 6)])
    roads = Roads()
    after = roads.ask(TravelCache(tmp_path), [(3, 4), (-5, 6)])
    assert roads.cells == 0
    assert (after.seconds == before.seconds[1:, 1:]).all()


def test_what_was_used_longest_ago_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrices, "ROOM", 5 * 4 * 8)  # five squares of two points
    cache, roads = TravelCache(tmp_path), Roads()
    for i in range(20):
        roads.ask(cache, [(i, 0), (i, 1)])
        roads.ask(cache, [(0, 0), (0, 1)])  # used again and again
    roads.cells = 0
    roads.ask(cache, [(19, 1), (19, 0)])
    roads.ask(cache, [(0, 1), (0, 0)])
    assert roads.cells == 0
    roads.ask(cache, [(5, 1), (5, 0)])
    assert roads.cells == 4
    huge = [(100, i) for i in range(9)]
    roads.ask(cache, huge)
    roads.cells = 0
    roads.ask(cache, huge)
    assert roads.cells == 0
    cache.close()


def test_pairs_come_from_many_days() -> None:
    cache, roads = TravelCache(None), Roads()
    roads.ask(cache, [(1, 1), (1, 2), (1, 3)])
    roads.ask(cache, [(2, 1), (2, 2), (1, 3)])
    roads.ask(cache, [(1, 1), (2, 1)])
    roads.cells = 0
    roads.ask(cache, [(1, 1), (1, 2), (2, 1), (2, 2)])
    assert roads.cells == 2 * 2 * 2 - 2  # between the days, but for the pair of the third


def test_many_small_steps_are_put_together(tmp_path: Path) -> None:
    cache, roads = TravelCache(tmp_path), Roads()
    points = [(i, i * i) for i in range(60)]
    for upto in range(1, len(points) + 1):
        roads.ask(cache, points[:upto])
    assert roads.cells == len(points) ** 2
    assert len(cache._known("car")) <= matrices._PIECES + 1
    cache.close()


def test_two_consoles_share_what_they_computed(tmp_path: Path) -> None:
    one, other, roads = TravelCache(tmp_path), TravelCache(tmp_path), Roads()
    roads.ask(other, [(9, 9)])
    roads.ask(one, [(1, 2), (3, 4)])
    roads.cells = 0
    roads.ask(other, [(3, 4), (1, 2)])
    assert roads.cells == 0
    one.close()
    other.close()


def test_what_is_lost_is_asked_again() -> None:
    cache, roads = TravelCache(None), Roads()
    roads.points = [(1, 2), (3, 4), (5, 6)]
    lost: set[int] = set()

    def compute(origins: Sequence[int], targets: Sequence[int]) -> tuple[Cells, Cells]:
        lost.add(1)
        return roads.compute(origins, targets)

    cache.complete(roads.points, "car", compute, lost)
    roads.cells = 0
    roads.ask(cache, [(1, 2), (5, 6)])
    assert roads.cells == 0
    roads.ask(cache, [(1, 2), (3, 4), (5, 6)])
    assert roads.cells == 3 + 2


def test_profiles_have_times_of_their_own() -> None:
    cache, roads = TravelCache(None), Roads()
    roads.points = [(1, 2), (3, 4)]
    cache.complete(roads.points, "car", roads.compute)
    cache.complete(roads.points, "truck", roads.compute)
    assert roads.cells == 8


def test_what_fails_on_the_way_leaves_nothing_half(tmp_path: Path) -> None:
    cache, roads = TravelCache(tmp_path), Roads()

    def stopped(origins: Sequence[int], targets: Sequence[int]) -> tuple[Cells, Cells]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.complete([(1, 2), (3, 4)], "car", stopped)
    assert roads.ask(cache, [(1, 2), (3, 4)]).seconds.shape == (2, 2)
    assert roads.cells == 4
    cache.close()


@pytest.mark.parametrize("stop_after", [1, 2, 5, 6, 8])
def test_what_was_called_off_goes_on_where_it_was(tmp_path: Path, stop_after: int) -> None:
    """12 x 12 in 9 pieces of 4 x 4, band by band of columns."""
    cache, roads = TravelCache(tmp_path), Roads()
    roads.points = [(i, 2 * i) for i in range(12)]
    told: list[float] = []

    def cut(rows: int, columns: int) -> Iterator[tuple[slice, slice]]:
        for left in range(0, columns, 4):
            for top in range(0, rows, 4):
                yield slice(top, top + 4), slice(left, left + 4)

    def tell(share: float) -> None:
        told.append(share)
        if len(told) > stop_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.complete(roads.points, "car", roads.compute, (), Manner(cut, tell))
    assert told == pytest.approx([i / 9 for i in range(stop_after + 1)])
    assert roads.cells == 16 * stop_after
    roads.ask(cache, roads.points)
    assert roads.cells == 144
    cache.close()


def test_a_damaged_file_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 1000)
    roads = Roads()
    assert roads.ask(TravelCache(tmp_path), [(1, 2), (3, 4)]).seconds.shape == (2, 2)
    assert roads.cells == 4
    roads.ask(TravelCache(tmp_path), [(1, 2), (3, 4)])
    assert roads.cells == 4


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    cache = TravelCache(tmp_path / "gone")
    assert Roads().ask(cache, [(1, 2)]).seconds.tolist() == [[0]]
