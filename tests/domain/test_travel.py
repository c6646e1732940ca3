"""Travel by time of day: leaving later never arrives earlier, and the way back is exact."""

from array import array
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import ConsoleError
from console.domain.places import PlaceId
from console.domain.travel import UNREACHABLE, Slice, TravelMatrix, empty_matrix

PLACES = (PlaceId("a"), PlaceId("b"))


def one_leg(whole: int, slices: list[tuple[int, int]]) -> TravelMatrix:
    """Two places; only the leg from a to b counts."""
    return TravelMatrix(
        PLACES,
        array("I", [0, whole, whole, 0]),
        array("I", [0, 900, 900, 0]),
        slices=tuple(Slice(begins, array("I", [0, cell, cell, 0])) for begins, cell in slices),
    )


@st.composite
def legs(draw: st.DrawFn) -> TravelMatrix:
    begins = sorted(draw(st.lists(st.integers(0, 2000), max_size=5, unique=True)))
    cells = st.integers(0, 900)
    return one_leg(draw(cells), [(at, draw(cells)) for at in begins])


@given(legs(), st.integers(-500, 3000), st.integers(0, 500))
def test_leaving_later_never_arrives_earlier(matrix: TravelMatrix, leave: int, later: int) -> None:
    assert matrix.arrival(0, 1, leave) >= leave
    assert matrix.arrival(0, 1, leave + later) >= matrix.arrival(0, 1, leave)


@given(legs(), st.integers(-500, 4000))
def test_departure_is_the_latest_that_arrives_in_time(matrix: TravelMatrix, arrive: int) -> None:
    leave = matrix.departure(0, 1, arrive)
    assert matrix.arrival(0, 1, leave) <= arrive
    assert matrix.arrival(0, 1, leave + 1) > arrive


def test_distance_is_consumed_slice_by_slice() -> None:
    """Half the way at 100 s, the other half at 300 s."""
    matrix = one_leg(100, [(1000, 300)])
    assert matrix.arrival(0, 1, 950) == 1150
    assert matrix.departure(0, 1, 1150) == 950
    assert matrix.arrival(0, 1, 1000) == 1300
    assert matrix.arrival(0, 1, 900) == 1000


def test_each_profile_has_its_own_travel() -> None:
    truck = replace(one_leg(200, [(1000, 300)]), profile="truck")
    matrix = replace(one_leg(100, []), others={"truck": truck})
    assert matrix.of("car") is matrix
    assert matrix.of("truck") is truck
    assert matrix.of("sledge") is matrix
    with pytest.raises(ValueError, match="same places"):
        replace(matrix, others={"truck": empty_matrix("truck")})


def test_a_pace_scales_durations_once() -> None:
    matrix = replace(one_leg(101, [(1000, 300)]), others={"truck": one_leg(200, [])})
    matrix.durations[2] = UNREACHABLE
    slow = matrix.of("car", 1.5)
    assert list(slow.durations) == [0, 152, UNREACHABLE, 0]
    assert slow.slices[0].durations[1] == 450
    assert slow.distances is matrix.distances
    assert matrix.of("car", 1.5) is slow
    assert matrix.of("truck", 1.5).durations[1] == 300
    assert matrix.of("sledge", 1.5).durations[1] == 152


def test_by_names() -> None:
    matrix = one_leg(100, [])
    assert matrix.metres(*PLACES) == 900
    assert matrix.seconds(*PLACES, datetime(2026, 11, 23, tzinfo=UTC)) == 100
    with pytest.raises(ConsoleError, match="Travel times") as caught:
        matrix.metres(PLACES[0], PlaceId("nowhere"))
    assert caught.value.remedy


def test_a_matrix_has_a_cell_for_every_pair() -> None:
    with pytest.raises(ValueError, match="one cell for each pair"):
        TravelMatrix(PLACES, array("I", [0, 1]), array("I", [0, 1, 1, 0]))
    assert empty_matrix().places == ()
