"""What share of a way lies in a zone, how long it takes then, and who may be told of closures."""

import numpy as np
import pytest

from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate, PlaceId
from console.domain.traffic import FREE_ROADS, SlowArea, SpeedState
from console.geo.engines.straight import StraightLines
from console.geo.hourly import HourlyStreets, factor_of, shares_inside
from console.geo.streets import RoadStreets

SQUARE = tuple(Coordinate(lat, lon) for lat, lon in ((1, 1), (1, 2), (2, 2), (2, 1)))
# the letter U: an even line through both arms is inside twice
LETTER = tuple(
    Coordinate(lat, lon)
    for lat, lon in ((0, 0), (0, 3), (3, 3), (3, 2), (1, 2), (1, 1), (3, 1), (3, 0))
)


def share(a: tuple[float, float], b: tuple[float, float], corners=SQUARE) -> float:
    return float(shares_inside([Coordinate(*a), Coordinate(*b)], corners)[0, 1])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((1.5, 0.0), (1.5, 3.0), 1 / 3),
        ((1.5, 3.0), (1.5, 0.0), 1 / 3),
        ((1.2, 1.2), (1.8, 1.7), 1.0),
        ((1.5, 1.5), (1.5, 2.5), 0.5),
        ((0.0, 0.0), (0.5, 3.0), 0.0),
        ((1.5, 0.0), (1.5, 0.9), 0.0),
        ((1.5, 2.1), (1.5, 3.0), 0.0),
    ],
)
def test_a_straight_line_through_a_square(
    a: tuple[float, float], b: tuple[float, float], expected: float
) -> None:
    assert share(a, b) == pytest.approx(expected)


def test_a_line_through_two_arms_and_a_place_to_itself() -> None:
    assert share((2.0, -1.0), (2.0, 4.0), LETTER) == pytest.approx(2 / 5)
    assert share((1.5, 1.5), (1.5, 1.5)) in {0.0, 1.0}
    assert shares_inside([], SQUARE).shape == (0, 0)


def test_one_factor_for_the_mean_way() -> None:
    assert factor_of(()) == factor_of((100,) * 6) == 1.0
    assert 1.85 < factor_of((50,) * 6) <= 2.0
    assert factor_of((50, 50, 100, 100, 100, 100)) == 1.0
    assert factor_of((100,) * 5 + (50,)) > factor_of((100,) * 5 + (80,)) > 1.0


def test_who_cannot_keep_out_says_so(region: Region) -> None:
    engine = StraightLines()
    free = RoadStreets(region, engine)
    hourly = HourlyStreets(region, engine, free)
    points = {PlaceId(str(i)): Coordinate(1.5, 0.5 + i) for i in range(3)}
    slow = SpeedState((50,) * 6, (SlowArea(SQUARE, 50),))
    hourly.check([slow, FREE_ROADS])
    base = np.array(free.square(points)[0], dtype=float)
    seconds = np.array(hourly.hold_for(points, "car", slow)[0], dtype=float)
    assert seconds[0, 1] / base[0, 1] == pytest.approx(factor_of(slow.row) * 1.5, rel=0.01)
    ridden = np.array(hourly.hold_for(points, "bicycle", slow)[0])
    assert (ridden == free.square(points, "bicycle")[0]).all()
    with pytest.raises(ConsoleError, match="cannot be told of closed roads"):
        hourly.streets(SpeedState((), (SlowArea(SQUARE, 0),)))
    hourly.close()
    free.close()
