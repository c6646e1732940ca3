"""Figures in the units, clock, dates and marks that are chosen."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest

from console import formats, wording
from console.formats import Clock, Dates, Distance, Formats, Marks, Weight

AMERICAN = Formats(Distance.MILES, Weight.POUNDS, Clock.H12, Dates.MONTH_FIRST)
GERMAN = Formats(marks=Marks.COMMA)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    yield
    formats.use(Formats())


def test_the_usual_ones() -> None:
    assert formats.number(2184.25, 1) == "2,184.2"
    assert formats.distance(13_400) == (13.4, "km")
    assert formats.weight(26) == (26, "kg")
    assert formats.clock(time(9, 5)) == "09:05"
    assert formats.day(date(2026, 11, 4), weekday=True) == "Wed 4 Nov 2026"
    assert formats.day_figures(date(2026, 11, 4)) == "04.11.2026"


def test_american_ones() -> None:
    formats.use(AMERICAN)
    way, unit = formats.distance(16_093.44)
    assert (round(way, 6), unit) == (10, "mi")
    assert formats.short_distance(304.8)[1] == "ft"
    assert round(formats.weight(10)[0], 3) == 22.046
    told = [formats.clock(time(hour, 5)) for hour in (0, 9, 12, 23)]
    assert told == ["12:05 am", "9:05 am", "12:05 pm", "11:05 pm"]
    assert formats.day(date(2026, 11, 4)) == "Nov 4, 2026"
    assert formats.day(date(2026, 11, 4), year=False) == "Nov 4"
    assert formats.day_figures(date(2026, 11, 4)) == "11/04/2026"
    assert (formats.clock_pattern(), formats.day_pattern()) == ("h:mm ap", "MM/dd/yyyy")


def test_marks_and_years_first() -> None:
    formats.use(GERMAN)
    assert formats.number(2184.5, 2) == "2.184,50"
    formats.use(Formats(dates=Dates.YEAR_FIRST, marks=Marks.SPACE))
    assert formats.number(2184.5, 1) == "2\u202f184,5"
    assert formats.day(datetime(2026, 11, 4, 8)) == "2026-11-04"  # noqa: DTZ001


def test_what_was_kept_comes_back_and_nonsense_does_not() -> None:
    assert Formats().changed(AMERICAN.kept()) == AMERICAN
    assert Formats().changed({"distance": "furlong", "clock": "12", "x": "y"}) == Formats(
        clock=Clock.H12
    )


def test_sentences_follow() -> None:
    assert wording.amount(1400, "m") == "1.4 km"
    assert wording.violation("overloaded", 38, "kg") == "38 kg over"
    formats.use(AMERICAN)
    assert wording.amount(1609.344, "m") == "1.0 mi"
    assert wording.violation("overloaded", 38, "kg") == "84 lb over"
    assert wording.amount(2, "pieces") == "2 pcs"
