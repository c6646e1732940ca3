"""What another search is to find: a profile, how long, and without whom."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from console.dispatch.arranging import can_go
from console.dispatch.picture import Picture
from console.dispatch.scenarios import Wanted
from console.domain.objective import OBJECTIVES, Objective
from console.domain.plan import RouteId
from console.planning.run import Terms
from console.tongues import tr
from console.ui.caption import QUIET, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.labels import count_text, route_label
from console.ui.optimise.limits import SecondsField
from console.ui.optimise.panel import PROFILES
from console.ui.theme.theme import Theme

_ROWS = 7
_EXPLAINED = tr(
    "The plan stays as it is. What is found is kept under this name and shown beside it."
)


class SearchForm(Sheet):
    """``wanted`` once accepted; ``own`` are the dispatcher's own weights."""

    def __init__(
        self,
        picture: Picture,
        own: Objective,
        seconds: float,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Scenario from another search"), theme, parent)
        self.least(420)
        self._own, self._is_named = own, False
        self.heading(tr("Scenario from another search"))
        self.sentence(_EXPLAINED)
        self._make_fields(picture, seconds)
        grid = self.grid()
        for words, field in (
            (tr("Name"), self.field),
            (tr("Profile"), self.profile),
            (tr("Seconds"), self.seconds),
        ):
            grid.addRow(words, field)
        self.caption(tr("Drivers"))
        self.put(self.drivers)
        self.count = self.put(Caption(theme, QUIET))
        self.go_back()
        self.go = self.go_on(tr("Search"))
        self._follow()
        self.field.selectAll()
        self.field.setFocus()

    def _make_fields(self, picture: Picture, seconds: float) -> None:
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Name"))
        self.field.setMaxLength(80)
        self.field.textEdited.connect(self._named)
        self.profile = QComboBox()
        self.profile.setAccessibleName(tr("Profile"))
        for name, (words, hint) in PROFILES.items():
            if name in OBJECTIVES or self._own.name not in OBJECTIVES:
                self.profile.addItem(words, name)
                self.profile.setItemData(
                    self.profile.count() - 1, hint, Qt.ItemDataRole.ToolTipRole
                )
        self.profile.setCurrentIndex(max(0, self.profile.findData(self._own.name)))
        self.profile.currentIndexChanged.connect(self._follow)
        self._seconds = seconds
        self.seconds = SecondsField()
        self.seconds.show_seconds(seconds)
        self.seconds.changed.connect(self._timed)
        self.drivers = _Drivers(picture, self.theme)
        self.drivers.itemChanged.connect(self._follow)
        self.field.textChanged.connect(self._follow)

    @property
    def name(self) -> str:
        """What was typed, or what the settings say."""
        return self.field.text().strip()

    @property
    def wanted(self) -> Wanted:
        """The search that is meant."""
        objective = OBJECTIVES.get(str(self.profile.currentData()), self._own)
        return Wanted(self.name, Terms(self._seconds, objective=objective), self.drivers.off)

    def _timed(self, seconds: float) -> None:
        self._seconds = seconds

    def _named(self, text: str) -> None:
        self._is_named = bool(text.strip())

    def _follow(self, _change: object = None) -> None:
        working, all_of_them = self.drivers.working, self.drivers.number
        self.count.say(
            tr("{working} of {all_of_them} drivers", working=working, all_of_them=all_of_them)
        )
        if not self._is_named:
            told = (
                ""
                if working == all_of_them
                else tr(
                    ", {working} of {all_of_them} drivers", working=working, all_of_them=all_of_them
                )
            )
            self.field.setText(f"{self.profile.currentText()}{told}")
        self.go.setEnabled(bool(self.name) and working > 0)


class _Drivers(QListWidget):
    """Who works today; whoever may be done without can be unticked."""

    def __init__(self, picture: Picture, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(tr("Drivers who work in this scenario"))
        working = [r for r in picture.plan.routes.values() if not r.off]
        working.sort(key=lambda route: route_label(picture, route.id).number)
        self._items: dict[RouteId, QListWidgetItem] = {}
        row = theme.size("row_table")
        for route in working:
            label, why = route_label(picture, route.id), can_go(picture.plan, route)
            words = f"{label.number}   {label.name}   {count_text(len(route.stops))}"
            item = QListWidgetItem(f"{words}   ({why})" if why else words, self)
            usual = Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(usual if why else usual | Qt.ItemFlag.ItemIsEnabled)
            item.setCheckState(Qt.CheckState.Checked)
            item.setSizeHint(QSize(0, row))
            self._items[route.id] = item
        self.setFixedHeight(row * min(_ROWS, max(1, self.count())) + 4)

    @property
    def number(self) -> int:
        """How many work today."""
        return self.count()

    @property
    def working(self) -> int:
        """How many work in the scenario."""
        return self.count() - len(self.off)

    @property
    def off(self) -> tuple[RouteId, ...]:
        """Those who were unticked."""
        unticked = Qt.CheckState.Unchecked
        return tuple(r for r, item in self._items.items() if item.checkState() is unticked)
