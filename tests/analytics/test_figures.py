"""The day's table: a row a driver, one for the day."""

import csv
from pathlib import Path

import pytest

from console.analytics.figures import DAY, day_table
from console.dispatch.figures import figures, write_figures
from console.dispatch.picture import Picture
from console.domain.errors import ConsoleError
from tests.dispatch.prints import picture


def test_figures_are_the_schedules() -> None:
    drawn = picture()
    told = figures(drawn)
    assert [one.driver for one in told] == ["Driver A & co", "Driver B & co"]
    for one, (route, schedule) in zip(reversed(told), drawn.schedules.items(), strict=True):
        assert one.stops == len(schedule.visits) == one.orders
        assert one.km == pytest.approx(schedule.metres / 1000)
        assert one.hours == pytest.approx(schedule.duration.total_seconds() / 3600)
        assert one.driving_hours < one.hours
        assert one.cost == schedule.cost
        assert one.kg == 5 * one.stops
        assert one.vehicle == drawn.drivers[route].plate


def test_the_day_is_the_sum() -> None:
    table = day_table(figures(picture()))
    whole = table.iloc[-1]
    assert whole["driver"] == DAY
    assert whole["orders"] == 5
    for column in ("km", "hours", "cost", "kg", "late_minutes"):
        assert whole[column] == pytest.approx(table[column].iloc[:-1].sum())
    assert whole["cost_per_order"] == pytest.approx(whole["cost"] / 5)
    assert whole["minutes_per_order"] == pytest.approx(whole["hours"] * 12)
    assert whole["fullness"] == pytest.approx(table["fullness"].iloc[:-1].mean())


def test_a_table_for_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    write_figures(picture(), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # spreadsheets read UTF-8 by its mark
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["driver"] for row in rows] == ["Driver A & co", "Driver B & co", DAY]
    assert float(rows[2]["cost"]) == pytest.approx(picture().totals.cost, abs=0.01)


def test_a_day_without_routes(tmp_path: Path) -> None:
    assert day_table([]).empty
    write_figures(Picture(), tmp_path / "empty.csv")
    assert (tmp_path / "empty.csv").exists()


def test_no_room(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/full")):
        with pytest.raises(ConsoleError, match="could not be written"):
            write_figures(picture(), path)
