"""Traffic for engines that take no speed file: one factor a state, ways round what is closed.

What is closed is left out of the roads where an engine can do that for a question; where it cannot,
the day is refused, as a plan would lead through it.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate, PlaceId
from console.domain.traffic import FREE, Row, SlowArea, SpeedState
from console.domain.travel import UNREACHABLE
from console.geo import speeds
from console.geo.engines.contract import Avoiding, Engine, Floats, Ring
from console.geo.matrices import Cells
from console.geo.streets import RoadStreets
from console.tongues import tr

SHARES = (0.0, 0.0, 0.15, 0.21, 0.19, 0.37)
"""Of the time of ways up to 5 km what is driven on each kind of road; the rest are turns.

Fitted to OSRM's times in a small country (BENCHMARKS), where no such way used a motorway.
"""
_KEPT = 12  # sets of closed areas whose streets are kept; a day has a few
_ROWS = 64  # at a time, so that memory stays small

Points = Mapping[PlaceId, Coordinate]


class HourlyStreets:
    """The streets of each state of a day, by an engine whose speeds cannot be changed."""

    def __init__(self, region: Region, engine: Engine, free: RoadStreets) -> None:
        """``free`` answers where nothing is closed."""
        self._region, self._engine, self._free = region, engine, free
        self._kept: OrderedDict[tuple[Ring, ...], RoadStreets] = OrderedDict()

    def check(self, states: Iterable[SpeedState]) -> None:
        """ConsoleError where a state closes roads and the engine would drive there."""
        if isinstance(self._engine, Avoiding) or not any(state.closes for state in states):
            return
        raise ConsoleError(
            tr(
                "{name} cannot be told of closed roads: a closed zone, or a low-emission zone"
                " that some vehicle may not enter, holds on this day.",
                name=self._engine.name,
            ),
            remedy=tr(
                "Choose this computer's own OSRM or Valhalla, or a Valhalla server, in File >"
                " Engines and services; or end the zone in Traffic."
            ),
        )

    def streets(self, state: SpeedState) -> RoadStreets:
        """The streets without what a state closes; ConsoleError where the engine knows no way."""
        rings = tuple((*area.corners, area.corners[0]) for area in _closed(state))
        if not rings:
            return self._free
        if rings not in self._kept:
            self.check([state])
            assert isinstance(self._engine, Avoiding)  # noqa: S101 - checked above
            self._kept[rings] = RoadStreets(self._region, self._engine.avoiding(rings))
        self._kept.move_to_end(rings)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)[1].forget()
        return self._kept[rings]

    def hold_for(self, points: Points, profile: str, state: SpeedState) -> tuple[Cells, Cells]:
        """Seconds and metres in a state between points all of which are near a road.

        Whoever is inside an area when it closes still gets out.
        """
        state = speeds.of_profile(state, profile)
        seconds, metres = self.streets(state).square(points, profile)
        closed = _closed(state)
        if closed:
            free = self._free.square(points, profile)
            inside = np.any([_inside(points, area) for area in closed], axis=0)
            caught = inside[:, None] & (seconds == UNREACHABLE)
            seconds, metres = (
                np.where(caught, theirs, ours)
                for ours, theirs in zip((seconds, metres), free, strict=True)
            )
        return _slower(points, seconds, state), metres

    def close(self) -> None:
        """Let go of what is kept."""
        while self._kept:
            self._kept.popitem()[1].forget()


def factor_of(row: Row) -> float:
    """How many times as long a way takes as on free roads: the mean way's kinds of road count."""
    return 1 + sum(
        share * (FREE / percent - 1)
        for share, percent in zip(SHARES, row or (FREE,) * len(SHARES), strict=True)
    )


def _closed(state: SpeedState) -> list[SlowArea]:
    return [area for area in state.areas if not area.percent]


def _slower(points: Points, seconds: Cells, state: SpeedState) -> Cells:
    """The times of a state, from those of its roads when they are empty."""
    slow = [area for area in state.areas if area.percent]
    if not slow and all(cell == FREE for cell in state.row):
        return seconds
    times = np.full(seconds.shape, factor_of(state.row))
    for area in slow:
        times *= 1 + shares_inside(list(points.values()), area.corners) * (FREE / area.percent - 1)
    return np.where(seconds == UNREACHABLE, seconds, np.rint(seconds * times)).astype(np.uint32)


def shares_inside(points: Sequence[Coordinate], corners: Sequence[Coordinate]) -> Floats:
    """What share of the straight line between each two points lies in a polygon."""
    ends = np.array([(p.lon, p.lat) for p in points]).reshape(-1, 2)
    ring = np.array([(c.lon, c.lat) for c in corners])
    parts = [_shares(ends[i : i + _ROWS], ends, ring) for i in range(0, len(ends), _ROWS)]
    return np.concatenate(parts) if parts else np.zeros((0, 0))


def _shares(origins: Floats, targets: Floats, ring: Floats) -> Floats:
    """By where the endless line crosses the polygon's sides: inside from odd to even."""
    along = targets[None, :, :] - origins[:, None, :]
    length = np.maximum((along**2).sum(axis=-1), np.finfo(np.float64).tiny)
    off = ring[None, :, :] - origins[:, None, :]
    side = along[..., 0:1] * off[:, None, :, 1] - along[..., 1:2] * off[:, None, :, 0]
    ahead = (along[:, :, None, :] * off[:, None, :, :]).sum(axis=-1) / length[..., None]
    before, behind = np.roll(side, 1, axis=-1), np.roll(ahead, 1, axis=-1)
    crosses = (side > 0) != (before > 0)
    apart = np.where(crosses, before - side, 1.0)
    at = np.where(crosses, behind + before / apart * (ahead - behind), 1.0)
    at = np.sort(np.clip(at, 0.0, 1.0), axis=-1)
    return _alternating(at, crosses.sum(axis=-1))


def _alternating(at: Floats, count: NDArray[np.intp]) -> Floats:
    """Inside between the first and the second crossing, the third and the fourth, and so on."""
    width = at.shape[-1] - at.shape[-1] % 2
    ins, outs = at[..., 0:width:2], at[..., 1:width:2]
    return np.where(count > 1, (outs - ins).sum(axis=-1), 0.0)


def _inside(points: Points, area: SlowArea) -> NDArray[np.bool_]:
    return np.array([area.contains(point) for point in points.values()], dtype=bool)
