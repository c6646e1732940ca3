from hypothesis import given
from hypothesis import strategies as st

from console.domain.places import Coordinate
from console.geo.lines import decode, thin

coordinates = st.builds(Coordinate, st.floats(47.0, 47.05), st.floats(9.5, 9.55))


def encode(points: list[Coordinate]) -> str:
    """Google's algorithm, the other way round."""
    text, last = "", (0, 0)
    for point in points:
        now = round(point.lat * 1e6), round(point.lon * 1e6)
        for step in (now[0] - last[0], now[1] - last[1]):
            value = ~(step << 1) if step < 0 else step << 1
            while value >= 32:
                text += chr((32 | value & 31) + 63)
                value >>= 5
            text += chr(value + 63)
        last = now
    return text


@given(st.lists(coordinates, max_size=20))
def test_lines_are_read_to_the_sixth_digit(points: list[Coordinate]) -> None:
    read = decode(encode(points))
    assert len(read) == len(points)
    for one, other in zip(read, points, strict=True):
        assert abs(one.lat - other.lat) < 6e-7
        assert abs(one.lon - other.lon) < 6e-7


@given(st.lists(coordinates, min_size=1, max_size=30), st.floats(0, 500))
def test_thinning_keeps_ends_and_order(points: list[Coordinate], tolerance: float) -> None:
    slim = thin(points, tolerance)
    assert slim[0] == points[0]
    assert slim[-1] == points[-1]
    rest = iter(points)
    assert all(point in rest for point in slim)


def test_what_lies_on_the_line_is_dropped() -> None:
    straight = [Coordinate(47 + i / 1000, 9.5) for i in range(10)]
    assert thin(straight, 3) == (straight[0], straight[-1])
    corner = [Coordinate(47.0, 9.5), Coordinate(47.0, 9.51), Coordinate(47.01, 9.51)]
    assert thin(corner, 3) == tuple(corner)
    loop = [Coordinate(47.0, 9.5), Coordinate(47.0, 9.51), Coordinate(47.0, 9.5)]
    assert thin(loop, 3) == tuple(loop)
