"""Something happened: what, to whom, and only what else is needed to answer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QStackedWidget, QWidget

from console.domain.orders import OrderId
from console.domain.plan import RouteId
from console.tongues import tr
from console.ui.dialogs.happened_forms import (
    DepotForm,
    Form,
    Known,
    LateForm,
    OrderPick,
    PlainForm,
    RoadForm,
    StandsForm,
    Where,
    Whom,
    minutes_of,
)
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

_ACROSS = 2


class Happening(StrEnum):
    """The kinds that can be answered, in the order in which they are offered."""

    ORDER = "order"
    CUSTOMER = "customer"
    VEHICLE = "vehicle"
    LATE = "late"
    OUT = "out"
    DEPOT = "depot"
    ROAD = "road"


WORDS = {
    Happening.ORDER: tr("New urgent order"),
    Happening.CUSTOMER: tr("Customer changed an order"),
    Happening.VEHICLE: tr("Vehicle down"),
    Happening.LATE: tr("Driver late"),
    Happening.OUT: tr("Driver out"),
    Happening.DEPOT: tr("Depot late"),
    Happening.ROAD: tr("Road closed until…"),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """To whom and what it may have happened; ``route`` and ``order`` are those that are lit.

    ``until`` is proposed as the end of a closed road.
    """

    drivers: Sequence[Whom]
    route: RouteId | None = None
    orders: Sequence[Known] = ()
    order: OrderId | None = None
    until: time = time(12)


class HappenedDialog(Sheet):
    """``kind`` and what its form says once accepted."""

    def __init__(self, scene: Scene, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Something happened"), theme, parent)
        self.least(480)
        self.heading(tr("What happened?"))
        self.kinds = self._kinds()
        self.pages = self.put(QStackedWidget())
        self._forms = self._make_forms(scene)
        for form in self._forms.values():
            self.pages.addWidget(form)
            form.changed.connect(self._check)
        self.go_back()
        self.go = self.go_on(tr("Go on"))
        self._group.idClicked.connect(self._show)
        self.choose(Happening.ORDER)

    def _kinds(self) -> dict[Happening, QRadioButton]:
        self._group = QButtonGroup(self)
        made = {kind: QRadioButton(text) for kind, text in WORDS.items()}
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        for i, button in enumerate(made.values()):
            self._group.addButton(button, i)
            grid.addWidget(button, i // _ACROSS, i % _ACROSS)
        self.body.addLayout(grid)
        return made

    def _make_forms(self, scene: Scene) -> dict[Happening, Form]:
        drivers, theme = scene.drivers, self.theme
        urgent = tr("Fill in the order; then its three best places are shown, with their price.")
        self.customer = OrderPick(theme, scene.orders, scene.order)
        self.down = StandsForm(theme, [each for each in drivers if each.places], scene.route)
        self.late_form = LateForm(theme, [each for each in drivers if each.ahead], scene.route)
        self.out = Form(theme, drivers, scene.route)
        self.out.say(tr("What is not served is dealt to the others; goods have to be handed over."))
        self.depot = DepotForm(theme, sum(each.waits for each in drivers))
        self.road = RoadForm(theme, scene.until)
        return {
            Happening.ORDER: PlainForm(theme, urgent),
            Happening.CUSTOMER: self.customer,
            Happening.VEHICLE: self.down,
            Happening.LATE: self.late_form,
            Happening.OUT: self.out,
            Happening.DEPOT: self.depot,
            Happening.ROAD: self.road,
        }

    def choose(self, kind: Happening) -> None:
        """Ask for this kind."""
        self.kinds[kind].setChecked(True)
        self._show(list(Happening).index(kind))

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self._check()

    def _check(self) -> None:
        self.go.setEnabled(self._forms[self.kind].is_told)

    @property
    def kind(self) -> Happening:
        """What happened."""
        return list(Happening)[self._group.checkedId()]

    @property
    def route(self) -> RouteId | None:
        """To whom, where it happened to one driver."""
        whom = self._forms[self.kind].whom
        return whom.route if whom else None

    @property
    def order(self) -> OrderId | None:
        """Which order a customer changed."""
        return self.customer.known.order if self.customer.known else None

    @property
    def place(self) -> Where | None:
        """Where the vehicle stands, or how that is told."""
        return self.down.place

    @property
    def late(self) -> timedelta:
        """By how much."""
        return minutes_of(self.depot if self.kind is Happening.DEPOT else self.late_form)


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
        self.back = self.go_back(tr("Leave it waiting"))
        self.go = self.go_on(tr("Put it there"))
        self.go.setEnabled(bool(places))

    @property
    def chosen(self) -> int:
        """Which of the places."""
        return self.group.checkedId()

    def _search(self) -> None:
        self.is_anew = True
        self.accept()


class ChangeDialog(PlacesDialog):
    """What a customer's change costs where the order is, and where else it could go."""

    def __init__(
        self, heading: str, places: Sequence[str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(heading, places, theme, parent)
        self.note = self.sentence("")
        self.note.hide()
        self.setWindowTitle(tr("Customer changed an order"))
        self.setAccessibleName(self.windowTitle())
        self.back.setText(tr("Leave it as it was"))
        self.go.setText(tr("Change it so"))

    def say(self, text: str) -> None:
        """Why there is no more to choose from."""
        self.note.say(text)
        self.note.setVisible(bool(text))
