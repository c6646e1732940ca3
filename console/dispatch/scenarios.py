"""Several plans of one day, kept under names: compared, and one of them adopted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

from console.dispatch.arranging import Drift, arranged, drift, laid, without
from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture
from console.dispatch.proposals import Begun, Proposal, Sides, Told, check_ready, compared, search
from console.dispatch.registers import Scenario
from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from console.domain.plan import Day, Plan, RouteId
from console.planning.compare import Sums, Timed, sums
from console.planning.run import Terms
from console.tongues import tr

PRESENT = tr("the present plan")
LONGEST = 80  # letters of a name


@dataclass(frozen=True, slots=True)
class Standing:
    """A scenario laid on the day: its figures, what came since; ``is_present`` is the plan now."""

    scenario: Scenario
    figures: Sums
    drift: Drift = Drift()
    is_present: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A scenario that a search is to find: its name, the search, drivers to do without."""

    name: str
    terms: Terms
    off: tuple[RouteId, ...] = ()


async def kept(station: Station) -> Sequence[Scenario]:
    """The scenarios of the open day, oldest first."""
    services, day = station.services, _day(station)
    call = partial(services.scenarios.of_day, day.depot, day.service_day)
    return await services.lanes.run(Lane.SQL, call)


async def keep(
    station: Station, name: str, plan: Plan | None = None, off: Collection[RouteId] = ()
) -> Scenario:
    """Keep a plan, the present one unless told, under a name of its own."""
    chosen = station.workday.desk.plan if plan is None else plan
    return await _put(station, arranged(chosen, await free_name(station, name), off))


async def keep_version(station: Station, version: int, name: str) -> Scenario:
    """Keep the plan as it was after a step of the journal."""
    await station.save()
    return await keep(station, name, station.workday.desk.plan_at(version))


async def keep_search(
    station: Station,
    wanted: Wanted,
    *,
    told: Told | None = None,
    begun: Begun | None = None,
) -> Scenario:
    """Search from the present plan, without some drivers where wanted; keep what is found.

    The plan itself stays as it is. ``told`` and ``begun`` as in ``proposals.search``.
    """
    check_ready(station)
    present = station.workday.desk.plan
    if not any(not route.off and route.id not in wanted.off for route in present.routes.values()):
        raise ConsoleError(
            tr("No driver is left to search with."), remedy=tr("Leave one of them in.")
        )
    base = without(present, wanted.off)
    found = await search(station, wanted.terms, told=told, begun=begun, base=base)
    plan = replace(found.proposed.plan, version=present.version)
    scenario = arranged(plan, await free_name(station, wanted.name), wanted.off)
    return await _put(station, scenario.weighed(wanted.terms.objective))


async def duplicate(station: Station, scenario: Scenario) -> Scenario:
    """The same once more."""
    name = await free_name(station, scenario.name)
    return await _put(station, replace(scenario, id="", name=name))


async def rename(station: Station, scenario: Scenario, name: str) -> Scenario:
    """Another name; one that is taken gets a number."""
    if name.strip() == scenario.name:
        return scenario
    return await _put(station, replace(scenario, name=await free_name(station, name)), anew=False)


async def remove(station: Station, scenarios: Sequence[Scenario]) -> None:
    """Forget them; ``restore`` brings them back."""
    services, ids = station.services, [scenario.id for scenario in scenarios]
    await services.lanes.run(Lane.SQL, partial(services.scenarios.remove, ids))


async def restore(station: Station, scenarios: Sequence[Scenario]) -> None:
    """Keep again what was removed."""
    for scenario in scenarios:
        await _put(station, scenario, anew=False)


async def free_name(station: Station, wanted: str) -> str:
    """The name, with a number behind it where another scenario of the day has it."""
    name = " ".join(wanted.split())[:LONGEST]
    if not name:
        raise ConsoleError(tr("A scenario needs a name."), remedy=tr("Give it one."))
    taken = {scenario.name for scenario in await kept(station)}
    if name not in taken:
        return name
    return next(made for n in count(2) if (made := f"{name} {n}") not in taken)


async def standings(station: Station) -> Sequence[Standing]:
    """Every scenario of the day on its orders and drivers as they are now."""
    known = await kept(station)
    if not known:
        return ()
    present, imagine = station.picture, station.workday.imaging()

    def measured(scenario: Scenario) -> Standing:
        command = laid(present.plan, scenario)
        shown = imagine(command.apply(present.plan)) if command.routes else present
        figures = sums(Timed(shown.plan, shown.schedules))
        return Standing(scenario, figures, drift(present.plan, scenario), not command.routes)

    return await station.services.lanes.run(
        Lane.FILES, lambda: [measured(scenario) for scenario in known]
    )


async def compare(station: Station, scenario: Scenario, against: Scenario | None) -> Proposal:
    """A scenario beside another one, or beside the present plan: looked at as a proposal is."""
    now, imagine = station.picture, station.workday.imaging()

    def shown(kept: Scenario | None) -> Picture:
        if kept is None:
            return now
        command = laid(now.plan, kept)
        return imagine(command.apply(now.plan)) if command.routes else now

    def made() -> Proposal:
        first, second = shown(against), shown(scenario)
        return Proposal(
            Terms(0.0, objective=scenario.objective),
            first,
            second,
            laid(now.plan, scenario),
            compared(first, second),
            sides=Sides(against.name if against else PRESENT, scenario.name),
            kept=scenario,
            against=against,
        )

    return await station.services.lanes.run(Lane.FILES, made)


def _day(station: Station) -> Day:
    day = station.workday.desk.plan.day
    if day is None:
        raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
    return day


async def _put(station: Station, scenario: Scenario, *, anew: bool = True) -> Scenario:
    services, day = station.services, _day(station)
    if anew:
        now = services.clock.now()
        scenario = replace(scenario, id="", actor=services.actor, at=now)
    call = partial(services.scenarios.put, day.depot, day.service_day, scenario)
    return await services.lanes.run(Lane.SQL, call)
