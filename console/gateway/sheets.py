"""Paper for drivers as one PDF: route sheets, loading lists, or both, driver by driver."""

# ReportLab has no types, and is loaded when it is first needed.
# pyright: reportUnknownMemberType=false

from console.dispatch.paper import Papers


class PdfSheets:
    """Implements ``dispatch.services.Sheets``."""

    def render(self, papers: Papers) -> bytes:
        """Each driver's paper begins on a new page; ConsoleError when there is nothing to print."""
        routes = papers.routes()
        from console.gateway.pages import pages_of

        return pages_of(papers, routes)
