"""What views may ask for: the dispatcher's hands, as one Protocol."""

from collections.abc import Collection, Sequence
from typing import Protocol

from console.dispatch.picture import DropPreview, Picture
from console.domain.commands import Command
from console.domain.fleet import Shift
from console.domain.plan import RouteId, StopId


class Hands(Protocol):
    """Everything a view may do. Nothing here blocks for long, nothing here raises."""

    @property
    def picture(self) -> Picture:
        """The present picture."""
        ...

    def submit(self, command: Command, base: int | None = None) -> bool:
        """Apply a command; False when it was rejected (a notice then says why).

        ``base`` is the plan's version that it was made for, else the present one.
        """
        ...

    def move(
        self, stops: Sequence[StopId], to: RouteId | None, after: StopId | None, *, forced: bool
    ) -> bool:
        """Drop stops behind ``after`` on a route (None: first), or unassign them (to=None).

        A drop that breaks a hard rule asks for a reason first when ``forced``, else is refused
        with a notice. True when the plan changed at once.
        """
        ...

    def previews(
        self, stops: Sequence[StopId], routes: Collection[RouteId] | None = None
    ) -> dict[RouteId, DropPreview]:
        """The best landing on every open route, or on those named."""
        ...

    def preview(
        self, stops: Sequence[StopId], to: RouteId, after: StopId | None
    ) -> DropPreview | None:
        """What dropping just there would do; None when it cannot be tried."""
        ...

    def try_shift(self, route: RouteId, shift: Shift) -> DropPreview | None:
        """What another shift would do to a route; None when it cannot be tried."""
        ...

    def carry_out(self, command: Command) -> None:
        """Submit a command that was chosen; where it breaks a hard rule, ask for a reason first."""
        ...

    def why_not(self, stops: Sequence[StopId], to: RouteId | None) -> str:
        """The sentence that says why a drop is impossible whatever the reason; '' when it is not.

        A locked route, a served stop.
        """
        ...

    def act(self, name: str) -> None:
        """Trigger an action of the actions table by its name, on the present selection."""
        ...
