"""An order typed by hand, or a known one changed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from console import wording
from console.domain.load import Load
from console.domain.orders import DEFAULT_SERVICE_TIME, DayWindow, OrderEntry, Priority
from console.domain.places import Address
from console.intake import Reject, check_order
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.windows_field import WindowsField
from console.ui.theme.theme import Theme

_TEXTS = ("order_id", "recipient", "street", "postcode", "city", "phone", "email")
_NAMES = {
    "order_id": tr("Order number"),
    "recipient": tr("Recipient"),
    "street": tr("Street and number"),
    "postcode": tr("Postcode"),
    "city": tr("Town"),
    "phone": tr("Phone"),
    "email": tr("E-mail"),
}


class OrderForm(Sheet):
    """``entry`` once accepted. Checked by the rules of order files while it is typed."""

    def __init__(
        self,
        entry: OrderEntry | None,
        theme: Theme,
        known_skills: Sequence[str] = (),
        parent: QWidget | None = None,
        *,
        taken: Collection[str] = (),
    ) -> None:
        title = tr("Order {id}", id=entry.id) if entry else tr("New order")
        super().__init__(title, theme, parent)
        self.least(500, 560)
        self._given = entry
        self._taken = taken
        self._known_skills = frozenset(known_skills)
        self.heading(title)
        form = _form(self.scrolling())
        self.fields = {name: _line(_NAMES[name]) for name in _TEXTS}
        self._add_address(form)
        self._add_load(form, entry)
        self._add_terms(form, entry, known_skills)
        self._fill(entry)
        self.said = self.problem()
        self.go_back()
        self.save_button = self.go_on(tr("Save order") if entry else tr("Add order"))
        self._touched = entry is not None
        self._connect()
        self._check()

    @property
    def entry(self) -> OrderEntry:
        """The order as filled in; ValueError while ``said`` names a problem."""
        found = self._read()
        if not isinstance(found, OrderEntry):
            raise ValueError(found.problem)  # noqa: TRY004 - the value is at fault, not the type
        return found

    def make_urgent(self) -> None:
        """First of all, unless somebody says otherwise."""
        self.priority_field.setCurrentIndex(list(Priority).index(Priority.HIGH))

    # -- layout ------------------------------------------------------------------------------------

    def _add_address(self, form: QFormLayout) -> None:
        for name in ("order_id", "recipient", "street"):
            form.addRow(_NAMES[name], self.fields[name])
        self.fields["order_id"].setReadOnly(self._given is not None)
        town = QHBoxLayout()
        town.setSpacing(6)
        town.addWidget(self.fields["postcode"], 1)
        town.addWidget(self.fields["city"], 3)
        self.fields["postcode"].setPlaceholderText(tr("Postcode"))
        self.fields["city"].setPlaceholderText(tr("Town"))
        form.addRow(tr("Town"), town)
        contact = QHBoxLayout()
        contact.setSpacing(6)
        contact.addWidget(self.fields["phone"], 2)
        contact.addWidget(self.fields["email"], 3)
        self.fields["phone"].setPlaceholderText(tr("Phone"))
        self.fields["email"].setPlaceholderText(tr("E-mail"))
        form.addRow(tr("Contact"), contact)

    def _add_load(self, form: QFormLayout, entry: OrderEntry | None) -> None:
        load = entry.load if entry else Load(1)
        self.pieces_field = QSpinBox()
        self.pieces_field.setRange(0, 100_000)
        self.pieces_field.setValue(load.pieces)
        self.pieces_field.setSuffix(" pcs")
        self.pieces_field.setAccessibleName(tr("Pieces"))
        self.kg_field = _amount(tr("Weight"), load.kg, 100_000, "kg")
        self.m3_field = _amount(tr("Volume"), load.m3, 1_000, "m³")
        amounts = QHBoxLayout()
        amounts.setSpacing(6)
        for field in (self.pieces_field, self.kg_field, self.m3_field):
            amounts.addWidget(field, 1)
        form.addRow(tr("Load"), amounts)

    def _add_terms(
        self, form: QFormLayout, entry: OrderEntry | None, known_skills: Sequence[str]
    ) -> None:
        self.windows_field = WindowsField(entry.windows if entry else (), self.theme)
        form.addRow(tr("Windows"), self.windows_field)
        self.service_field = QSpinBox()
        self.service_field.setRange(0, 480)
        self.service_field.setSuffix(" min")
        self.service_field.setAccessibleName(tr("Service time"))
        service = entry.service_time if entry else DEFAULT_SERVICE_TIME
        self.service_field.setValue(round(service.total_seconds() / 60))
        form.addRow(tr("Service"), self.service_field)
        self.skills_field = _line(tr("Skills"))
        self.skills_field.setPlaceholderText(", ".join(known_skills) or tr("none"))
        self.skills_field.setCompleter(QCompleter(list(known_skills), self))
        form.addRow(tr("Skills"), self.skills_field)
        self.priority_field = QComboBox()
        self.priority_field.setAccessibleName(tr("Priority"))
        self.priority_field.addItems([wording.priority(priority.value) for priority in Priority])
        present = entry.priority if entry else Priority.NORMAL
        self.priority_field.setCurrentIndex(list(Priority).index(present))
        form.addRow(tr("Priority"), self.priority_field)
        self.notes_field = QPlainTextEdit(entry.notes if entry else "")
        self.notes_field.setTabChangesFocus(True)
        self.notes_field.setFixedHeight(self.theme.line("body") * 3 + 12)
        self.notes_field.setAccessibleName(tr("Notes for the driver"))
        form.addRow(tr("Notes"), self.notes_field)

    def _fill(self, entry: OrderEntry | None) -> None:
        if entry is None:
            return
        address = entry.address
        texts = (entry.id, entry.recipient, address.street, address.postcode, address.city,
                 entry.phone, entry.email)  # fmt: skip
        for name, text in zip(_TEXTS, texts, strict=True):
            self.fields[name].setText(text)
        self.skills_field.setText(", ".join(entry.skills))

    # -- reading -----------------------------------------------------------------------------------

    def _read(self) -> OrderEntry | Reject:
        """The typed texts by the rules of order files, then what cannot be typed wrongly."""
        texts = {name: field.text() for name, field in self.fields.items()}
        texts["skills"] = self.skills_field.text()
        texts["notes"] = self.notes_field.toPlainText()
        found = check_order(texts)
        if isinstance(found, Reject):
            return found
        if self._given is None and found.id in self._taken:
            taken = tr(
                "Order number {id} is taken: choose another, or edit that order.", id=found.id
            )
            return Reject(0, found.id, "order_id", taken)
        problem = self.windows_field.problem()
        if problem:
            return Reject(0, found.id, "window", problem)
        return self._with_terms(found)

    def _with_terms(self, found: OrderEntry) -> OrderEntry:
        given = self._given
        made = replace(
            found,
            load=Load(
                self.pieces_field.value(),
                self.kg_field.value(),
                self.m3_field.value(),
                given.load.units if given else 0.0,
            ),
            windows=self.windows_field.windows,
            service_time=timedelta(minutes=self.service_field.value()),
            priority=list(Priority)[self.priority_field.currentIndex()],
        )
        return _keeping(made, given) if given else made

    def _connect(self) -> None:
        for field in (*self.fields.values(), self.skills_field):
            field.textEdited.connect(self._edited)
        self.windows_field.changed.connect(self._edited)
        self.notes_field.textChanged.connect(self._edited)

    def _edited(self, _value: object = None) -> None:
        self._touched = True
        self._check()

    def _check(self) -> None:
        found = self._read()
        wrong = isinstance(found, Reject)
        self.save_button.setEnabled(not wrong)
        if isinstance(found, Reject):
            self.said.say(found.problem if self._touched else "", "bad")
            return
        unheld = [skill for skill in found.skills if skill not in self._known_skills]
        held = not unheld or not self._known_skills
        self.said.say(
            "" if held else tr("Held by nobody on shift: {text}.", text=", ".join(unheld)), "warn"
        )


def _keeping(made: OrderEntry, given: OrderEntry) -> OrderEntry:
    """What the form cannot show stays: country, seconds of service, all that only files say."""
    address = replace(made.address, country=given.address.country)
    same_place = address == given.address
    minutes = round(given.service_time.total_seconds() / 60)
    same_service = made.service_time == timedelta(minutes=minutes)
    return replace(
        made,
        id=given.id,
        address=Address(address.street, address.postcode, address.city, address.country),
        service_time=given.service_time if same_service else made.service_time,
        coordinate=given.coordinate if same_place else None,
        row=given.row,
        windows=_priced(made.windows, given.windows),
        collected=given.collected,
        pickup=given.pickup,
        people=given.people,
        skip_price=given.skip_price,
        ready_at=given.ready_at,
        deadline=given.deadline,
        setup_time=given.setup_time,
        parking_time=given.parking_time,
        drivers=given.drivers,
        driver_price=given.driver_price,
        depot=given.depot,
        territory=given.territory,
    )


def _priced(made: Sequence[DayWindow], given: Sequence[DayWindow]) -> tuple[DayWindow, ...]:
    """Windows that were soft stay so, also where their hours change."""
    price = next((window.late_price for window in given if window.late_price is not None), None)
    return tuple(replace(window, late_price=price) for window in made)


def _form(rows: QVBoxLayout) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(6)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    rows.addLayout(form)
    rows.addStretch(1)
    return form


def _line(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field


def _amount(name: str, value: float, most: float, unit: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setDecimals(3)
    field.setRange(0, most)
    field.setValue(value)
    field.setSuffix(f" {unit}")
    field.setAccessibleName(name)
    return field
