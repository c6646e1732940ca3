import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.geo.numbers import HouseNumber, all_numbers, house_number


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("12", "12"), ("12a", "12a"), ("12 A", "12a"), ("12-14", "12-14"), ("12/A", "12a"),
        ("12 \u2013 14", "12-14"), ("12 bis", "12bis"), ("12TER", "12ter"), ("12 1/2", "12\u00bd"),
        ("3/5", "3-5"), ("7/2", "7"), ("12a-c", "12a-c"), ("37-21", "37-21"), ("5.", "5"),
        ("12/14/16", "12-16"), ("A12", "a12"), ("B-7c", "b7c"),
        ("4-II", "4"), ("4/VII", "4"), ("4-v", "4v"),
        ("12-12", "12"), ("a", None), ("", None), ("123456", None), ("Floor 6", None),
    ],
)  # fmt: skip
def test_house_numbers(text: str, key: str | None) -> None:
    number = house_number(text)
    assert (number and number.key) == key


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("12", ["12"]),
        ("12-16", ["12-16", "12", "14", "16"]),
        ("3-4", ["3-4", "3", "4"]),
        ("12a-c", ["12a-c", "12a", "12b", "12c"]),
        ("37-21", ["37-21"]),
        ("1-99", ["1-99"]),
    ],
)
def test_a_range_stands_for_all_in_it(text: str, keys: list[str]) -> None:
    number = house_number(text)
    assert number
    assert [each.key for each in all_numbers(number)] == keys


@given(st.text("0123456789abc-/+ .bister", max_size=12))
def test_a_key_is_read_as_the_number_it_stands_for(text: str) -> None:
    number = house_number(text)
    if number is not None:
        assert house_number(number.key) == number
        assert HouseNumber(number.number) in {number, HouseNumber(int(number.number))}
