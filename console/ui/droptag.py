"""The tag under the drag's ghost: what letting go here would do."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.dispatch.picture import Picture
from console.tongues import tr
from console.ui.drag import GHOST_OFFSET, Dragged, Place, Verdict
from console.ui.harm import harm_text
from console.ui.ink import Ink, Pen
from console.ui.labels import delta_text, short_why
from console.ui.theme.figures import THIN, number

_HEAD, _FOOT = "body", "small"


class DropTag(QWidget):
    """A float over a view's viewport that follows the pointer and never catches it."""

    def __init__(self, viewport: QWidget, ink: Ink) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.ink = ink
        self.head, self.foot, self.color = "", "", "text"
        self.hide()

    def say(self, drag: Dragged, place: Place) -> None:
        """Take the words of a place."""
        self.tell(*tag_words(drag, place))

    def tell(self, head: str, foot: str, color: str = "text") -> None:
        """Two lines, the first in a colour."""
        self.head, self.foot, self.color = head, foot, color
        width = max(
            self.ink.width(self.head, Pen(_HEAD, bold=True)), self.ink.width(self.foot, Pen(_FOOT))
        )
        self.resize(round(width) + self.ink.px(22), self.ink.px(42))
        self.update()

    def hang(self, pointer: QPoint) -> None:
        """Hang under the ghost, inside the viewport."""
        room = self._viewport.rect()
        below = pointer + GHOST_OFFSET + QPoint(0, self.ink.px(36))
        x = max(room.left(), min(below.x(), room.right() - self.width()))
        flipped = below.y() + self.height() > room.bottom()
        y = pointer.y() - self.height() - self.ink.px(8) if flipped else below.y()
        self.move(x, y)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            line = self.ink.color("bad" if self.color == "bad" else "accent")
            self.ink.plate(painter, box, self.ink.color("surface"), 4, line=line)
            inner = box.adjusted(self.ink.px(10), self.ink.px(4), -self.ink.px(10), -self.ink.px(4))
            half = inner.height() / 2
            top = QRectF(inner.x(), inner.y(), inner.width(), half)
            self.ink.write(painter, top, self.head, Pen(_HEAD, self.color, bold=True))
            self.ink.write(painter, top.translated(0, half), self.foot, Pen(_FOOT, "text2"))


def tag_words(drag: Dragged, place: Place) -> tuple[str, str, str]:
    """(first line, second line, colour token) for a drop at this place."""
    verdict = drag.judged(place)
    if verdict.blocked:
        return short_why(verdict.blocked), _remedy(verdict.blocked), "bad"
    if drag.is_noop(place):
        return tr("no change"), tr("the stops already are here"), "text"
    if place.route is None:
        return "unassign", tr("no driver would serve them"), "text"
    return _tried(drag, place, verdict)


def _remedy(sentence: str) -> str:
    """What the sentence says to do about it."""
    return sentence.removeprefix(short_why(sentence)).strip(" :;") or tr("cannot be dropped here")


def _tried(drag: Dragged, place: Place, verdict: Verdict) -> tuple[str, str, str]:
    where = _where(drag.picture, drag, place)
    found = verdict.preview
    if found is None:
        return where, tr("travel times are not known yet"), "text"
    delta = delta_text(found.seconds, found.cost, drag.picture.currency)
    if verdict.harm is not None and verdict.is_forbidden:
        return (
            harm_text(verdict.harm),
            tr("{delta} · Shift: force with a reason", delta=delta),
            "bad",
        )
    late = (
        tr("{late_stops}{THIN}late", late_stops=number(found.late_stops), THIN=THIN)
        if found.late_stops
        else tr("no one late")
    )
    better = found.cost < 0
    return delta, f"{where} · {late}", "ok" if better else "text"


def _where(picture: Picture, drag: Dragged, place: Place) -> str:
    after = drag.landing(place)
    if after is None:
        return "first"
    return tr("after stop {text}", text=picture.numbers.get(after, 0))
