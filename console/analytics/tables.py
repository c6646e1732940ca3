"""Tables as files that a spreadsheet opens: csv and xlsx, with no cell taken for a formula."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

Cell = str | int | float | datetime | None
"""Times are those of a clock on the wall: their zone is not written."""

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_ENDS_OF_CELLS = ("\t", "\r")
_UNSEEN = re.compile(r'^[\s"\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+')
_SPLITS = re.compile(r"(?<=[;|\t\r\n])(?=[^;|\t\r\n])")
_HARMLESS = re.compile(r"\+\d[\d ]*|[+-]?\d+([.,]\d+)?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets count days of no zone
_WIDEST, _NARROWEST = 48, 9
_LONGEST_NAME = 31
_PLAIN, _HEAD, _TIME, _QUOTED = range(4)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, the names of its columns, and rows as long as these."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before a doubtful one.

    Numbers and phone numbers stay as they are. Elsewhere a spreadsheet splits at semicolons or
    tabs, whatever is quoted, so each part of a text is looked at as if it were a cell.
    """
    parts = _SPLITS.split(text)
    return "".join(f"'{part}" if is_doubtful(part) else part for part in parts)


def is_doubtful(text: str) -> bool:
    """True when a spreadsheet might run the text."""
    lead = _UNSEEN.sub("", text)
    is_led = lead.startswith(_FORMULA) or text.startswith(_ENDS_OF_CELLS)
    return is_led and not _HARMLESS.fullmatch(text.strip(" "))


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with the mark that spreadsheets know it by."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(column) for column in table.columns])
    writer.writerows([_as_text(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _as_text(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S" if cell.second else "%Y-%m-%d %H:%M")
    return harmless(cell) if isinstance(cell, str) else cell


def xlsx_bytes(tables: Sequence[Table]) -> bytes:
    """A workbook (ECMA-376) with a sheet a table: frozen heads, filters, texts marked as texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", _types(len(tables)))
        book.writestr("_rels/.rels", _RELS)
        book.writestr("xl/workbook.xml", _workbook(tables))
        book.writestr("xl/_rels/workbook.xml.rels", _workbook_rels(len(tables)))
        book.writestr("xl/styles.xml", _STYLES)
        for number, table in enumerate(tables, 1):
            book.writestr(f"xl/worksheets/sheet{number}.xml", "".join(_sheet(table)))
    return out.getvalue()


def _sheet(table: Table) -> Iterator[str]:
    last = f"{_letters(len(table.columns))}{len(table.rows) + 1}"
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews><cols>"
    )
    for number, width in enumerate(_widths(table), 1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield _row(1, table.columns, head=True)
    for number, row in enumerate(table.rows, 2):
        yield _row(number, row)
    yield f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'


def _widths(table: Table) -> list[int]:
    """In characters, by the heads and the first rows."""
    columns = zip(table.columns, *table.rows[:200], strict=True)
    return [
        min(_WIDEST, max(_NARROWEST, *(len(str(_as_text(cell))) + 2 for cell in column)))
        for column in columns
    ]


def _row(number: int, row: Sequence[Cell], *, head: bool = False) -> str:
    cells = (_cell(f"{_letters(i)}{number}", cell, head=head) for i, cell in enumerate(row, 1))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(where: str, cell: Cell, *, head: bool) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, datetime):
        days = (cell.replace(tzinfo=None) - _FIRST_DAY).total_seconds() / 86_400
        return f'<c r="{where}" s="{_TIME}"><v>{days:.9f}</v></c>'
    if isinstance(cell, str):
        style = _HEAD if head else _QUOTED if is_doubtful(cell) else _PLAIN
        text = escape(_UNPRINTABLE.sub("\ufffd", cell))[:32_767]
        body = f'<is><t xml:space="preserve">{text}</t></is>'
        return f'<c r="{where}" s="{style}" t="inlineStr">{body}</c>'
    return f'<c r="{where}"><v>{cell!r}</v></c>'


def _letters(column: int) -> str:
    """A column's name: A for 1, AA for 27."""
    name = ""
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(65 + place) + name
    return name


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_PACKAGE, _OFFICE = f"{_OPEN}/package/2006", f"{_OPEN}/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" '
    'applyNumberFormat="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{parts}</Types>'
    )


def _workbook(tables: Sequence[Table]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(table.name[:_LONGEST_NAME])}" sheetId="{n}" r:id="rId{n}"/>'
        for n, table in enumerate(tables, 1)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    )


def _workbook_rels(sheets: int) -> str:
    parts = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId0" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{parts}{styles}</Relationships>'
