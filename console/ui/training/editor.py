"""Kinds of days as one writes them: title, goals, drivers, stops, and what happens when."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.dispatch.kindofday import (
    Incident,
    IncidentKind,
    Scenario,
    ScenarioFault,
    check,
)
from console.dispatch.training.typed import incident_of, row_of
from console.dispatch.training.words import KINDS
from console.intake import Reject
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme
from console.ui.training.fields import DayFields
from console.ui.typedrows import Field, Index, TypedRows, TypedTable

NEW = tr("A new one")
_KINDS = frozenset(str(kind) for kind in IncidentKind)
FIELDS = (
    Field("kind", tr("What happens"), 170, ", ".join(IncidentKind)),
    Field("at", tr("From"), 70, "10:00"),
    Field("until", tr("Until"), 70, tr("slow, closure and depot_late")),
    Field("driver", tr("Driver"), 70, tr("1 is the first by number; empty is everybody")),
    Field("minutes", tr("Minutes"), 80, tr("breakdown: empty is for good")),
    Field("factor", tr("Times as slow"), 100, "2"),
    Field("radius", tr("Within (m)"), 90, "400"),
    Field("count", tr("Doors"), 70, tr("how many addresses are wrong")),
)


class IncidentRows(TypedRows):
    """``incidents`` are those of the rows that are right."""

    def __init__(self, theme: Theme) -> None:
        self.incidents: tuple[Incident, ...] = ()
        super().__init__((), FIELDS, theme)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A kind is read in words."""
        told = super().data(index, role)
        if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 and told in _KINDS:
            return KINDS[IncidentKind(str(told))]
        return told

    def examine(self) -> tuple[Sequence[Reject], str]:
        """By the rules of scenario files."""
        rejects, made = list[Reject](), list[Incident]()
        for number, row in enumerate(self.rows, 1):
            try:
                made.append(incident_of(row))
            except ScenarioFault as fault:
                title = next((f.title for f in FIELDS if f.name == fault.field), fault.field)
                said = tr("Incident {number}: {title} {what}.", number=number, title=title,
                          what=fault.what)  # fmt: skip
                rejects.append(Reject(number, None, fault.field, said))
        self.incidents = tuple(made)
        return rejects, ""


class KindPicker(QStyledItemDelegate):
    """A kind is chosen, not typed."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QComboBox:
        box = QComboBox(parent)
        for kind, words in KINDS.items():
            box.addItem(words, str(kind))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)


class ScenarioEditor(Sheet):
    """``saveAsked(scenario, instead_of)`` and ``removeAsked(name)`` leave it open."""

    saveAsked = Signal(object, str)
    removeAsked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Kinds of days"), theme, parent)
        self.least(820, 560)
        self._is_own: Callable[[Scenario], bool] = lambda _kind: False
        self._scenarios: tuple[Scenario, ...] = ()
        self.heading(tr("Kinds of days to train on"))
        self.which = self.put(QComboBox())
        self.which.setAccessibleName(tr("Which one"))
        self.fields = self.put(DayFields(theme))
        self.rows = IncidentRows(theme)
        self.caption(tr("What happens"))
        self.table = self.put(TypedTable(self.rows, tr("What happens"), theme))
        self.picker = KindPicker(self.table)
        self.table.setItemDelegateForColumn(0, self.picker)
        self._add_buttons()
        self.said = self.problem()
        self._lay_foot()
        self.which.currentIndexChanged.connect(self._show)
        self.fields.changed.connect(self._check)
        self.rows.checked.connect(self._check)

    def _lay_foot(self) -> None:
        self.remove_button = self.beside(tr("Delete this kind of day"))
        self.remove_button.clicked.connect(lambda: self.removeAsked.emit(self._chosen().name))
        self.go_back(tr("Close"))
        self.save_button = self.stay(tr("Save"))
        self.save_button.clicked.connect(self._save)

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        self.add_button = QPushButton(tr("Add an incident"))
        self.drop_button = QPushButton(tr("Remove"))
        for button, icon in ((self.add_button, "plus"), (self.drop_button, "trash-2")):
            button.setAutoDefault(False)
            self.theme.dress(button, icon)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_button.clicked.connect(self._add)
        self.drop_button.clicked.connect(lambda: self.rows.remove(self.table.places))

    def _add(self) -> None:
        place = self.rows.add()
        self.rows.setData(self.rows.index(place, 0), str(IncidentKind.BREAKDOWN))
        self.rows.setData(self.rows.index(place, 1), "10:00")
        self.rows.setData(self.rows.index(place, 3), "1")
        self.table.setCurrentIndex(self.rows.index(place, 0))

    # -- what is shown -----------------------------------------------------------------------------

    def show_scenarios(
        self, scenarios: Sequence[Scenario], is_own: Callable[[Scenario], bool], chosen: str = ""
    ) -> None:
        """All there are; those that come along may only be copied."""
        self._scenarios, self._is_own = tuple(scenarios), is_own
        with QSignalBlocker(self.which):
            self.which.clear()
            self.which.addItem(NEW)
            for each in self._scenarios:
                like = tr("Like {title}", title=each.title)
                self.which.addItem(each.title if is_own(each) else like)
            names = [each.name for each in self._scenarios]
            self.which.setCurrentIndex(names.index(chosen) + 1 if chosen in names else 0)
        self._show()

    def _chosen(self) -> Scenario:
        place = self.which.currentIndex() - 1
        return self._scenarios[place] if place >= 0 else Scenario("", "")

    def _show(self, _index: int = 0) -> None:
        kind = self._chosen()
        is_own = self.which.currentIndex() > 0 and self._is_own(kind)
        self.fields.show_kind(kind, kind.title if is_own else "")
        self.rows.show_rows([row_of(each) for each in kind.incidents])
        self.remove_button.setEnabled(is_own)
        self._check()

    @property
    def scenario(self) -> Scenario:
        """As it is filled in; what has no field here is kept from the one it is made like."""
        return replace(self.fields.filled(self._chosen()), incidents=self.rows.incidents)

    def _check(self, _value: object = None) -> None:
        self.fields.clear()
        said = self.rows.problem
        try:
            check(self.scenario)
        except ScenarioFault as fault:
            if not fault.number and fault.field in self.fields.problems:
                self.fields.say(fault.field, tr("This {what}.", what=fault.what))
            elif not said:
                said = tr("Incident {number}: {field} {what}.", number=fault.number,
                          field=fault.field, what=fault.what)  # fmt: skip
            self.save_button.setEnabled(False)
        else:
            self.save_button.setEnabled(not said)
        self.said.say(said)

    def say_refused(self, sentence: str) -> None:
        """Why it could not be saved."""
        self.fields.say("title", sentence)

    def _save(self) -> None:
        kind = self._chosen()
        is_own = self.which.currentIndex() > 0 and self._is_own(kind)
        self.saveAsked.emit(self.scenario, kind.name if is_own else "")
