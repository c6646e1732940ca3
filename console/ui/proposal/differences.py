"""The figures of a day, as they are and as they are proposed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from console.dispatch.proposals import Proposal
from console.planning.compare import Sums
from console.tongues import tr
from console.ui.labels import cost_of
from console.ui.theme.figures import hours, kg, km, minutes, number


@dataclass(frozen=True, slots=True)
class Line:
    """A figure now, as proposed, and the change. ``tone`` is ok, warn or text3."""

    caption: str
    present: str
    proposed: str
    change: str
    tone: str
    note: str = ""


def differences(proposal: Proposal) -> list[Line]:
    """Every figure of the day, present, proposed and the change."""
    before, after = proposal.comparison.before, proposal.comparison.after
    currency = proposal.present.currency
    return [*_counts(before, after), *_money(before, after, currency), *_times(before, after)]


def _counts(before: Sums, after: Sums) -> Iterator[Line]:
    orders = before.served + before.unassigned
    yield _line(
        tr("Served"),
        (before.served, after.served),
        number,
        better=1,
        note=tr("of {orders}", orders=orders),
    )
    yield _line(tr("Unassigned"), (before.unassigned, after.unassigned), number)
    yield _line(tr("Vehicles"), (before.vehicles, after.vehicles), number)


def _money(before: Sums, after: Sums, currency: str) -> Iterator[Line]:
    def money(amount: float) -> str:
        return cost_of(amount, currency)

    share = after.cost / before.cost - 1 if before.cost else 0.0
    noted = f"{number(share * 100, 1, signed=True)} %" if round(share, 3) else ""
    yield _line(tr("Cost"), (before.cost, after.cost), money, note=noted)
    each = [sums.cost / sums.served if sums.served else 0.0 for sums in (before, after)]
    yield _line(tr("Cost per order"), (each[0], each[1]), money)
    if before.penalty or after.penalty:
        yield _line(tr("Soft penalties"), (before.penalty, after.penalty), money)


def _times(before: Sums, after: Sums) -> Iterator[Line]:
    yield _time(tr("Hours paid"), (before.paid, after.paid), hours)
    yield _time(tr("Overtime"), (before.overtime, after.overtime), hours)
    yield _time(tr("Driving"), (before.driving, after.driving), hours)
    yield _time(tr("Waiting"), (before.waiting, after.waiting), hours)
    yield _line(tr("Distance"), (before.metres, after.metres), km)
    yield _line(tr("CO₂e"), (before.co2e, after.co2e), kg)
    noted = tr("{was} → {now} stops", was=before.late_stops, now=after.late_stops)
    changed = before.late_stops != after.late_stops
    yield _time(tr("Late"), (before.late, after.late), minutes, note=noted if changed else "")
    if before.soft_late or after.soft_late:
        yield _time(tr("Softly late"), (before.soft_late, after.soft_late), minutes)
    yield _slack(before.least_slack, after.least_slack)

    def tenth(amount: float) -> str:
        return number(amount, 2)

    pair = (before.uneven_hours, after.uneven_hours)
    yield _line(tr("Uneven hours"), pair, tenth, note=tr("mean difference"))
    yield _line(tr("Uneven stops"), (before.uneven_stops, after.uneven_stops), tenth)


def _slack(before: timedelta | None, after: timedelta | None) -> Line:
    if before is None or after is None:
        shown = [tr("none") if slack is None else minutes(slack) for slack in (before, after)]
        return Line(tr("Least slack"), shown[0], shown[1], "", "text3")
    return _time(tr("Least slack"), (before, after), minutes, better=1)


def _line(
    caption: str,
    pair: tuple[float, float],
    say: Callable[[float], str],
    *,
    better: int = -1,
    note: str = "",
) -> Line:
    """``better`` is 1 where more is better, else -1."""
    shown = (say(pair[0]), say(pair[1]))
    by = pair[1] - pair[0]
    if shown[0] == shown[1]:
        return Line(caption, *shown, tr("same"), "text3", "" if "→" in note else note)
    sign = "+" if by > 0 else "\N{MINUS SIGN}"
    tone = "ok" if by * better > 0 else "warn"
    return Line(caption, *shown, f"{sign}{say(abs(by))}", tone, note)


def _time(
    caption: str,
    pair: tuple[timedelta, timedelta],
    say: Callable[[timedelta], str],
    *,
    better: int = -1,
    note: str = "",
) -> Line:
    def said(seconds: float) -> str:
        return say(timedelta(seconds=seconds))

    seconds = (pair[0].total_seconds(), pair[1].total_seconds())
    return _line(caption, seconds, said, better=better, note=note)
