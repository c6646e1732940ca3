"""Views of the table that are kept by name: filter, columns, order, groups."""

from dataclasses import dataclass, replace

import msgspec

from console.tongues import tr
from console.ui.ordertable.columns import BY_KEY, USUAL


@dataclass(frozen=True, slots=True)
class TableView:
    """How the table is looked at. ``sort`` is a column's key, '' the day's own order."""

    name: str = ""
    filter: str = ""
    columns: tuple[str, ...] = USUAL
    sort: str = ""
    down: bool = False
    group: str = ""


READY = (
    TableView(tr("All orders")),
    TableView(tr("Unassigned by priority"), "is:unassigned", sort="priority"),
    TableView(tr("Late"), "is:late", sort="late", down=True),
    TableView(
        tr("Likely to fail"),
        "is:risky",
        columns=("order", "driver", "street", "recipient", "phone", "arrives", "risk", "notes"),
        sort="risk",
        down=True,
    ),
    TableView(tr("By driver"), group="driver"),
    TableView(
        tr("By town"), group="town", columns=("order", "street", "recipient", "from", "until", "kg")
    ),
)
"""Those that every table begins with."""


def written(views: list[TableView]) -> str:
    """As text."""
    return msgspec.json.encode(views).decode()


def read_back(text: str) -> list[TableView]:
    """From text; nothing where it cannot be understood, columns of a later version left out."""
    try:
        views = msgspec.json.decode(text, type=list[TableView])
    except (msgspec.MsgspecError, ValueError):
        return []
    return [
        replace(view, columns=tuple(key for key in view.columns if key in BY_KEY) or USUAL)
        for view in views
        if view.name
    ]
