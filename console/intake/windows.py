"""When an order may be served: its windows, soft or hard, its deadline, and when it is ready."""

from dataclasses import dataclass
from datetime import time

from console.domain.orders import DayWindow
from console.formats import Moment
from console.intake import dimensions
from console.intake.amounts import Unreadable
from console.intake.record import Measure, RowReader
from console.intake.texts import clean, shown
from console.intake.times import spans
from console.tongues import phrase

LATE = Measure("late_price", phrase("price of lateness"), dimensions.MONEY_PER_MINUTE, 10_000)
_SOFT_WITHOUT_PRICE = phrase("The end of a soft window without a price")
_ONLY_HARD = phrase("left out, only the hard window counts")
_PRICE_WITHOUT_END = phrase("A price of lateness without the end of a window")
_NOTHING_LATE = phrase("left out, as nothing is late")
_NUMBERED = ("window", "window2", "window3")


@dataclass(frozen=True, slots=True)
class Hours:
    """When service may begin, when the goods are at the depot, and the last moment for it."""

    windows: tuple[DayWindow, ...] = ()
    ready_at: time | None = None
    deadline: time | None = None


def read_hours(row: RowReader) -> Hours:
    """The row's hours; windows with a price of lateness are soft, their hard end a deadline."""
    windows, hard_end = _windows(row)
    ready = row.time("ready_at")
    deadline = row.time("deadline", is_end=True)
    if hard_end is not None:
        deadline = hard_end if deadline is None else min(deadline, hard_end)
    hours = Hours(windows, ready, deadline)
    _check_deadline(row, hours)
    _check_ready(row, ready, windows)
    return hours


def _windows(row: RowReader) -> tuple[tuple[DayWindow, ...], time | None]:
    windows = _numbered(row) or _listed(row)
    price = row.amount(LATE)
    soft_to = row.time("soft_to", is_end=True)
    if soft_to is not None and not price:
        row.assume("late_price", "", _SOFT_WITHOUT_PRICE, _ONLY_HARD)
        return windows, None
    if price is None:
        return windows, None
    hard_end = None
    if soft_to is not None:
        hard_end = windows[0].latest if windows else None
        windows = _softened(row, windows, soft_to)
    if not any(window.latest for window in windows):
        row.assume("late_price", "", _PRICE_WITHOUT_END, _NOTHING_LATE)
        return windows, None
    return tuple(DayWindow(each.earliest, each.latest, price) for each in windows), hard_end


def _check_deadline(row: RowReader, hours: Hours) -> None:
    deadline, ready = hours.deadline, hours.ready_at
    if deadline is None:
        return
    opens = [window.earliest or time() for window in hours.windows]
    if opens and deadline < min(opens):
        row.complain(
            "deadline",
            phrase(
                "The deadline {deadline} lies before the window, which begins at {begin}: "
                "correct one of them.",
                deadline=Moment(deadline),
                begin=Moment(min(opens)),
            ),
        )
    if ready is not None and deadline < ready:
        row.complain(
            "ready_at",
            phrase(
                "The order is ready at {ready}, after its deadline at {deadline}: "
                "correct one of them.",
                ready=Moment(ready),
                deadline=Moment(deadline),
            ),
        )


def _check_ready(row: RowReader, ready: time | None, windows: tuple[DayWindow, ...]) -> None:
    ends = [window.latest for window in windows if window.latest is not None]
    is_soft = any(window.late_price is not None for window in windows)
    if ready is not None and not is_soft and ends and len(ends) == len(windows):
        last = max(ends)
        if last < ready:
            row.complain(
                "ready_at",
                phrase(
                    "The order is ready at {ready}, after its window ends at {last}: "
                    "correct one of them.",
                    ready=Moment(ready),
                    last=Moment(last),
                ),
            )


def _numbered(row: RowReader) -> tuple[DayWindow, ...]:
    """Windows of the columns window_from, window_to, window2_from and so on."""
    found: list[DayWindow] = []
    for name in _NUMBERED:
        earliest = row.time(f"{name}_from")
        latest = row.time(f"{name}_to", is_end=True)
        if earliest is not None or latest is not None:
            _check_window(row, f"{name}_to", earliest, latest)
            found.append(DayWindow(earliest, latest))
    return tuple(found)


def _listed(row: RowReader) -> tuple[DayWindow, ...]:
    """Windows of one cell such as ``09:00-12:00; 14:00-16:00``."""
    cell = clean(row.cell("window"))
    if not cell:
        return ()
    try:
        pairs = spans(cell)
    except Unreadable as error:
        told = phrase(
            "The window {cell} {error}: write it like 09:00-12:00, or leave it empty.",
            cell=shown(cell),
            error=error.told,
        )
        row.complain("window", told)
        return ()
    for pair in pairs:
        _check_window(row, "window", *pair)
    return tuple(DayWindow(*pair) for pair in pairs)


def _softened(
    row: RowReader, windows: tuple[DayWindow, ...], soft_to: time
) -> tuple[DayWindow, ...]:
    """The only window with an earlier, soft end; its hard end is then a deadline."""
    window = windows[0] if windows else DayWindow()
    _check_window(row, "soft_to", window.earliest, soft_to)
    if len(windows) > 1:
        row.complain(
            "soft_to",
            phrase("A soft end goes with one window only: leave window2 and window3 empty."),
        )
    if window.latest is not None and window.latest < soft_to:
        row.complain(
            "soft_to",
            phrase(
                "The soft end {soft} lies after the hard end {hard}: "
                "correct or swap the two times.",
                soft=Moment(soft_to),
                hard=Moment(window.latest),
            ),
        )
    return (DayWindow(window.earliest, soft_to),)


def _check_window(row: RowReader, field: str, earliest: time | None, latest: time | None) -> None:
    if earliest is not None and latest is not None and latest < earliest:
        row.complain(
            field,
            phrase(
                "The window ends at {latest} before it starts at {earliest}: "
                "correct or swap the two times.",
                latest=Moment(latest),
                earliest=Moment(earliest),
            ),
        )
