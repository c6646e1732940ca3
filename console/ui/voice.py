"""Qt's own texts and the window's direction, in the language of the process."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from console import tongues
from console.ui.locale import usual_locale


def speak_as_qt(app: QApplication) -> None:
    """Standard buttons and menus of fields say the same language; some read from the right."""
    code = tongues.spoken().code
    if code == tongues.SOURCE:
        return
    QLocale.setDefault(usual_locale())
    app.setLayoutDirection(QLocale(code).textDirection())
    found = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if found.load(f"qtbase_{code}", folder):
        app.installTranslator(found)
