"""What is done about an exception: ways worked out and taken, an owner, its severity."""

from dataclasses import replace

from console.dispatch.compensating import compensate, decide, may_approve, money_of
from console.dispatch.depotrules import rules_of
from console.dispatch.exceptions import grade, take
from console.dispatch.photos import photo
from console.dispatch.resolving import Way, resolve, way_of, ways_of
from console.domain.cases import Resolution, Severity
from console.domain.plan import FactId
from console.tongues import tr
from console.ui.deeds.orders import OrderDeeds
from console.ui.exceptions.words import RESOLUTIONS
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

TYPED = (Resolution.SAFE_PLACE, Resolution.NEIGHBOUR, Resolution.OTHER_ADDRESS)


class CaseDeeds:
    """Listens to the exceptions page; no actions of its own, each is a button there."""

    def __init__(self, place: Workplace, orders: OrderDeeds) -> None:
        self._place, self._orders = place, orders
        self._page = place.panes.exceptions
        case = self._page.case
        self._page.picked.connect(self._picked)
        case.retold.connect(self._retold)
        case.ownAsked.connect(self._own_asked)
        case.graded.connect(self._graded)
        case.wayChosen.connect(self._way_chosen)
        case.money.paid.connect(self._paid)
        case.money.approved.connect(self._approved)
        case.money.declined.connect(self._declined)

    def _picked(self, key: FactId) -> None:
        self._place.conductor.spawn(self.look_into(key))

    def _retold(self) -> None:
        self._place.conductor.spawn(self._again())

    def _own_asked(self) -> None:
        self._place.conductor.spawn(self._take())

    def _graded(self, severity: Severity) -> None:
        self._place.conductor.spawn(self._grade(severity))

    def _way_chosen(self, way: Way) -> None:
        self._place.conductor.spawn(self._resolve(way))

    def _paid(self, amount: float) -> None:
        self._place.conductor.spawn(self._pay(amount))

    def _approved(self) -> None:
        self._place.conductor.spawn(self._decide(is_approved=True))

    def _declined(self) -> None:
        self._place.conductor.spawn(self._decide(is_approved=False))

    async def _pay(self, amount: float) -> None:
        key = self._key()
        if key is not None:
            await compensate(self._place.station, key, amount)
            await self._orders.show_exceptions()
            await self._show_money()

    async def _decide(self, *, is_approved: bool) -> None:
        key = self._key()
        if key is not None:
            await decide(self._place.station, key, is_approved=is_approved)
            await self._orders.show_exceptions()
            await self._show_money()

    async def _show_money(self) -> None:
        """What the policy gives, what is paid or waits."""
        station, page = self._place.station, self._page
        policy = (await rules_of(station)).policy
        if page.shown is not None:
            money, currency = money_of(page.shown.case, policy), station.picture.currency
            page.case.money.show_money(money, currency, may_approve=may_approve(station))
            page.case.money.show()

    def _key(self) -> FactId | None:
        shown = self._page.shown
        return shown.fact.id if shown is not None else None

    async def look_into(self, key: FactId) -> None:
        """Show its photo, then every way to put it right."""
        line, station = self._page.shown, self._place.station
        if line is None or line.fact.id != key:
            return
        if line.case.note.photo:
            found = await photo(station.services, line.case.note.photo)
            if self._key() == key:
                self._page.case.show_photo(found)
        await self._show_money()
        await self._again()

    async def _again(self) -> None:
        """Work the ways out with what is typed by now."""
        line, station = self._page.shown, self._place.station
        if line is None or not line.case.is_open:
            return
        key = line.fact.id
        ways = await ways_of(station, key)
        made = [await self._typed(key, way) for way in ways]
        if self._key() == key:
            made.sort(key=lambda way: not way.is_feasible)
            self._page.case.show_ways(made, station.picture.currency)

    async def _typed(self, key: FactId, way: Way) -> Way:
        """The way with the note and the address that were typed for it."""
        note, address = self._page.case.note.text().strip(), self._page.case.address
        wish = way.wish
        is_other = wish.resolution is Resolution.OTHER_ADDRESS and address is not None
        if wish.resolution not in TYPED or not (note or is_other):
            return way
        wish = replace(wish, note=note, address=address if is_other else None)
        return await way_of(self._place.station, key, wish)

    async def _take(self) -> None:
        key = self._key()
        if key is not None:
            await take(self._place.station, key)
            await self._orders.show_exceptions()

    async def _grade(self, severity: Severity) -> None:
        key = self._key()
        if key is not None:
            await grade(self._place.station, key, severity)
            await self._orders.show_exceptions()

    async def _resolve(self, way: Way) -> None:
        key = self._key()
        if key is None:
            return
        self._page.case.show_ways([], self._place.station.picture.currency)
        try:
            await resolve(self._place.station, key, way)
        finally:
            await self._orders.show_exceptions()
            await self._again()  # the plan moved on: the ways are others
        name = RESOLUTIONS[way.wish.resolution]
        self._place.conductor.tell(
            Notice(tr("Resolved: {way}. Undo takes it back.", way=name), Tone.GOOD)
        )
