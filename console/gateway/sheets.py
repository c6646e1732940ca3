"""Paper for the driver: one plain route sheet each, as one PDF."""
# ReportLab has no types.
# pyright: reportUnknownMemberType=false

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from console.dispatch.picture import Picture
from console.domain.errors import ConsoleError
from console.domain.plan import RouteId, Stop
from console.domain.schedule import Schedule, Visit
from console.settings import bundled

MARGIN_MM = 14
COLUMNS_MM = (9, 14, 60, 42, 22, 35)
FONT, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
HEADINGS = ("No.", "Arrives", "Address", "Recipient", "Goods", "Notes")


class PdfSheets:
    """Implements ``dispatch.services.Sheets`` with ReportLab's tables."""

    def write(self, picture: Picture, path: Path) -> int:
        """One sheet per driver with stops, each on a new page; answers the number of sheets.

        ConsoleError when there is nothing to print or the file cannot be written.
        """
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.units import mm
        from reportlab.platypus import PageBreak, SimpleDocTemplate

        if not picture.schedules:
            raise ConsoleError("There is no route to print.", remedy="Optimise or assign first.")
        _register_fonts()
        story: list[Any] = []
        for route, schedule in _by_number(picture):
            if story:
                story.append(PageBreak())
            story += _sheet(picture, route, schedule)
        paper = BytesIO()
        document = SimpleDocTemplate(
            paper,
            pagesize=A4,
            title="Route sheets",
            author="Doorstep",
            **dict.fromkeys(
                ("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN_MM * mm
            ),
        )
        document.build(story)
        try:
            path.write_bytes(paper.getvalue())
        except OSError as error:
            raise ConsoleError(
                f"{path} could not be written: {error.strerror}.",
                remedy="Close the file where it is open, or choose another folder.",
            ) from error
        return len(picture.schedules)


def _register_fonts() -> None:
    """Letters of all Europe: the fonts that every PDF reader has know only its west."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if FONT in pdfmetrics.getRegisteredFontNames():
        return
    for name in (FONT, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(bundled(f"resources/fonts/{name}.ttf"))))
    pdfmetrics.registerFontFamily(FONT, FONT, BOLD, FONT, BOLD)


def _by_number(picture: Picture) -> list[tuple[RouteId, Schedule]]:
    return sorted(picture.schedules.items(), key=lambda item: picture.drivers[item[0]].number)


def _sheet(picture: Picture, route: RouteId, schedule: Schedule) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer

    head = ParagraphStyle("head", fontName=BOLD, fontSize=14, leading=18, spaceAfter=4)
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=10, leading=13)
    label = picture.drivers[route]
    day = picture.plan.day
    title = f"{label.number} · {escape(label.name)} · {escape(label.plate)}"
    when = day.service_day.strftime("%a %d %b %Y") if day else ""
    facts = (
        f"{when} · leaves {picture.clock(schedule.start)} · back {picture.clock(schedule.end)} · "
        f"{len(schedule.visits)} stops · {schedule.metres / 1000:.1f} km · "
        f"{schedule.load.kg:g} kg · {schedule.load.pieces} pieces"
    )
    breaks = [
        f"Break {picture.clock(begin)} to {picture.clock(end)}" for begin, end in schedule.breaks
    ]
    lines = [facts, *breaks]
    return [
        Paragraph(title, head),
        *(Paragraph(line, plain) for line in lines),
        Spacer(1, 8),
        _table(picture, schedule),
    ]


def _table(picture: Picture, schedule: Schedule) -> Any:
    from reportlab.lib import colors
    from reportlab.lib.units import mm
    from reportlab.platypus import Table

    rows = [list(HEADINGS), *_rows(picture, schedule.visits)]
    table = Table(rows, colWidths=[width * mm for width in COLUMNS_MM], repeatRows=1, splitInRow=1)
    table.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, 0), BOLD),
            ("FONTSIZE", (0, 0), (-1, -1), 8),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.lightgrey),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return table


def _rows(picture: Picture, visits: Sequence[Visit]) -> Iterator[list[Any]]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    body = ParagraphStyle("body", fontName=FONT, fontSize=8, leading=10)
    for number, visit in enumerate(visits, 1):
        stop = picture.plan.stops[visit.stop]
        cells = [str(number), picture.clock(visit.arrival), *_texts(picture, stop)]
        yield [Paragraph(cell, body) for cell in cells]


def _texts(picture: Picture, stop: Stop) -> list[str]:
    label = picture.labels[stop.id]
    windows = [f"{picture.clock(w.earliest)} to {picture.clock(w.latest)}" for w in stop.windows]
    needs = [*(f"<b>{window}</b>" for window in windows), *map(escape, stop.skills)]
    load = stop.load
    return [
        f"<b>{escape(label.street)}</b><br/>{escape(label.town)}",
        "<br/>".join(map(escape, (*label.recipients, *label.phones))),
        f"{load.pieces} pcs<br/>{load.kg:g} kg",
        "<br/>".join((*needs, *map(escape, label.notes))),
    ]
