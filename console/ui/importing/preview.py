"""The first rows of a file as they would be read: orders, what is wrong, what is assumed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.orders import DayWindow, OrderEntry
from console.formats import clock, measured
from console.intake import OrderReport
from console.tongues import tr, trn
from console.ui.caption import Caption
from console.ui.dialogs.rows import shortened
from console.ui.dialogs.table import PlainTable
from console.ui.ink import Pen
from console.ui.theme.figures import kg, number
from console.ui.theme.theme import Theme

COLUMNS = (
    tr("Row"),
    tr("Order"),
    tr("Recipient"),
    tr("Address"),
    tr("Window"),
    tr("Load"),
    tr("Door"),
    tr("Notes"),
)
_MOST_LINES = 6


class Preview(QWidget):
    """A table, and below it what the report would say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 4, 0, 0)
        rows.setSpacing(8)
        self.table = PlainTable(COLUMNS, theme)
        self.verdict = Caption(theme, Pen("body", "text", bold=True), wrap=True)
        self.told = Caption(theme, Pen("small", "text2"), wrap=True)
        rows.addWidget(self.verdict)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.told)

    def show_report(self, report: OrderReport, rows: int) -> None:
        """Of the first ``rows`` rows of the file."""
        lines = [(entry.row or 0, _line(entry), "text") for entry in report.entries]
        lines += [
            (r.row, (str(r.row), r.order or "", r.problem, "", "", "", "", ""), "bad")
            for r in report.rejects
        ]
        lines.sort(key=lambda line: line[0])
        self.table.fill([line for _, line, _ in lines], [tone for _, _, tone in lines])
        good, bad = len(report.entries), len(report.rejects)
        told = trn(
            "{good} order in the first {rows} rows",
            "{good} orders in the first {rows} rows",
            good,
            good=number(good),
            rows=number(rows),
        )
        self.verdict.say(
            told + (tr(", {bad} rejected", bad=number(bad)) if bad else ""),
            "bad" if bad else "text",
        )
        self.told.say("\n".join(_said(report)))

    def show_problem(self, sentence: str) -> None:
        """Nothing can be read yet."""
        self.table.fill([])
        self.verdict.say(sentence, "bad")
        self.told.say("")


def _said(report: OrderReport) -> Sequence[str]:
    """Defaults first, then what nobody reads."""
    assumed = [assumption.sentence for assumption in report.assumptions]
    more = len(assumed) - _MOST_LINES
    lines = [
        *assumed[:_MOST_LINES],
        *([tr("and {more} more assumptions", more=more)] if more > 0 else []),
    ]
    if report.unknown_columns:
        lines.append(tr("Not read: {shortened}.", shortened=shortened(report.unknown_columns, 8)))
    return lines


def _line(entry: OrderEntry) -> tuple[str, ...]:
    windows = ", ".join(_window(window) for window in entry.windows)
    load = entry.load
    amounts = [tr("{pieces} pcs", pieces=load.pieces)] if load.pieces else []
    amounts += [kg(load.kg)] if load.kg else []
    amounts += [f"{measured(load.m3)} m³"] if load.m3 else []
    return (
        str(entry.row or ""),
        entry.id,
        entry.recipient,
        entry.address.line,
        windows,
        " · ".join(amounts),
        tr("{minutes} min", minutes=measured(entry.service_time.total_seconds() / 60)),
        entry.notes,
    )


def _window(window: DayWindow) -> str:
    if window.earliest and window.latest:
        return f"{clock(window.earliest)}\N{EN DASH}{clock(window.latest)}"
    if window.earliest:
        return tr("from {clock}", clock=clock(window.earliest))
    return tr("until {clock}", clock=clock(window.latest)) if window.latest else ""
