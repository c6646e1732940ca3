"""Deeds with doubtful addresses: the list beside the map, candidates and doors on it."""

from functools import partial

from console.dispatch.orderwork import candidates_of, doubtful_places, fix_place, note_access
from console.domain.errors import ConsoleError
from console.domain.places import Access, Coordinate, Location, Place, PlaceId
from console.tongues import tr
from console.ui.dialogs.fixup import FixUpPanel
from console.ui.notices import Job, Notice, Tone
from console.ui.window import PLAN
from console.ui.workplace import Workplace

_PROMPT = tr("Click the right door on the map")


class FixingDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._wanted: PlaceId | None = None
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
        panel = self.panel or self._new_panel()
        panel.show_places(places, await self._answers(places))
        self._place.window.right.show_tool(panel)
        panel.list.look_at(panel.list.current)

    async def _answers(self, places: list[Place]) -> dict[PlaceId, Location]:
        """Candidates; without streets or an answer the list does without."""
        self._place.show_job(Job("candidates", tr("Looking for candidates…")))
        try:
            return await candidates_of(self._place.station, places)
        except ConsoleError as error:
            self._place.conductor.tell(Notice(error.message, Tone.WARN, error.remedy))
            return {}
        finally:
            self._place.show_job(Job("candidates", "", running=False))

    def _new_panel(self) -> FixUpPanel:
        panel = FixUpPanel(self._place.theme, self._place.window)
        map_view = self._place.panes.map_view
        panel.list.pointWanted.connect(self._want_point)
        panel.list.candidateChosen.connect(self._fix)
        panel.list.accessNoted.connect(self._note)
        panel.list.candidatesShown.connect(map_view.set_candidates)
        panel.done.connect(self._end)
        map_view.pointPicked.connect(self._point_picked)
        map_view.candidatePicked.connect(panel.list.candidate_given)
        self.panel = panel
        return panel

    def _want_point(self, place: str) -> None:
        self._wanted = PlaceId(place)
        self._place.panes.map_view.pick_point_mode(_PROMPT, on=True)

    def _point_picked(self, lat: float, lon: float) -> None:
        if self._wanted is not None and self.panel is not None:
            self.panel.list.point_given(self._wanted, lat, lon)

    def _fix(self, place: str, point: Coordinate) -> None:
        self._stop_picking()
        self._place.conductor.spawn(self._fixed(PlaceId(place), point))

    async def _fixed(self, place: PlaceId, point: Coordinate) -> None:
        await fix_place(self._place.station, place, point)
        left = await doubtful_places(self._place.station)
        if self.panel is not None:
            self.panel.show_places(left)
            if not left:
                self.panel.end()

    def _note(self, place: str, access: Access) -> None:
        self._stop_picking()
        noted = partial(note_access, self._place.station, PlaceId(place), access)
        self._place.conductor.spawn(noted())

    def _stop_picking(self) -> None:
        self._place.panes.map_view.pick_point_mode("", on=False)
        self._wanted = None

    def _end(self) -> None:
        self._stop_picking()
        self._place.panes.map_view.set_candidates([])
