"""When service at a stop may begin, for all its orders at once: epoch seconds.

- An order is soft when its last window carries a price; that window then has no hard end.
- Hard orders meet: what lies in a window of each. Where soft ones stand beside them they are met
  as well, from their beginnings on; where that leaves nothing, the hard ones alone rule.
- Soft orders alone: what lies in a window of each, the last without an end.
- ``soft_latest`` is where the last window that all soft orders share ends; where they share none,
  the first of their last ends. Later service costs the sum of their prices.
- The earliest deadline is one more hard window, from ever until then.
- Where orders contradict each other, nothing can be met: the window begins when the last of them
  opens for the last time and has ended when the first of them closes for good, so that any
  service is late by at least the gap between the two.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from console.domain.duty import Window
from console.domain.orders import Order, TimeWindow
from console.domain.plan import Stop
from console.domain.segments import UNLIMITED

Hours = tuple[tuple[Window, ...], int | None]
"""Hard windows, sorted, and when soft lateness begins."""

_Windows = tuple[Window, ...]


def hours_of(stop: Stop) -> Hours:
    """The stop's hours."""
    orders = stop.orders
    if len(orders) == 1 and orders[0].deadline is None:
        windows = orders[0].windows
        if not windows:
            return (), None
        if len(windows) == 1 and windows[0].late_price is None:
            return ((_epoch(windows[0].earliest), _epoch(windows[0].latest)),), None
    return _together(orders)


def narrowed(windows: Sequence[Window], places: Sequence[Sequence[Window]]) -> tuple[Window, ...]:
    """The windows within the hours of a place, one sequence a rule that holds there.

    Where nothing is left the window cannot be met, as where orders contradict each other.
    """
    several = [tuple(each) for each in (windows, *places) if each]
    if not places or not several:
        return tuple(windows)
    return _common(several) or (
        (max(each[-1][0] for each in several), min(each[-1][1] for each in several)),
    )


def late_price(stop: Stop) -> float:
    """What a minute of soft lateness costs, in the depot's currency."""
    return sum(_last(order).late_price or 0.0 for order in stop.orders if _is_soft(order))


def _together(orders: Sequence[Order]) -> Hours:
    hard = [_spans(order) for order in orders if order.windows and not _is_soft(order)]
    soft = [_spans(order) for order in orders if _is_soft(order)]
    deadlines = [_epoch(order.deadline) for order in orders if order.deadline is not None]
    if deadlines:
        hard.append(((0, min(deadlines)),))
    soft_latest = None
    if soft:
        soft_latest = (_common(soft) or ((0, min(each[-1][1] for each in soft)),))[-1][1]
    return _hard(hard, soft), soft_latest


def _hard(hard: Sequence[_Windows], soft: Sequence[_Windows]) -> _Windows:
    if not hard:
        shared = _common(soft)
        return _endless(shared) if shared else _common([_endless(each) for each in soft])
    return (
        _common([*hard, *(_endless(each) for each in soft)])
        or _common(hard)
        or ((max(each[-1][0] for each in hard), min(each[-1][1] for each in hard)),)
    )


def _common(several: Iterable[_Windows]) -> _Windows:
    """The moments that lie in a window of each; () when there is none."""
    common: _Windows | None = None
    for windows in several:
        common = windows if common is None else _met(common, windows)
    return tuple(sorted(common or ()))


def _met(one: _Windows, other: _Windows) -> _Windows:
    pairs = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return tuple(pair for pair in pairs if pair[0] <= pair[1])


def _endless(windows: _Windows) -> _Windows:
    return (*windows[:-1], (windows[-1][0], UNLIMITED)) if windows else ()


def _spans(order: Order) -> _Windows:
    """An order's windows, sorted, those that overlap joined."""
    joined: list[Window] = []
    for earliest, latest in sorted((_epoch(w.earliest), _epoch(w.latest)) for w in order.windows):
        if joined and earliest <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(latest, joined[-1][1]))
        else:
            joined.append((earliest, latest))
    return tuple(joined)


def _is_soft(order: Order) -> bool:
    return bool(order.windows) and _last(order).late_price is not None


def _last(order: Order) -> TimeWindow:
    windows = order.windows
    return windows[0] if len(windows) == 1 else max(windows, key=lambda w: (w.latest, w.earliest))


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())
