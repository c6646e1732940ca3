"""From sheets to pages: size, margins, and a foot that says whose page it is."""

# ReportLab has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyright: reportAttributeAccessIssue=false

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate

from console import formats
from console.dispatch.paper import Paper, Papers, PaperSize
from console.domain.plan import RouteId
from console.gateway.ground import Ground
from console.gateway.ink import FONT, register_fonts
from console.gateway.loadinglist import LoadingList
from console.gateway.routesheet import RouteSheet
from console.tongues import LANGUAGES, Tongue, aside, spoken, tr

MARGIN, FOOT = 12 * mm, 13 * mm


def pages_of(papers: Papers, routes: Sequence[RouteId]) -> bytes:
    """The PDF with the paper of these routes."""
    return _pages(papers.wish.size, lambda width: _story(papers, routes, width))


def bound(story: Callable[[float], Iterator[Any]], foot: str) -> bytes:
    """A PDF of other flowables, made for a width in points; ``foot`` says whose it is."""

    def with_foot(width: float) -> Iterator[Any]:
        yield _Whose(foot)
        yield from story(width)

    return _pages(PaperSize.A4, with_foot)


def _pages(paper_size: PaperSize, story: Callable[[float], Iterator[Any]]) -> bytes:
    register_fonts()
    size = A4 if paper_size is PaperSize.A4 else LETTER
    width = size[0] - 2 * MARGIN
    room = Frame(
        MARGIN,
        FOOT,
        width,
        size[1] - MARGIN - FOOT,
        leftPadding=0,
        bottomPadding=0,
        rightPadding=0,
        topPadding=0,
    )
    paper = BytesIO()
    document = BaseDocTemplate(paper, pagesize=size, title="Doorstep", author="Doorstep")
    document.addPageTemplates(PageTemplate(frames=[room]))
    document.build(list(story(width)), canvasmaker=_Counted)
    return paper.getvalue()


def _story(papers: Papers, routes: Sequence[RouteId], width: float) -> Iterator[Any]:
    ground = Ground(papers.basemap) if papers.basemap is not None else None
    is_first = True
    for route in routes:
        for paper in _wanted(papers.wish.paper):
            if not is_first:
                yield PageBreak()
            is_first = False
            with aside(_tongue(papers, route)):
                whose = _Whose(_foot(papers, route, paper))
                if paper is Paper.LOADING:
                    story = LoadingList(papers, route, width).story()
                else:
                    story = RouteSheet(papers, route, width, ground).story()
            yield whose
            yield from story


def _tongue(papers: Papers, route: RouteId) -> Tongue:
    """The driver's language where the fleet says it and we speak it, else the console's."""
    wish = papers.wish
    code = papers.spoken.get(route) or (wish.language if wish.with_directions else "")
    return Tongue.of(code) if code in LANGUAGES else spoken()


def _wanted(paper: Paper) -> tuple[Paper, ...]:
    """What is loaded before it is driven lies on top."""
    return (Paper.LOADING, Paper.ROUTE) if paper is Paper.BOTH else (paper,)


def _foot(papers: Papers, route: RouteId, paper: Paper) -> str:
    """The version tells a driver's page of this morning from one of last night."""
    label, plan = papers.picture.drivers[route], papers.picture.plan
    name = tr("Loading list") if paper is Paper.LOADING else tr("Route sheet")
    day = f"{formats.day(plan.day.service_day)}, " if plan.day else ""
    version = tr("plan version {version}", version=plan.version)
    return f"{label.number} {label.name} · {name} · {day}{version}"


class _Whose(Flowable):
    """Takes no room; says whose the pages from here on are."""

    def __init__(self, foot: str) -> None:
        super().__init__()
        self.width = self.height = 0
        self._foot, self._page = foot, tr("page {seen} of {whole}")

    def draw(self) -> None:
        """Tell the canvas."""
        self.canv.whose, self.canv.page_words = self._foot, self._page


class _Counted(Canvas):
    """Keeps its pages until their number is known."""

    whose = ""
    page_words = "{seen} / {whole}"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Keep the page."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write all pages, each with its foot."""
        whole = Counter(page["whose"] for page in self._kept)
        seen = Counter[str]()
        for page in self._kept:
            self.__dict__.update(page)
            seen[self.whose] += 1
            self._draw_foot(self.page_words.format(seen=seen[self.whose], whole=whole[self.whose]))
            super().showPage()
        super().save()

    def _draw_foot(self, told: str) -> None:
        width = self._pagesize[0]
        self.setFont(FONT, 8)
        self.setFillColor("#49535f")
        self.drawString(MARGIN, 7 * mm, self.whose)
        self.drawRightString(width - MARGIN, 7 * mm, told)
