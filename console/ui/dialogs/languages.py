"""The languages in which a way can be told."""

from PySide6.QtCore import QLocale, QSignalBlocker
from PySide6.QtWidgets import QComboBox

from console.dispatch.ways import ENGLISH, LANGUAGES
from console.tongues import tr


class LanguageField(QComboBox):
    """Languages as they call themselves; ``chosen`` is the key of one."""

    def __init__(self, chosen: str) -> None:
        super().__init__()
        for language, name in LANGUAGES.items():
            self.addItem(name, language)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.setAccessibleName(tr("Language of the way"))

    def choose(self, language: str) -> None:
        """Show a language without telling anybody."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(language)))

    @property
    def chosen(self) -> str:
        """The language's key."""
        return str(self.currentData())


def usual_language() -> str:
    """That of this system where a way can be told in it, else English."""
    system = QLocale().name().partition("_")[0]
    return system if system in LANGUAGES else ENGLISH
