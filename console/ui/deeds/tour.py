"""Deeds of the tour: begin it, go on when a step was done, and remember that it was seen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QToolButton, QWidget

from console.tongues import tr
from console.ui.deeds.keeping import Keeper
from console.ui.guide.pages import NAMED
from console.ui.tour.card import TourCard
from console.ui.tour.steps import STEPS, Scene, Step, following
from console.ui.workplace import Workplace

SEEN = "tour"
_MOVED = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class TourDeeds(QObject):
    """One method a deed. ``imports`` and ``printed`` count what was done since the start."""

    def __init__(
        self,
        place: Workplace,
        keeper: Keeper,
        imports: Callable[[], int],
        printed: Callable[[], int],
    ) -> None:
        super().__init__(place.window)
        self._place, self._keeper = place, keeper
        self._imports, self._printed = imports, printed
        self.card: TourCard | None = None
        self._at = 0
        self._walk: list[int] = []
        self._before = Scene()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        signals = place.signals
        for signal in (signals.planChanged, signals.selectionChanged, signals.jobChanged):
            signal.connect(self._changed)
        signals.noticed.connect(self._changed)
        place.window.details_dock.visibilityChanged.connect(self._changed)

    @property
    def step(self) -> Step:
        """The step that is shown, or was shown last."""
        return STEPS[self._at]

    def tour(self) -> None:
        """From the beginning."""
        self.end_tour()
        self.card = TourCard(self._place.window, self._place.theme)
        self.card.on(self.go_on, self.end_tour, self._read_more)
        self._place.window.installEventFilter(self)
        scene = self._scene()
        self._walk = [i for i, step in enumerate(STEPS) if not step.needless(scene)]
        self._go_to(following(-1, scene))

    def begin_once(self) -> None:
        """On a user's first start."""
        if SEEN not in self._keeper.kept:
            self.tour()

    def go_on(self) -> None:
        """The next step; after the last one the tour is over."""
        if self._at == len(STEPS) - 1:
            self.end_tour()
        else:
            self._go_to(following(self._at, self._scene()))

    def end_tour(self) -> None:
        """Over, and seen."""
        if self.card is not None:
            self._place.window.removeEventFilter(self)
            self.card.leave()
            self.card = None
            self._keeper.kept[SEEN] = "seen"
            self._keeper.keep({SEEN: "seen"})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card follows what it points at."""
        if event.type() in _MOVED:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _changed(self, _what: object = None) -> None:
        if self.card is not None:
            self._soon.start()

    def _look(self) -> None:
        """Was it done? Else the card stands where its control is now."""
        if self.card is None:
            return
        now = self._scene()
        if self.step.done(self._before, now):
            self._go_to(following(self._at, now))
        else:
            self.card.point_at(self._target())

    def _go_to(self, at: int) -> None:
        if self.card is None:
            return
        self._at, self._before = at, self._scene()
        step, last = STEPS[at], len(STEPS) - 1
        place = sum(i <= at for i in self._walk)
        count = (
            tr("Tour")
            if at == last
            else tr("Tour: {place} of {value}", place=place, value=len(self._walk) - 1)
        )
        self.card.say(step.title, self._said(step.text), count, is_last=at == last)
        self.card.point_at(self._target())

    def _read_more(self) -> None:
        self._place.signals.guideAsked.emit(self.step.page)

    def _said(self, text: str) -> str:
        actions = self._place.actions

        def words(name: str) -> str:
            keys, said = actions.keys(name), actions[name].text().rstrip("…")
            return f"{said} ({keys})" if keys else said

        return NAMED.sub(lambda found: words(found[1]), text)

    def _scene(self) -> Scene:
        place = self._place
        station, desk = place.station, place.station.workday.desk
        kinds = [entry.kind for entry in desk.entries]
        kinds += [draft.command.kind for draft in desk.outbox]
        return Scene(
            station.region is not None,
            station.picture,
            tuple(kinds),
            self._imports(),
            self._printed(),
            place.selection.stops,
            place.window.details_dock.isVisible(),
        )

    # -- what is pointed at -------------------------------------------------------------------

    def _target(self) -> QRect:
        """The control in the window's pixels; the middle of the window where it is hidden."""
        widget, box = self._anchor(self.step.anchor)
        window = self._place.window
        if not widget.isVisible():
            return QRect(window.rect().center(), window.rect().center())
        return QRect(widget.mapTo(window, box.topLeft()), box.size())

    def _anchor(self, name: str) -> tuple[QWidget, QRect]:
        panes = self._place.panes
        kind, _, key = name.partition(" ")
        if kind == "step":
            return self._checklist(key)
        found: dict[str, Callable[[], QWidget]] = {
            "menu": lambda: panes.topbar.menu_button,
            "timeline": lambda: panes.timeline,
            "orders": lambda: panes.orders,
            "undo": partial(self._button, "undo"),
        }
        widget = found[kind]()
        return widget, widget.rect()

    def _checklist(self, key: str) -> tuple[QWidget, QRect]:
        """A step of the checklist; the button beside it while the bar makes room for a search."""
        strip = self._place.panes.strip
        keys = [step.key for step in strip.bar.steps]
        if not strip.bar.isVisible() or key not in keys:
            return strip.primary, strip.primary.rect()
        return strip.bar, strip.bar.box(keys.index(key)).adjusted(-2, 6, -4, -6)

    def _button(self, name: str) -> QWidget:
        topbar, action = self._place.panes.topbar, self._place.actions[name]
        buttons = topbar.findChildren(QToolButton)
        return next(b for b in buttons if b.defaultAction() is action)
