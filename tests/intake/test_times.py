import contextlib
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.amounts import Unreadable
from console.intake.times import clock_duration, has_date, has_offset, spans, time_of_day


@pytest.mark.parametrize(
    "cell",
    ["9", "9:00", "09:00", "09.00", "9.00", "9h", "9h00", "9 h 00", "9 am", "9AM", "9 a.m.",
     "9:00 am", "0900", "900", "9:00:00", "09:00:00.000", "0.375", "0,375", "9.0", "9 Uhr",
     "09:00 Uhr", "kl. 9", "kl 09.00", "ab 9", "2026-11-23 09:00", "2026-11-23T09:00:00+01:00",
     "2026-11-23T09:00:00Z", "23.11.2026 9:00", "11/23/2026 9:00 AM", "46349.375", " 9 "],
)  # fmt: skip
def test_nine_o_clock(cell: str) -> None:
    assert time_of_day(cell) == time(9)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [("9h30", time(9, 30)), ("09.30", time(9, 30)), ("1730", time(17, 30)), ("12 am", time(0)),
     ("12 pm", time(12)), ("5:45 pm", time(17, 45)), ("0.5", time(12)), ("0", time(0)),
     ("23:59:59", time(23, 59, 59)), ("00:15", time(0, 15))],
)  # fmt: skip
def test_other_times(cell: str, moment: time) -> None:
    assert time_of_day(cell) == moment


@pytest.mark.parametrize(
    "cell",
    ["25:00", "9:60", "noonish", "nan", "-1", "13 pm", "0 am", "2026-11-23", "23.11.2026", "9:5",
     "1.75", "99999.5", "\u0669", "", "9:00:99", "2400"],
)  # fmt: skip
def test_no_time(cell: str) -> None:
    with pytest.raises(Unreadable):
        time_of_day(cell)


def test_the_end_of_the_day() -> None:
    assert time_of_day("24:00", is_end=True) == time(23, 59)
    assert time_of_day("24", is_end=True) == time(23, 59)
    with pytest.raises(Unreadable):
        time_of_day("24:00")


def test_dates_and_zones_are_seen() -> None:
    assert has_date("2026-11-23 09:00")
    assert not has_date("09:00")
    assert has_offset("2026-11-23T09:00:00-04:00")
    assert not has_offset("2026-11-23T09:00:00")


@pytest.mark.parametrize(
    "cell", ["09:00-12:00", "9-12", "9 \N{EN DASH} 12 Uhr", "9 am to 12 pm", "09.00 bis 12.00"]
)
def test_a_window_in_one_cell(cell: str) -> None:
    assert spans(cell) == ((time(9), time(12)),)


def test_several_windows_in_one_cell() -> None:
    assert spans("9-12; 14-16") == ((time(9), time(12)), (time(14), time(16)))
    assert spans("9-12 und 14-16") == spans("9-12,14-16")
    with pytest.raises(Unreadable):
        spans("morning")


def test_a_duration_of_three_parts() -> None:
    assert clock_duration("0:05:30") == timedelta(minutes=5, seconds=30)
    assert clock_duration("5:00") is None


@given(st.times().map(lambda moment: moment.replace(microsecond=0)))
def test_iso_times_are_read_back(moment: time) -> None:
    assert time_of_day(moment.isoformat()) == moment


@given(st.text(max_size=25))
def test_any_text_is_a_time_or_unreadable(cell: str) -> None:
    for read in (time_of_day, spans):
        with contextlib.suppress(Unreadable):
            read(cell)
