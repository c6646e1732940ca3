"""What each kind of happening asks for, and the sentence that says what follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum
from typing import cast

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from console.domain.orders import OrderId
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import RouteId
from console.formats import clock_pattern
from console.tongues import tr, trn
from console.ui.caption import QUIET, Caption
from console.ui.theme.theme import Theme

USUAL_MINUTES = 30
USUAL_METRES = 150
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


class OnMap(Enum):
    """How a place is told that has no name."""

    TYPED = "typed"
    CLICKED = "clicked"
    DRAWN = "drawn"


Where = PlaceId | Coordinate | OnMap
"""A known place, a point, or how the point is told."""


@dataclass(frozen=True, slots=True)
class Whom:
    """A driver it may have happened to.

    ``places`` is where the vehicle may stand, the likeliest first; ``aboard`` counts stops whose
    goods it has, ``ahead`` those that are not done; ``waits`` until the driver has left. ``seen``
    is its last position and how that is called.
    """

    route: RouteId
    name: str
    places: tuple[tuple[PlaceId, str], ...] = ()
    aboard: int = 0
    waits: bool = False
    ahead: int = 0
    seen: tuple[Coordinate, str] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A planned order; ``problem`` says why it cannot be changed any more, '' where it can."""

    order: OrderId
    text: str
    problem: str = ""


class Form(QWidget):
    """What one kind asks for; ``who`` only where it happened to a driver."""

    changed = Signal()

    def __init__(
        self, theme: Theme, drivers: Sequence[Whom] = (), chosen: RouteId | None = None
    ) -> None:
        super().__init__()
        self.drivers = drivers
        self.rows = QFormLayout(self)
        self.rows.setContentsMargins(0, 4, 0, 0)
        self.rows.setHorizontalSpacing(12)
        self.rows.setVerticalSpacing(8)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.said = Caption(theme, QUIET, wrap=True)
        self.rows.addRow(self.said)
        self.who = QComboBox()
        self.who.setAccessibleName(tr("Driver"))
        for each in drivers:
            self.who.addItem(each.name)
        if drivers:
            self.put(tr("Driver"), self.who)
            at = next((i for i, each in enumerate(drivers) if each.route == chosen), 0)
            self.who.setCurrentIndex(at)

    @property
    def whom(self) -> Whom | None:
        """The driver who is chosen."""
        return self.drivers[self.who.currentIndex()] if self.drivers else None

    @property
    def is_told(self) -> bool:
        """True when nothing is missing."""
        return self.whom is not None

    def say(self, text: str) -> None:
        """What will be done."""
        self.said.say(text)

    def combo(self, name: str) -> QComboBox:
        """A further choice."""
        made = QComboBox()
        self.put(name, made)
        return made

    def count(self, name: str, unit: str, most: int, usual: int) -> QSpinBox:
        """A number of minutes or metres."""
        made = QSpinBox()
        made.setRange(5, most)
        made.setSingleStep(5)
        made.setValue(usual)
        made.setSuffix(f" {unit}")
        self.put(name, made)
        return made

    def put(self, name: str, field: QWidget) -> None:
        """A field with its name, above the sentence."""
        field.setAccessibleName(name)
        self.rows.insertRow(self.rows.rowCount() - 1, name, field)


