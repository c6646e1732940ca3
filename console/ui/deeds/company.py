"""Deeds on colleagues: what one has selected, what one changed last."""

from collections.abc import Collection

from console.tongues import tr
from console.ui.notices import Notice
from console.ui.workplace import Workplace


class CompanyDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def show_edit(self) -> None:
        """Select what a colleague changed last, and show it on the map."""
        if not self._show(self._place.edited):
            self._place.conductor.tell(Notice(tr("No colleague has changed a stop yet.")))

    def show_colleague(self, origin: str) -> None:
        """Select what a colleague has selected; the map shows where that is."""
        company = self._place.selection.company
        found = next((each for each in company if each.origin == origin), None)
        if found is not None and not self._show(found.stops):
            self._place.conductor.tell(Notice(f"{found.sentence}."))

    def _show(self, stops: Collection[str]) -> bool:
        place = self._place
        known = [stop for stop in place.station.picture.plan.stops if stop in set(stops)]
        if known:
            place.selection.pick(known)
            place.panes.map_view.fit(known)
        return bool(known)
