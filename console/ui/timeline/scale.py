"""The clock as pixels: zoom steps, ticks, and where a minute stands."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from console.dispatch.picture import Picture
from console.ui.timeline.faces import RowFace, Span

ZOOMS = (10, 15, 20, 30, 60)
"""Minutes per cell of the ruler."""
CELL = 60
LEAD_MINUTES = 25
TAIL_PX = 190
"""Room behind the last route for its finish time and figures."""
END_PX = 8


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Minutes since the epoch into pixels from ``origin``; ``offset`` is the zone's, in minutes.

    ``end`` is the last shift's, ``finish`` the last route's: behind it stand its figures.
    """

    origin: float
    end: float
    zoom: int = 30
    offset: float = 0.0
    cell: int = CELL
    finish: float = 0.0

    @property
    def per_minute(self) -> float:
        """Pixels a minute."""
        return self.cell / self.zoom

    @property
    def width(self) -> int:
        """The whole width in pixels."""
        tail = TAIL_PX * self.cell / CELL
        return math.ceil(max(self.x(self.end) + END_PX, self.x(self.finish) + tail))

    def x(self, minute: float) -> float:
        """Where a minute stands."""
        return (minute - self.origin) * self.per_minute

    def minute(self, x: float) -> float:
        """What minute stands there."""
        return self.origin + x / self.per_minute

    def zoomed(self, zoom: int) -> "TimeScale":
        """The same clock at another zoom."""
        return replace(self, zoom=zoom)

    def squeezed(self, room: int) -> "TimeScale":
        """Narrower cells, two thirds at the least, where the day would be a little too long."""
        narrower = (replace(self, cell=cell) for cell in range(self.cell, self.cell * 2 // 3, -1))
        return next((scale for scale in narrower if scale.width <= room), self)

    def ticks(self, left: float, right: float) -> Iterator[tuple[float, bool]]:
        """(minute, is a full hour) of the cells between two positions, on the depot's clock."""
        step = self.zoom
        first = math.ceil((self.minute(left) + self.offset) / step)
        last = math.floor((self.minute(right) + self.offset) / step)
        for tick in range(first, last + 1):
            yield tick * step - self.offset, (tick * step) % 60 == 0


def fitted(faces: Collection[RowFace], picture: Picture, zoom: int) -> TimeScale:
    """A clock that holds all rows, a little before the first shift."""
    reaches: list[Span] = [face.reach for face in faces] or [(0.0, 60.0)]
    finish = max((face.span[1] for face in faces if face.span), default=0.0)
    start = min(reach[0] for reach in reaches)
    end = max(reach[1] for reach in reaches)
    local = picture.local(datetime.fromtimestamp(start * 60, UTC))
    shift = local.utcoffset()
    offset = shift.total_seconds() / 60 if shift else 0.0
    return TimeScale(start - LEAD_MINUTES, end, zoom, offset, finish=finish)


def best_zoom(scale: TimeScale, room: int) -> int:
    """The finest zoom at which the clock, squeezed, fits in ``room`` px; else the coarsest."""
    fits = [zoom for zoom in ZOOMS if scale.zoomed(zoom).squeezed(room).width <= room]
    return fits[0] if fits else ZOOMS[-1]
