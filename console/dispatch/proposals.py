"""What the optimiser proposes: looked at beside the present plan, then adopted or let go."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from console.dispatch.arranging import laid
from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture
from console.dispatch.problems import stated
from console.dispatch.registers import Scenario
from console.dispatch.rewriting import Rewrite, submit_with
from console.dispatch.station import Station
from console.domain.commands import AdoptSolution
from console.domain.errors import ConsoleError, Rejected
from console.domain.measures import value
from console.domain.objective import COST, Objective
from console.domain.patch import diff
from console.domain.plan import Plan, RouteId
from console.domain.travel import TravelMatrix
from console.planning.compare import PROMISE_MINUTES, Comparison, Kind, Timed, compare_timed
from console.planning.run import Outcome, Progress, Run, Terms
from console.tongues import tr

REPAIR_SECONDS = 2.0
OUTDATED = frozenset(
    {
        *("already_served", "changed_since", "driver_is_there", "frozen", "loaded", "pinned"),
        *("not_under_way", "released", "taken", "unknown_order", "unknown_route", "unknown_stop"),
    }
)
"""Verdicts which say that the plan moved since the search began."""

Told = Callable[[Progress], None]
Begun = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Sides:
    """What the two plans of a proposal are called."""

    present: str = "present"
    proposed: str = "proposal"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A solution that is not adopted yet, beside the plan it was made from.

    ``seconds`` is how long the search took; costs of ``progress`` are weighed by the terms.
    ``failures`` are sentences about engines that broke down, ``repaired`` counts how often the plan
    had moved meanwhile. Of a scenario, ``kept`` is what is looked at and ``against`` what stands in
    the present plan's place, None where that plan itself does. ``rewrite`` is what the registers
    say otherwise once it is adopted.
    """

    terms: Terms
    present: Picture
    proposed: Picture
    command: AdoptSolution
    comparison: Comparison
    progress: tuple[Progress, ...] = ()
    seconds: float = 0.0
    failures: tuple[str, ...] = ()
    repaired: int = 0
    sides: Sides = Sides()
    kept: Scenario | None = None
    against: Scenario | None = None
    rewrite: Rewrite | None = None

    @property
    def base(self) -> Plan:
        """The plan it was made from."""
        return self.present.plan

    @property
    def is_empty(self) -> bool:
        """True when nothing better was found."""
        return not (self.command.routes or self.terms.answers) and self.kept is None

    @property
    def amendment(self) -> str:
        """What befell the day, and what happens to routes that are out; '' where nothing does."""
        names = [self.present.drivers[route].name for route in self.command.off]
        out = tr("without {names}", names=", ".join(names)) if names else ""
        count = len(self.command.opened)
        amended = tr("released routes amended: {count}", count=count) if count else ""
        return ", ".join(part for part in (out, *self._befell(), amended) if part)

    def _befell(self) -> Iterator[str]:
        """Who goes on later, and which orders their customers changed."""
        trouble, picture = self.terms.trouble, self.present
        for route, hold in trouble.held:
            time = picture.clock(hold.until)
            name = picture.drivers[route].name
            yield tr("{name} goes on no sooner than {time}", name=name, time=time)
        if trouble.changed:
            orders = ", ".join(order.id for order in trouble.changed)
            yield tr("changed: {orders}", orders=orders)

    @property
    def unreleased(self) -> tuple[str, ...]:
        """Drivers who are given stops beside those that are amended, but have no route out."""
        if not (self.command.opened or self.command.off):
            return ()
        routes = self.proposed.plan.routes
        held = [r for r, stops in self.command.routes if stops and not routes[r].released]
        return tuple(self.present.drivers[route].name for route in held)

    @property
    def changed_driver(self) -> int:
        """Stops that change driver, but for those of drivers who drop out."""
        changed = self.comparison.of_kind(Kind.DRIVER)
        return sum(change.was not in self.command.off for change in changed)

    @property
    def is_first(self) -> bool:
        """True when nothing was planned before: there is nothing to weigh it against."""
        return not any(route.stops for route in self.base.routes.values())

    def with_rewrite(self, rewrite: Rewrite | None) -> "Proposal":
        """The same, with stops called what they will be called."""
        if rewrite is None:
            return self
        present, proposed = rewrite.shown(self.present), rewrite.shown(self.proposed)
        return replace(self, present=present, proposed=proposed, rewrite=rewrite)

    def is_outdated(self, plan: Plan) -> bool:
        """True when something that it decides about has changed by now."""
        if plan.version == self.base.version or self.kept is not None:
            return False  # a scenario is laid on whatever plan there is
        try:
            plan = self.terms.trouble.befallen(plan)
        except Rejected:
            return True
        touched = diff(self.base, plan).touched()
        return bool(self.command.names(self.base) & touched)


