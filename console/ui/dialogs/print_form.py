"""What to print for whom: route sheets, loading lists, the paper, the codes."""

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QWidget

from console.dispatch.maplinks import MapLink
from console.dispatch.paper import Paper, PaperSize, PaperWish
from console.dispatch.picture import Picture
from console.domain.plan import RouteId
from console.tongues import tr
from console.ui.dialogs.drivers_list import DriversList
from console.ui.dialogs.languages import LanguageField
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

SENTENCES = {
    Paper.ROUTE: tr("Route sheets: map, stops in order, doors, codes"),
    Paper.LOADING: tr("Loading lists: last stop first, to tick off at the dock"),
    Paper.BOTH: tr("Both, driver by driver"),
}
_ONE_BY_ONE = tr("Such links open one stop each: Google Maps and Apple Maps take several.")


class PrintForm(Sheet):
    """``wish`` once accepted; ``is_for_printer`` says whether it goes to a printer or a file."""

    def __init__(
        self,
        picture: Picture,
        wish: PaperWish,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        ticked: Collection[RouteId] = (),
    ) -> None:
        super().__init__(tr("Print"), theme, parent)
        self.least(440)
        self.is_for_printer = True
        self.heading(tr("Paper for the drivers"))
        self.papers: dict[Paper, QRadioButton] = {}
        group = QButtonGroup(self)
        for paper, sentence in SENTENCES.items():
            button = self.put(QRadioButton(sentence))
            button.setChecked(paper is wish.paper)
            button.toggled.connect(self._check)
            group.addButton(button)
            self.papers[paper] = button
        self._lay_out(wish)
        self.caption(tr("Drivers"))
        self.drivers = self.put(DriversList(picture, ticked, theme))
        self.drivers.chosenChanged.connect(self._check)
        self.said = self.problem()
        self.go_back()
        self.save_button = self.beside(tr("Save as PDF…"))
        theme.dress(self.save_button, "save")
        self.save_button.clicked.connect(self._save)
        self.print_button = self.go_on(tr("Print…"))
        self._check()

    def _lay_out(self, wish: PaperWish) -> None:
        self.size_field, self.link_field = QComboBox(), QComboBox()
        for size in PaperSize:
            self.size_field.addItem(size.value, size)
        self.size_field.setCurrentText(wish.size.value)
        self.size_field.setAccessibleName(tr("Paper size"))
        for link in MapLink:
            self.link_field.addItem(link.words, link)
        self.link_field.setCurrentText(wish.link.words)
        self.link_field.setAccessibleName(tr("QR codes open"))
        self.map_box = QCheckBox(tr("Map of the route on the first page"))
        self.map_box.setChecked(wish.with_map)
        self.pieces_box = QCheckBox(tr("Codes that open several stops at once"))
        self.pieces_box.setChecked(wish.with_pieces)
        self.directions_box = QCheckBox(tr("Directions, turn by turn"))
        self.directions_box.setChecked(wish.with_directions)
        self.language_field = LanguageField(wish.language)
        self.language_field.setToolTip(tr("Drivers whose language the fleet says get theirs."))
        self.directions_box.toggled.connect(self._check)
        self.link_field.currentIndexChanged.connect(self._check)
        grid = self.grid()
        grid.addRow(tr("Paper"), self.size_field)
        grid.addRow(tr("QR codes open"), self.link_field)
        grid.addRow("", self.pieces_box)
        grid.addRow("", self.map_box)
        grid.addRow("", self.directions_box)
        grid.addRow(tr("Directions in"), self.language_field)

    @property
    def wish(self) -> PaperWish:
        """As it is filled in."""
        paper = next(paper for paper, button in self.papers.items() if button.isChecked())
        return replace(
            PaperWish(paper, routes=self.drivers.chosen),
            size=PaperSize(self.size_field.currentData()),
            link=MapLink(self.link_field.currentData()),
            with_map=self.map_box.isChecked(),
            with_pieces=self.pieces_box.isChecked(),
            with_directions=self.directions_box.isChecked(),
            language=self.language_field.chosen,
        )

    def _save(self) -> None:
        self.is_for_printer = False
        self.accept()

    def _check(self, _value: object = None) -> None:
        has_sheets = not self.papers[Paper.LOADING].isChecked()
        for widget in (self.link_field, self.map_box, self.directions_box):
            widget.setEnabled(has_sheets)
        several = MapLink(self.link_field.currentData()).at_once > 1
        self.pieces_box.setEnabled(has_sheets and several)
        self.pieces_box.setToolTip("" if several else _ONE_BY_ONE)
        self.language_field.setEnabled(has_sheets and self.directions_box.isChecked())
        nobody = self.drivers.is_empty
        self.said.say(tr("Tick at least one driver.") if nobody else "")
        self.print_button.setDisabled(nobody)
        self.save_button.setDisabled(nobody)
