"""What the page shall show, kept so that it can be told again after a reload."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from console.ui.map.marks import DepotMark, Patch, RouteLine, StopMark, patch_between

Send = Callable[[str, object], None]
"""Sends (kind, value that becomes JSON) to the page; does nothing while there is none."""


class Shown:
    """Marks, selection and light by key; each setter sends only the difference."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._routes: dict[str, RouteLine] = {}
        self._stops: dict[str, StopMark] = {}
        self._depots: dict[str, DepotMark] = {}
        self._single: dict[str, object] = {
            "selection": [],
            "lit": None,
            "preview": None,
            "driven": [],
            "dragging": False,
            "sides": None,
            "candidates": [],
            "zones": [],
            "vans": [],
        }

    def set_routes(self, routes: Iterable[RouteLine]) -> None:
        """Replace the routes."""
        after = {route.key: route for route in routes}
        patch = patch_between(self._routes, after)
        self._routes = after
        if patch:
            self._send("routes", _routes_body(patch))

    def set_stops(self, stops: Iterable[StopMark]) -> None:
        """Replace the stops."""
        after = {stop.key: stop for stop in stops}
        patch = patch_between(self._stops, after)
        self._stops = after
        if patch:
            self._send("stops", _points_body(patch))

    def set_depots(self, depots: Iterable[DepotMark]) -> None:
        """Replace the depots."""
        after = {depot.key: depot for depot in depots}
        patch = patch_between(self._depots, after)
        self._depots = after
        if patch:
            self._send("depots", _points_body(patch))

    def set_single(self, kind: str, value: object) -> None:
        """Replace the selection, the lit route, the preview or which plans are shown."""
        if self._single[kind] != value:
            self.set_mode(kind, value)

    def set_mode(self, kind: str, value: object) -> None:
        """Set what the mouse does; sent always, for the user may have changed it on the map."""
        self._single[kind] = value
        self._send(kind, value)

    def send_all(self) -> None:
        """Tell a fresh page everything."""
        self._send("routes", _routes_body(Patch(upsert=list(self._routes.values()))))
        self._send("stops", _points_body(Patch(upsert=list(self._stops.values()))))
        self._send("depots", _points_body(Patch(upsert=list(self._depots.values()))))
        for kind, value in self._single.items():
            self._send(kind, value)


def _routes_body(patch: Patch[RouteLine]) -> dict[str, object]:
    return {"upsert": [route.flat() for route in patch.upsert], "remove": patch.remove}


def _points_body(patch: Patch[Any]) -> dict[str, object]:
    return {"upsert": patch.upsert, "remove": patch.remove}


def encode(value: object) -> bytes:
    """JSON of plain values and marks."""
    return msgspec.json.encode(value)


def flat_points(points: Sequence[tuple[float, float]]) -> list[float]:
    """(lat, lon) pairs as one list."""
    return [value for point in points for value in point]
