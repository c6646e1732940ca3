"""Deeds with doubtful addresses: the list beside the map, candidates and doors on it."""

from collections.abc import Sequence

from console.dispatch.orderwork import doubtful_places
from console.domain.places import Place
from console.tongues import tr
from console.ui.deeds.doors import Doors, answers_for
from console.ui.dialogs.fixup import FixUpPanel
from console.ui.notices import Notice, Tone
from console.ui.window import PLAN
from console.ui.workplace import Workplace


class FixingDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.panel: FixUpPanel | None = None

    def fix_addresses(self) -> None:
        """List the doubtful addresses beside the map."""
        self._place.conductor.spawn(self._open())

    async def _open(self) -> None:
        places = await doubtful_places(self._place.station)
        if not places:
            self._place.conductor.tell(Notice(tr("Every address is located."), Tone.GOOD))
            return
        self._place.window.show_page(PLAN)
        answers = await answers_for(self._place, places)
        panel = self._made()
        panel.show_places(places, answers)
        self._place.window.right.show_tool(panel)
        panel.list.look_at(panel.list.current)

    def _made(self) -> FixUpPanel:
        """Once for a window."""
        if self.panel is None:
            panel = self.panel = FixUpPanel(self._place.theme, self._place.window)
            map_view = self._place.panes.map_view
            doors = Doors(self._place, panel.list, map_view, self._show_left)
            panel.done.connect(doors.end)
        return self.panel

    def _show_left(self, places: Sequence[Place]) -> None:
        if self.panel is not None:
            self.panel.show_places(places)
            if not places:
                self.panel.end()
