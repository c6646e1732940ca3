"""Hands that can only look: what is shown is over."""

from collections.abc import Collection, Sequence

from console.dispatch.picture import DropPreview, Picture, PictureChange
from console.domain.commands import Command
from console.domain.fleet import Shift
from console.domain.plan import RouteId, StopId
from console.tongues import tr
from console.ui.signals import Signals

OVER = tr("This is how it was: nothing can be changed here.")


class PastHands:
    """Implements ``ui.hands.Hands`` on one moment of the day."""

    def __init__(self, picture: Picture, signals: Signals) -> None:
        self._picture, self._signals = picture, signals

    @property
    def picture(self) -> Picture:
        """The moment that is shown."""
        return self._picture

    def show(self, picture: Picture) -> None:
        """Another moment."""
        before, self._picture = self._picture, picture
        self._signals.planChanged.emit(PictureChange(before, picture, everything=True))

    def submit(self, command: Command, base: int | None = None) -> bool:
        """Never."""
        return False

    def move(
        self, stops: Sequence[StopId], to: RouteId | None, after: StopId | None, *, forced: bool
    ) -> bool:
        """Never."""
        return False

    def previews(
        self, stops: Sequence[StopId], routes: Collection[RouteId] | None = None
    ) -> dict[RouteId, DropPreview]:
        """Nothing can land."""
        return {}

    def preview(
        self, stops: Sequence[StopId], to: RouteId, after: StopId | None
    ) -> DropPreview | None:
        """Nothing can land."""
        return None

    def try_shift(self, route: RouteId, shift: Shift) -> DropPreview | None:
        """Nothing can be stretched."""
        return None

    def carry_out(self, command: Command) -> None:
        """Never."""

    def why_not(self, stops: Sequence[StopId], to: RouteId | None) -> str:
        """Why nothing can be dropped."""
        return OVER

    def act(self, name: str) -> None:
        """Actions are of the present."""
