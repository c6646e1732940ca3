"""Alarms beside the drivers: a list, and below it what may be done about the one that is picked."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.alarmlog import Alarm
from console.dispatch.alarms import Doubt
from console.dispatch.answers import Answer
from console.dispatch.picture import Picture
from console.domain.alarm import AnswerKind
from console.tongues import tr, trn
from console.ui.actions import Actions, action_button
from console.ui.caption import FAINT, PLAIN, STRONG, Caption
from console.ui.labels import cost_text
from console.ui.live.alarmrows import AlarmDelegate, AlarmList
from console.ui.live.alarmwords import alarm_face, answer_detail, answer_name, doubt_line
from console.ui.live.lists import in_a_row, listing
from console.ui.theme.theme import Theme

SNOOZES = (15, 30, 60)  # minutes
SHOWN = 3  # answers that are worked out or done by hand, besides accepting
EMPTY = tr("Nothing is wrong just now. Alarms come by themselves while drivers are under way.")


class AlarmPane(QWidget):
    """``picked``: an alarm; ``answered``: do this; ``snoozed``: minutes; ``assigned``: to whom.

    ``shown``: the stops that may be late are to be seen.
    """

    picked = Signal()
    shown = Signal(object)
    answered = Signal(object)
    snoozed = Signal(int)
    assigned = Signal(str)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self.alarms: list[Alarm] = []
        self.answers: list[Answer] = []
        self.buttons: dict[AnswerKind, QPushButton] = {}
        self._shown = ""
        self.model = AlarmList()
        self.view = listing(self.model, AlarmDelegate, theme, tr("Alarms by harm"))
        self.empty = Caption(theme, FAINT, EMPTY, wrap=True)
        self.waiting = Caption(theme, FAINT, tr("Working out what helps…"), wrap=True)
        self.doubts: list[Doubt] = []
        self.doubt_button = QPushButton()
        self.doubt_button.setAccessibleName(tr("Stops that may be late"))
        self.snooze, self.assign = QPushButton(tr("Snooze")), QPushButton(tr("Assign"))
        self.log = action_button(actions["alarm_log"], theme, "", "history")
        self.log.setAccessibleName(tr("Alarms of the day"))
        self.limits = action_button(actions["alarm_limits"], theme, "", "settings-2")
        self.limits.setAccessibleName(tr("Limits of alarms"))
        self._rows = QVBoxLayout()
        self._dress()
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(self._picked)
        self.show_answers([], Picture())

    def _dress(self) -> None:
        self._theme.dress(self.snooze, "timer")
        self._theme.dress(self.assign, "user")
        self._theme.dress(self.doubt_button, "clock", "warn")
        self.doubt_button.hide()
        self.doubt_button.clicked.connect(
            lambda: self.shown.emit([doubt.stop for doubt in self.doubts])
        )
        later = QMenu(self.snooze)
        for span in SNOOZES:
            action = later.addAction(tr("{span} minutes", span=span))
            action.triggered.connect(partial(self.snoozed.emit, span))
        self.snooze.setMenu(later)
        self.people = QMenu(self.assign)
        self.assign.setMenu(self.people)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.empty.setContentsMargins(12, 8, 12, 8)
        box.addWidget(self.empty)
        box.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(6)
        foot.addWidget(self.doubt_button)
        foot.addWidget(self.waiting)
        foot.addLayout(self._rows)
        foot.addLayout(in_a_row(self.snooze, self.assign, self.log, self.limits))
        box.addLayout(foot)

    def show_alarms(
        self, alarms: Sequence[Alarm], picture: Picture, now: datetime, people: Sequence[str]
    ) -> None:
        """Those that are not quiet first; the picked one stays picked."""
        loud = [a for a in alarms if not a.life.is_quiet(now, a.found.harm)]
        self.alarms = [*loud, *(a for a in alarms if a not in loud)]
        self.empty.setVisible(not alarms)
        if self.chosen is None:
            self._shown = loud[0].id if loud else ""
        with QSignalBlocker(self.view.selectionModel()):
            self.model.show_rows([alarm_face(alarm, picture, now) for alarm in self.alarms])
            self._choose()
        self.view.viewport().update()
        self._show_people(people)
        for button in (self.snooze, self.assign):
            button.setEnabled(self.chosen is not None)

    def show_doubts(self, doubts: Sequence[Doubt], picture: Picture) -> None:
        """Stops that are in time as expected and may be late all the same."""
        self.doubts = list(doubts)
        count = len(doubts)
        self.doubt_button.setVisible(count > 0)
        self.doubt_button.setText(
            trn("{count} stop may be late", "{count} stops may be late", count, count=count)
        )
        self.doubt_button.setToolTip("\n".join(doubt_line(each, picture) for each in doubts[:12]))

    def _show_people(self, people: Sequence[str]) -> None:
        if [action.text() for action in self.people.actions()] == list(people):
            return
        self.people.clear()
        for name in people:
            self.people.addAction(name).triggered.connect(partial(self.assigned.emit, name))

    @property
    def chosen(self) -> Alarm | None:
        """The alarm whose answers are shown."""
        return next((alarm for alarm in self.alarms if alarm.id == self._shown), None)

    def _choose(self) -> None:
        ids = [face.id for face in self.model.rows]
        index = self.model.index(ids.index(self._shown)) if self._shown in ids else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag
        flag = flags.ClearAndSelect if index.isValid() else flags.Clear
        self.view.selectionModel().setCurrentIndex(index, flag)

    def show_waiting(self) -> None:
        """Its answers are being worked out."""
        self.show_answers([], Picture())
        self.waiting.setVisible(self.chosen is not None)

    def show_answers(self, answers: Sequence[Answer], picture: Picture) -> None:
        """What may be done about the chosen one, each a click."""
        self.waiting.hide()
        self.answers, self.buttons = [*answers[:SHOWN], *answers[SHOWN:][-1:]], {}
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chosen = self.chosen
        if chosen is None:
            return
        for answer in self.answers:
            self._rows.addWidget(self._row(answer, chosen, picture))

    def _row(self, answer: Answer, alarm: Alarm, picture: Picture) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 2, 0, 2)
        rows.setSpacing(0)
        name = answer_name(answer, picture)
        button = QPushButton(tr("Do it"))
        button.setAccessibleName(tr("{way}: do it", way=name))
        button.clicked.connect(partial(self.answered.emit, answer))
        self.buttons[answer.kind] = button
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Caption(self._theme, STRONG, name, wrap=True), 1)
        if answer.command is not None and answer.kind is not AnswerKind.RELEASE:
            head.addWidget(Caption(self._theme, PLAIN, cost_text(answer.cost, picture.currency)))
        head.addWidget(button)
        rows.addLayout(head)
        detail = answer_detail(answer, alarm.found, picture)
        rows.addWidget(Caption(self._theme, FAINT, detail, wrap=True))
        return box

    def _picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self._shown = self.model.rows[index.row()].id
            self.picked.emit()
