"""The strip under the workspace bar: where the day stands, its totals, and the next step."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from console.dispatch.picture import Picture
from console.tongues import tr, trn
from console.ui.actions import Actions
from console.ui.checklist import Progress, checklist, present
from console.ui.ink import leading, sided
from console.ui.labels import cost_of
from console.ui.notices import Job
from console.ui.optimise.chart import comparable
from console.ui.stepbar import StepBar
from console.ui.theme.figures import hours, kg, km, minutes, number
from console.ui.theme.theme import Theme

_BETWEEN = 24
_MINUTE = timedelta(minutes=1)
"""The least that is said of anything late."""
_ROUND = 10
"""Fewer failures are told with a digit."""
_REVIEW = 4
"""Which step of the checklist follows the search."""
_KEEP = 3
"""Totals of this weight stay where steps and figures cannot both have their room."""


@dataclass(frozen=True, slots=True)
class Total:
    """A caption over a figure, with a colour role and a quiet addition.

    Where there is no room for all, the one with the lowest ``keep`` goes first.
    """

    caption: str
    figure: str
    tone: str = "text"
    more: str = ""
    keep: int = 0


def totals(picture: Picture) -> list[Total]:
    """The day's figures from left to right."""
    sums = picture.totals
    guessed = Total(tr("Travel times"), tr("guessed"), "bad", tr("no roads"), keep=7)
    lost = sum(not schedule.is_drivable for schedule in picture.schedules.values())
    stuck = Total(tr("No road"), trn("{n} route", "{n} routes", lost), "bad", keep=7)
    untimed = Total(tr("Travel times"), tr("not yet"), "text2", keep=7)
    return [
        *([guessed] if picture.is_guessed else []),
        *([stuck] if lost else []),
        *([untimed] if picture.lacks_times else []),
        Total(
            tr("Served"),
            number(sums.served),
            more=tr("of {orders}", orders=number(sums.orders)),
            keep=6,
        ),
        Total(
            tr("Unassigned"), number(sums.unassigned), "warn" if sums.unassigned else "text", keep=5
        ),
        *_expected(picture),
        *([] if picture.lacks_times else _measured(picture)),
    ]


def _expected(picture: Picture) -> list[Total]:
    """How many will probably fail, from past days; nothing where there are too few of them."""
    told = picture.totals.expected
    if told is None or not picture.totals.served:
        return []
    span = tr("{low} to {high}", low=number(floor(told.low)), high=number(ceil(told.high)))
    figure = number(told.orders, 0 if told.orders >= _ROUND else 1)
    return [Total(tr("May fail"), figure, more=span, keep=2)]


def _measured(picture: Picture) -> list[Total]:
    sums = picture.totals
    late = sums.late > timedelta()
    return [
        Total(tr("Hours"), hours(sums.paid), keep=2),
        Total(tr("Cost"), cost_of(sums.cost, picture.currency, digits=0), keep=3),
        Total(tr("Distance"), km(sums.metres), keep=0),
        Total(tr("CO₂e"), kg(sums.co2e), keep=1),
        Total(
            tr("Late"),
            minutes(max(sums.late, _MINUTE) if late else sums.late),
            "bad" if late else "text",
            trn(
                "{late_stops} stop",
                "{late_stops} stops",
                sums.late_stops,
                late_stops=sums.late_stops,
            )
            if late
            else "",
            keep=4,
        ),
    ]


