"""A driver's route sheet: the map, then each stop with its time, door, goods and codes."""

# ReportLab has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from console import formats
from console.dispatch.maplinks import map_link
from console.dispatch.paper import Papers
from console.dispatch.phone import where_to
from console.dispatch.picture import StopLabel
from console.domain.load import Load
from console.domain.orders import Order, Priority
from console.domain.places import Access
from console.domain.plan import RouteId, Stop, StopId
from console.domain.schedule import Schedule, Visit
from console.gateway.ground import Ground
from console.gateway.guidance import codes, directions
from console.gateway.ink import Box, Chip, Qr, barcode, plain, text
from console.gateway.routemap import Course, RouteMap
from console.tongues import tr, trn

LOWEST_MAP_MM, HIGHEST_MAP_MM, QR_MM = 62, 104, 18
NUMBER_MM, TIME_MM, CODE_MM = 13, 25, 52
NOTE_CHARS, SHORT_NOTE = 600, 160
A_MINUTE = timedelta(minutes=1)
_LINE, _TINT = "#87919d", "#f0f3f6"
_NOWHERE = StopLabel("")


@dataclass(frozen=True, slots=True)
class RouteSheet:
    """The flowables of one route on paper ``width`` points wide between its margins."""

    papers: Papers
    route: RouteId
    width: float
    ground: Ground | None

    def story(self) -> list[Any]:
        """Head, codes, map, table, directions."""
        schedule = self.papers.picture.schedules[self.route]
        picture = self._map(schedule)
        table = self._table(schedule)
        drawn = [Spacer(1, 6), picture, Spacer(1, 8)] if picture else [Spacer(1, 8)]
        way = directions(self.papers, self.route, self.width)
        scanned = codes(self.papers, self.route, self.width)
        return [*self.head(schedule), *scanned, *drawn, table, *way]

    def head(self, schedule: Schedule) -> list[Any]:
        """Who, when, how much."""
        picture = self.papers.picture
        clock, brought = picture.clock, schedule.brought
        shift = picture.plan.routes[self.route].shift
        begin, end = clock(schedule.start), clock(schedule.end)
        times = (
            tr("<b>Leave at {begin}</b>, last stop at {end}", begin=begin, end=end)
            if shift.open_ended
            else tr("<b>Leave at {begin}</b>, back at {end}", begin=begin, end=end)
        )
        facts = [
            times,
            trn("{n} stop", "{n} stops", len(schedule.visits)),
            _far(schedule.metres),
            goods(brought),
        ]
        return [*title_of(self.papers, self.route, self.width), text(" · ".join(facts), 10)]

    def _map(self, schedule: Schedule) -> RouteMap | None:
        way = self.papers.ways.get(self.route)
        if way is None or not way.points:
            return None
        picture = self.papers.picture
        placed = ((n, self._label(v.stop).coordinate) for n, v in enumerate(schedule.visits, 1))
        stops = [(number, point) for number, point in placed if point is not None]
        depot = picture.depots.get(picture.plan.routes[self.route].shift.place)
        number = picture.drivers[self.route].number
        course = Course(way, stops, [depot] if depot else [], number)
        return RouteMap(course, self.ground, self.width, (LOWEST_MAP_MM * mm, HIGHEST_MAP_MM * mm))

    # -- the table ---------------------------------------------------------------------------------

    def _table(self, schedule: Schedule) -> Table:
        rows: list[list[Any]] = [self._titles()]
        styles: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ("LINEBELOW", (0, 0), (-1, 0), 1, _LINE),
        ]
        halts = _Halts(self.papers, schedule)
        for number, visit in enumerate(schedule.visits, 1):
            for line in halts.before(visit):
                _add_line(rows, styles, line)
            self._add(rows, styles, number, visit)
        for line in halts.rest():
            _add_line(rows, styles, line)
        styles.append(("LINEBELOW", (0, -1), (-1, -1), 1, _LINE))
        table = Table(rows, colWidths=self._widths(), repeatRows=1, splitInRow=0)
        table.setStyle(styles)
        return table

    def _widths(self) -> list[float]:
        fixed = [NUMBER_MM * mm, TIME_MM * mm, CODE_MM * mm, (QR_MM + 3) * mm]
        number, time, code, qr = fixed
        return [number, time, self.width - sum(fixed), code, qr]

    def _titles(self) -> list[Any]:
        titles = (tr("Stop"), tr("Time"), tr("Door"), tr("Goods"), tr("Way there"))
        return [text(title, 8, bold=True) for title in titles]

    def _add(self, rows: list[list[Any]], styles: list[Any], number: int, visit: Visit) -> None:
        """The stop's first row holds the door and the first order; further orders and notes follow.

        Rows of their own, because a stop may need more than a page.
        """
        stop, top = self.papers.picture.plan.stops[visit.stop], len(rows)
        first, *others = stop.orders
        head = [text(str(number), 17, bold=True), Spacer(1, 3), Box()]
        rows.append(
            [head, self._times(stop, visit), self._door(stop), self._goods(stop, first), []]
        )
        point = where_to(self._label(stop.id))
        if point is not None:
            rows[-1][4] = [Qr(map_link(point, self.papers.wish.link), QR_MM * mm)]
        rows += [["", "", "", self._goods(stop, order), ""] for order in others]
        for note in self._notes(stop):
            styles.append(("SPAN", (2, len(rows)), (-1, len(rows))))
            rows.append(["", "", text(note, 8.5), "", ""])
        styles.append(("LINEABOVE", (0, top), (-1, top), 0.7, _LINE))
        styles.append(("NOSPLIT", (0, top), (-1, min(top + 1, len(rows) - 1))))

    def _times(self, stop: Stop, visit: Visit) -> list[Flowable]:
        clock = self.papers.picture.clock
        lines: list[Flowable] = [text(clock(visit.arrival), 12, bold=True)]
        for window in stop.windows:
            told = f"{clock(window.earliest)}\N{EN DASH}{clock(window.latest)}"
            lines.append(text(told, 9.5, bold=True))
        if visit.lateness:
            late = round(visit.lateness.total_seconds() / 60)
            lines.append(text(tr("<b>{minutes} min late</b>", minutes=max(1, late)), 8.5))
        elif visit.waiting >= A_MINUTE:
            lines.append(text(tr("begin {clock}", clock=clock(visit.start)), 8.5))
        minutes = formats.number(stop.service_time.total_seconds() / 60)
        lines.append(text(tr("for {minutes} min", minutes=minutes), 8))
        return lines

    def _door(self, stop: Stop) -> list[Flowable]:
        label = self._label(stop.id)
        lines: list[Flowable] = [text(plain(label.street), 11, bold=True)]
        if label.town:
            lines.append(text(plain(label.town), 9.5))
        who = (told for told in (label.recipients, label.phones) if told and _at_door(stop, told))
        lines += [text(plain(", ".join(told)), 9.5) for told in who]
        needs = [*stop.skills, *([tr("high priority")] if stop.priority is Priority.HIGH else [])]
        people = max(order.people for order in stop.orders)
        if people > 1:
            needs.append(tr("{people} people", people=people))
        if needs:
            lines.append(text(f"<b>{plain(' · '.join(needs))}</b>", 8.5))
        lines += [text(plain(told), 9) for told in reached(label.access)]
        notes = label.notes if _are_short(label.notes) else ()
        return [
            *lines,
            *(text(tr("<b>Note:</b> {note}", note=plain(note)), 9) for note in notes),
        ]

    def _goods(self, stop: Stop, order: Order) -> list[Flowable]:
        entry, label = self.papers.entries.get(order.id), self._label(stop.id)
        told = [part for part in (goods(order.load), _taken(order.collected)) if part]
        lines = [text(plain(order.id, 48), 9, bold=True), text(" · ".join(told), 8.5), Spacer(1, 2)]
        if entry is not None:
            recipient = "" if _at_door(stop, label.recipients) else entry.recipient
            phone = "" if _at_door(stop, label.phones) else entry.phone
            if who := ", ".join(filter(None, (recipient, phone))):
                lines.insert(1, text(plain(who), 8.5))
        return [*lines, barcode(order.id, (CODE_MM - 2) * mm)]

    def _notes(self, stop: Stop) -> list[str]:
        """Long ones, in pieces that fit a page each; short ones stand at the door."""
        notes = self._label(stop.id).notes
        pieces = (
            piece
            for note in ([] if _are_short(notes) else notes)
            for piece in textwrap.wrap(note, NOTE_CHARS, break_on_hyphens=False)
        )
        return [plain(piece, NOTE_CHARS) for piece in pieces]

    def _label(self, stop: StopId) -> StopLabel:
        return self.papers.picture.labels.get(stop, _NOWHERE)


