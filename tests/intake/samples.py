"""Files for the intake tests, made in memory."""

import io
import zipfile
from collections.abc import Iterable, Sequence

import openpyxl

from console.domain.errors import ConsoleError
from console.intake.fleet import fleet_of, fleet_recogniser
from console.intake.orders import order_recogniser, orders_of
from console.intake.reader import table_of
from console.intake.report import FleetReport, OrderReport

OWN = (
    "order_id,recipient,street,postcode,city,phone,email,pieces,weight_kg,volume_m3,"
    "window_from,window_to,service_minutes,skills,priority,notes"
)
GOOD = {
    "order_id": "A1", "recipient": "Ida", "street": "Weg 1", "postcode": "9490", "city": "Vaduz",
    "phone": "+423 1", "email": "ida@example.org", "pieces": "2", "weight_kg": "3.5",
    "volume_m3": "0.02", "window_from": "09:00", "window_to": "12:00", "service_minutes": "4",
    "skills": "adr;tail-lift", "priority": "high", "notes": "dog",
}  # fmt: skip
FLEET = {
    "driver": "Anja", "phone": "+423 2", "skills": "adr", "vehicle": "FL 1", "vehicle_type": "van",
    "capacity_pieces": "160", "capacity_kg": "1100", "capacity_m3": "10.5",
    "depot_address": "Im alten Riet 102", "depot_postcode": "9494", "depot_city": "Schaan",
    "shift_start": "07:00", "shift_end": "15:30", "break_minutes": "30", "break_from": "11:30",
    "break_to": "13:30", "fixed_cost": "35", "cost_per_km": "0.38", "cost_per_hour": "34",
    "max_overtime_minutes": "30", "range_km": "",
}  # fmt: skip


def orders(content: str | bytes, name: str = "orders.csv", **columns: str) -> OrderReport:
    """Read an order file from memory."""
    data = content.encode() if isinstance(content, str) else content
    return orders_of(table_of(name, data, order_recogniser().score), columns)


def fleet(content: str | bytes, name: str = "fleet.csv") -> FleetReport:
    """Read a fleet file from memory."""
    data = content.encode() if isinstance(content, str) else content
    return fleet_of(table_of(name, data, fleet_recogniser().score), {})


def csv_of(*rows: dict[str, str], base: dict[str, str] | None = None) -> str:
    """A file of own columns; each row changes the good one."""
    good = GOOD if base is None else base
    titles = list(dict.fromkeys([*good, *(name for row in rows for name in row)]))
    lines = [",".join(titles)]
    for row in rows:
        full = {**good, **row}
        lines.append(",".join(_quoted(full.get(title, "")) for title in titles))
    return "\n".join(lines) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\n\r') else cell


def fleet_csv(*rows: dict[str, str]) -> str:
    """A fleet file; each row changes the good one."""
    return csv_of(*rows, base=FLEET)


def workbook(*sheets: Iterable[Sequence[object]]) -> bytes:
    """An xlsx file of these sheets."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="Orders">{rows}'
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


def open_document(*rows: Sequence[str | float]) -> bytes:
    """An ods file with one sheet, its empty rest repeated as office programs write it."""
    buffer = io.BytesIO()
    lines = ("".join(map(_ods_cell, row)) for row in rows)
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS.format(rows=body))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return buffer.getvalue()


def _ods_cell(value: str | float) -> str:
    kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
    return (
        f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p></table:table-cell>'
    )


def accounted(report: OrderReport | FleetReport) -> bool:
    """Every data row is an entry, a reject, or joined to another."""
    joined = report.joined - report.split if isinstance(report, OrderReport) else 0
    rejected = {reject.row for reject in report.rejects}
    assert len(rejected) == len(report.rejects)
    assert not rejected & {entry.row for entry in report.entries}
    return len(report.entries) + len(report.rejects) + joined == report.rows


def failure(error: ConsoleError) -> str:
    """All a user reads of an error."""
    assert error.message.endswith((".", "?")), error.message
    return f"{error.message} {error.remedy}"
