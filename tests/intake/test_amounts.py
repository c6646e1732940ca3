import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.amounts import NumberStyle, Unreadable, has_unit, is_ambiguous, number, style_of

UNITS = {"kg": 1.0, "g": 0.001, "m3": 1.0}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("6.8", 6.8), ("6,8", 6.8), ("0,051", 0.051), ("0.051", 0.051), ("1,234.5", 1234.5),
        ("1.234,5", 1234.5), ("1'200.5", 1200.5), ("1\u2019200", 1200), ("12 000", 12000),
        ("1\u202f234,5", 1234.5), ("1,234,567", 1234567), ("1.234.567", 1234567), (".5", 0.5),
        ("5.", 5), ("-3", -3), ("\N{MINUS SIGN}4", -4), ("+2", 2), ("1E+05", 100000),
        ("6.8 kg", 6.8), ("500g", 0.5), ("0.2 m\u00b3", 0.2), ("1,2345", 1.2345),
    ],
)  # fmt: skip
def test_reads(cell: str, value: float) -> None:
    assert number(cell, NumberStyle(), UNITS) == pytest.approx(value)


@pytest.mark.parametrize(
    "cell",
    ["nan", "inf", "-inf", "abc", "--5", "1.2.3", "1,2,3", "1 2", "12 stone", "1e", "\u0663", "1-2",
     "0x10", "1_000", "5 kg kg", "1,23.4,5", "€ 5"],
)  # fmt: skip
def test_refuses(cell: str) -> None:
    with pytest.raises(Unreadable):
        number(cell, NumberStyle(), UNITS)


def test_a_unit_needs_a_measured_column() -> None:
    with pytest.raises(Unreadable, match="unit"):
        number("5 kg", NumberStyle())


@pytest.mark.parametrize(
    ("cells", "comma", "point"),
    [
        (["12,5", "1,234"], 1.234, 1234.0),
        (["12.5", "1,234"], 1234.0, 1.234),
        (["1.234,5"], 1.234, 1234.0),
        (["0,051"], 1.234, 1234.0),
        (["1,234", "7"], 1234.0, 1.234),
        ([], 1234.0, 1.234),
    ],
)
def test_clear_cells_decide_for_unclear_ones(cells: list[str], comma: float, point: float) -> None:
    style = style_of(cells, comma_is_decimal=False)
    assert number("1,234", style) == comma
    assert number("1.234", style) == point


def test_a_semicolon_file_has_decimal_commas() -> None:
    style = style_of(["1,234"], comma_is_decimal=True)
    assert number("1,234", style) == 1.234
    assert number("1.234", style) == 1.234


def test_says_what_is_unclear() -> None:
    assert is_ambiguous("1,234")
    assert not is_ambiguous("0,234")
    assert not is_ambiguous("1,23")
    assert has_unit("5 kg")
    assert not has_unit("5")


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 4)))
def test_what_python_writes_is_read_back(value: float) -> None:
    assert number(f"{value:.4f}", NumberStyle()) == pytest.approx(value, abs=1e-4)
    assert number(f"{value:,.4f}", NumberStyle()) == pytest.approx(value, abs=1e-4)


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_unreadable(cell: str) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(number(cell, NumberStyle(), UNITS), float)
