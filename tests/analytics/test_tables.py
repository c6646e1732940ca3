"""Tables as files: what spreadsheets read back is what went in, and nothing in them runs."""

import csv
import io
import re
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.analytics.tables import Table, csv_bytes, harmless, xlsx_bytes

FORMULAS = [
    "=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1",
    "\ufeff=1", "\u200b=1", '"=1', "\u3000=1",
]  # fmt: skip
MOMENT = datetime(2026, 11, 23, 9, 5)  # noqa: DTZ001 - a clock on the wall


def opened(*tables: Table):
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(tables)))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    table = Table("T", (text,), [[text]])
    rows = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"), newline="")))
    assert rows == [[harmless(text)]] * 2
    assert rows[0][0].startswith("'")
    sheet = opened(table)["T"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix
    assert sheet["A2"].value.replace("\n", "\r") == text.replace("\n", "\r")


@pytest.mark.parametrize("text", ["+423 123 45", "-3.5", "+7", "Weg 1", "a=b", "3-5", ""])
def test_numbers_and_phones_stay(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_what_is_left_alone_does_not_begin_like_a_formula(text: str) -> None:
    made = harmless(text)
    assert made.replace("'", "") == text.replace("'", "")
    for part in re.split("[;|\t\r\n]", made):
        assert not part.lstrip().startswith(("=", "@"))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("ring; =1+1", "ring;' =1+1"),
        ("a|@x", "a|'@x"),
        ("line\n-2+3", "line\n'-2+3"),
        ("adr; tail-lift; +423 1", "adr; tail-lift; +423 1"),
        ("1;-3", "1;-3"),
    ],
)
def test_no_part_is_a_formula_where_a_spreadsheet_splits_elsewhere(text: str, made: str) -> None:
    """German spreadsheets split a csv at semicolons, quoted or not."""
    assert harmless(text) == made


def test_a_workbook_holds_every_kind_of_cell(tmp_path: Path) -> None:
    rows = [["Zoë & <Åse>", 3, 2.25, MOMENT, None], ["007", 0, -1.5, MOMENT, "end"]]
    book = opened(Table("Stops", ("a", "b", "c", "d", "e"), rows), Table("Empty", ("x",), []))
    assert book.sheetnames == ["Stops", "Empty"]
    sheet = book["Stops"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == rows
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet["A1"].font.bold


def test_csv_is_told_by_its_mark_and_shows_clocks() -> None:
    data = csv_bytes(Table("T", ("when", "who"), [[MOMENT, None]]))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == "when,who\r\n2026-11-23 09:05,\r\n"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_any_text_makes_a_workbook_that_opens(rows: list[list[str]]) -> None:
    sheet = opened(Table("Any", ("n", "a", "b"), [[n, *row] for n, row in enumerate(rows)]))["Any"]
    assert sheet.max_row == len(rows) + 1


def test_many_columns_have_names() -> None:
    names = tuple(f"c{i}" for i in range(60))
    assert opened(Table("Wide", names, [list(range(60))]))["Wide"]["BH2"].value == 59
