import pytest

from console.domain.places import Coordinate
from console.geo import pluscode


# From the project's own test data (decoding, shortCodeTests).
@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("7FG49Q00+".replace("0", "2"), 20.35125, 2.75125),
        ("8FVC2222+22", 47.0000625, 8.0000625),
        ("4VCPPQGP+Q9", -41.2730625, 174.7859375),
        ("8FVC9G8F+6X", 47.3655625, 8.5249375),
        ("62G20000+".replace("0", "2"), 0.00125, -179.99875),
        ("7FG49QCJ+2VX", 20.3701125, 2.782234375),
    ],
)
def test_a_full_code_is_the_middle_of_its_cell(code: str, lat: float, lon: float) -> None:
    point = pluscode.centre(code)
    assert point.lat == pytest.approx(lat)
    assert point.lon == pytest.approx(lon)


@pytest.mark.parametrize(
    ("full", "short", "lat", "lon"),
    [
        ("9C3W9QCJ+2VX", "+2VX".replace("+", "CJ+"), 51.3701125, -1.217765625),
        ("9C3W9QCJ+2VX", "9QCJ+2VX", 51.3708675, -1.217765625),
        ("9C3W9QCJ+2VX", "9QCJ+2VX", 51.3852125, -1.217765625),
        ("8FJFW222+", "22+", 42.899, 9.012),
        ("796RXG22+", "22+", 14.95125, -23.5001),
        ("8FVC2GGG+GG", "2GGG+GG", 46.976, 8.526),
    ],
)
def test_a_short_code_is_the_one_nearest_by(full: str, short: str, lat: float, lon: float) -> None:
    found = pluscode.near(short, Coordinate(lat, lon))
    assert found.metres_to(pluscode.centre(full)) < 1


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("9G8F+6X, Z\u00fcrich", "9G8F+6X", "Z\u00fcrich"),
        ("Hofladen 8fvc9g8f+6x", "8FVC9G8F+6X", "Hofladen"),
        ("Main Street 5+3", None, None),
        ("", None, None),
        ("XX229G8F+6X", None, None),
    ],
)
def test_codes_are_found_in_a_line(text: str, code: str | None, rest: str | None) -> None:
    found = pluscode.find(text)
    assert (found and found.code, found and found.rest) == (code, rest)
