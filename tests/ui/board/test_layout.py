import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.dispatch.picture import DriverLabel
from console.domain.plan import RouteId, StopId
from console.ui.board.faces import CardFace, LaneFace
from console.ui.board.layout import GUTTER, LANE, LANE_MIN, Column, Sizes, lane_at, lane_width

travels = st.lists(st.sampled_from([0, 0, 0, 15]), max_size=40)


def column(steps):
    cards = tuple(CardFace(StopId(f"s{i}"), str(i + 1), "x", travel=t) for i, t in enumerate(steps))
    return Column(LaneFace(RouteId("r"), DriverLabel(1, "A"), cards), Sizes())


@given(travels)
def test_cards_never_overlap_and_are_found_where_they_stand(steps):
    lane, sizes = column(steps), Sizes()
    for i in range(len(steps)):
        assert lane.card_at(lane.top(i)) == i
        assert lane.card_at(lane.top(i) + sizes.card - 1) == i
        assert lane.gap_top(i) <= lane.top(i)
        if i:
            assert lane.top(i) >= lane.top(i - 1) + sizes.card + sizes.gap
    assert lane.height >= lane.top(len(steps)) + sizes.foot


@given(travels, st.integers(-50, 3000))
def test_a_slot_is_always_a_place_in_the_lane(steps, y):
    lane = column(steps)
    slot = lane.slot_at(y)
    assert 0 <= slot <= len(steps)
    after = lane.after(slot, frozenset())
    assert lane.slot_behind(after) == slot


def test_the_upper_half_of_a_card_is_before_it():
    lane, sizes = column([0] * 4), Sizes()
    assert lane.slot_at(lane.top(2) + 5) == 2
    assert lane.slot_at(lane.top(2) + sizes.card - 5) == 3


def test_moving_cards_are_no_neighbours():
    lane = column([0] * 4)
    assert lane.after(3, frozenset({StopId("s2"), StopId("s1")})) == "s0"
    assert lane.after(1, frozenset({StopId("s0")})) is None


@given(st.integers(100, 4000), st.integers(1, 61))
def test_lanes_are_188_to_232_wide_and_whole(room, count):
    width = lane_width(room, count)
    assert LANE_MIN <= width <= LANE
    if count * (LANE + GUTTER) <= room:
        assert width == LANE


@pytest.mark.parametrize(("room", "count", "width"), [(1440, 11, 204), (1440, 4, 232)])
def test_widths_on_a_laptop(room, count, width):
    assert lane_width(room, count) == width


def test_lane_at():
    assert lane_at(0, 200, 3) == 0
    assert lane_at(201, 200, 3) == 1
    assert lane_at(603, 200, 3) is None


def test_only_cards_in_sight_are_spanned():
    lane, sizes = column([0] * 100), Sizes()
    seen = lane.span(0, 5 * (sizes.card + sizes.gap))
    assert len(seen) <= 7