async def search(
    station: Station,
    terms: Terms,
    *,
    told: Told | None = None,
    begun: Begun | None = None,
    base: Plan | None = None,
) -> Proposal:
    """Search from the present plan, or from ``base``; pins, locks, overrides, what is done stay.

    ``told`` is called from another thread with every improvement, its cost weighed by the terms,
    ``begun`` once with the run, so that it can be stopped.
    """
    check_ready(station)
    workday, loop = station.workday, asyncio.get_running_loop()
    imagine, clock = workday.imaging(), loop.time()
    present = _befallen(workday.picture if base is None else imagine(base), imagine, terms)
    asked = partial(stated, present.plan, workday.matrix, terms, station.now())
    problem = await station.services.lanes.run(Lane.SOLVER, asked)
    searched = {crew.route for crew in problem.crews}
    apart = present.schedules.keys() - searched - set(terms.off)
    whole = told and partial(_tell_whole, told, *_sums(present, apart, terms.objective))
    run = station.services.solver.solve(problem, terms, whole)
    if begun is not None:
        begun(run)
    outcome = await asyncio.wrap_future(run.future)
    weighed = partial(_weighed, present, imagine, terms, outcome)
    proposal = await station.services.lanes.run(Lane.FILES, weighed)
    return replace(proposal, seconds=loop.time() - clock)


async def at_once(station: Station, terms: Terms) -> Proposal:
    """What insertion alone brings, without a search: something to look at meanwhile."""
    check_ready(station)
    workday, loop = station.workday, asyncio.get_running_loop()
    imagine, begun = workday.imaging(), loop.time()
    present = _befallen(workday.picture, imagine, terms)
    asked = partial(_inserted, present, workday.matrix, terms, station.now())
    outcome = await station.services.lanes.run(Lane.SOLVER, asked)
    weighed = partial(_weighed, present, imagine, terms, outcome)
    proposal = await station.services.lanes.run(Lane.FILES, weighed)
    return replace(proposal, seconds=loop.time() - begun)


def _inserted(
    present: Picture, matrix: TravelMatrix, terms: Terms, now: datetime | None
) -> Outcome:
    from console.planning.replanning import reoptimise  # loads NumPy: windows start without

    _, answer = reoptimise(present.plan, matrix, terms, now)
    return Outcome(answer)


def _befallen(picture: Picture, imagine: Callable[[Plan], Picture], terms: Terms) -> Picture:
    """The day if nothing was done about what befell it: who comes late is late."""
    if not terms.trouble.is_felt:
        return picture
    return imagine(terms.trouble.befallen(picture.plan))


def _tell_whole(told: Told, cost: float, served: int, progress: Progress) -> None:
    """Progress of the whole day: with what routes cost and serve that the search leaves out."""
    told(_moved(progress, cost, served))


def _sums(picture: Picture, routes: Iterable[RouteId], weights: Objective) -> tuple[float, int]:
    """What these routes cost by the weights, and how many orders they serve."""
    plan, known = picture.plan, tuple(routes)
    served = sum(len(plan.stops[stop].orders) for r in known for stop in plan.routes[r].stops)
    return value([picture.schedules[route] for route in known], weights), served


def weighed_cost(picture: Picture, weights: Objective) -> float:
    """What a plan's routes cost by these weights, in the depot's currency."""
    return value(picture.schedules.values(), weights)


