"""Deeds at the end of a day: seal it, open it again."""

from console.dispatch.closing import reopen, seal, standing_of
from console.domain.sealing import seal_of
from console.tongues import tr
from console.ui.asking import ask
from console.ui.dialogs.confirm import ConfirmDialog
from console.ui.dialogs.reason import ReopenDialog
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace


class ClosingDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def close_day(self) -> None:
        """Say what is still open, then close the day; a sealed one is opened again."""
        is_sealed = seal_of(self._place.station.workday.desk.plan.facts) is not None
        self._place.conductor.spawn(self._reopen() if is_sealed else self._seal())

    async def _seal(self) -> None:
        place = self._place
        now = standing_of(place.station.picture.plan)
        told = tr(
            "Delivered: {delivered}. Failed: {failed}. Still to drive: {to_drive}. "
            "Open exceptions: {exceptions}. Sealed, the plan is not changed any more; reports of "
            "drivers still come in. It can be opened again with a reason.",
            delivered=now.delivered,
            failed=now.failed,
            to_drive=now.to_drive,
            exceptions=now.exceptions,
        )
        dialog = ConfirmDialog(
            tr("Seal the day?"), told, tr("Seal the day"), place.theme, place.window
        )
        if await ask(dialog):
            head = await seal(place.station)
            text = tr("The day is sealed: {head}", head=head[:16])
            place.conductor.tell(Notice(text, Tone.GOOD))

    async def _reopen(self) -> None:
        dialog = ReopenDialog(self._place.theme, self._place.window)
        if await ask(dialog):
            await reopen(self._place.station, dialog.reason)
            self._place.conductor.tell(Notice(tr("The day is open again."), Tone.GOOD))
