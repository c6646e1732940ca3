import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.texts import clean, clean_code, clean_lines, lost_digits, shown, words


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Ida  Meier ", "Ida Meier"), ("Ida\x00\x07", "Ida"), ("\ufeffIda", "Ida"),
        ("a\u200bb", "ab"), ("a\u202eb", "ab"), ("a\u00a0b", "a b"), ("a\nb", "a b"),
        ("a\tb", "a b"),
        ("Zu\u0308rich", "Zürich"), ("a\r\n b", "a b"), ("", ""), ("\ud800x", "x"),
    ],
)  # fmt: skip
def test_clean(cell: str, text: str) -> None:
    assert clean(cell) == text


def test_notes_keep_their_lines() -> None:
    assert clean_lines(" ring\r\n\r\n twice\x00 \n") == "ring\ntwice"


@pytest.mark.parametrize(
    ("cell", "code"),
    [("1001.0", "1001"), ("1001.00", "1001"), ("'0123", "0123"), ("'+423 1", "+423 1"),
     ("1.5", "1.5"), ("A-1.0", "A-1.0"), ("O'Neil 1", "O'Neil 1"), ("#1001", "#1001")],
)  # fmt: skip
def test_codes_lose_a_spreadsheets_marks(cell: str, code: str) -> None:
    assert clean_code(cell) == code


def test_numbers_that_lost_digits() -> None:
    assert lost_digits("1.23457E+12")
    assert lost_digits("1,23E+12")
    assert not lost_digits("1E5")
    assert not lost_digits("E1234")


@pytest.mark.parametrize(
    "cell", ["adr;Tail Lift", "adr, tail-lift", "ADR|tail_lift|", " adr ;; tail  lift;adr"]
)
def test_skills_in_any_spelling(cell: str) -> None:
    assert words(cell) == ("adr", "tail-lift")


@given(st.text())
def test_cleaning_is_final(cell: str) -> None:
    once = clean(cell)
    assert clean(once) == once
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in once)
    lines = clean_lines(cell)
    assert clean_lines(lines) == lines


def test_shown_is_short() -> None:
    assert str(shown("abc")) == "“abc”"
    assert len(str(shown("x" * 500))) == 42
