"""The dispatcher's hands: from what views ask for to the station's use cases."""

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Sequence

from console import wording
from console.dispatch.consequences import consequence
from console.dispatch.desk import Refusal
from console.dispatch.picture import DropPreview, Picture
from console.dispatch.station import Station
from console.domain.commands import Command, MoveStops, OverrideRule
from console.domain.errors import ConsoleError, Rejected
from console.domain.fleet import Shift
from console.domain.plan import RouteId, StopId
from console.domain.violations import Violation
from console.tongues import tr
from console.ui.notices import Notice, Tone
from console.ui.signals import Signals

log = logging.getLogger("console")


def _raise(error: BaseException) -> None:
    raise error


FORCE_HINT = tr("Hold Shift while dropping to force it with a reason.")

AskReason = Callable[[Violation], Coroutine[object, object, str | None]]


class Conductor:
    """Implements ``ui.hands.Hands`` on a station; every command is saved behind it."""

    def __init__(self, station: Station, signals: Signals) -> None:
        self.station = station
        self._signals = signals
        self._tasks: set[asyncio.Task[object]] = set()
        self.refused: Callable[[Refusal], None] = self._refused
        self.ask_reason: AskReason | None = None
        self.trigger: Callable[[str], None] = lambda _name: None
        self.report: Callable[[BaseException], None] = _raise

    # -- Hands -------------------------------------------------------------------------------------

    @property
    def picture(self) -> Picture:
        """The present picture."""
        return self.station.picture

    def submit(self, command: Command, base: int | None = None) -> bool:
        """Apply a command and save it behind; False and a notice when it was rejected."""
        try:
            self.station.workday.submit(command, base)
        except Rejected as verdict:
            self.tell_verdict(verdict)
            return False
        self.spawn(self.station.save())
        return True

    def move(
        self, stops: Sequence[StopId], to: RouteId | None, after: StopId | None, *, forced: bool
    ) -> bool:
        """Drop stops; a drop that breaks a hard rule needs force and a reason."""
        impossible = self.why_not(stops, to)
        if impossible:
            self.tell(Notice(impossible, Tone.WARN))
            return False
        command = self._move_command(stops, to, after)
        preview = self.preview(stops, to, after) if to else None
        harm = preview.harm if preview else None
        if harm is None:
            return self.submit(command)
        if not forced:
            sentence = wording.violation(harm.rule, harm.amount, harm.unit, harm.detail)
            self.tell(
                Notice(tr("Not dropped: {sentence}.", sentence=sentence), Tone.BAD, FORCE_HINT)
            )
            return False
        self.spawn(self._forced(command, harm))
        return False

    def previews(
        self, stops: Sequence[StopId], routes: Collection[RouteId] | None = None
    ) -> dict[RouteId, DropPreview]:
        """The best landing on every open route, or on those named."""
        return self.station.workday.previews(stops, routes)

    def preview(
        self, stops: Sequence[StopId], to: RouteId, after: StopId | None
    ) -> DropPreview | None:
        """What dropping just there would do."""
        return self.station.workday.preview(stops, to, after)

    def try_shift(self, route: RouteId, shift: Shift) -> DropPreview | None:
        """What another shift would do to a route."""
        return self.station.workday.with_shift(route, shift)

    def why_not(self, stops: Sequence[StopId], to: RouteId | None) -> str:
        """Why a drop is impossible whatever the reason; '' when it is not."""
        picture = self.picture
        if to is not None and any(stop in picture.off_road for stop in stops):
            return wording.reason("not_located")
        verdict = self.station.workday.verdict(MoveStops(tuple(stops), to))
        if verdict is None or verdict.reason == "no_change":
            return ""
        return wording.reason(verdict.reason, verdict.details)

    def carry_out(self, command: Command) -> None:
        """Submit a command that was chosen; where it breaks a hard rule, ask for a reason first."""
        found = consequence(self.station.workday, command)
        if found.refusal is not None:
            self.tell_verdict(found.refusal)
        elif found.harm is None or not found.harm.is_harm:
            self.submit(command)
        else:
            self.spawn(self._forced(command, found.harm))

    def act(self, name: str) -> None:
        """Trigger an action of the table."""
        self.trigger(name)

    # -- for the window ----------------------------------------------------------------------------

    def attach(self) -> None:
        """Follow the day that is open now."""
        workday = self.station.workday
        workday.follow(self._signals.planChanged.emit)
        workday.on_refusal(self.refused)

    def spawn(self, work: Coroutine[object, object, object]) -> None:
        """Run a use case; what it raises becomes a notice."""
        task = asyncio.ensure_future(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait for everything that is under way, but for the one who waits."""
        while others := self._tasks - {asyncio.current_task()}:
            await asyncio.gather(*others, return_exceptions=True)
            await asyncio.sleep(0)  # those that had ended leave the set in the loop's next round

    async def cancelled(self) -> None:
        """End whatever is still under way, but for the one who asks."""
        others = self._tasks - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def tell(self, notice: Notice) -> None:
        """Show a notice."""
        self._signals.noticed.emit(notice)

    def tell_verdict(self, verdict: Rejected) -> None:
        """Say why a command was rejected."""
        self.tell(Notice(wording.reason(verdict.reason, verdict.details), Tone.WARN))

    async def _guarded(self, work: Coroutine[object, object, object]) -> object:
        try:
            return await work
        except Rejected as verdict:
            self.tell_verdict(verdict)
        except ConsoleError as error:
            log.info("refused", exc_info=error)
            self.tell(Notice(error.message, Tone.BAD, error.remedy))
        except Exception as error:  # noqa: BLE001 - reported whole, and the window goes on
            self.report(error)
        return None

    async def _forced(self, command: Command, harm: Violation) -> None:
        reason = await self.ask_reason(harm) if self.ask_reason else None
        if not reason:
            return
        subject = harm.stop or harm.route
        if self.submit(command):
            self.submit(OverrideRule(subject, harm.rule, reason))

    def _move_command(
        self, stops: Sequence[StopId], to: RouteId | None, after: StopId | None
    ) -> MoveStops:
        """The drop by its neighbours; a neighbour that moves along is passed over."""
        if to is None or to not in self.picture.plan.routes:
            return MoveStops(tuple(stops), to)
        moving = set(stops)
        order = self.picture.plan.routes[to].stops
        i = order.index(after) + 1 if after in order else 0
        before = [stop for stop in order[:i] if stop not in moving]
        behind = [stop for stop in order[i:] if stop not in moving]
        left = before[-1] if before else None
        right = behind[0] if behind else None
        return MoveStops(tuple(stops), to, left, right)

    def _refused(self, refusal: Refusal) -> None:
        what = wording.command(refusal.command.kind)
        why = wording.reason(refusal.verdict.reason, refusal.verdict.details)
        self.tell(Notice(f"{what}: {why}", Tone.WARN))
