"""Deeds on colleagues: what one has selected, what one changed last."""

from collections.abc import Callable, Collection, Coroutine
from datetime import date

from console.dispatch.registers import DepotRecord
from console.tongues import tr
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace


class CompanyDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._told: DepotRecord | None = None
        self.open_day: Callable[[date, str | None], Coroutine[object, object, None]] | None = None

    def open_again(self) -> None:
        """The day as it would be opened now: in its depot's time zone, money and streets."""
        if self.open_day is not None:
            depot = self._place.station.depot
            day = self._place.station.service_day.day
            self._place.conductor.spawn(self.open_day(day, str(depot.id) if depot else None))

    def depots_changed(self) -> None:
        """Registers changed: say so where the open day is not as its depot is now."""
        self._place.conductor.spawn(self._look_at_depot())

    async def _look_at_depot(self) -> None:
        station = self._place.station
        ours, known = station.depot, await station.depots()
        now = next((each for each in known if ours is not None and each.id == ours.id), None)
        if ours is None or now is None or now in (self._told, ours):
            return
        self._told = now
        changed = [
            what
            for is_other, what in (
                (ours.zone != now.zone, tr("time zone")),
                (ours.currency != now.currency, tr("currency")),
                (ours.region != now.region, tr("streets")),
            )
            if is_other
        ]
        if changed:
            told = tr("Changed at the depot: {what}. The open day goes on as it was opened.",
                      what=", ".join(changed))  # fmt: skip
            notice = Notice(told, Tone.WARN, deed="open_again", deed_label=tr("Reload"))
            self._place.conductor.tell(notice)

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
