"""What is painted once is copied until it would look otherwise."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from console.ui.prints import Prints

BOX = QRect(10, 20, 40, 8)


class Sheet:
    """Something to paint on, and how often a box was painted for it."""

    def __init__(self, ratio: float = 1.0) -> None:
        self.pixmap = QPixmap(200, 200)
        self.pixmap.setDevicePixelRatio(ratio)
        self.pixmap.fill(Qt.GlobalColor.white)
        self.painted = 0

    def paint(self, prints: Prints, shows: object, box: QRect = BOX, key: str = "row") -> QColor:
        """Print a box; the colour in its middle."""

        def fill(painter: QPainter) -> None:
            self.painted += 1
            painter.fillRect(box.adjusted(-5, -5, 5, 5), QColor(str(shows)))

        painter = QPainter(self.pixmap)
        painter.setClipRect(QRect(0, 0, 150, 150))
        prints.paint(painter, key, shows, box, fill)
        painter.end()
        return self.at(box.center().x(), box.center().y())

    def at(self, x: int, y: int) -> QColor:
        ratio = self.pixmap.devicePixelRatio()
        return self.pixmap.toImage().pixelColor(round(x * ratio), round(y * ratio))


def test_the_same_is_copied_wherever_it_stands(qapp) -> None:
    sheet, prints = Sheet(), Prints(4)
    assert sheet.paint(prints, "red").name() == "#ff0000"
    assert sheet.paint(prints, "red", BOX.translated(0, 60)).name() == "#ff0000"
    assert sheet.painted == 1
    assert sheet.at(30, 18).name() == "#ffffff"  # nothing runs over its edge


def test_what_looks_otherwise_is_painted_anew(qapp) -> None:
    sheet, prints = Sheet(), Prints(4)
    sheet.paint(prints, "red")
    assert sheet.paint(prints, "blue").name() == "#0000ff"
    assert sheet.paint(prints, "blue", BOX.adjusted(0, 0, 9, 0)).name() == "#0000ff"
    assert sheet.painted == 3


def test_only_the_latest_are_kept(qapp) -> None:
    sheet, prints = Sheet(), Prints(2)
    for key in ("a", "b", "c", "a"):
        sheet.paint(prints, "red", key=key)
    assert sheet.painted == 4


def test_between_two_pixels_nothing_is_copied(qapp) -> None:
    sheet, prints = Sheet(1.25), Prints(4)
    for _ in range(2):
        assert sheet.paint(prints, "red").name() == "#ff0000"
    assert sheet.painted == 2
    assert sheet.at(30, 16).name() == "#ffffff"
