"""Something happened: what, to whom, and only what else is needed to answer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QRadioButton,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from console.domain.places import PlaceId
from console.domain.plan import RouteId
from console.tongues import tr, trn
from console.ui.caption import QUIET, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

USUAL_MINUTES = 30


class Happening(StrEnum):
    """The kinds that can be answered, in the order in which they are offered."""

    ORDER = "order"
    VEHICLE = "vehicle"
    LATE = "late"
    OUT = "out"
    DEPOT = "depot"


WORDS = {
    Happening.ORDER: tr("New urgent order"),
    Happening.VEHICLE: tr("Vehicle down"),
    Happening.LATE: tr("Driver late"),
    Happening.OUT: tr("Driver out"),
    Happening.DEPOT: tr("Depot late"),
}


@dataclass(frozen=True, slots=True)
class Whom:
    """A driver it may have happened to.

    ``places`` is where the vehicle may stand, the likeliest first; ``aboard`` counts stops whose
    goods it has; ``waits`` until the driver has left.
    """

    route: RouteId
    name: str
    places: tuple[tuple[PlaceId, str], ...] = ()
    aboard: int = 0
    waits: bool = False


class HappenedDialog(Sheet):
    """``kind``, ``route``, ``place`` and ``late`` once accepted."""

    def __init__(
        self,
        drivers: Sequence[Whom],
        chosen: RouteId | None,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Something happened"), theme, parent)
        self.least(440)
        self._drivers = drivers
        self.heading(tr("What happened?"))
        self.kinds = self._kinds()
        self.pages = self.put(QStackedWidget())
        self.down = _Form(theme, [each for each in drivers if each.places], chosen)
        self.late_form = _Form(theme, [each for each in drivers if each.waits], chosen)
        self.out = _Form(theme, drivers, chosen)
        self.depot = _Form(theme, ())
        self._fill_pages()
        self.go_back()
        self.go = self.go_on(tr("Go on"))
        self._group.idClicked.connect(self._show)
        self.choose(Happening.ORDER)

    def _kinds(self) -> dict[Happening, QRadioButton]:
        self._group = QButtonGroup(self)
        made = {kind: QRadioButton(text) for kind, text in WORDS.items()}
        for i, button in enumerate(made.values()):
            self._group.addButton(button, i)
            self.put(button)
        return made

    def _fill_pages(self) -> None:
        order = _Form(self.theme, ())
        order.say(tr("Fill in the order; then its three best places are shown, with their price."))
        self.where = self.down.combo(tr("It stands at"))
        self.down.who.currentIndexChanged.connect(self._stand)
        self._stand()
        self.late_minutes = self.late_form.minutes(tr("Late by"))
        self.late_form.say(
            tr("For drivers who have not left yet; who is under way is late by what is reported.")
        )
        self.out.say(tr("What is not served is dealt to the others; goods have to be handed over."))
        self.depot_minutes = self.depot.minutes(tr("Vans leave later by"))
        waiting = sum(each.waits for each in self._drivers)
        self.depot.say(
            trn("One route has not left and waits.", "{n} routes have not left and wait.", waiting)
        )
        for page in (order, self.down, self.late_form, self.out, self.depot):
            self.pages.addWidget(page)

    def choose(self, kind: Happening) -> None:
        """Ask for this kind."""
        self.kinds[kind].setChecked(True)
        self._show(list(Happening).index(kind))

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.go.setEnabled(self._can())

    def _can(self) -> bool:
        if self.kind is Happening.DEPOT:
            return any(each.waits for each in self._drivers)
        return self.kind is Happening.ORDER or self.route is not None

    def _stand(self) -> None:
        whom = self.down.whom
        self.where.clear()
        for place, text in whom.places if whom else ():
            self.where.addItem(text, place)
        count = whom.aboard if whom else 0
        if not count:
            self.down.say(tr("Nothing is on board: what is left is dealt to the others."))
            return
        self.down.say(
            trn(
                "Goods for {n} stop are on board. Another van has to come here and fetch them "
                "before it brings them; what no van fetches waits, with that reason.",
                "Goods for {n} stops are on board. Other vans have to come here and fetch them "
                "before they bring them; what no van fetches waits, with that reason.",
                count,
            )
        )

    @property
    def kind(self) -> Happening:
        """What happened."""
        return list(Happening)[self._group.checkedId()]

    @property
    def route(self) -> RouteId | None:
        """To whom, where it happened to one driver."""
        page = self.pages.currentWidget()
        whom = page.whom if isinstance(page, _Form) else None
        return whom.route if whom else None

    @property
    def place(self) -> PlaceId:
        """Where the vehicle stands."""
        return PlaceId(self.where.currentData())

    @property
    def late(self) -> timedelta:
        """By how much."""
        is_depot = self.kind is Happening.DEPOT
        field = self.depot_minutes if is_depot else self.late_minutes
        return timedelta(minutes=field.value())


class _Form(QWidget):
    """What one kind asks for; ``who`` only where it happened to a driver."""

    def __init__(
        self, theme: Theme, drivers: Sequence[Whom], chosen: RouteId | None = None
    ) -> None:
        super().__init__()
        self._drivers = drivers
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 4, 0, 0)
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(8)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.said = Caption(theme, QUIET, wrap=True)
        self._rows.addRow(self.said)
        self.who = QComboBox()
        self.who.setAccessibleName(tr("Driver"))
        for each in drivers:
            self.who.addItem(each.name)
        if drivers:
            self._put(tr("Driver"), self.who)
            at = next((i for i, each in enumerate(drivers) if each.route == chosen), 0)
            self.who.setCurrentIndex(at)

    @property
    def whom(self) -> Whom | None:
        """The driver who is chosen."""
        return self._drivers[self.who.currentIndex()] if self._drivers else None

    def say(self, text: str) -> None:
        """What will be done."""
        self.said.say(text)

    def combo(self, name: str) -> QComboBox:
        """A further choice."""
        made = QComboBox()
        made.setAccessibleName(name)
        self._put(name, made)
        return made

    def minutes(self, name: str) -> QSpinBox:
        """A number of minutes."""
        made = QSpinBox()
        made.setRange(5, 480)
        made.setSingleStep(5)
        made.setValue(USUAL_MINUTES)
        made.setSuffix(" min")
        made.setAccessibleName(name)
        self._put(name, made)
        return made

    def _put(self, name: str, field: QWidget) -> None:
        self._rows.insertRow(self._rows.rowCount() - 1, name, field)


class PlacesDialog(Sheet):
    """The best places for an order; ``chosen`` is the index of one, or searches ``anew``."""

    def __init__(
        self, heading: str, places: Sequence[str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Best places"), theme, parent)
        self.least(460)
        self.heading(heading)
        self.group = QButtonGroup(self)
        for i, text in enumerate(places):
            button = self.put(QRadioButton(text))
            self.group.addButton(button, i)
            button.setChecked(i == 0)
        self.is_anew = False
        if not places:
            self.sentence(tr("No driver can take it. It waits among the unassigned, with reasons."))
        else:
            self.sentence(
                tr("A route that is out is handed to its driver again, in the same step.")
            )
        self.anew = self.beside(tr("Plan around it…"))
        self.anew.clicked.connect(self._search)
        self.go_back(tr("Leave it waiting"))
        self.go = self.go_on(tr("Put it there"))
        self.go.setEnabled(bool(places))

    @property
    def chosen(self) -> int:
        """Which of the places."""
        return self.group.checkedId()

    def _search(self) -> None:
        self.is_anew = True
        self.accept()
