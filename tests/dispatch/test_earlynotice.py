"""Customers who are told before their promise breaks: listed, written to, measured."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from console.dispatch import earlynotice
from console.dispatch.earlynotice import Affected, band, earliness, early_list, tell, told_in
from console.dispatch.forecasting import Forecast
from console.dispatch.ports import Message
from console.dispatch.reporting import record
from console.dispatch.station import Station
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.errors import ConsoleError
from console.domain.etas import Eta
from console.domain.orders import OrderId
from console.domain.plan import FactKind, StopId
from console.tongues import Tongue
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, local, row

A, B, C, D = (StopId(f"s:{name}") for name in "ABCD")
MINUTE = timedelta(minutes=1)


@dataclass
class Post:
    """A way to customers."""

    sent: list[Message] = field(default_factory=list[Message])

    def send(self, message: Message) -> None:
        self.sent.append(message)


async def late_morning(world: World, station: Station, clock: SetClock) -> Forecast:
    """Ida leaves at ten: A was promised by half past nine, B by ten, C by four, D has nobody."""
    await begun(
        station, world,
        row("A", "Weg 10", window_from="08:30", window_to="09:30", phone="+1 555 0100"),
        row("A2", "Weg 10", window_from="08:30", window_to="09:45", recipient="R A",
            phone="+1 555 0100"),
        row("B", "Weg 30", window_from="08:30", window_to="10:00"),
        row("C", "Weg 50", window_from="08:30", window_to="16:00"),
        row("D", "Weg 60", window_from="08:30", window_to="10:30"),
    )  # fmt: skip
    (route,) = station.picture.plan.routes
    forecast = Forecast(station.workday, clock)
    first = [s for s in station.picture.plan.stops if s != D]
    await station.submit(MoveStops(tuple(sorted(first)), route))
    await station.submit(ReleaseRoutes((route,)))
    clock.moment = local(10)
    station.workday.set_now(station.now())
    await record(station, FactKind.DEPARTED, route)
    return forecast


def orders(rows: list[Affected]) -> list[list[str]]:
    return [sorted(each.orders) for each in rows]


@journey
async def test_those_whose_promise_breaks_are_listed_with_an_honest_time(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        forecast = await late_morning(world, station, clock)
        rows = await early_list(station, forecast.etas)
        assert orders(rows) == [["A", "A2"], ["B"], ["D"]]
        first, second, nobody = rows
        assert (first.recipient, first.phone, first.waits) == ("R A", "+1 555 0100", True)
        assert first.promised == local(9.5), "the earlier of both"
        assert first.eta is not None
        assert first.eta.low <= first.eta.at < first.eta.high
        assert second.late is not None
        assert timedelta() < second.late < timedelta(hours=1)
        assert nobody.eta is None
        assert nobody.late is None
        clock.moment = local(10) + timedelta(days=1)
        assert await early_list(station, forecast.etas) == [], "the day is over"


@journey
async def test_who_was_told_is_on_record_and_told_again_when_it_gets_worse(world: World) -> None:
    clock, post = SetClock(), Post()
    with world.console(clock=clock) as station:
        forecast = await late_morning(world, station, clock)
        first, second, nobody = await early_list(station, forecast.etas)
        clock.moment = local(9.75)
        await tell(station, second, "Dear R B")
        assert post.sent == [], "there is no way to customers here"
        clock.moment = local(10)
        station.services = replace(station.services, messages=post)
        text = earlynotice.draft(first, station.picture, Tongue())
        fact = await tell(station, first, text)
        await tell(station, nobody, "We do not know")
        sent = post.sent[0]
        told_her = (sent.id, sent.orders, sent.recipient, sent.phone, sent.text)
        assert told_her == (fact.id, first.orders, "R A", "+1 555 0100", text)
        rows = await early_list(station, forecast.etas)
        assert not any(each.waits for each in rows)
        told = {each.stop: each for each in told_in(station.picture.plan)}
        assert told[B].lead == timedelta(minutes=15)
        assert (told[D].low, told[D].high) == (None, None)
        assert second.eta is not None
        assert (told[B].low, told[B].high) == band(second.eta)
        journal = repr([entry.patch for entry in station.workday.desk.entries])
        assert "R A" not in journal
        notes = station.services.notes.get([fact.note])
        assert notes == {fact.note: text}
        clock.moment = local(11)
        station.workday.set_now(station.now())
        worse = [each for each in await early_list(station, forecast.etas) if each.waits]
        assert orders(worse) == [["A", "A2"], ["B"]]
        assert all(each.is_worse for each in worse)


@journey
async def test_lead_and_what_became_of_it_are_measured(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        forecast = await late_morning(world, station, clock)
        assert earliness(station.picture.plan).lead is None
        first, second, _ = await early_list(station, forecast.etas)
        clock.moment = local(9.75)
        await tell(station, second, "Late")
        clock.moment = local(10)
        assert second.eta is not None
        await record(station, FactKind.ARRIVED, A, local(10.05))
        await record(station, FactKind.DELIVERED, A, local(10.1))
        await record(station, FactKind.ARRIVED, B, second.eta.at)
        told = earliness(station.picture.plan)
        assert (told.told, told.lead, told.too_late) == (1, 15 * MINUTE, 0)
        assert (told.came, told.kept, told.silent) == (1, 1, 2), "A and A2 heard nothing"
        (row_of_b,) = told_in(station.picture.plan)
        await earlynotice.take_back(station, replace(second, told=row_of_b))
        assert told_in(station.picture.plan) == []
        with pytest.raises(ConsoleError):
            await earlynotice.take_back(station, first)


@journey
async def test_the_draft_says_what_is_known_and_no_more(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await late_morning(world, station, clock)
        eta = Eta(local(10.4), local(10.37), local(10.68), 30)
        row_of_a = Affected(A, None, (OrderId("A"),), local(9.5), eta, recipient="Frau Muster")
        said = earlynotice.draft(row_of_a, station.picture, Tongue())
        assert said.splitlines()[0] == "Dear Frau Muster,"
        assert "Weg 10 (order A) was promised by 09:30" in said
        assert "between 10:20 and 10:45" in said
        nobody = replace(row_of_a, eta=None, recipient="")
        said = earlynotice.draft(nobody, station.picture, Tongue())
        assert said.startswith("Hello,")
        assert "cannot name a new time" in said
        assert DAY.isoformat() not in said
