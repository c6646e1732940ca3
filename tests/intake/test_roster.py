"""Weekdays, absences and ends of skills out of cells."""

from datetime import date

import pytest

from console.domain.errors import ConsoleError
from console.intake import check_fleet
from tests.intake.samples import FLEET, csv_of, fleet

CHRISTMAS = (date(2026, 12, 24), date(2026, 12, 31))


def entry(**cells: str):
    (found,) = fleet(csv_of(cells, base=FLEET)).entries
    return found


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("", ()),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Mo, Mi; Sa", (0, 2, 5)),
        ("fr - mo", (0, 4, 5, 6)),
        ("1-5", (0, 1, 2, 3, 4)),
        ("lundi, mardi", (0, 1)),
        ("Tue Thu", (1, 3)),
        ("lør", (5,)),
    ],
)
def test_weekdays(cell: str, days: tuple[int, ...]) -> None:
    assert entry(weekdays=cell).weekdays == days


def test_absences_and_ends_of_skills() -> None:
    found = entry(
        skills="adr; lift",
        absences="2026-12-24 to 2026-12-31; 02.01.2027",
        skill_ends="adr 2027-03-31; Lift 31.12.2026",
    )
    assert found.absences == (CHRISTMAS, (date(2027, 1, 2), date(2027, 1, 2)))
    assert found.skill_ends == (("adr", date(2027, 3, 31)), ("lift", date(2026, 12, 31)))


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("weekdays", "Mon, Noday"),
        ("weekdays", "Mon-Noday"),
        ("absences", "soon"),
        ("absences", "2026-12-31 to 2026-12-24"),
        ("skill_ends", "adr"),
        ("skill_ends", "cold 2027-01-01"),
        ("skill_ends", "adr soon"),
    ],
)
def test_what_cannot_be_read_is_said(field: str, cell: str) -> None:
    rows = [{"driver": "Bo"}, {field: cell}]
    report = fleet(csv_of(*rows, base=FLEET))
    (reject,) = report.rejects
    assert (reject.field, reject.row) == (field, 3)
    assert cell.split(",")[-1].strip().casefold() in reject.problem.casefold()


def test_a_driver_may_have_a_row_for_each_group_of_weekdays() -> None:
    early, late = {"weekdays": "Mon-Wed"}, {"weekdays": "Thu, Fri", "shift_start": "09:00"}
    report = fleet(csv_of(early, late, base=FLEET))
    assert [each.weekdays for each in report.entries] == [(0, 1, 2), (3, 4)]
    clash = fleet(csv_of(early, late, {"weekdays": "Fri"}, base=FLEET))
    (reject,) = clash.rejects
    assert "already has a shift on such a day in row 3" in reject.problem
    plain = fleet(csv_of({}, {}, base=FLEET))
    assert "already in row 2" in plain.rejects[0].problem
    mixed = fleet(csv_of({}, early, base=FLEET))
    assert mixed.rejects[0].field == "weekdays"


def test_rows_typed_by_hand_are_checked_like_a_file() -> None:
    good = {**FLEET, "weekdays": "Mon"}
    report = check_fleet(
        "the fleet", [good, {**good, "driver": "Bo", "shift_end": "x"}, {"phone": "1"}]
    )
    assert [each.driver for each in report.entries] == ["Anja"]
    assert [reject.row for reject in report.rejects] == [2, 3]
    for rows in ([], [{}], [{"phone": "1"}]):
        with pytest.raises(ConsoleError):
            check_fleet("the fleet", rows)
