"""A point or a shape asked for on the map, as a coroutine: one question at a time."""

import asyncio
from collections.abc import Sequence

from console.domain.places import Coordinate
from console.ui.map.view import MapView
from console.ui.window import PLAN
from console.ui.workplace import Workplace

Corners = tuple[Coordinate, ...]


class MapAsking:
    """``call_off`` lets the question that is open answer nothing."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._open: asyncio.Future[Corners] | None = None
        view = self._view
        view.pointPicked.connect(self._picked)
        view.zoneDrawn.connect(self._drawn)
        view.drawingEnded.connect(self.call_off)

    @property
    def _view(self) -> MapView:
        return self._place.panes.map_view

    @property
    def is_open(self) -> bool:
        """True while somebody is to click or draw."""
        return self._open is not None

    async def point(self, prompt: str) -> Coordinate | None:
        """The point that is clicked; None where it was called off."""
        self._place.window.show_page(PLAN)
        self._view.pick_point_mode(prompt, on=True)
        try:
            found = await self._answer()
        finally:
            self._view.pick_point_mode("", on=False)
        return found[0] if found else None

    async def shape(self, prompt: str) -> Corners:
        """The corners of what is drawn; () where it was called off."""
        self._place.window.show_page(PLAN)
        self._view.draw_zone("polygon", prompt)
        try:
            return await self._answer()
        finally:
            self._view.draw_zone("")

    def call_off(self) -> None:
        """Nothing is asked for any more."""
        self._tell(())

    async def _answer(self) -> Corners:
        self.call_off()
        self._open = asyncio.get_running_loop().create_future()
        return await self._open

    def _picked(self, lat: float, lon: float) -> None:
        self._tell((Coordinate(lat, lon),))

    def _drawn(self, flat: Sequence[float]) -> None:
        pairs = zip(flat[::2], flat[1::2], strict=True)
        self._tell(tuple(Coordinate(*pair) for pair in pairs))

    def _tell(self, found: Corners) -> None:
        asked, self._open = self._open, None
        if asked is not None and not asked.done():
            asked.set_result(found)