def _moved(progress: Progress, cost: float, served: int) -> Progress:
    return replace(progress, cost=progress.cost + cost, served=progress.served + served)


def _ending(steps: Sequence[Progress], picture: Picture, weights: Objective) -> list[Progress]:
    """A search's steps on the whole day's scale: the last of them is what is proposed."""
    if not steps:
        return []
    cost, served = _sums(picture, picture.schedules, weights)
    return [_moved(step, cost - steps[-1].cost, served - steps[-1].served) for step in steps]


def _weighed(
    present: Picture, imagine: Callable[[Plan], Picture], terms: Terms, outcome: Outcome
) -> Proposal:
    """The outcome as a proposal; pure, off the window's thread."""
    from console.planning.solution import adopt as adopting  # loads NumPy: windows start without
    from console.planning.standing import PRESENT

    command = replace(
        adopting(present.plan, outcome.solution), off=terms.off, trouble=terms.trouble
    )
    if outcome.solution.engine == PRESENT:  # nobody found anything: no reason to leave stops out
        command = replace(command, routes=())
    if terms.objective != objective_of(present.plan):
        command = replace(command, objective=terms.objective)
    changes = command.routes or terms.answers
    proposed = imagine(command.apply(present.plan)) if changes else present
    return Proposal(
        terms,
        present,
        proposed,
        command,
        compared(present, proposed, terms.budget.minutes),
        tuple(_ending(outcome.progress, proposed, terms.objective)),
        failures=outcome.failures,
    )


def compared(present: Picture, proposed: Picture, minutes: int = PROMISE_MINUTES) -> Comparison:
    """Two pictures of a day side by side."""
    before, after = (Timed(each.plan, each.schedules) for each in (present, proposed))
    return compare_timed(before, after, minutes)


def objective_of(plan: Plan) -> Objective:
    """By which weights the plan was made."""
    return plan.day.objective if plan.day else COST


async def adopt(
    station: Station, proposal: Proposal, *, told: Told | None = None, begun: Begun | None = None
) -> Proposal | None:
    """Make a proposal the plan.

    Where the plan moved since, the proposal is never merged over somebody's change: a short search
    from the present plan replaces it, to be looked at anew. None when it was adopted. A scenario
    is laid on the plan as it is; Rejected (``no_change``) where that is the plan already.
    """
    if proposal.is_empty:
        return None
    if proposal.kept is not None:
        await station.submit(laid(station.workday.desk.plan, proposal.kept))
        return None
    try:
        await _submitted(station, proposal)
    except Rejected as verdict:
        if verdict.reason not in OUTDATED:
            raise
        seconds = min(proposal.terms.seconds, REPAIR_SECONDS)
        again = await search(
            station, replace(proposal.terms, seconds=seconds), told=told, begun=begun
        )
        again = replace(again, terms=proposal.terms, repaired=proposal.repaired + 1)
        return again.with_rewrite(proposal.rewrite)
    return None


async def _submitted(station: Station, proposal: Proposal) -> None:
    command, base = proposal.command, proposal.base.version
    if proposal.rewrite is not None:
        await submit_with(station, command, proposal.rewrite, base)
        return
    await station.submit(command, base)
    if command.trouble.stops:
        await station.relabel()


def check_ready(station: Station) -> None:
    """ConsoleError, with what to do, where a search makes no sense."""
    workday = station.workday
    plan = workday.desk.plan
    if not any(not route.off for route in plan.routes.values()):
        raise ConsoleError(
            tr("No driver is on shift."), remedy=tr("Import a fleet, or switch one on.")
        )
    if not plan.stops:
        raise ConsoleError(tr("There are no orders to plan."), remedy=tr("Import orders first."))
    if station.is_over():
        raise ConsoleError(
            tr("This day is over; its plan stays as it was."),
            remedy=tr("Open today or a later day."),
        )
    if not workday.picture.is_timed:
        raise ConsoleError(
            tr("Travel times from the depot are missing."),
            remedy=tr("Fix the depot's address, or add the streets of its region."),
        )
