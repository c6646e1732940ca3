import io
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from console.domain.errors import ConsoleError
from console.domain.orders import DayWindow
from tests.intake.samples import accounted, failure, fleet, open_document, orders, workbook

TITLES = [
    "order_id",
    "street",
    "postcode",
    "weight_kg",
    "window_from",
    "window_to",
    "service_minutes",
]


def test_cells_of_every_type() -> None:
    report = orders(
        workbook(
            [
                TITLES,
                [1001, "Weg 1", 9490, 6.8, time(9), time(12, 30), 4],
                [
                    1002.0,
                    "Weg 2",
                    "'9490",
                    "6,8",
                    0.375,
                    datetime(2026, 11, 23, 12),  # noqa: DTZ001 - as a sheet has it
                    timedelta(minutes=5),
                ],
                ["1003", "Weg 3", 9490.0, 1.234, "9:00", 0.5, time(0, 7)],
                [1004, True, None, None, None, None, None],
            ]
        ),
        "orders.xlsx",
    )
    assert accounted(report)
    assert not report.rejects
    first, second, third, fourth = report.entries
    assert [entry.id for entry in report.entries] == ["1001", "1002", "1003", "1004"]
    assert {entry.address.postcode for entry in (first, second, third)} == {"9490"}
    assert first.windows == (DayWindow(time(9), time(12, 30)),)
    assert second.windows == third.windows == (DayWindow(time(9), time(12)),)
    assert (first.load.kg, second.load.kg, third.load.kg) == (6.8, 6.8, 1.234)
    assert [entry.service_time for entry in report.entries] == [
        timedelta(minutes=minutes) for minutes in (4, 5, 7, 3)
    ]
    assert fourth.address.street == "True"


def test_rows_are_numbered_as_in_the_sheet() -> None:
    report = orders(
        workbook([[], ["Orders of Monday"], [], TITLES, [], ["1", "Weg 1"], [None], ["", "Weg 2"]]),
        "orders.xlsx",
    )
    assert [entry.row for entry in report.entries] == [6]
    assert [(reject.row, reject.field) for reject in report.rejects] == [(8, "order_id")]
    assert accounted(report)


def test_the_sheet_with_the_header_is_read_and_said() -> None:
    report = orders(
        workbook([["Read me", "first"]], [TITLES, ["1", "Weg 1"]], [["a"]]), "orders.xlsx"
    )
    assert [entry.id for entry in report.entries] == ["1"]
    assert "“Sheet 2”" in report.assumptions[0].sentence


def test_a_date_in_a_text_column_is_only_text() -> None:
    report = orders(workbook([["order_id", "street"], [date(2026, 1, 2), "Weg 1"]]), "o.xlsx")
    assert report.entries[0].id == "2026-01-02"


XLS = Path(__file__).with_name("orders.xls")


def test_an_old_excel_file() -> None:
    report = orders(XLS.read_bytes(), "orders.xls")
    assert accounted(report)
    first, second = report.entries
    assert (first.id, first.address.street, first.row) == ("1001", "Gässle 1", 3)
    assert first.windows == second.windows == (DayWindow(time(9), time(12)),)
    assert first.load.kg == second.load.kg == 6.8
    assert [reject.row for reject in report.rejects] == [5]


def test_an_open_document() -> None:
    report = orders(
        open_document(["order_id", "street", "weight_kg"], [1001.0, "Weg 1", 6.8], ["", "Weg 2"]),
        "orders.ods",
    )
    assert [(found.id, found.load.kg, found.row) for found in report.entries] == [("1001", 6.8, 2)]
    assert [reject.row for reject in report.rejects] == [3]


@pytest.mark.parametrize("at", [0x1E, 0x2C, 0x30, 0x40, 0x600])
def test_a_damaged_old_file_ends_nobody(at: int) -> None:
    content = bytearray(XLS.read_bytes())
    content[at : at + 4] = b"\xff\xff\xff\x7f"
    try:
        report = orders(bytes(content), "orders.xls")
    except ConsoleError as error:
        assert failure(error)  # noqa: PT017 - or the damage does no harm
    else:
        assert accounted(report)


