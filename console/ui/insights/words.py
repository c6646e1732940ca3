"""Shared insights in words; pure."""

from collections.abc import Sequence
from datetime import date

from console import formats
from console.dispatch.insights import Shared
from console.domain.insight import About
from console.tongues import tr, trn
from console.ui.details.card import Part, Row
from console.ui.theme.figures import number

ABOUTS = {
    About.DOOR: tr("Address"),
    About.AREA: tr("Area"),
    About.DRIVER: tr("Driver"),
    About.VEHICLE: tr("Vehicle"),
    About.CAUSE: tr("Cause"),
    About.DEPOT: tr("Everybody"),
}


def about(shared: Shared) -> str:
    """``Address Weg 12, 9490 Vaduz``."""
    kind = ABOUTS[shared.insight.about]
    return f"{kind} {shared.name}".strip()


def standing(shared: Shared, today: date) -> str:
    """How it stands, in two or three words."""
    insight = shared.insight
    if insight.is_over(today):
        return tr("Over")
    if not insight.stands(today):
        return tr("No longer true")
    return tr("Still holds") if insight.holding else tr("Nobody said yet")


def said_by(names: Sequence[str]) -> str:
    """Who, or nobody."""
    return ", ".join(names)


def until(day: date | None) -> str:
    """The last day; nothing where it holds for good."""
    return formats.day(day) if day is not None else ""


def told(shared: Shared) -> str:
    """The text with who says so, since when, and who agrees."""
    insight = shared.insight
    made = tr("{who}, {day}", who=insight.author, day=formats.day(insight.made, year=False))
    parts = [made]
    if insight.holding:
        count = len(insight.holding)
        parts.append(trn("{n} says it holds", "{n} say it holds", count, n=number(count)))
    if insight.doubting:
        count = len(insight.doubting)
        parts.append(trn("{n} doubts it", "{n} doubt it", count, n=number(count)))
    return f"{shared.text} ({'; '.join(parts)})"


def known_part(known: Sequence[Shared]) -> Part:
    """What a stop's card says of it; empty where nothing is known."""
    rows = tuple(Row(ABOUTS[each.insight.about], told(each)) for each in known)
    return Part(tr("Found out"), rows)