class _Halts:
    """Breaks, loading and charging as lines between the stops, each once."""

    def __init__(self, papers: Papers, schedule: Schedule) -> None:
        kinds = (
            (tr("Break"), schedule.breaks),
            (tr("Back to the depot to load"), schedule.reloads),
            (tr("Charge"), schedule.charges),
        )
        clock = papers.picture.clock
        self._waiting = sorted(
            (begin, tr("{name}, {begin} to {end}", name=name, begin=clock(begin), end=clock(end)))
            for name, spans in kinds
            for begin, end in spans
        )

    def before(self, visit: Visit) -> Iterator[str]:
        """Those that begin before the stop is served."""
        while self._waiting and self._waiting[0][0] < visit.start:
            yield self._waiting.pop(0)[1]

    def rest(self) -> Iterator[str]:
        """Those on the way home."""
        while self._waiting:
            yield self._waiting.pop(0)[1]


def _add_line(rows: list[list[Any]], styles: list[Any], words: str) -> None:
    place = len(rows)
    rows.append(["", text(plain(words), 9, bold=True), "", "", ""])
    styles += [
        ("SPAN", (1, place), (-1, place)),
        ("BACKGROUND", (0, place), (-1, place), _TINT),
        ("LINEABOVE", (0, place), (-1, place), 0.7, _LINE),
    ]


