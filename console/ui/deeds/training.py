"""Deeds on training: a day is begun in a window of its own, kinds of days, results."""

from collections.abc import Awaitable, Callable
from functools import partial

from console.dispatch.extracts import Cancelled
from console.dispatch.kindofday import Scenario
from console.dispatch.lanes import Lane
from console.dispatch.station import LAST_DAY, LAST_DEPOT
from console.dispatch.training.lesson import first_lesson
from console.dispatch.training.rooms import Room, Rooms
from console.domain.errors import ConsoleError
from console.tongues import tr
from console.ui.asking import ask
from console.ui.notices import Notice, Tone
from console.ui.training.choose import TrainingForm
from console.ui.training.editor import ScenarioEditor
from console.ui.training.results import ResultsForm
from console.ui.underway import Underway
from console.ui.workplace import Workplace

OF_A_DAY = frozenset((LAST_DAY, LAST_DEPOT))
"""What is kept of a user that means nothing in another store."""


class TrainingDeeds:
    """One method a deed; ``open_beside`` opens the second window and returns when it is closed."""

    def __init__(self, place: Workplace, underway: Underway, rooms: Rooms | None) -> None:
        self._place, self._underway, self._rooms = place, underway, rooms
        self.open_beside: Callable[[Room, bool], Awaitable[None]] | None = None
        self._is_busy = False

    def training(self) -> None:
        """Choose a kind of day, then drive it in a window of its own."""
        self._place.conductor.spawn(self._choose())

    def edit_scenarios(self) -> None:
        """Write kinds of days."""
        self._place.conductor.spawn(self._edit())

    def training_results(self) -> None:
        """Trainees side by side."""
        self._place.conductor.spawn(self._compare())

    # -- a day -------------------------------------------------------------------------------------

    async def _choose(self) -> None:
        place, rooms = self._place, self._need_rooms()
        if self._is_busy:
            place.conductor.tell(Notice(tr("A day to train on is open already."), Tone.WARN))
            return
        kinds = await self._files(rooms.shelf.all)
        who, about = place.station.services.actor, first_lesson().scenario
        form = TrainingForm(kinds, who, about, place.theme, place.window)
        form.editAsked.connect(lambda: self._instead(form, self.edit_scenarios))
        form.resultsAsked.connect(lambda: self._instead(form, self.training_results))
        if not await ask(form, keep=True):
            form.deleteLater()
            return
        wanted, is_guided = (form.scenario, form.trainee, form.speed), form.is_guided
        form.deleteLater()
        await self.begin(*wanted, is_guided=is_guided)

    def _instead(self, form: TrainingForm, deed: Callable[[], None]) -> None:
        form.reject()
        deed()

    async def begin(
        self, scenario: Scenario, trainee: str, speed: float, *, is_guided: bool = False
    ) -> None:
        """Make the day ready, then open its window; returns when that is closed."""
        place, rooms = self._place, self._need_rooms()
        run = place.station.services.lanes.run
        self._is_busy = True
        try:
            with self._underway.job("training") as told:
                told(tr("Making a day to train on ready"), 0.0)
                make = partial(rooms.open, scenario, trainee, speed, told)
                room = await run(Lane.TRAINING, make)
            try:
                await self._take_along(room)
                if self.open_beside is not None:
                    await self.open_beside(room, is_guided)
            finally:
                await run(Lane.TRAINING, room.close)
        except Cancelled:
            place.conductor.tell(Notice(tr("Stopped. No day is open to train on."), Tone.WARN))
        finally:
            self._is_busy = False

    async def _take_along(self, room: Room) -> None:
        """Formats, keys, colours and panels as this user has them."""
        services, theirs = self._place.station.services, room.services
        get = partial(services.preferences.get, services.actor)
        kept = await services.lanes.run(Lane.SQL, get)
        own = {name: value for name, value in kept.items() if name not in OF_A_DAY}
        await theirs.lanes.run(Lane.SQL, partial(theirs.preferences.put, theirs.actor, own))

    # -- kinds of days -----------------------------------------------------------------------------

    async def _edit(self) -> None:
        place, rooms = self._place, self._need_rooms()
        editor = ScenarioEditor(place.theme, place.window)
        editor.saveAsked.connect(partial(self._keep, editor))
        editor.removeAsked.connect(partial(self._remove, editor))
        editor.show_scenarios(await self._files(rooms.shelf.all), rooms.shelf.is_own)
        await ask(editor)

    def _keep(self, editor: ScenarioEditor, kind: Scenario, instead_of: str) -> None:
        self._place.conductor.spawn(self._kept(editor, kind, instead_of))

    async def _kept(self, editor: ScenarioEditor, kind: Scenario, instead_of: str) -> None:
        shelf = self._need_rooms().shelf
        try:
            made = await self._files(partial(shelf.keep, kind, instead_of=instead_of))
        except ConsoleError as error:
            editor.say_refused(f"{error.message} {error.remedy}")
            return
        editor.show_scenarios(await self._files(shelf.all), shelf.is_own, made.name)
        self._place.conductor.tell(Notice(tr("Saved: {title}", title=made.title), Tone.GOOD))

    def _remove(self, editor: ScenarioEditor, name: str) -> None:
        self._place.conductor.spawn(self._removed(editor, name))

    async def _removed(self, editor: ScenarioEditor, name: str) -> None:
        shelf = self._need_rooms().shelf
        await self._files(partial(shelf.put_away, name))
        editor.show_scenarios(await self._files(shelf.all), shelf.is_own)

    # -- results -----------------------------------------------------------------------------------

    async def _compare(self) -> None:
        place, results = self._place, self._need_rooms().results
        form = ResultsForm(await self._files(results.all), place.theme, place.window)
        form.forgetAsked.connect(partial(self._forget, form))
        await ask(form)

    def _forget(self, form: ResultsForm, trainee: str) -> None:
        self._place.conductor.spawn(self._forgotten(form, trainee))

    async def _forgotten(self, form: ResultsForm, trainee: str) -> None:
        results = self._need_rooms().results
        await self._files(partial(results.forget, trainee))
        form.show_results(await self._files(results.all))

    async def _files[T](self, call: Callable[[], T]) -> T:
        return await self._place.station.services.lanes.run(Lane.FILES, call)

    def _need_rooms(self) -> Rooms:
        if self._rooms is None:
            raise ConsoleError(
                tr("There is nowhere to train here."), remedy=tr("Start the console by itself.")
            )
        return self._rooms
