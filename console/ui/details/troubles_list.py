"""Lines that need a look; a click picks where they are."""

from PySide6.QtCore import Signal

from console.ui.caption import FAINT, Band, Caption
from console.ui.details.card import Trouble
from console.ui.details.parts import Section
from console.ui.ink import Pen
from console.ui.theme.theme import Theme


class TroubleBand(Band):
    """One line of trouble."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.trouble: Trouble | None = None
        self.rows.setContentsMargins(8, 3, 8, 3)
        self.text = Caption(theme, Pen("body", "text"), wrap=True)
        self.where = Caption(theme, FAINT, wrap=True)
        self.rows.addWidget(self.text)
        self.rows.addWidget(self.where)

    def show_trouble(self, trouble: Trouble) -> None:
        """Another one."""
        if trouble == self.trouble:
            return
        self.trouble = trouble
        self.text.say(trouble.text, trouble.tone)
        self.where.say(trouble.where)
        self.where.setVisible(bool(trouble.where))
        self.setEnabled(trouble.stop is not None or trouble.route is not None)
        self.setAccessibleName(f"{trouble.text}, {trouble.where}")


class TroubleList(Section):
    """``picked(Trouble)`` on a click."""

    picked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.widen()
        self.bands: list[TroubleBand] = []

    def show_troubles(self, title: str, troubles: tuple[Trouble, ...]) -> None:
        """Bands are kept and hidden."""
        self.setVisible(bool(troubles))
        self.title.say(title)
        while len(self.bands) < len(troubles):
            band = TroubleBand(self._theme)
            band.clicked.connect(lambda band=band: self.picked.emit(band.trouble))
            self.bands.append(band)
            self.rows.addWidget(band)
        for i, band in enumerate(self.bands):
            band.setVisible(i < len(troubles))
            if i < len(troubles):
                band.show_trouble(troubles[i])
