"""A loading list: what goes in first is delivered last, so it stands in reverse order."""

# ReportLab has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false

from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Spacer, Table

from console.dispatch.paper import Papers
from console.domain.load import total
from console.domain.orders import Order
from console.domain.plan import RouteId
from console.domain.schedule import Schedule
from console.gateway.ink import Box, barcode, plain, text
from console.gateway.routesheet import goods, title_of
from console.tongues import tr, trn

CODE_MM = 56
_COLUMNS_MM = (9, 13, 0, 34, CODE_MM)
_LINE = "#87919d"

Loaded = tuple[int, Order]
"""The number of the stop, and an order that is brought there."""


@dataclass(frozen=True, slots=True)
class LoadingList:
    """The flowables of one route on paper ``width`` points wide between its margins."""

    papers: Papers
    route: RouteId
    width: float

    def story(self) -> list[Any]:
        """A table a trip."""
        picture = self.papers.picture
        schedule = picture.schedules[self.route]
        story = title_of(self.papers, self.route, self.width)
        leaves = picture.clock(schedule.start)
        told = tr("<b>Loading list</b>, to leave at {leaves}: first in, last out", leaves=leaves)
        story.append(text(told, 10))
        trips = self.trips(schedule)
        for number, trip in enumerate(trips, 1):
            told = goods(total(order.load for _, order in trip))
            head = f"{_orders(len(trip))}{f' · {told}' if told else ''}"
            if len(trips) > 1:
                head = tr("Trip {number} of {trips}: {head}", number=number, trips=len(trips),
                          head=head)  # fmt: skip
            story += [Spacer(1, 8), text(head, 11, bold=True), Spacer(1, 4), self._table(trip)]
        return story

    def trips(self, schedule: Schedule) -> list[list[Loaded]]:
        """What is loaded at the depot for each trip, last stop first.

        What is collected on the way, or brought on from there, is not loaded.
        """
        plan, trips = self.papers.picture.plan, list[list[Loaded]]()
        for _ in range(len(schedule.reloads) + 1):
            trips.append([])
        for number, visit in enumerate(schedule.visits, 1):
            trip = sum(end <= visit.start for _, end in schedule.reloads)
            brought = [o for o in plan.stops[visit.stop].orders if _is_loaded(o)]
            trips[trip] += [(number, order) for order in brought]
        return [trip[::-1] for trip in trips]

    def _table(self, trip: list[Loaded]) -> Table:
        titles = ("", tr("Stop"), tr("Order"), tr("Goods"), tr("Code"))
        rows: list[list[Any]] = [[text(title, 8, bold=True) for title in titles]]
        rows += [self._row(number, order) for number, order in trip]
        fixed = sum(_COLUMNS_MM) * mm
        widths = [part * mm or self.width - fixed for part in _COLUMNS_MM]
        table = Table(rows, colWidths=widths, repeatRows=1)
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                ("LINEBELOW", (0, 0), (-1, 0), 1, _LINE),
                ("LINEBELOW", (0, 1), (-1, -1), 0.5, _LINE),
            ]
        )
        return table

    def _row(self, number: int, order: Order) -> list[Any]:
        entry = self.papers.entries.get(order.id)
        lines = [text(plain(order.id, 60), 10, bold=True)]
        if entry is not None:
            who = ", ".join(filter(None, (entry.recipient, entry.address.city)))
            lines.append(text(plain(who), 8.5))
        if order.skills:
            lines.append(text(f"<b>{plain(' · '.join(order.skills))}</b>", 8.5))
        return [
            Box(),
            text(str(number), 14, bold=True),
            lines,
            text(goods(order.load).replace(" · ", "<br/>", 1), 9.5),
            [barcode(order.id, (CODE_MM - 3) * mm)],
        ]


def _is_loaded(order: Order) -> bool:
    return order.pickup is None and goods(order.load) != ""


def _orders(count: int) -> str:
    return trn("{n} order", "{n} orders", count)
