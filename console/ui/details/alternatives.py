"""Where else a stop could go, and what that would change in the whole plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from console.dispatch.picture import DropPreview, Picture
from console.domain.plan import RouteId, StopId
from console.domain.schedule import Visit
from console.domain.violations import Rule
from console.tongues import tr
from console.ui.caption import FAINT, PLAIN, QUIET, Band, Caption, DriverChip
from console.ui.details.parts import Section
from console.ui.harm import TIGHT_SECONDS, harm_text
from console.ui.ink import Pen
from console.ui.labels import cost_text, drive_text, route_label
from console.ui.theme.figures import minutes
from console.ui.theme.theme import Theme

MOST = 5


@dataclass(frozen=True, slots=True)
class Alternative:
    """One row."""

    preview: DropPreview
    number: int
    name: str
    arrival: str
    drive: str
    cost: str
    consequence: str
    tone: str


def alternatives(
    stops: Sequence[StopId], previews: Mapping[RouteId, DropPreview], picture: Picture
) -> list[Alternative]:
    """The best few, those that break nothing first, then by cost."""
    found = [p for p in previews.values() if not _stays(stops, p, picture)]
    found.sort(key=lambda p: (p.harm is not None, _newly_late(p, picture), p.cost, p.route))
    return [_alternative(stops[0], preview, picture) for preview in found[:MOST]]


def _stays(stops: Sequence[StopId], preview: DropPreview, picture: Picture) -> bool:
    """True when the drop would change nothing."""
    order = picture.plan.routes[preview.route].stops
    if preview.schedule is None or stops[0] not in order:
        return False
    return tuple(visit.stop for visit in preview.schedule.visits) == order


def _alternative(stop: StopId, preview: DropPreview, picture: Picture) -> Alternative:
    label = route_label(picture, preview.route)
    visits = preview.schedule.visits if preview.schedule else ()
    place = next((i for i, visit in enumerate(visits) if visit.stop == stop), 0)
    visit = visits[place] if visits else None
    own = picture.plan.stops[stop].route == preview.route
    consequence, tone = _consequence(preview, visit, picture)
    return Alternative(
        preview,
        label.number,
        tr("Same route, as #{value}", value=place + 1) if own else label.name,
        picture.clock(visit.arrival) if visit else "",
        drive_text(preview.seconds),
        cost_text(preview.cost, picture.currency),
        consequence,
        tone,
    )


def _consequence(preview: DropPreview, visit: Visit | None, picture: Picture) -> tuple[str, str]:
    if preview.harm is not None:
        return harm_text(preview.harm), "bad"
    late = _newly_late(preview, picture)
    if late > 0:
        return tr("{late} more late", late=late), "warn"
    if visit is None or visit.slack is None:
        return tr("No rule broken"), "text3"
    slack = max(visit.slack, timedelta())
    tight = slack.total_seconds() < TIGHT_SECONDS
    return tr("On time, {minutes} slack", minutes=minutes(slack)), "warn" if tight else "text3"


def _newly_late(preview: DropPreview, picture: Picture) -> int:
    now = picture.schedules.get(preview.route)
    before = sum(v.rule is Rule.LATE for v in now.violations) if now else 0
    return max(0, preview.late_stops - before)


class AlternativeBand(Band):
    """Chip, name and arrival left, minutes and money right, the consequence below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.shown: Alternative | None = None
        self.chip = DriverChip(theme)
        self.name, self.arrival = Caption(theme, PLAIN), Caption(theme, QUIET)
        self.drive, self.cost = Caption(theme, PLAIN), Caption(theme, FAINT)
        self.consequence = Caption(theme, Pen("small", "text3"), wrap=True)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for widget in (self.chip, self.name, self.arrival):
            upper.addWidget(widget)
        upper.addStretch(1)
        upper.addWidget(self.drive)
        lower.setContentsMargins(28, 0, 0, 0)
        lower.addWidget(self.consequence, 1)
        lower.addWidget(self.cost)
        for caption in (self.drive, self.cost):
            caption.setAlignment(Qt.AlignmentFlag.AlignRight)
        for row in (upper, lower):
            row.setSpacing(8)
            self.rows.addLayout(row)

    def show_alternative(self, found: Alternative) -> None:
        """Another one."""
        if found == self.shown:
            return
        self.shown = found
        self.chip.show_number(found.number)
        self.name.say(found.name)
        self.arrival.say(found.arrival)
        better = found.preview.cost < 0
        self.drive.say(found.drive, "ok" if better else "text")
        self.cost.say(found.cost, "ok" if better else "text2")
        self.consequence.say(found.consequence, found.tone)
        self.setAccessibleName(
            tr(
                "Move to {name}, {arrival}, {drive}, {cost}, {consequence}",
                name=found.name,
                arrival=found.arrival,
                drive=found.drive,
                cost=found.cost,
                consequence=found.consequence,
            )
        )


class AlternativeList(Section):
    """``chosen(Alternative)`` on a click; clicks wait while the list is being made anew."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Alternatives, change to the whole plan"))
        self.widen()
        self.note = Caption(theme, QUIET, wrap=True)
        self.note.setIndent(8)
        self.rows.addWidget(self.note)
        self.bands: list[AlternativeBand] = []
        self.hide()

    def show_found(self, found: Sequence[Alternative], note: str = "") -> None:
        """The rows, or a sentence instead."""
        self.setVisible(bool(found or note))
        self.note.say(note)
        self.note.setVisible(bool(note))
        while len(self.bands) < len(found):
            band = AlternativeBand(self._theme)
            band.clicked.connect(lambda band=band: self._chosen(band))
            self.bands.append(band)
            self.rows.addWidget(band)
        for i, band in enumerate(self.bands):
            band.setVisible(i < len(found))
            if i < len(found):
                band.show_alternative(found[i])
        self.setEnabled(True)

    def _chosen(self, band: AlternativeBand) -> None:
        if band.shown is not None:
            self.chosen.emit(band.shown)
