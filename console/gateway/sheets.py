"""Paper as PDF: route sheets and loading lists, a debrief, a day's report."""

# ReportLab has no types, and is loaded when it is first needed.
# pyright: reportUnknownMemberType=false

from console.dispatch.daypaper import DayPaper
from console.dispatch.debriefpaper import DebriefPaper
from console.dispatch.paper import Papers


class PdfSheets:
    """Implements ``dispatch.services.Sheets``."""

    def render(self, papers: Papers) -> bytes:
        """Each driver's paper begins on a new page; ConsoleError when there is nothing to print."""
        routes = papers.routes()
        from console.gateway.pages import pages_of

        return pages_of(papers, routes)

    def debrief(self, paper: DebriefPaper) -> bytes:
        """Score, decisions and the better ones; a page or two."""
        from console.gateway.debrief import debrief_of

        return debrief_of(paper)

    def day(self, paper: DayPaper) -> bytes:
        """Planned beside actual, what was left open, the seal."""
        from console.gateway.dayreport import report_of

        return report_of(paper)