class PlainForm(Form):
    """Nothing else is asked."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme)
        self.say(text)

    @property
    def is_told(self) -> bool:
        """Nothing can be missing."""
        return True


class OrderPick(Form):
    """Which of the planned orders; found by typing a part of it."""

    def __init__(self, theme: Theme, orders: Sequence[Known], chosen: OrderId | None) -> None:
        super().__init__(theme)
        self._orders = orders
        self.which = self.combo(tr("Order"))
        self.which.addItems([each.text for each in orders])
        self.which.setEditable(True)
        self.which.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.which.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        finder = QCompleter(self.which.model(), self.which)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.which.setCompleter(finder)
        at = next((i for i, each in enumerate(orders) if each.order == chosen), 0)
        self.which.setCurrentIndex(at if orders else -1)
        self.which.editTextChanged.connect(self._typed)
        self._typed()

    @property
    def known(self) -> Known | None:
        """The one whose text stands there."""
        text = self.which.currentText()
        return next((each for each in self._orders if each.text == text), None)

    @property
    def is_told(self) -> bool:
        """True for an order that may still be changed."""
        return self.known is not None and not self.known.problem

    def _typed(self, _text: str = "") -> None:
        known = self.known
        if known is None:
            self.say(tr("No planned order is called that: type a part of it and choose."))
        else:
            self.say(
                known.problem
                or tr("Change what is different; then you see what it costs and who makes it.")
            )
        self.changed.emit()


class StandsForm(Form):
    """Where a vehicle stands: a known place, its last position, a point typed or clicked."""

    def __init__(self, theme: Theme, drivers: Sequence[Whom], chosen: RouteId | None) -> None:
        super().__init__(theme, drivers, chosen)
        self._choices = list[Where]()
        self.where = self.combo(tr("It stands at"))
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("47.14151, 9.52154")
        self.put(tr("Latitude, longitude"), self.typed)
        self.who.currentIndexChanged.connect(self._stand)
        self.where.currentIndexChanged.connect(self._fit)
        self.typed.textEdited.connect(self.changed)
        self._stand()

    def _stand(self, _index: int = 0) -> None:
        whom = self.whom
        found: list[tuple[Where, str]] = list(whom.places) if whom else []
        if whom is not None and whom.seen is not None:
            found.append(whom.seen)
        found.append((OnMap.CLICKED, tr("A point that I click on the map")))
        found.append((OnMap.TYPED, tr("A point that I type")))
        self._choices = [each for each, _ in found]
        self.where.clear()
        self.where.addItems([text for _, text in found])
        self._fit()
        count = whom.aboard if whom else 0
        if not count:
            self.say(tr("Nothing is on board: what is left is dealt to the others."))
            return
        self.say(
            trn(
                "Goods for {n} stop are on board. Another van has to come here and fetch them "
                "before it brings them; what no van fetches waits, with that reason.",
                "Goods for {n} stops are on board. Other vans have to come here and fetch them "
                "before they bring them; what no van fetches waits, with that reason.",
                count,
            )
        )

    def _fit(self, _index: int = 0) -> None:
        self.rows.setRowVisible(self.typed, self._chosen is OnMap.TYPED)
        self.changed.emit()

    @property
    def _chosen(self) -> Where | None:
        at = self.where.currentIndex()
        return self._choices[at] if 0 <= at < len(self._choices) else None

    def choose(self, where: Where) -> None:
        """Choose one of what is offered."""
        self.where.setCurrentIndex(self._choices.index(where))

    @property
    def place(self) -> Where | None:
        """Where it stands; None while what is typed is no point."""
        return point_of(self.typed.text()) if self._chosen is OnMap.TYPED else self._chosen

    @property
    def is_told(self) -> bool:
        """True when driver and place are known."""
        return self.whom is not None and self.place is not None


class LateForm(Form):
    """By how much somebody is late, before she left or under way."""

    def __init__(self, theme: Theme, drivers: Sequence[Whom], chosen: RouteId | None) -> None:
        super().__init__(theme, drivers, chosen)
        self.minutes = self.count(tr("Late by"), "min", 480, USUAL_MINUTES)
        self.who.currentIndexChanged.connect(self._chosen)
        self._chosen()

    def _chosen(self, _index: int = 0) -> None:
        whom = self.whom
        if whom is not None and whom.waits:
            self.say(tr("Not left yet: the shift begins so much later."))
        else:
            self.say(
                tr(
                    "Under way: all that is left of the day moves by so much, until the next "
                    "report. Stops that get late are named."
                )
            )


class DepotForm(Form):
    """By how much everybody who has not left leaves later."""

    def __init__(self, theme: Theme, waiting: int) -> None:
        super().__init__(theme)
        self._waiting = waiting
        self.minutes = self.count(tr("Vans leave later by"), "min", 480, USUAL_MINUTES)
        self.say(
            trn("One route has not left and waits.", "{n} routes have not left and wait.", waiting)
        )

    @property
    def is_told(self) -> bool:
        """True where somebody waits."""
        return self._waiting > 0


class RoadForm(Form):
    """Until when nobody drives there, and how the place is told."""

    def __init__(self, theme: Theme, until: time) -> None:
        super().__init__(theme)
        self.until = QTimeEdit(QTime(until.hour, until.minute))
        self.until.setDisplayFormat(clock_pattern())
        self.put(tr("Closed until"), self.until)
        self.how = self.combo(tr("Where"))
        self.how.addItem(tr("Round a point that I click on the map"))
        self.how.addItem(tr("I draw it on the map"))
        self.metres = self.count(tr("Metres round it"), "m", 5000, USUAL_METRES)
        self.how.currentIndexChanged.connect(self._fit)
        self.say(
            tr(
                "Nobody is sent through until then. The travel times before serve until the new "
                "ones are there; then a plan around it is proposed. Undo opens the road again."
            )
        )

    @property
    def is_told(self) -> bool:
        """The place is told on the map."""
        return True

    @property
    def way(self) -> OnMap:
        """How the place is told."""
        return OnMap.CLICKED if self.how.currentIndex() == 0 else OnMap.DRAWN

    @property
    def ends(self) -> time:
        """Until when, on the depot's clock."""
        return time(self.until.time().hour(), self.until.time().minute())

    def _fit(self, _index: int = 0) -> None:
        self.rows.setRowVisible(self.metres, self.way is OnMap.CLICKED)


def minutes_of(form: LateForm | DepotForm) -> timedelta:
    """What a form's field says."""
    return timedelta(minutes=form.minutes.value())


def point_of(text: str) -> Coordinate | None:
    """Two numbers in degrees, latitude first; None where it is anything else."""
    found = cast("list[str]", _NUMBER.findall(text))
    if len(found) != 2:
        return None
    lat, lon = (float(each.replace(",", ".")) for each in found)
    try:
        return Coordinate(lat, lon)
    except ValueError:
        return None
