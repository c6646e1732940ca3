"""What the plan is written as, and for whom."""

from collections.abc import Collection

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QRadioButton, QWidget

from console.dispatch.exporting import Form
from console.dispatch.picture import Picture
from console.dispatch.sealed import LEAST
from console.domain.plan import RouteId
from console.tongues import tr
from console.ui.dialogs.drivers_list import DriversList
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

NOBODY = tr("Tick at least one driver.")
SHORT = tr(
    "{LEAST} characters or more. Note them down: nobody can find them out again.", LEAST=LEAST
)
FORMS = tuple(form for form in Form if form is not Form.PDF)


class ExportForm(Sheet):
    """``form``, ``routes`` and ``passphrase`` once accepted; () routes are all."""

    def __init__(
        self,
        picture: Picture,
        form: Form,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        ticked: Collection[RouteId] = (),
    ) -> None:
        super().__init__(tr("Export"), theme, parent)
        self.least(440)
        self.heading(tr("Export the plan"))
        self.forms: dict[Form, QRadioButton] = {}
        group = QButtonGroup(self)
        for each in FORMS:
            button = self.put(QRadioButton(f"{each.sentence}  {each.suffix}"))
            button.setChecked(each is form)
            button.toggled.connect(self._check)
            group.addButton(button)
            self.forms[each] = button
        self.caption(tr("Drivers"))
        self.drivers = self.put(DriversList(picture, ticked, theme))
        self.drivers.chosenChanged.connect(self._check)
        self.sealed = self.put(QCheckBox(tr("Under a passphrase (age file)")))
        self.sealed.toggled.connect(self._check)
        self.phrase = self.put(QLineEdit())
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.phrase.setPlaceholderText(tr("Passphrase: four words nobody would expect together"))
        self.phrase.setAccessibleName(tr("Passphrase"))
        self.phrase.textChanged.connect(self._check)
        self.said = self.problem()
        self.go_back()
        self.save_button = self.go_on(tr("Save as…"))
        self._check()

    @property
    def form(self) -> Form:
        """The one that is chosen."""
        return next(form for form, button in self.forms.items() if button.isChecked())

    @property
    def routes(self) -> tuple[RouteId, ...]:
        """Those to write; a plan to go on from is always whole."""
        return self.drivers.chosen if self.form.takes_routes else ()

    @property
    def passphrase(self) -> str:
        """Under which it is written; empty: readable by anybody."""
        return self.phrase.text() if self.sealed.isChecked() else ""

    def _check(self, _value: object = None) -> None:
        takes = self.form.takes_routes
        self.drivers.setEnabled(takes)
        nobody = takes and self.drivers.is_empty
        self.phrase.setVisible(self.sealed.isChecked())
        short = self.sealed.isChecked() and len(self.phrase.text()) < LEAST
        self.said.say(NOBODY if nobody else SHORT if short else "")
        self.save_button.setDisabled(nobody or short)
