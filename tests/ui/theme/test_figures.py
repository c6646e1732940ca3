from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.ui.theme import figures


@pytest.mark.parametrize(
    ("amount", "digits", "signed", "text"),
    [
        (2184, 0, False, "2,184"),
        (6, 0, True, "+6"),
        (-3.8, 2, True, "\u22123.80"),
        (0, 0, True, "0"),
        (-0.004, 2, True, "0.00"),
    ],
)
def test_number(amount, digits, signed, text):
    assert figures.number(amount, digits, signed=signed) == text


def test_durations():
    assert figures.minutes(timedelta(minutes=6), signed=True) == "+6\u2009min"
    assert figures.minutes(timedelta(minutes=-11)) == "\u221211\u2009min"
    assert figures.hours(timedelta(hours=54, minutes=37)) == "54:37"
    assert figures.hours(-timedelta(minutes=22)) == "\u22120:22"


def test_money_has_its_sign_before_the_currency():
    assert figures.money(3.8, signed=True) == "+€\u20093.80"
    assert figures.money(-3.8, signed=True) == "\u2212€\u20093.80"
    assert figures.money(2184, digits=0) == "€\u20092,184"


def test_amounts():
    assert figures.km(13_400) == "13.4\u2009km"
    assert figures.km(191_300) == "191\u2009km"
    assert figures.kg(26) == "26\u2009kg"
    assert figures.kg(1.25) == "1.2\u2009kg"
    assert figures.pieces(1) == "1\u2009pc"
    assert figures.percent(0.89) == "89\u2009%"
    assert figures.cubic_metres(0.11) == "0.11\u2009m³"


def test_clock_names_another_day():
    zone = ZoneInfo("Europe/Copenhagen")
    day = datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert figures.clock(day, zone) == "07:00"
    assert figures.clock(day + timedelta(hours=18), zone, day) == "01:00 +1"


def test_what_no_road_leads_to_has_no_figures():
    endless = timedelta(seconds=2**32 - 1)
    told = figures.minutes(endless), figures.hours(endless), figures.km(2**32 - 1)
    assert told == ("never", figures.DASH, figures.DASH)
