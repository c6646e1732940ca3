"""Asks an engine for a matrix in questions it can take, and says which places no road is near."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from console.dispatch.ports import OffRoad, Progress
from console.domain.places import Coordinate, PlaceId
from console.domain.travel import UNREACHABLE
from console.geo.engines.contract import Engine, Floats, Limits
from console.geo.matrices import Cells, Manner, Point

_MILLION = 1_000_000


class Work:
    """Computes some rows and columns, within an engine's limits."""

    def __init__(
        self, engine: Engine, profile: str, points: Sequence[Point], limit_m: float
    ) -> None:
        self._engine = engine
        self._profile = profile
        self._points = points
        self._limit_m = limit_m
        self.far: dict[int, float] = {}
        """Positions of points beyond the limit, with their distance in metres."""

    def manner(self, progress: Progress | None) -> Manner:
        """In pieces that the engine takes, each of them told."""
        cut = partial(_parts, limits=self._engine.limits)
        if progress is None:
            return Manner(cut)
        return Manner(cut, partial(progress, "Computing travel times"))

    def compute(self, origins: Sequence[int], targets: Sequence[int]) -> tuple[Cells, Cells]:
        """Whole seconds and metres from some positions to others; notes who is too far off.

        One question.
        """
        used = sorted({*origins, *targets})
        position = {point: i for i, point in enumerate(used)}
        table = self._engine.table(
            self._profile,
            [(self._points[i][1] / _MILLION, self._points[i][0] / _MILLION) for i in used],
            [position[i] for i in origins],
            [position[i] for i in targets],
        )
        for ends, metres in ((origins, table.from_road), (targets, table.to_road)):
            for i, off in zip(ends, metres, strict=True):
                if off > self._limit_m:
                    self.far[i] = off
        return _whole(table.seconds), _whole(table.metres)


def on_road(engine: Engine, profile: str, point: Coordinate, limit_m: float) -> None:
    """OffRoad when no road is near a point."""
    ((_, metres),) = engine.nearest(profile, [(point.lon, point.lat)])
    if metres > limit_m:
        raise OffRoad({PlaceId("the point"): metres}, limit_m, profile)


def _parts(rows: int, columns: int, limits: Limits) -> Iterator[tuple[slice, slice]]:
    """Pieces of a table that stay within an engine's limits, as near to whole rows as may be."""
    wide = min(columns, limits.cells, max(1, limits.points // 2, limits.points - rows))
    for left in range(0, columns, wide):
        across = min(wide, columns - left)
        high = max(1, min(limits.cells // across, limits.points - across))
        for top in range(0, rows, high):
            yield slice(top, top + high), slice(left, left + across)


def _whole(values: Floats) -> Cells:
    """Rounded; UNREACHABLE where there is no way."""
    cells = np.rint(values)
    return np.where(np.isnan(cells), UNREACHABLE, cells).astype(np.uint32)