@pytest.mark.parametrize("place", [b"A99999999999", b"ZZZZZZ2", b"A4294967295"])
def test_a_cell_at_an_impossible_place(place: bytes) -> None:
    source = zipfile.ZipFile(io.BytesIO(workbook([TITLES, ["1", "Weg 1"]])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name).replace(b'r="A2"', b'r="' + place + b'"'))
    with pytest.raises(ConsoleError, match=r"too large|damaged"):
        orders(buffer.getvalue(), "orders.xlsx")


def test_a_far_cell_takes_no_memory() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "order_id"
    sheet["XFD1048576"] = "x"
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(ConsoleError, match="too large"):
        orders(buffer.getvalue(), "orders.xlsx")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.intake.archives.MAX_UNPACKED", 100_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", " " * 10_000_000)
    assert len(buffer.getvalue()) < 20_000
    with pytest.raises(ConsoleError, match="too large"):
        orders(buffer.getvalue(), "orders.xlsx")


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_bomb_that_lies_about_its_size(part: str) -> None:
    source = zipfile.ZipFile(io.BytesIO(workbook([TITLES, ["1", "Weg 1"]])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            if name != part:
                archive.writestr(name, source.read(name))
        archive.writestr(part, bytes(5_000_000))
        archive.NameToInfo[part].file_size = 1_000
        archive.NameToInfo[part].CRC = zlib.crc32(bytes(1_000))
    with pytest.raises(ConsoleError, match="holds more than it says"):
        orders(buffer.getvalue(), "orders.xlsx")


def test_another_compression_is_refused() -> None:
    source = zipfile.ZipFile(io.BytesIO(workbook([TITLES, ["1", "Weg 1"]])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    with pytest.raises(ConsoleError, match="compression is not known"):
        orders(buffer.getvalue(), "orders.xlsx")


def test_links_to_other_files_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in a cell is what the sheet kept of it; nothing is opened or asked."""
    cell = b'<c r="B2"><f>[1]Prices!A1</f><v>7</v></c>'
    source = zipfile.ZipFile(io.BytesIO(workbook([TITLES, ["1", None, "9490"]])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b'<c r="C2"', cell + b'<c r="C2"')
                assert cell in data
            archive.writestr(name, data)
        archive.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships><Relationship Id="rId1" TargetMode="External" '
            'Target="http://127.0.0.1:9/prices.xlsx"/></Relationships>',
        )

    def refused(*_args: object, **_words: object) -> None:
        raise AssertionError("a reader of files opened a connection")

    monkeypatch.setattr("socket.socket.connect", refused)
    report = orders(buffer.getvalue(), "orders.xlsx")
    assert [entry.address.street for entry in report.entries] == ["7"]


def test_entities_are_not_blown_up() -> None:
    """The billion laughs, in the texts of a workbook."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    source = zipfile.ZipFile(io.BytesIO(workbook([TITLES, ["1", "Weg 1"]])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/sharedStrings.xml":
                data = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'.encode() + data
                data = data.replace(b"Weg 1", b"&a11;")
                assert b"&a11;" in data
            archive.writestr(name, data)
    try:
        report = orders(buffer.getvalue(), "orders.xlsx")
    except ConsoleError as error:
        assert failure(error)  # noqa: PT017 - one of two good outcomes
    else:
        assert all(len(entry.address.street) < 100 for entry in report.entries)


def test_too_wide_a_sheet() -> None:
    with pytest.raises(ConsoleError, match="1,200 columns wide"):
        orders(workbook([["order_id", "street", *["c"] * 1198], ["1", "Weg"]]), "orders.xlsx")


def test_a_fleet_sheet() -> None:
    report = fleet(
        workbook(
            [
                ["Driver", "Depot address", "Shift start", "Shift end", "Max weight (kg)"],
                ["Anja", "Weg 1", time(7), 0.625, 1100],
            ]
        ),
        "fleet.xlsx",
    )
    (entry,) = report.entries
    assert (entry.shift_start, entry.shift_end, entry.capacity.kg) == (time(7), time(15), 1100)
