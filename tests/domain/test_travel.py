"""Travel by time of day: leaving later never arrives earlier, and the way back is exact."""

from array import array
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import ConsoleError
from console.domain.places import PlaceId
from console.domain.travel import Slice, TravelMatrix, empty_matrix

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
