"""Deeds on what the map shows: layers that are remembered, tiles of the user's own server."""

from dataclasses import replace
from functools import partial

from console.dispatch.lanes import Lane
from console.ui.asking import ask
from console.ui.dialogs.online_tiles import OnlineTilesForm
from console.ui.map.layers import ONLINE, WINDOW, Layers, kept, remembered
from console.ui.workplace import Workplace

LAYERS = "map_layers"


class MapDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        place.panes.map_view.layersChanged.connect(self._changed)

    async def recall(self) -> None:
        """Show the map as this user left it."""
        services = self._place.station.services
        get = partial(services.preferences.get, services.actor)
        text = (await services.lanes.run(Lane.SQL, get)).get(LAYERS, "")
        if text:
            self._place.panes.map_view.set_layers(remembered(text))

    def online_tiles(self) -> None:
        """Choose a server whose pictures of tiles are shown, or none."""
        self._place.conductor.spawn(self._ask_online())

    async def _ask_online(self) -> None:
        place = self._place
        view = place.panes.map_view
        dialog = OnlineTilesForm(view.layers.online, place.theme, place.window)
        if not await ask(dialog):
            return
        online = dialog.online
        style = ONLINE if online else WINDOW
        layers = replace(view.layers, online=online, style=style)
        view.set_layers(layers)
        await self._keep(layers)

    def _changed(self, layers: Layers) -> None:
        self._place.conductor.spawn(self._keep(layers))

    async def _keep(self, layers: Layers) -> None:
        services = self._place.station.services
        put = partial(services.preferences.put, services.actor, {LAYERS: kept(layers)})
        await services.lanes.run(Lane.SQL, put)
