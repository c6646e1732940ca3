"""From an exception to its root cause, an action, and whether that helped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.dispatch.exceptions import case_of, exceptions
from console.dispatch.openactions import Action, index_action, open_actions, overdue, today_of
from console.dispatch.photos import photo
from console.dispatch.rootcause import Root, acted, check, effect_of, explain, known, scopes_of
from console.dispatch.station import Station
from console.domain.casework import Case
from console.domain.clusters import By
from console.domain.effect import Outcome
from console.domain.errors import ConsoleError
from console.domain.plan import Cause, FactId
from tests.dispatch.consoles import DAY, SetClock, World, journey, local
from tests.dispatch.test_cases import pixel
from tests.dispatch.weeks import STOPS, driven, out, week

WHYS = ("Nobody opened", "  They come home  late ", "", "Windows are those of offices")
ROOT = Root(WHYS, "Ask for evening windows", "Anne", DAY + timedelta(days=3), "Frau Muster said so")


async def first_case(station: Station) -> Case:
    return (await exceptions(station))[-1].case


@journey
async def test_it_is_written_down_with_evidence_and_names_stay_out(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await out(station, world, clock, 0)
        await driven(station, [STOPS])
        case = await first_case(station)
        assert await known(station, case) is None
        scopes = dict(await scopes_of(station, case))
        assert scopes[By.AREA] == "9491"
        assert set(scopes) == {By.AREA, By.CUSTOMER, By.DRIVER, By.VEHICLE}
        root = replace(ROOT, photo=pixel(), by=By.AREA, key="9491")
        await explain(station, case.fact.id, root)
        told = await known(station, await first_case(station))
        assert told is not None
        assert told.whys == ("Nobody opened", "They come home late", "Windows are those of offices")
        assert (told.action, told.owner, told.due) == (ROOT.action, "Anne", ROOT.due)
        assert told.evidence == "Frau Muster said so"
        assert await photo(station.services, told.photo) == pixel()
        clock.moment += timedelta(minutes=1)
        await explain(station, case.fact.id, replace(root, photo=b"", owner="Ole"))
        again = await known(station, await first_case(station))
        assert again is not None
        assert (again.owner, again.photo) == ("Ole", told.photo), "the evidence stays"
        assert "Muster" not in repr([entry.patch for entry in station.workday.desk.entries])


@pytest.mark.parametrize(
    ("root", "words"),
    [
        (replace(ROOT, whys=(" ", "")), "why"),
        (replace(ROOT, action=" "), "no action"),
        (replace(ROOT, owner=""), "nobody's"),
    ],
)
def test_what_lacks_is_named(world: World, root: Root, words: str) -> None:
    @journey
    async def run() -> None:
        clock = SetClock()
        with world.console(clock=clock) as station:
            await out(station, world, clock, 0)
            await driven(station, [0])
            case = await first_case(station)
            with pytest.raises(ConsoleError, match=words):
                await explain(station, case.fact.id, root)
            with pytest.raises(ConsoleError, match="No action waits"):
                await acted(station, case.fact.id)
            with pytest.raises(ConsoleError, match="not taken yet"):
                await effect_of(station, case)

    run()


@journey
async def test_an_action_is_seen_on_any_day_until_its_effect_is_known(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await week(world, station, clock, 4)
        await station.open(DAY)
        case = await first_case(station)
        await explain(station, case.fact.id, replace(ROOT, by=By.AREA, key="9491"))
        await out(station, world, clock, 4)
        (action,) = await open_actions(station)
        assert (action.exception, action.day, action.text) == (case.fact.id, DAY, ROOT.action)
        assert (action.owner, action.cause, action.is_taken) == ("Anne", Cause.ABSENT, False)
        assert today_of(station) == DAY + timedelta(days=4)
        assert overdue([action], today_of(station)) == 1
        await station.open(DAY)
        await acted(station, case.fact.id)
        (action,) = await open_actions(station)
        assert (action.is_taken, overdue([action], today_of(station))) == (True, 0)
        early = await effect_of(station, case_of(station.picture.plan, case.fact.id))
        assert (early.before.cases, early.before.of, early.after.of) == (12, 24, 0)
        with pytest.raises(ConsoleError, match="too early"):
            await check(station, case.fact.id, early, "")
        for number in (5, 6, 7):
            await out(station, world, clock, number)
            await driven(station, [])
        clock.moment = local(7) + timedelta(days=8)
        await station.open(DAY)
        case = case_of(station.picture.plan, case.fact.id)
        found = await effect_of(station, case)
        assert (found.outcome, found.after.cases, found.after.of) == (Outcome.FELL, 0, 18)
        assert found.others == (0, 0)
        await check(station, case.fact.id, found, "From half to none")
        told = await known(station, case_of(station.picture.plan, case.fact.id))
        assert told is not None
        assert (told.worked, told.checked) == (True, "From half to none")
        assert await open_actions(station) == []


@journey
async def test_what_cannot_be_read_is_passed_over(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await out(station, world, clock, 0)
        await driven(station, [0])
        depot = station.depot
        assert depot is not None
        station.services.preferences.put(f"depot/{depot.id}/actions", {"a": "{", "b": "[]"})
        assert await open_actions(station) == []
        case = await first_case(station)
        await index_action(station, case.fact.id)
        assert await open_actions(station) == [], "nobody looked for its root cause"
        late = Action(FactId("x"), DAY, None, "Anne", DAY, is_taken=False)
        assert late.is_overdue(DAY + timedelta(days=1))
        assert not replace(late, due=None).is_overdue(DAY)
