"""A day's report on paper: planned beside actual, what was left open, the journal's hash."""

# ReportLab has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Spacer, Table

from console.dispatch.daypaper import DayPaper
from console.gateway.ink import plain, text
from console.gateway.pages import bound

_LINE, _PALE = "#87919d", "#eef1f4"
_SHARES = (0.14, 0.08, 0.12, 0.11, 0.22, 0.07, 0.11)  # of the width; the last column takes the rest
LONGEST = 200


def report_of(paper: DayPaper) -> bytes:
    """The PDF."""
    foot = f"{paper.title} · {paper.day} · {paper.version} {paper.head[:16]}"
    return bound(lambda width: _story(paper, width), foot)


def _story(paper: DayPaper, width: float) -> Iterator[Any]:
    yield text(plain(paper.title), 18, bold=True)
    yield text(plain(paper.day), 11)
    yield Spacer(1, 8)
    yield _figures(paper, width)
    yield Spacer(1, 6)
    for note in paper.notes:
        yield text(plain(note, LONGEST), 8)
    yield Spacer(1, 12)
    for name, count in paper.left:
        yield text(f"{plain(name)}: <b>{count}</b>", 10)
    yield Spacer(1, 12)
    yield text(plain(paper.sealed, LONGEST), 11, bold=True)
    yield text(plain(paper.journal, LONGEST), 9)


def _figures(paper: DayPaper, width: float) -> Table:
    rows = [
        _row(paper.heads, bold=True),
        *(_row(row) for row in paper.rows),
        _row(paper.total, bold=True),
    ]
    widths = [share * width for share in _SHARES]
    table = Table(rows, colWidths=[*widths, width - sum(widths)], repeatRows=1)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, -1), 1 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1 * mm),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, _LINE),
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, _LINE),
            ("BACKGROUND", (0, 0), (-1, 0), _PALE),
        ]
    )
    return table


def _row(cells: Sequence[str], *, bold: bool = False) -> list[Any]:
    return [text(plain(cell), 8, bold=bold, right=place > 0) for place, cell in enumerate(cells)]
