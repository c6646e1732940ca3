"""The columns an order table can show: what stands in them, how they sort, what may be edited."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from console import wording
from console.dispatch.expecting import risk_of
from console.dispatch.picture import DriverLabel, Picture, StopLabel
from console.domain.orders import Order
from console.domain.plan import Stop, StopStatus
from console.domain.visits import Visit
from console.formats import number
from console.tongues import phrase, tr
from console.ui.labels import route_label

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Line:
    """An order with all that a row shows of it."""

    picture: Picture
    stop: Stop
    order: Order
    label: StopLabel
    driver: DriverLabel | None
    visit: Visit | None
    number: int

    @property
    def text(self) -> str:
        """Everything the filter's words look at, lower case."""
        label = self.label
        parts = (
            *(self.order.id, label.street, label.town),
            *(*label.recipients, *label.phones, *label.notes, *self.order.skills),
            self.driver.name if self.driver else tr("unassigned"),
        )
        return " ".join(parts).casefold()


def lines_of(picture: Picture) -> list[Line]:
    """A line an order, the unassigned first, then by driver and place."""
    nowhere = StopLabel("")
    lines: list[Line] = []
    drivers = {route: route_label(picture, route) for route in picture.plan.routes}
    for stop in picture.plan.stops.values():
        label = picture.labels.get(stop.id, nowhere)
        driver = drivers.get(stop.route) if stop.route else None
        visit, number = picture.visits.get(stop.id), picture.numbers.get(stop.id, 0)
        lines += [Line(picture, stop, o, label, driver, visit, number) for o in stop.orders]
    lines.sort(key=_place)
    return lines


def _place(line: Line) -> tuple[int, int, int, str]:
    number = line.driver.number if line.driver else 0
    rank = 0 if line.driver else line.order.priority.rank
    return number, rank, line.number, line.order.id


@dataclass(frozen=True, slots=True)
class Column:
    """``field`` is our name of it in order files, where it may be edited; '' where it may not.

    ``plain`` is the English of a cell that is said in the window's language: filters find it, too,
    so that a view that was kept holds in every language. ``rank`` is what a cell is sorted by where
    that is not its text.
    """

    key: str
    title: str
    value: Callable[[Line], Value]
    width: int = 90
    field: str = ""
    is_number: bool = False
    digits: int = 0
    plain: Callable[[Line], str] | None = None
    rank: Callable[[Line], float] | None = None

    def texts(self, line: Line) -> tuple[str, ...]:
        """What a filter may call it: as it is shown, and in English."""
        text = self.text(line)
        return (text,) if self.plain is None else (text, self.plain(line))

    def text(self, line: Line) -> str:
        """As it is sorted, filtered, edited and copied: in the marks of files."""
        value = self.value(line)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return f"{value:,.{self.digits}f}" if value or self.key in _SHOWS_ZERO else ""

    def shown(self, line: Line) -> str:
        """As it is read: figures in the marks of the person at the desk."""
        text, value = self.text(line), self.value(line)
        return number(value, self.digits) if text and isinstance(value, float | int) else text


_SHOWS_ZERO = {"stop"}
UNASSIGNED = "unassigned"
_OTHER_STATES = {
    "off_road": phrase("not located").text,
    "locked": phrase("locked").text,
    "pinned": phrase("pinned").text,
}


def _clock(line: Line, moment: datetime | None) -> str:
    """In 24 hours whatever is chosen: cells are sorted, edited and pasted as texts."""
    return f"{line.picture.local(moment):%H:%M}" if moment else ""


def _driver(line: Line) -> str:
    return _plain_driver(line) if line.driver else tr("unassigned")


def _plain_driver(line: Line) -> str:
    return f"{line.driver.number} {line.driver.name}" if line.driver else UNASSIGNED


def _window(line: Line, *, is_end: bool) -> str:
    windows = line.order.windows
    if not windows:
        return ""
    edge = windows[-1].latest if is_end else windows[0].earliest
    at = _clock(line, edge)
    return "" if (at, is_end) in {("00:00", False), ("23:59", True)} else at


def _state(line: Line) -> str:
    return tr(_plain_state(line)) if _plain_state(line) else ""


def _plain_state(line: Line) -> str:
    if line.stop.status is not StopStatus.PLANNED:
        return wording.STATUSES[line.stop.status.value]
    if line.stop.id in line.picture.off_road:
        return _OTHER_STATES["off_road"]
    locked = line.stop.route and line.picture.plan.routes[line.stop.route].is_frozen
    return _OTHER_STATES["locked" if locked else "pinned"] if locked or line.stop.pinned else ""


def _late(line: Line) -> float:
    return round(line.visit.lateness.total_seconds() / 60) if line.visit else 0


def _risk(line: Line) -> Value:
    """In per cent; nothing where nobody can know."""
    risk = risk_of(line.picture, line.stop.id)
    return round(100 * risk.rate, 1) if risk is not None else None


COLUMNS = (
    Column("order", tr("Order"), lambda x: x.order.id, 110),
    Column("driver", tr("Driver"), _driver, 130, plain=_plain_driver),
    Column("stop", tr("Stop"), lambda x: x.number or None, 50, is_number=True),
    Column("street", tr("Street"), lambda x: x.label.street, 190),
    Column("town", tr("Town"), lambda x: x.label.town, 130),
    Column("recipient", tr("Recipient"), lambda x: ", ".join(x.label.recipients), 150, "recipient"),
    Column("phone", tr("Phone"), lambda x: ", ".join(x.label.phones), 120, "phone"),
    Column("from", tr("From"), lambda x: _window(x, is_end=False), 56, "window_from"),
    Column("until", tr("Until"), lambda x: _window(x, is_end=True), 56, "window_to"),
    Column("arrives", tr("Arrives"), lambda x: _clock(x, x.visit.arrival if x.visit else None), 66),
    Column("late", tr("Late min"), _late, 78, is_number=True),
    Column("pieces", tr("Pieces"), lambda x: x.order.load.pieces, 60, "pieces", is_number=True),
    Column("kg", "kg", lambda x: x.order.load.kg, 76, "weight_kg", is_number=True, digits=1),
    Column("m3", "m³", lambda x: x.order.load.m3, 60, "volume_m3", is_number=True, digits=3),
    Column(
        "door",
        tr("Door min"),
        lambda x: x.order.service_time.total_seconds() / 60,
        70,
        "service_minutes",
        is_number=True,
    ),
    Column("skills", tr("Skills"), lambda x: ", ".join(x.order.skills), 110, "skills"),
    Column(
        "priority",
        tr("Priority"),
        lambda x: wording.priority_word(x.order.priority.value),
        70,
        "priority",
        plain=lambda x: x.order.priority.value,
        rank=lambda x: x.order.priority.rank,
    ),
    Column("state", tr("State"), _state, 80, plain=_plain_state),
    Column("risk", tr("May fail %"), _risk, 100, is_number=True),
    Column("notes", tr("Notes"), lambda x: " · ".join(x.label.notes), 240, "notes"),
)
BY_KEY = {column.key: column for column in COLUMNS}
USUAL = tuple(column.key for column in COLUMNS if column.key not in {"m3", "phone", "town", "risk"})
EDITABLE = {column.key: column for column in COLUMNS if column.field}
GROUPS = ("driver", "town", "priority", "state", "skills", "from")
"""What rows may be put together by."""
