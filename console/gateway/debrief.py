"""A trainee's debrief on paper: the score, then each decision with the better one beside it."""

# ReportLab has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from console.dispatch.debriefpaper import Bent, DebriefPaper, StepPaper
from console.domain.places import Coordinate
from console.gateway.ink import colours, plain, text
from console.gateway.pages import bound

_LINE, _BAD, _GOOD, _BAR = "#87919d", "#a61b1b", "#1d6b35", "#dfe4e9"
HIGH_MM = 52
LONGEST = 400
POINTS_A_DEGREE = 0.6  # a degree east against one north at the latitudes where people drive


def debrief_of(paper: DebriefPaper) -> bytes:
    """The PDF."""
    foot = f"{paper.trainee} · {paper.title} · {paper.day}"
    return bound(lambda width: _story(paper, width), foot)


def _story(paper: DebriefPaper, width: float) -> Iterator[Any]:
    yield text(plain(f"{paper.title}: {paper.whole:.0f} / 100"), 18, bold=True)
    yield text(plain(f"{paper.trainee}, {paper.day}"), 11)
    yield Spacer(1, 8)
    yield _scores(paper, width)
    if paper.goals:
        yield Spacer(1, 8)
        yield text(plain("; ".join(paper.goals), LONGEST), 10)
    for step in paper.steps:
        yield Spacer(1, 12)
        yield KeepTogether(list(_step(step, paper, width)))


def _scores(paper: DebriefPaper, width: float) -> Table:
    rows = [
        [text(plain(name), 10, bold=True), text(f"{figure:.0f}", 10, right=True),
         Bar(figure / 100, 40 * mm), text(plain(said), 9)]
        for name, figure, said in paper.scores
    ]  # fmt: skip
    table = Table(rows, colWidths=[32 * mm, 14 * mm, 44 * mm, width - 90 * mm])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 2)])
    return table


def _step(step: StepPaper, paper: DebriefPaper, width: float) -> Iterator[Any]:
    tone = _BAD if step.is_bad else _GOOD
    yield text(f'<font color="{tone}">{plain(step.head, LONGEST)}</font>', 12, bold=True)
    rows = [[text(plain(n), 9, bold=True), text(plain(s, LONGEST), 9)] for n, s in step.sentences]
    table = Table(rows, colWidths=[34 * mm, width - 34 * mm])
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("LINEBELOW", (0, -1), (-1, -1), 0.5, _LINE),
        ]
    )
    yield table
    if step.better:
        yield _beside(step, paper, width)


def _beside(step: StepPaper, paper: DebriefPaper, width: float) -> Table:
    half = width / 2 - 3 * mm
    frame = _frame([*step.did, *step.better])
    heads = [text(plain(paper.words.get(w, w)), 9, bold=True) for w in ("did", "better")]
    drawn = [Bends(some, frame, half, HIGH_MM * mm) for some in (step.did, step.better)]
    table = Table([heads, drawn], colWidths=[width / 2, width / 2])
    table.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 2), ("TOPPADDING", (0, 0), (-1, -1), 4)])
    return table


Frame = tuple[float, float, float, float]


def _frame(bends: Sequence[Bent]) -> Frame:
    points = [point for _, line in bends for point in line]
    north = [point.lat for point in points] or [0.0]
    east = [point.lon for point in points] or [0.0]
    return min(north), min(east), max(north), max(east)


class Bends(Flowable):
    """Drivers' ways from stop to stop in their colours, both pictures in the same frame."""

    def __init__(self, bends: Sequence[Bent], frame: Frame, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height
        self._bends, self._frame = bends, frame

    def draw(self) -> None:
        """Lines, then stops."""
        self.canv.setStrokeColor(_LINE)
        self.canv.rect(0, 0, self.width, self.height)
        for number, line in self._bends:
            fill, _ = colours().driver(number)
            spots = [self._at(point) for point in line]
            self.canv.setStrokeColor(fill)
            self.canv.setFillColor(fill)
            for (x, y), (to_x, to_y) in pairwise(spots):
                self.canv.line(x, y, to_x, to_y)
            for x, y in spots:
                self.canv.circle(x, y, 1.6, stroke=0, fill=1)

    def _at(self, point: Coordinate) -> tuple[float, float]:
        south, west, north, east = self._frame
        inner_x, inner_y = self.width - 12, self.height - 12
        tall, wide = max(north - south, 1e-6), max((east - west) * POINTS_A_DEGREE, 1e-6)
        unit = min(inner_x / wide, inner_y / tall)
        x = 6 + (inner_x - wide * unit) / 2 + (point.lon - west) * POINTS_A_DEGREE * unit
        y = 6 + (inner_y - tall * unit) / 2 + (point.lat - south) * unit
        return x, y


class Bar(Flowable):
    """A share of a whole."""

    def __init__(self, share: float, width: float) -> None:
        super().__init__()
        self.width, self.height = width, 8
        self._share = min(1.0, max(0.0, share))

    def draw(self) -> None:
        """The whole pale, the share over it."""
        self.canv.setFillColor(_BAR)
        self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        self.canv.setFillColor(_GOOD if self._share >= 0.5 else _BAD)
        self.canv.rect(0, 0, self.width * self._share, self.height, stroke=0, fill=1)