def title_of(papers: Papers, route: RouteId, width: float) -> list[Any]:
    """Number, name and vehicle at the left, the day at the right."""
    picture = papers.picture
    label, day = picture.drivers[route], picture.plan.day
    name = plain(label.name, 40) + (
        f" <font size='11'>&nbsp;{plain(label.plate, 20)}</font>" if label.plate else ""
    )
    when = formats.day(day.service_day, weekday=True) if day else ""
    chip = Chip(label.number, 8 * mm)
    row = [chip, text(name, 17, bold=True), text(when, 11, right=True)]
    table = Table([row], colWidths=[14 * mm, width - 54 * mm, 40 * mm])
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return [table]


def goods(load: Load) -> str:
    """``2 pcs · 4.5 kg · 0.1 m³``; what is nothing is not said."""
    parts: Sequence[str] = (
        trn("{n} pc", "{n} pcs", load.pieces) if load.pieces else "",
        _heavy(load.kg) if load.kg else "",
        f"{_short(f'{load.m3:.3g}')} m³" if load.m3 else "",
        tr("{units} units", units=_short(f"{load.units:.10g}")) if load.units else "",
    )
    return " · ".join(part for part in parts if part)


def _heavy(kg: float) -> str:
    amount, unit = formats.weight(kg)
    if unit == formats.Weight.KG:
        return f"{_short(f'{amount:.10g}')} {unit}"
    return f"{formats.number(amount, 1)} {unit}"


def _short(figure: str) -> str:
    """A figure without a mark between thousands, with that of decimals as people read it."""
    return figure.replace(".", formats.present().marks.value[1])


def _far(metres: float) -> str:
    way, unit = formats.distance(metres)
    return f"{_short(f'{way:.1f}')} {unit}"


def reached(access: Access) -> list[str]:
    """How the door is reached, a line each for what is known."""
    told = (
        (access.gate, tr("Gate")),
        (access.floor, tr("Floor")),
        (access.safe_place, tr("Safe place")),
    )
    lines = [f"{name}: {words}" for words, name in told if words]
    if access.parking_time:
        minutes = formats.number(access.parking_time.total_seconds() / 60)
        lines.append(tr("Parking takes {minutes} min", minutes=minutes))
    if access.parking is not None:
        lines.append(tr("The code leads to where the van stands"))
    return lines


def _at_door(stop: Stop, told: Sequence[str]) -> bool:
    """Whom to ask for stands at the door where all orders say the same, else with each order."""
    return len(stop.orders) == 1 or len(told) == 1


def _are_short(notes: Sequence[str]) -> bool:
    return sum(map(len, notes)) <= SHORT_NOTE


def _taken(load: Load) -> str:
    told = goods(load)
    return tr("<b>collect {told}</b>", told=told) if told else ""
