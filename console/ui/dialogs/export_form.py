"""What the plan is written as, and for whom."""

from collections.abc import Collection

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from console.dispatch.exporting import Form
from console.dispatch.picture import Picture
from console.domain.plan import RouteId
from console.ui.dialogs.drivers_list import DriversList
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

FORMS = tuple(form for form in Form if form is not Form.PDF)


class ExportForm(Sheet):
    """``form`` and ``routes`` once accepted; () routes are all."""

    def __init__(
        self,
        picture: Picture,
        form: Form,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        ticked: Collection[RouteId] = (),
    ) -> None:
        super().__init__("Export", theme, parent)
        self.least(440)
        self.heading("Export the plan")
        self.forms: dict[Form, QRadioButton] = {}
        group = QButtonGroup(self)
        for each in FORMS:
            button = self.put(QRadioButton(f"{each.sentence}  {each.suffix}"))
            button.setChecked(each is form)
            button.toggled.connect(self._check)
            group.addButton(button)
            self.forms[each] = button
        self.caption("Drivers")
        self.drivers = self.put(DriversList(picture, ticked, theme))
        self.drivers.chosenChanged.connect(self._check)
        self.said = self.problem()
        self.go_back()
        self.save_button = self.go_on("Save as…")
        self._check()

    @property
    def form(self) -> Form:
        """The one that is chosen."""
        return next(form for form, button in self.forms.items() if button.isChecked())

    @property
    def routes(self) -> tuple[RouteId, ...]:
        """Those to write; a plan to go on from is always whole."""
        return self.drivers.chosen if self.form.takes_routes else ()

    def _check(self, _value: object = None) -> None:
        takes = self.form.takes_routes
        self.drivers.setEnabled(takes)
        nobody = takes and self.drivers.is_empty
        self.said.say("Tick at least one driver." if nobody else "")
        self.save_button.setDisabled(nobody)
