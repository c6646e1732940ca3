"""What fingers do: click, type, choose a file."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from console.domain.plan import StopId
from console.ui.importing.doors_page import DoorsPage
from console.ui.importing.wizard import ImportWizard
from tests.journeys.window.conftest import Journey

LEFT = Qt.MouseButton.LeftButton


def click(button: object) -> None:
    """The left button, as a person would."""
    QTest.mouseClick(button, LEFT)


def type_into(field: QWidget, text: str) -> None:
    """One key after the other, whatever alphabet they are of."""
    for sign in text:
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(field, key)


def choose_file(journey: Journey, path: Path) -> None:
    """Type the path into the file dialog that is open, and go on."""
    dialog = journey.dialog(QFileDialog)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(str(path))
    dialog.accept()
    journey.until(lambda: not dialog.isVisible())


def leave_doors(journey: Journey) -> None:
    """Leave the doubtful addresses of a file that comes in for later."""
    journey.dialog(DoorsPage)
    click(journey.dialog(ImportWizard).done_button)


def first_served(journey: Journey) -> StopId:
    return next(iter(journey.desktop.station.picture.visits))


def busiest(journey: Journey):
    return max(journey.plan.routes.values(), key=lambda route: len(route.stops))
