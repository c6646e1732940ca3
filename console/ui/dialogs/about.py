"""Version, licences and who drew the map."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console import __version__
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

LICENCES = (
    ("Doorstep", tr("Apache License 2.0")),
    (tr("Qt, PySide6"), tr("LGPL 3")),
    (tr("Leaflet, protomaps-leaflet"), "BSD"),
    (tr("OR-Tools"), tr("Apache License 2.0")),
    (tr("Lucide icons"), "ISC"),
)
CREDIT = "https://www.openstreetmap.org/copyright"


class AboutDialog(Sheet):
    """Who made what; the full list is THIRD_PARTY.md."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("About Doorstep"), theme, parent)
        self.least(400)
        self.heading(tr("Doorstep {version}", version=__version__))
        self.sentence(tr("A dispatch console for last-mile delivery."))
        lines = "\n".join(f"{name}: {licence}" for name, licence in LICENCES)
        self.sentence(lines)
        self.sentence(tr("The texts of all licences stand in THIRD_PARTY.md beside the program."))
        self.caption(tr("Streets and addresses"))
        self.credit = self.put(
            QLabel(f'© <a href="{CREDIT}">{tr("OpenStreetMap contributors")}</a>, ODbL')
        )
        self.credit.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.credit.setOpenExternalLinks(True)
        self.go_back(tr("Close"), default=True)
