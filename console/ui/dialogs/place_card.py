"""One doubtful address: why, where it may be, the door on the map, and how it is reached."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.domain.places import Certainty, Coordinate, Location, Place
from console.tongues import tr
from console.ui.caption import FAINT, STRONG, Caption
from console.ui.dialogs.access_fields import AccessFields
from console.ui.ink import Pen
from console.ui.theme.theme import Theme

CERTAINTIES: Mapping[Certainty, str] = {
    Certainty.STREET: tr("Only the street was found"),
    Certainty.PLACE: tr("Only the town was found"),
    Certainty.DOUBTFUL: tr("Found something similar"),
    Certainty.OUTSIDE: tr("Outside the streets that are installed"),
    Certainty.UNKNOWN: tr("Not found"),
}
REASONS: Mapping[str, str] = {
    "area_differs": tr("postcode and town do not belong together"),
    "city_differs": tr("another town"),
    "country_differs": tr("another country"),
    "country_unknown": tr("unknown country"),
    "no_address_near": tr("no address nearby"),
    "number_beyond": tr("number is beyond the last one known"),
    "number_interpolated": tr("between two house numbers"),
    "number_missing": tr("no house number"),
    "number_twice": tr("this number is there twice"),
    "number_unknown": tr("house number not on the map"),
    "outside_region": tr("outside the region"),
    "part_unread": tr("part of it was not understood"),
    "place_name": tr("found by its name"),
    "plus_code": tr("by its plus code"),
    "postcode_differs": tr("another postcode"),
    "postcode_missing": tr("no postcode"),
    "postcode_typo": tr("postcode misspelt"),
    "postcode_unknown": tr("unknown postcode"),
    "several_match": tr("several places fit"),
    "service_failed": tr("the address service did not answer"),
    "service_limit": tr("the address service takes no more at once"),
    "street_differs": tr("street spelt quite differently"),
    "street_typo": tr("street spelt differently"),
    "street_unknown": tr("no street of this name"),
    "suffix_unknown": tr("letter of the number not on the map"),
    "town_differs": tr("another town"),
    "town_missing": tr("no town"),
    "town_typo": tr("town misspelt"),
    "town_unknown": tr("unknown town"),
}
_TABS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_QUIET = frozenset({"postcode_missing", "town_missing"})  # not worth a word beside others
_ACCESS, _HIDE = tr("How it is reached…"), tr("Hide how it is reached")
_PICK, _WAIT = tr("Click it on the map"), tr("Click the right door on the map…")


class PlaceCard(QWidget):
    """``chosen(place, Coordinate)`` decides. ``entered``: its candidates belong on the map now."""

    pointWanted = Signal(str)
    parkingWanted = Signal(str)
    chosen = Signal(str, object)
    accessNoted = Signal(str, object)
    entered = Signal(str)

    def __init__(self, place: Place, answer: Location | None, theme: Theme) -> None:
        super().__init__()
        self._theme, self._place = theme, place
        self.point: Coordinate | None = None
        self.is_current = False
        self.spots = candidates_of(place, answer)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(10, 6, 2, 6)
        self._rows.setSpacing(3)
        self._say_address(answer)
        self.candidates = [self._candidate(i, *spot) for i, spot in enumerate(self.spots, start=1)]
        self.map_button = self._button(_PICK, "locate-fixed")
        self.map_button.clicked.connect(lambda: self.pointWanted.emit(place.id))
        self.access_button = self._button(_ACCESS, "map-pin")
        self.access_button.clicked.connect(self._turn_access)
        self.access: AccessFields | None = None
        self.picked = Caption(theme, FAINT, "", wrap=True)
        self.save_button, self.cancel_button = QPushButton(tr("Save")), QPushButton(tr("Cancel"))
        self._lay_out()
        self._cancel()

    def _say_address(self, answer: Location | None) -> None:
        theme, address = self._theme, self._place.address
        town = ", ".join(
            part for part in (f"{address.postcode} {address.city}".strip(), address.country) if part
        )
        for pen, text in (
            (STRONG, address.street or tr("No street")),
            (FAINT, town),
            (Pen("small", "warn"), _why(self._place, answer)),
            (FAINT, answer.source if answer else ""),
        ):
            if text:
                self._rows.addWidget(Caption(theme, pen, text, wrap=True))

    def _lay_out(self) -> None:
        self.save_button.setProperty("role", "primary")
        self.save_button.setFont(self._theme.font("body", bold=True))
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self._cancel)
        for widget in (*self.candidates, self.map_button, self.access_button, self.picked):
            self._rows.addWidget(widget)
        answers = QHBoxLayout()
        answers.addWidget(self.save_button)
        answers.addWidget(self.cancel_button)
        answers.addStretch(1)
        self._rows.addLayout(answers)
        for widget in self.findChildren(QPushButton):
            widget.installEventFilter(self)

    # -- what the list tells it --------------------------------------------------------------------

    def show_point(self, point: Coordinate) -> None:
        """A point to be saved or dropped."""
        self.point = point
        self.wait_for_click(on=False)
        self.picked.say(
            tr(
                "{lat:.5f}, {lon:.5f}. Drag the pin until it is right.",
                lat=point.lat,
                lon=point.lon,
            )
        )
        self._offer_save()

    def show_parking(self, point: Coordinate) -> None:
        """Where the van stands."""
        if self.access is not None:
            self.access.park_at(point)

    def wait_for_click(self, *, on: bool) -> None:
        """Say that the map waits for the door."""
        self.map_button.setText(_WAIT if on else _PICK)

    def wait_for_parking(self, *, on: bool) -> None:
        """Say that the map waits for where the van stands."""
        if self.access is not None:
            self.access.wait_for_click(on=on)

    def mark_current(self, *, on: bool) -> None:
        """The one card whose candidates are on the map has a bar at its side."""
        self.is_current = on
        self.update()

    # -- what is done here -------------------------------------------------------------------------

    def _turn_access(self) -> None:
        fields = self.access or self._new_access()
        fields.setVisible(fields.isHidden())
        self.access_button.setText(_ACCESS if fields.isHidden() else _HIDE)

    def _new_access(self) -> AccessFields:
        fields = self.access = AccessFields(self._place.access, self._theme)
        fields.hide()
        fields.changed.connect(self._offer_save)
        fields.parkingWanted.connect(lambda: self.parkingWanted.emit(self._place.id))
        self._rows.insertWidget(self._rows.indexOf(self.access_button) + 1, fields)
        return fields

    def _offer_save(self) -> None:
        self.picked.setVisible(self.point is not None)
        self.save_button.show()
        self.cancel_button.show()

    def _save(self) -> None:
        self._note_access()
        self.save_button.hide()
        self.cancel_button.hide()
        if self.point is not None:
            self.chosen.emit(self._place.id, self.point)

    def _note_access(self) -> None:
        if self.access is not None and self.access.access != self._place.access:
            self.accessNoted.emit(self._place.id, self.access.access)

    def _cancel(self) -> None:
        self.point = None
        self.wait_for_click(on=False)
        self.wait_for_parking(on=False)
        for widget in (self.picked, self.save_button, self.cancel_button):
            widget.hide()

    def _candidate(self, number: int, label: str, point: Coordinate) -> QPushButton:
        button = self._button(f"{number}  {label}", "corner-down-right")
        button.clicked.connect(lambda: self._choose(point))
        return button

    def _choose(self, point: Coordinate) -> None:
        self._note_access()
        self.chosen.emit(self._place.id, point)

    def _button(self, text: str, icon: str) -> QPushButton:
        button = QPushButton(_fitting(text).replace("&", "&&"))
        button.setProperty("role", "quiet")
        button.setStyleSheet("text-align: left; padding: 0 4px;")
        button.setToolTip(text)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._theme.dress(button, icon, "accent", 14)
        return button

    # -- Qt ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press on a button, or Tab to it, makes this card the current one."""
        tabbed = isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in _TABS
        if tabbed or event.type() == QEvent.Type.MouseButtonPress:
            self.entered.emit(self._place.id)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.entered.emit(self._place.id)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_current:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("accent"))
                painter.drawRoundedRect(QRectF(0, 6, 3, self.height() - 12), 1.5, 1.5)


def _fitting(text: str, most: int = 36) -> str:
    """Both ends of a long label; the whole of it is the tip."""
    half = (most - 1) // 2
    return text if len(text) <= most else f"{text[:half].rstrip()}…{text[-half:].lstrip()}"


def _why(place: Place, answer: Location | None) -> str:
    reasons = answer.reasons if answer else ()
    telling = [reason for reason in reasons if reason not in _QUIET] or reasons
    said = [CERTAINTIES.get(place.certainty, place.certainty.value)]
    said += [REASONS.get(reason, reason.replace("_", " ")) for reason in telling]
    return " · ".join(said)


def candidates_of(place: Place, answer: Location | None) -> list[tuple[str, Coordinate]]:
    """(label, point) of where it could be, best first, without repeats."""
    found: dict[Coordinate, str] = {}
    if place.coordinate is not None:
        found[place.coordinate] = place.label or tr("Take the point that was found")
    for candidate in answer.candidates if answer else ():
        if candidate.coordinate is not None:
            found.setdefault(candidate.coordinate, candidate.label or tr("Another point"))
    return [(label, point) for point, label in found.items()]
