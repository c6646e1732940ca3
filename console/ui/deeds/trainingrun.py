"""Deeds in a window to train in: its banner and clock, incidents put in, the grade at the end."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from console.dispatch.debriefpaper import DebriefPaper
from console.dispatch.lanes import Lane
from console.dispatch.training.grading import Grade, GradedRun, graded
from console.dispatch.training.lesson import Lesson, Standing
from console.dispatch.training.printed import debrief_paper, sides_of
from console.dispatch.training.results import result_of
from console.dispatch.training.rooms import Room, Rooms
from console.dispatch.training.tracing import Step
from console.dispatch.training.words import incident_words
from console.domain.errors import ConsoleError
from console.tongues import tr
from console.ui.asking import ask, save_as
from console.ui.deeds.audit import AuditDeeds
from console.ui.deeds.live import LiveDeeds
from console.ui.notices import Notice, Tone
from console.ui.training.banner import TrainingBanner
from console.ui.training.debrief import DebriefWindow
from console.ui.training.happen import HappenForm
from console.ui.workplace import Workplace

BEAT_MS = 250


class TrainingRunDeeds:
    """One method a deed; without a room there is nothing to do."""

    def __init__(
        self,
        place: Workplace,
        live: LiveDeeds,
        audit: AuditDeeds,
        rooms: Rooms | None,
        room: Room | None,
    ) -> None:
        self._place, self._live, self._audit = place, live, audit
        self._rooms, self._room = rooms, room
        self.run: GradedRun | None = None
        self.debrief: DebriefWindow | None = None
        self.banner: TrainingBanner | None = None
        self.lesson: Lesson | None = None
        self._was_told = False
        self._beat = QTimer(place.window)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._beaten)
        place.rehearses = room is not None

    def begin(self) -> None:
        """The window is open: show the banner, let the day go on."""
        room, place = self._room, self._place
        if room is None:
            return
        self.run = GradedRun.begin(place.station, room.scenario, room.trainee)
        kind = room.scenario
        self.banner = TrainingBanner(
            tr(kind.title), [tr(goal) for goal in kind.goals], place.actions, place.theme
        )
        place.window.setWindowTitle(tr("Doorstep, training: {title}", title=kind.title))
        place.window.add_bar(self.banner)
        self._live.panel.pace.leave_words_to_others()
        self.banner.read.connect(self._card_read)
        self._beat.start()
        self._beaten()
        place.conductor.spawn(self._live_on(room))

    async def _live_on(self, room: Room) -> None:
        await room.live(self._live.tracking, await self._place.station.streets())

    def _beaten(self) -> None:
        """The clock went on; when all are back it is time for the grade."""
        room, place = self._room, self._place
        if room is None or self.banner is None:
            return
        self.banner.show_time(place.station.picture.clock(place.station.services.clock.now()))
        self._teach()
        if room.pace.is_over and not self._was_told:
            self._was_told = True
            place.conductor.tell(
                Notice(
                    tr("Everybody is back: the day is over."), Tone.GOOD, "", "grade_run",
                    tr("Grade it"),
                )
            )  # fmt: skip

    def _teach(self) -> None:
        """The lesson's card that follows from how the run stands."""
        lesson, room, banner = self.lesson, self._room, self.banner
        if lesson is None or room is None or banner is None:
            return
        pace, plan = room.pace, self._place.station.picture.plan
        lesson.follow(Standing(plan, pace.is_running, pace.is_over, self.debrief is not None))
        banner.show_card(lesson.card, lesson.at + 1, len(lesson.cards))

    def _card_read(self) -> None:
        if self.lesson is not None:
            self.lesson.read()
            self._teach()

    # -- something happens -------------------------------------------------------------------------

    def put_incident(self) -> None:
        """An instructor lets something happen."""
        self._place.conductor.spawn(self._put())

    async def _put(self) -> None:
        room, run, place = self._need_room(), self._need_run(), self._place
        picture = place.station.picture
        names = [picture.drivers[route].name for route in run.drivers]
        now = picture.local(place.station.services.clock.now()).time()
        form = HappenForm(names, now, place.theme, place.window)
        if not await ask(form):
            return
        incident = room.pace.inject(form.incident)
        run.inject(incident, place.station.services.clock.now())
        told = tr("{what} from {at:%H:%M} on.", what=incident_words(incident), at=incident.at)
        place.conductor.tell(Notice(told))

    # -- the grade ---------------------------------------------------------------------------------

    def grade_run(self) -> None:
        """Stop the clock, grade what was done, show it."""
        self._place.conductor.spawn(self.grade())

    async def grade(self) -> Grade:
        """The grade of the day so far; it is kept among the results."""
        place, room = self._place, self._need_room()
        room.pace.pause()
        found = await graded(place.station, self._need_run())
        if self._rooms is not None:
            row = result_of(found, self._rooms.now())
            keep = partial(self._rooms.results.add, row)
            await place.station.services.lanes.run(Lane.FILES, keep)
        self._show(found)
        return found

    def _show(self, found: Grade) -> None:
        place = self._place
        if self.debrief is not None:
            self.debrief.close()
            self.debrief.deleteLater()
        sides = sides_of(found, place.station.workday.around)
        window = DebriefWindow(found, place.station.picture, sides, place.theme, place.window)
        window.momentAsked.connect(self._look)
        window.mapAsked.connect(self._light)
        window.printAsked.connect(self._ask_file)
        self.debrief = window
        window.show()

    def _look(self, version: int) -> None:
        self._place.conductor.spawn(self._audit.open_at(version))

    def _light(self, step: Step | None) -> None:
        """The stops a step was about, on the map."""
        if step is not None:
            stops: Sequence[str] = [move.stop for move in step.better.moves]
            route = step.trouble.route if step.trouble else None
            self._place.selection.pick(stops, None if stops else route)

    def _ask_file(self) -> None:
        if self.debrief is None:
            return
        save_as(self.debrief, tr("Save the debrief"), "debrief.pdf", self._file_chosen)

    def _file_chosen(self, name: str) -> None:
        self._place.conductor.spawn(self.write(Path(name)))

    async def write(self, path: Path) -> None:
        """The debrief as a PDF; ConsoleError where the disk says no."""
        if self.debrief is None:
            return
        place = self._place
        station = place.station
        paper = debrief_paper(self.debrief.grade, station.picture, station.workday.around)
        await place.station.services.lanes.run(Lane.FILES, partial(self._written, paper, path))
        place.conductor.tell(Notice(tr("Written: {name}", name=path.name), Tone.GOOD))

    def _written(self, paper: DebriefPaper, path: Path) -> None:
        try:
            path.write_bytes(self._place.station.services.sheets.debrief(paper))
        except OSError as error:
            raise ConsoleError(
                tr("{path} cannot be written: {strerror}.", path=path, strerror=error.strerror),
                remedy=tr("Choose another place."),
            ) from error

    def _need_room(self) -> Room:
        if self._room is None:
            raise ConsoleError(
                tr("This window is no training."), remedy=tr("Choose Help > Train on a day.")
            )
        return self._room

    def _need_run(self) -> GradedRun:
        if self.run is None:
            raise ConsoleError(tr("The day has not begun yet."), remedy=tr("Wait a moment."))
        return self.run