class Strip(QWidget):
    """Painted totals and checklist, and the buttons that move the day on."""

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._actions = theme, actions
        self._picture = Picture()
        self._job: Job | None = None
        self._progress = Progress()
        self.setFixedHeight(theme.size("strip"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.primary = QPushButton(tr("Optimise"))
        self.primary.setProperty("role", "primary")
        self.primary.clicked.connect(self._press)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)
        self.bar = StepBar(theme)
        self._row.addWidget(self.bar)
        self._row.addStretch(1)
        self._row.addWidget(self.primary)
        self.stop = QPushButton(tr("Stop"), self)
        theme.dress(self.stop, "x")
        self.stop.clicked.connect(actions["call_off"].trigger)
        self.stop.hide()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.size("strip"))
        self._refresh()

    def show_picture(self, picture: Picture) -> None:
        """The day's figures."""
        self._picture = picture
        self._refresh()

    def show_progress(self, progress: Progress) -> None:
        """What the plan itself does not say of the checklist."""
        self._progress = progress
        self._refresh()

    def show_job(self, job: Job) -> None:
        """Progress of the optimiser, of an import or of what is computed behind."""
        if job.running:
            self._job = job
        elif self._job is None or self._job.name == job.name:
            self._job = None
        self._refresh()

    def _press(self) -> None:
        self._actions[self._next_deed()].trigger()

    def _refresh(self) -> None:
        self.bar.setVisible(self._job is None)
        self.bar.show_steps(checklist(self._picture, self._progress))
        self._place_stop()
        self._give_room()
        deed = self._next_deed()
        words = {
            "import_orders": tr("Import orders"),
            "import_fleet": tr("Import fleet"),
            "fix_addresses": tr("Fix addresses"),
            "optimise": tr("Optimise"),
            "review": tr("Review"),
            "lock_day": tr("Lock all routes"),
            "release_day": tr("Release all routes"),
            "stop": tr("Stop, keep the best"),
            "route_sheets": tr("Print sheets"),
        }
        icons = {
            "optimise": "sparkles",
            "stop": "square",
            "route_sheets": "printer",
            "review": "eye",
            "lock_day": "lock",
            "release_day": "navigation",
        }
        self.primary.setText(words[deed])
        self._theme.dress(self.primary, icons.get(deed, "upload"), "on_accent")
        self.primary.setEnabled(self._actions[deed].isEnabled())
        sums = self._picture.totals
        late = tr(", {minutes} late", minutes=minutes(sums.late)) if sums.late else ""
        if self._picture.is_guessed:
            late += tr(", travel times are guessed: straight lines, no roads")
        self.setAccessibleName(
            tr(
                "{served} of {orders} orders served, {unassigned} unassigned{late}",
                served=sums.served,
                orders=sums.orders,
                unassigned=sums.unassigned,
                late=late,
            )
        )
        self.update()

    def _place_stop(self) -> None:
        """Beside the words of a job that can be called off."""
        job = self._job
        self.stop.setVisible(job is not None and job.can_stop)
        self.stop.adjustSize()
        at = (self.height() - self.stop.height()) // 2
        box = QRectF(round(self._told_to()) + 16, at, self.stop.width(), self.stop.height())
        self.stop.move(sided(box, self).topLeft().toPoint())

    def _told_to(self) -> float:
        """Where the words of the job end."""
        words = QFontMetrics(self._theme.font("body", bold=True))
        return max(252.0, 12.0 + words.horizontalAdvance(self._job.text if self._job else ""))

    def _next_deed(self) -> str:
        if self._job is not None and self._job.name == "optimise":
            return "stop"
        picture = self._picture
        if not picture.totals.orders:
            return "import_orders"
        if not picture.plan.routes:
            return "import_fleet"
        waiting = set(picture.plan.unassigned) - (self._progress.hopeless or frozenset())
        if not picture.totals.served or (waiting and "review" not in self._progress.skipped):
            return "optimise"
        return self._after_planning()

    def _after_planning(self) -> str:
        """The first open step from the review on; paper when the day is on its way."""
        step = present(checklist(self._picture, self._progress)[_REVIEW:])
        return step.deed if step else "route_sheets"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Steps may take what the gravest figures and the button leave."""
        needed = sum(self._width_of(t) + _BETWEEN for t in totals(self._picture) if t.keep >= _KEEP)
        self.bar.set_room(self.width() - self.primary.sizeHint().width() - needed - 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), self._theme.color("surface"))
            line = self.rect().adjusted(0, self.height() - 1, 0, 0)
            painter.fillRect(line, self._theme.color("border"))
            steps = sided(QRectF(self.bar.geometry()), self)
            left = self._paint_job(painter) if self._job else steps.right() - 1 + _BETWEEN
            self._paint_totals(painter, left)

    def _paint_job(self, painter: QPainter) -> float:
        """What is under way: a sentence, and a line that fills."""
        theme, job = self._theme, self._job
        if job is None:
            return 0.0
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("text"))
        box = QRectF(12, 4, 460, self.height() - 16)
        painter.drawText(sided(box, self), leading(self), job.text)
        track = QRectF(12, self.height() - 12, 240, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("field"))
        painter.drawRoundedRect(sided(track, self), 2, 2)
        painter.setBrush(theme.color("accent_fill"))
        share = 0.15 if job.share is None else min(1.0, job.share)
        done = QRectF(12, track.y(), 240 * share, 4)
        painter.drawRoundedRect(sided(done, self), 2, 2)
        told = self._told_to()
        chart = QRectF(told + 16, 8, 110, self.height() - 16)
        self._paint_costs(painter, job, sided(chart, self))
        return told + 138.0

    def _paint_costs(self, painter: QPainter, job: Job, box: QRectF) -> None:
        """Best cost over time as a falling staircase."""
        bests = comparable(job.bests, job.least)
        costs = [best.cost for best in bests]
        if len(costs) < 2 or max(costs) <= min(costs):
            return
        high, low = max(costs), min(costs)
        span = max(job.seconds, bests[-1].seconds, 0.1)
        painter.setPen(QPen(self._theme.color("accent"), 1.5))
        across, down = box.width() / span, box.height() / (high - low)
        points = [
            QPointF(box.x() + best.seconds * across, box.y() + (high - best.cost) * down)
            for best in bests
        ]
        points.append(QPointF(box.right(), points[-1].y()))
        for one, next_one in pairwise(points):
            corner = QPointF(next_one.x(), one.y())
            painter.drawPolyline([one, corner, next_one])

    def _paint_totals(self, painter: QPainter, left: float) -> None:
        """Up to the button; what matters least is left out where room is short."""
        x = sided(QRectF(self.primary.geometry()), self).x() - 16
        shown = totals(self._picture)
        widths = {total: self._width_of(total) for total in shown}
        while shown and sum(widths[total] + _BETWEEN for total in shown) > x - left:
            shown.remove(min(shown, key=lambda total: total.keep))
        for total in reversed(shown):
            x -= widths[total]
            self._paint_total(painter, total, x, widths[total])
            line = sided(QRectF(int(x - 12), 10, 1, self.height() - 20), self)
            painter.fillRect(line, self._theme.color("border"))
            x -= _BETWEEN

    def _width_of(self, total: Total) -> int:
        figure = QFontMetrics(self._theme.font("title")).horizontalAdvance(total.figure)
        small = QFontMetrics(self._theme.font("small"))
        more = small.horizontalAdvance(f"  {total.more}") if total.more else 0
        return max(small.horizontalAdvance(total.caption), figure + more)

    def _paint_total(self, painter: QPainter, total: Total, x: float, width: int) -> None:
        theme = self._theme
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text3"))
        scale = theme.scale
        caption = QRectF(x, 5 * scale, width + 4, 14 * scale)
        painter.drawText(sided(caption, self), leading(self), total.caption)
        if total.more:
            figure = QFontMetrics(theme.font("title")).horizontalAdvance(total.figure)
            small = QFontMetrics(theme.font("small"))
            at = QRectF(x + figure, 19 * scale, width, 20 * scale)
            gap = small.horizontalAdvance("  ")
            painter.drawText(sided(at.adjusted(gap, 0, 0, 0), self), leading(self), total.more)
        painter.setFont(theme.font("title"))
        painter.setPen(theme.color(total.tone))
        box = QRectF(x, 18 * scale, width + 4, 20 * scale)
        painter.drawText(sided(box, self), leading(self), total.figure)
