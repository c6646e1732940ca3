"""The way on a route sheet: directions in words, and codes that open several stops at once."""

# ReportLab has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false

from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Spacer, Table

from console.dispatch.paper import Papers
from console.dispatch.phone import pieces
from console.dispatch.ports import Step
from console.dispatch.ways import LANGUAGES, Leg
from console.domain.plan import RouteId
from console.formats import number
from console.gateway.ink import Qr, plain, text
from console.tongues import tr

SIDE_MM, ROOM_MM = 24, 36
NUMBER_MM, FAR_MM = 13, 20
_LINE, _TINT = "#87919d", "#f0f3f6"


def codes(papers: Papers, route: RouteId, width: float) -> list[Any]:
    """A row of QR codes, each for some stops in order; none where the link opens but one."""
    kind = papers.wish.link
    if not papers.wish.with_pieces or kind.at_once == 1:
        return []
    found = pieces(papers.picture, route, kind)
    across = int(width // (ROOM_MM * mm))
    rows: list[list[Any]] = []
    for start in range(0, len(found), across):
        some = found[start : start + across]
        cells = [[Qr(p.link, SIDE_MM * mm), text(p.words, 8, bold=True)] for p in some]
        rows.append([*cells, *[""] * (across - len(some))])
    table = Table(rows, colWidths=[ROOM_MM * mm] * across, hAlign="LEFT", splitInRow=0)
    table.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    head = tr("The whole way on the phone, in {app}, from where you are", app=plain(kind.words))
    return [Spacer(1, 6), text(head, 9, bold=True), Spacer(1, 3), table]


def directions(papers: Papers, route: RouteId, width: float) -> list[Any]:
    """Leg by leg, each with where it leads and what to do; nothing where none were asked for."""
    legs = papers.directions.get(route)
    if not legs:
        return []
    language = papers.spoken.get(route, papers.wish.language)
    head = tr("Directions · {language}", language=LANGUAGES.get(language, language))
    rows: list[list[Any]] = []
    styles: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    for leg in legs:
        top = len(rows)
        rows.append(_headed(papers, leg))
        nothing = [["", text(tr("No road leads there."), 8.5), ""]]
        rows += [_step(step) for step in leg.steps] or nothing
        styles += [
            ("BACKGROUND", (0, top), (-1, top), _TINT),
            ("LINEABOVE", (0, top), (-1, top), 0.7, _LINE),
            ("NOSPLIT", (0, top), (-1, top + 1)),
        ]
    widths = [NUMBER_MM * mm, width - (NUMBER_MM + FAR_MM) * mm, FAR_MM * mm]
    table = Table(rows, colWidths=widths, splitInRow=0)
    table.setStyle(styles)
    return [Spacer(1, 10), text(head, 12, bold=True), Spacer(1, 4), table]


def _headed(papers: Papers, leg: Leg) -> list[Any]:
    """Where a leg leads, when one is there, how far it is."""
    picture = papers.picture
    visit = picture.visits.get(leg.stop) if leg.stop else None
    when = f" · {picture.clock(visit.arrival)}" if visit else ""
    return [
        text(str(leg.number) if leg.number else "", 10, bold=True),
        text(f"{plain(leg.name)}{when}", 9.5, bold=True),
        text(far(leg.metres), 9, bold=True, right=True),
    ]


def _step(step: Step) -> list[Any]:
    told = far(step.metres) if step.metres else ""
    return ["", text(plain(step.sentence), 8.5), text(told, 8.5, right=True)]


def far(metres: int) -> str:
    """``850 m``, ``12.3 km``."""
    return f"{metres} m" if metres < 1000 else f"{number(metres / 1000, 1)} km"
