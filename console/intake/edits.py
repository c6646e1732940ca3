"""One cell of an order changed by hand, checked by the rules of order files."""

from dataclasses import replace

from console.domain.orders import DayWindow, OrderEntry
from console.formats import Moment
from console.intake.orders import check_order
from console.intake.report import OrderReport, Reject
from console.tongues import phrase, tr

_LOAD = {"pieces": "pieces", "weight_kg": "kg", "volume_m3": "m3", "units": "units"}
_PLAIN = {
    "recipient": "recipient",
    "phone": "phone",
    "email": "email",
    "notes": "notes",
    "skills": "skills",
    "priority": "priority",
    "service_minutes": "service_time",
    "people": "people",
    "territory": "territory",
    "deadline": "deadline",
}
EDITABLE = (*_PLAIN, *_LOAD, "window_from", "window_to")
"""Our column names of what may be changed in a table."""


def edited(entry: OrderEntry, name: str, text: str) -> OrderEntry | Reject:
    """The order with another text in one of ``EDITABLE``; a ``Reject`` says what is wrong.

    A window's time changes the first window; without any time left it goes.
    """
    known = {"order_id": str(entry.id), "street": "x", name: text}
    checked = check_order(known)
    if isinstance(checked, Reject):
        return checked
    if name in _LOAD:
        part = _LOAD[name]
        amount = getattr(checked.load, part) if text.strip() else 0
        return replace(entry, load=replace(entry.load, **{part: amount}))
    if name in _PLAIN:
        return replace(entry, **{_PLAIN[name]: getattr(checked, _PLAIN[name])})
    return _with_window(entry, name, checked)


def _with_window(entry: OrderEntry, name: str, checked: OrderEntry) -> OrderEntry | Reject:
    given = checked.windows[0] if checked.windows else DayWindow()
    first, *others = entry.windows or (DayWindow(),)
    if name == "window_from":
        first = replace(first, earliest=given.earliest)
    else:
        first = replace(first, latest=given.latest)
    if first.earliest and first.latest and first.latest < first.earliest:
        told = phrase(
            "The window would end at {latest}, before it begins. Change the other end first.",
            latest=Moment(first.latest),
        )
        return Reject(0, str(entry.id), name, told)
    kept = (first, *others) if first.earliest or first.latest else tuple(others)
    return replace(entry, windows=kept)


def read_pasted(text: str) -> OrderReport | None:
    """Orders copied from a spreadsheet with their titles; None where the first line has none."""
    from console.intake.orders import order_recogniser, orders_of
    from console.intake.reader import table_of

    first = text.strip("\r\n").split("\n", 1)[0].split("\t")
    if order_recogniser().score(first) < 2:
        return None
    table = table_of(tr("the clipboard"), text.encode("utf-8", "replace"), order_recogniser().score)
    return orders_of(table, {})
