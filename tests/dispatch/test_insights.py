"""Shared insights on real stores: seen by the other console, voted on, ended, erased."""

from datetime import timedelta

import pytest

from console.dispatch.insights import (
    LONGEST,
    end_on,
    insights,
    known_of,
    owner_of,
    read_all,
    share,
    topic_of,
    topics_of,
    vote,
)
from console.dispatch.reporting import record
from console.dispatch.station import Station
from console.domain.clusters import By, Group
from console.domain.commands import MoveStops
from console.domain.errors import ConsoleError
from console.domain.insight import About, Topic
from console.domain.plan import Cause, FactKind, Stop
from console.storage.erasing import SqlRegistry
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, row


def first(station: Station) -> Stop:
    return next(iter(station.picture.plan.stops.values()))


def door(station: Station) -> Topic:
    return About.DOOR, str(first(station).place)


@journey
async def test_what_one_shares_the_other_sees_where_it_applies(world: World) -> None:
    clock = SetClock()
    with (
        world.console("ada", clock=clock) as ada,
        world.console("ben", clock=clock) as ben,
    ):
        await begun(ada, world, row("A", "Weg 10", postcode="9490"))
        await ben.open(DAY)
        bell = await share(ada, door(ada), "  Ring at \n the back ")
        await share(ada, (About.AREA, "9490"), "Road works", DAY + timedelta(days=1))
        await share(ada, (About.DEPOT, ""), "Forms are blue now")
        seen = await insights(ben)
        assert {each.text for each in seen} == {
            "Ring at the back", "Road works", "Forms are blue now",
        }  # fmt: skip
        found = known_of(first(ben), ben.picture, seen, DAY)
        assert [(s.text, s.insight.author) for s in found] == [
            ("Ring at the back", "ada"), ("Road works", "ada"),
        ]  # fmt: skip
        assert "Weg 10" in found[0].name
        later = known_of(first(ben), ben.picture, seen, DAY + timedelta(days=2))
        assert [s.text for s in later] == ["Ring at the back"]
        await vote(ben, bell, holds=True)
        await vote(ada, bell, holds=False)
        told = next(s.insight for s in await insights(ada) if s.insight.id == bell)
        assert (told.holding, told.doubting) == (["ben"], ["ada"])
        assert not told.stands(DAY)
        await vote(ada, bell, holds=True)
        await end_on(ben, told, DAY)
        told = next(s.insight for s in await insights(ada) if s.insight.id == bell)
        assert (told.until, told.holding) == (DAY, ["ada", "ben"])


@journey
async def test_the_journal_has_nothing_of_it_and_a_wrong_one_is_refused(world: World) -> None:
    with world.console(clock=SetClock()) as station:
        await begun(station, world, row("A", "Weg 10"))
        head = station.workday.desk.plan.version
        await share(station, door(station), "Ring at the back")
        assert station.workday.desk.plan.version == head
        for text, until in (
            ("  ", None), ("x" * (LONGEST + 1), None), ("Yes", DAY - timedelta(days=9)),
        ):  # fmt: skip
            with pytest.raises(ConsoleError):
                await share(station, door(station), text, until)
        assert len(await insights(station)) == 1


@journey
async def test_crew_and_cause_concern_a_stop_too(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await begun(station, world, row("A", "Weg 10"))
        assert topics_of(first(station), station.picture) == {door(station)}
        route = next(iter(station.picture.plan.routes.values()))
        await station.submit(MoveStops((first(station).id,), route.id))
        clock.moment += timedelta(hours=15)
        await record(station, FactKind.FAILED, first(station).id, cause=Cause.ACCESS)
        assert topics_of(first(station), station.picture) == {
            door(station), (About.DRIVER, str(route.shift.driver)),
            (About.VEHICLE, str(route.shift.vehicle)), (About.CAUSE, "access"),
        }  # fmt: skip


def test_patterns_become_topics():
    assert topic_of(Group(By.CUSTOMER, "p")) == (About.DOOR, "p")
    assert topic_of(Group(By.WINDOW, "08:00-12:00")) == (About.DEPOT, "")


def test_what_cannot_be_read_is_passed_over():
    assert read_all({"a": "{", "b": '{"about": "moon"}', "c@ada": "no", "d@ben": '{"on": 3}'}) == []


@journey
async def test_it_goes_with_the_person_it_is_about(world: World) -> None:
    with world.console(clock=SetClock()) as station:
        await begun(station, world, row("A", "Weg 10"))
        await share(station, door(station), "Ida is deaf")
        await share(station, (About.AREA, "9490"), "Road works")
        depot = station.depot
        assert depot is not None
        kept = station.services.preferences.get(owner_of(depot.id))
        assert not any("Ida" in text for text in kept.values())
        # the port does not know its database; erasing goes over all registers of one
        registry = SqlRegistry(station.services.notes.database)  # type: ignore[attr-defined]
        person = registry.find("A")
        assert len(person.notes) == 1
        registry.erase(person)
        assert [s.text for s in await insights(station)] == ["Road works"]
