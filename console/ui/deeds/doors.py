"""A list of doubtful addresses and the map beside it, tied together."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from console.dispatch.orderwork import candidates_of, doubtful_places, fix_place, note_access
from console.domain.errors import ConsoleError
from console.domain.places import Access, Coordinate, Location, Place, PlaceId
from console.tongues import tr
from console.ui.dialogs.fixup import FixUpList
from console.ui.importing.taken import Taken, among
from console.ui.importing.wizard import ImportWizard
from console.ui.map.view import MapView
from console.ui.notices import Job, Notice, Tone
from console.ui.workplace import Workplace

_PROMPT = tr("Click the right door on the map")
Changed = Callable[[Sequence[Place]], None]
"""Told the addresses of the day that are doubtful after one was put right."""


class Doors(QObject):
    """Goes with the list; ``fixed`` counts what was put on the map through it."""

    def __init__(
        self, place: Workplace, doubtful: FixUpList, map_view: MapView, changed: Changed
    ) -> None:
        super().__init__(doubtful)
        self._place, self._list, self._map = place, doubtful, map_view
        self._changed = changed
        self._wanted: PlaceId | None = None
        self.fixed = 0
        self._saving = 0
        self._saved = asyncio.Event()
        self._saved.set()
        doubtful.pointWanted.connect(self._want_point)
        doubtful.candidateChosen.connect(self._fix)
        doubtful.accessNoted.connect(self._note)
        doubtful.candidatesShown.connect(map_view.set_candidates)
        map_view.pointPicked.connect(self._point_picked)
        map_view.drawingEnded.connect(doubtful.put_down)
        map_view.candidatePicked.connect(doubtful.candidate_given)

    async def over(self) -> None:
        """Wait until all that was put right is saved."""
        await self._saved.wait()

    def end(self) -> None:
        """The map is for other things again."""
        self._stop_picking()
        self._map.set_candidates([])

    def _want_point(self, place: str) -> None:
        if not place:
            self._stop_picking()
            return
        self._wanted = PlaceId(place)
        self._map.pick_point_mode(_PROMPT, on=True)

    def _point_picked(self, lat: float, lon: float) -> None:
        if self._wanted is not None:
            self._list.point_given(self._wanted, lat, lon)

    def _fix(self, place: str, point: Coordinate) -> None:
        self._stop_picking()
        self._saving += 1
        self._saved.clear()
        self._place.conductor.spawn(self._fixed(PlaceId(place), point))

    async def _fixed(self, place: PlaceId, point: Coordinate) -> None:
        try:
            await fix_place(self._place.station, place, point)
            self.fixed += 1
            self._changed(await doubtful_places(self._place.station))
        finally:
            self._saving -= 1
            if not self._saving:
                self._saved.set()

    def _note(self, place: str, access: Access) -> None:
        self._stop_picking()
        noted = partial(note_access, self._place.station, PlaceId(place), access)
        self._place.conductor.spawn(noted())

    def _stop_picking(self) -> None:
        self._map.pick_point_mode("", on=False)
        self._wanted = None


async def answers_for(place: Workplace, doubtful: Sequence[Place]) -> dict[PlaceId, Location]:
    """Candidates; without streets or an answer the list does without."""
    place.show_job(Job("candidates", tr("Looking for candidates…")))
    try:
        return await candidates_of(place.station, doubtful)
    except ConsoleError as error:
        place.conductor.tell(Notice(error.message, Tone.WARN, error.remedy))
        return {}
    finally:
        place.show_job(Job("candidates", "", running=False))


async def put_right(place: Workplace, wizard: ImportWizard, taken: Taken) -> Taken:
    """Show a file's doubtful addresses beside a map until all are right or the rest is left."""
    wanted = taken.fixable(place.station.picture.plan)
    if not wanted:
        return taken
    answers = await answers_for(place, wanted)
    page = wizard.show_doors(place.panes.map_view.another())
    left = taken.doubtful

    def changed(doubtful: Sequence[Place]) -> None:
        nonlocal left
        left = doubtful
        page.show_places(among(doubtful, (one.id for one in wanted)))
        if not page.left:
            wizard.accept()

    doors = Doors(place, page.list, page.map_view, changed)
    page.show_places(wanted, answers)
    await wizard.answer()
    await doors.over()
    return replace(taken, doubtful=left, origin=replace(taken.origin, fixed=doors.fixed))
