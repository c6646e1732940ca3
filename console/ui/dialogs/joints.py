"""Doors that are visited more than once: what it saves to go there once, on a click."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.dispatch.consolidating import Joint, Joints
from console.dispatch.picture import Picture
from console.tongues import tr
from console.ui.caption import FAINT, QUIET, STRONG, Band, Caption, DriverChip
from console.ui.labels import cost_text, count_text, route_label
from console.ui.scrolling import scrolling
from console.ui.theme.figures import minutes
from console.ui.theme.theme import Theme
from console.ui.tooldock import ToolDock

_NONE = tr("Every door is visited once: there is nothing to bring together.")
_UNTIMED = tr("Travel times are missing: what joining saves is not known yet.")
_FROM = timedelta(seconds=30)


def saving(joint: Joint, currency: str) -> str:
    """Stops, paid minutes and money as changes, with a true minus where there is less."""
    parts = [f"\N{MINUS SIGN}{count_text(joint.stops)}"]
    if abs(joint.time) >= _FROM:
        parts.append(minutes(joint.time, signed=True))
    if joint.cost:
        parts.append(cost_text(joint.cost, currency))
    return " · ".join(parts)


def place_of(joint: Joint, picture: Picture) -> str:
    """The street of the stop that stays."""
    label = picture.labels.get(joint.members[0])
    return label.street if label is not None else str(joint.members[0])


class JointBand(Band):
    """A door: where, for whom, by whom now, what it saves."""

    joined = Signal()

    def __init__(self, theme: Theme, joint: Joint, picture: Picture) -> None:
        super().__init__(theme)
        self.joint = joint
        where, saves = place_of(joint, picture), saving(joint, picture.currency)
        self.setAccessibleName(f"{where}, {_whom(joint, picture)}, {saves}")
        self._add_head(where, _drivers(joint, picture))
        self._add_words(_whom(joint, picture), saves, "ok" if joint.cost <= 0 else "text2")

    def _add_head(self, where: str, drivers: Sequence[int]) -> None:
        theme, head = self._theme, QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Caption(theme, STRONG, where), 1)
        for number in drivers:
            chip = DriverChip(theme)
            chip.show_number(number)
            head.addWidget(chip)
        self.rows.addLayout(head)

    def _add_words(self, whom: str, saves: str, tone: str) -> None:
        theme = self._theme
        self.button = QPushButton(tr("Join"))
        theme.dress(self.button, "square-stack")
        self.button.clicked.connect(self.joined)
        below = QHBoxLayout()
        below.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Caption(theme, FAINT, whom, wrap=True))
        told = Caption(theme, QUIET, saves)
        told.say(saves, tone)
        words.addWidget(told)
        below.addLayout(words, 1)
        below.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self.rows.addLayout(below)


def _drivers(joint: Joint, picture: Picture) -> list[int]:
    routes = [picture.plan.stops[stop].route for stop in joint.members]
    known = dict.fromkeys(route for route in routes if route is not None)
    return [route_label(picture, route).number for route in known]


def _whom(joint: Joint, picture: Picture) -> str:
    """``2 orders: Apotheke am Markt, Dr. Holm``."""
    labels = [picture.labels.get(stop) for stop in joint.members]
    names = dict.fromkeys(name for label in labels if label for name in label.recipients if name)
    waiting = sum(picture.plan.stops[stop].route is None for stop in joint.members)
    told = tr("{orders} orders", orders=joint.orders)
    if waiting:
        told += tr(", {waiting} unassigned", waiting=waiting)
    return f"{told}: {', '.join(names)}" if names else told


class JointsPanel(ToolDock):
    """``joinAsked(Joint)``, ``picked(Joint)`` when a door is to be shown."""

    joinAsked = Signal(object)
    picked = Signal(object)

    def __init__(self, theme: Theme, window: QWidget | None = None) -> None:
        super().__init__(tr("Same door, same day"), window)
        self._theme = theme
        self.bands: list[JointBand] = []
        self.found = Joints()
        self.said = Caption(theme, QUIET, "", wrap=True)
        self.said.setContentsMargins(12, 4, 12, 8)
        self.all = QPushButton(tr("Join all"))
        self.all.setProperty("role", "primary")
        self.all.setFont(theme.font("body", bold=True))
        self.all.clicked.connect(self._join_all)
        self.setWidget(self._content())
        self.setMinimumWidth(round(328 * theme.scale))

    def _content(self) -> QWidget:
        whole, inner = QWidget(), QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.addWidget(Caption(self._theme, STRONG, tr("Same door, same day")), 1)
        close = QPushButton(tr("Done"))
        close.clicked.connect(self.end)
        head.addWidget(close)
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(4, 0, 4, 0)
        self._list.setSpacing(4)
        self._list.addStretch(1)
        outer.addLayout(head)
        outer.addWidget(self.said)
        outer.addWidget(scrolling(inner), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(self.all)
        outer.addLayout(foot)
        return whole

    def show_found(self, found: Joints, picture: Picture) -> None:
        """The doors of the day as it is now."""
        self.found = found
        for band in self.bands:
            self._list.removeWidget(band)
            band.hide()
            band.deleteLater()
        self.bands = [self._band(joint, picture) for joint in found.each]
        whole = found.whole
        self.all.setVisible(whole is not None)
        self.said.say(self._sentence(found, picture))

    def _sentence(self, found: Joints, picture: Picture) -> str:
        if not found.each:
            return _NONE if picture.is_timed else _UNTIMED
        number = len(found.each)
        doors = tr("1 door is") if number == 1 else tr("{number} doors are", number=number)
        told = tr("{doors} visited more than once.", doors=doors)
        if found.whole is not None:
            told += tr(" All together: {saving}.", saving=saving(found.whole, picture.currency))
        return told

    def _band(self, joint: Joint, picture: Picture) -> JointBand:
        band = JointBand(self._theme, joint, picture)
        band.clicked.connect(lambda: self.picked.emit(joint))
        band.joined.connect(lambda: self.joinAsked.emit(joint))
        self._list.insertWidget(self._list.count() - 1, band)
        return band

    def _join_all(self) -> None:
        if self.found.whole is not None:
            self.joinAsked.emit(self.found.whole)
