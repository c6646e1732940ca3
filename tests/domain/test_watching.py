"""Visits from fixes: gaps, jumps, coarse and late ones; where a fix is on a line."""

import itertools
import random

import pytest

from console.domain.places import Coordinate
from console.domain.plan import StopId
from console.domain.watching import Came, Fence, Fix, Line, Plane, Watch

A, B, C = (Fence(StopId(name), ((1000.0 * i, 0.0),)) for i, name in enumerate("abc"))


def standing(x: float, begin: float, end: float, *, every: float = 10) -> list[Fix]:
    dice = random.Random(begin)
    n = int((end - begin) / every) + 1
    return [Fix(begin + i * every, (x + dice.gauss(0, 8), dice.gauss(0, 8))) for i in range(n)]


def driving(x0: float, x1: float, begin: float, end: float, *, every: float = 10) -> list[Fix]:
    n = int((end - begin) / every)
    return [Fix(begin + i * every, (x0 + (x1 - x0) * i / n, 3.0)) for i in range(n)]


DRIVE = [*driving(-1000, 0, 0, 100), *standing(0, 100, 300), *driving(100, 1000, 310, 400)]


def watched(fixes: list[Fix], fences: tuple[Fence, ...] = (A, B, C)) -> list[Came]:
    watch = Watch(fences)
    return [came for fix in fixes for came in watch.see(fix)]


def test_a_visit_begins_in_the_fence_and_ends_outside() -> None:
    came = watched([*DRIVE, *standing(1000, 400, 420)])
    assert [(each.stop, each.is_left) for each in came] == [("a", False), ("a", True)]
    assert came[0].at == pytest.approx(100, abs=5)
    assert came[1].at == pytest.approx(310, abs=10)


def test_passing_by_is_no_visit() -> None:
    assert watched(driving(-1000, 3000, 0, 400)) == []


def test_waiting_at_a_light_near_a_later_stop_is_no_visit_but_a_long_stay_is() -> None:
    assert watched(standing(2000, 0, 100)) == []
    assert watched(standing(2000, 0, 200)) == [Came(StopId("c"), 0)]


def test_a_stray_fix_does_not_end_a_visit() -> None:
    fixes = sorted([*standing(0, 0, 200), Fix(105, (260.0, 0.0))])
    assert [each.is_left for each in watched(fixes)] == [False]


def test_a_jump_no_van_can_make_does_not_count_but_a_new_place_does_at_last() -> None:
    fixes = [*standing(0, 0, 100), Fix(105, (9000.0, 0.0)), *standing(0, 110, 200)]
    assert [each.is_left for each in watched(fixes)] == [False]
    far = Fence(StopId("far"), ((90_000.0, 0.0),))
    fixes = [*standing(-5000, 0, 50), *standing(90_000, 60, 200)]
    assert watched(fixes, (far,)) == [Came(StopId("far"), 80)]


def test_coarse_fixes_say_nothing() -> None:
    assert watched([Fix(10.0 * i, (0.0, 0.0), accuracy=400) for i in range(30)]) == []


def test_silence_within_a_fence_is_one_stay() -> None:
    fixes = [*standing(0, 100, 110), *standing(0, 900, 910)]
    assert watched(fixes) == [Came(StopId("a"), 100)]


def test_fixes_that_come_late_are_put_where_they_belong() -> None:
    whole = watched(DRIVE)
    held, rest = DRIVE[8:25], [*DRIVE[:8], *DRIVE[25:]]
    assert whole[0] not in watched(rest)
    assert set(whole) <= set(watched([*rest, *held]))
    assert watched([*rest, *rest]) == watched(rest)


def test_what_is_done_is_not_come_to_again() -> None:
    watch = Watch((A, B))
    told = [came for fix in standing(0, 0, 60) for came in watch.see(fix)]
    assert told == [Came(StopId("a"), 0)]
    watch.expect((B,))
    assert [c for fix in standing(0, 70, 200) for c in watch.see(fix)] == []


def test_a_line_is_matched_near_where_one_was() -> None:
    there_and_back = Line([(0, 0), (1000, 0), (1000, 20), (0, 20)])
    assert there_and_back.metres == 2020
    out = there_and_back.match((300, 11), along=250)
    assert out is not None
    assert out.off <= 11
    on_the_way_back = there_and_back.match((300, 19), along=1650)
    assert on_the_way_back is not None
    assert (on_the_way_back.along, on_the_way_back.heading) == (1720, 270)
    assert there_and_back.match((300, 500)) is None
    assert Line([(0, 0)]).match((0, 0)) is None
    assert there_and_back.nearest((300, -400)) == (300, 0)


def test_a_plane_leads_there_and_back() -> None:
    plane = Plane(54.76, 13.09)
    for lat, lon in itertools.product((54.7, 54.8), (13.0, 13.2)):
        there = plane.point(plane.xy(Coordinate(lat, lon)))
        assert there.metres_to(Coordinate(lat, lon)) < 0.01


def test_late_fixes_come_to_the_same_one_by_one_and_together() -> None:
    early, late = DRIVE[:8] + DRIVE[20:], DRIVE[8:20]
    together = Watch((A, B, C))
    came = [*together.see(*early), *together.see(*late)]
    apart = Watch((A, B, C))
    alone = [each for fix in [*early, *late] for each in apart.see(fix)]
    assert set(came) == set(alone)
    assert together.last == apart.last
    assert Watch((A, B, C)).see(*reversed(DRIVE)) == watched(DRIVE)


def test_a_long_line_is_matched_as_if_every_part_was_looked_at() -> None:
    dice = random.Random(4)
    points = [(0.0, 0.0)]
    for _ in range(700):
        points.append((points[-1][0] + dice.gauss(12, 40), points[-1][1] + dice.gauss(0, 40)))
    points[100:100] = [points[100]] * 3  # a stop is in it twice, as legs meet there
    whole, parts = Line(points), [Line(points[i : i + 2]) for i in range(len(points) - 1)]
    for _ in range(40):
        x, y = dice.choice(points)
        xy = (x + dice.gauss(0, 60), y + dice.gauss(0, 60))
        offs = [found.off for part in parts if (found := part.match(xy)) is not None]
        matched = whole.match(xy, whole.metres * dice.random())
        far = whole._nearest(xy, 0.0, whole.metres)
        assert (matched is None) == (not offs)
        assert far is not None
        if offs:
            assert far.off == pytest.approx(min(offs))
