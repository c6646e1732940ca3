"""A plan stated so that it may be changed again: what is done stays, and changes have a price.

What a search may touch is what ``Terms`` say: only the order within routes, only what waits, only
some routes. What it changes beyond that is priced and capped by their ``ChangeBudget``. These
prices are the search's own; ``Solution.cost`` is without them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from console.domain.commands.solution import dropped_out
from console.domain.plan import Plan, StopId
from console.domain.schedule import schedule_stops
from console.domain.travel import TravelMatrix
from console.domain.visits import Visit
from console.planning.amounts import money
from console.planning.kernel.machine import Machine
from console.planning.kernel.store import is_compiled
from console.planning.kernel.tables import fixed_price
from console.planning.preflight import hopeless
from console.planning.problem import NOBODY, Crew, Demand, Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.run import ChangeBudget, Scope, Terms
from console.planning.score import changes, score
from console.planning.solution import Solution, solution_of
from console.planning.soundness import sound
from console.planning.stating import Ground, state
from console.planning.underway import may_go_on, opened
from console.planning.working import Working

MINUTE = 60  # seconds
_is_compiled = cache(is_compiled)


def restate(plan: Plan, matrix: TravelMatrix, terms: Terms, now: datetime | None = None) -> Problem:
    """The problem of planning what lies ahead anew, by the terms.

    Locked, released and switched-off routes stay out with their stops, and those that the terms do
    not name; released ones come in where the terms amend. What has left goes on from its last stop
    that is done. A cap is never lower than what
    the present plan breaks already: stops that cannot stay where they are have to change.
    """
    chosen = set(terms.routes or plan.routes)
    plan = dropped_out(opened(plan) if terms.amends else plan, terms.off)
    plan = terms.trouble.applied(plan)
    routes = [r for r in plan.routes.values() if r.id in chosen and may_go_on(plan, r)]
    ground = Ground(plan, matrix, terms.objective, now)
    problem = state(ground, routes, with_waiting=terms.scope is not Scope.ORDER)
    problem = _without_hopeless(replace(problem, sunk=_sunk(ground, problem)), ground)
    if terms.scope is Scope.ALL and terms.budget == ChangeBudget():
        return problem
    return _capped(_priced(_scoped(problem, terms.scope), ground, terms.budget), terms)


def _without_hopeless(problem: Problem, ground: Ground) -> Problem:
    """What nobody could serve is tried with nobody, so that it takes no time from the rest."""
    if any(crew.is_away for crew in problem.crews):
        return problem  # the pre-flight speaks of whole routes only
    known = hopeless(ground.plan, ground.matrix, ground.now)
    demands = (
        replace(demand, crews=()) if demand.stop in known else demand for demand in problem.demands
    )
    return replace(problem, demands=tuple(demands)) if known else problem


def _scoped(problem: Problem, scope: Scope) -> Problem:
    """With what has a driver bound to it, where the scope says so; and who has which."""
    home = [NOBODY] * len(problem.demands)
    for crew, order in enumerate(problem.present):
        for i in order:
            home[i] = crew
    demands = problem.demands
    if scope is not Scope.ALL:
        stays = scope is Scope.FILL
        demands = tuple(
            demand if home[i] == NOBODY else _bound(demand, home[i], stays=stays)
            for i, demand in enumerate(demands)
        )
    return replace(problem, demands=demands, home=tuple(home))


def _bound(demand: Demand, crew: int, *, stays: bool) -> Demand:
    crews = tuple(k for k in demand.crews if k == crew)
    return replace(demand, crews=crews, stays=stays)


def _priced(problem: Problem, ground: Ground, budget: ChangeBudget) -> Problem:
    """With a price on each change of driver and on each promise that moves."""
    change, crews = money(budget.driver_price), len(problem.crews)
    counts = budget.promise_price > 0 or budget.promises is not None
    starts = _starts(ground, problem) if counts else dict[StopId, int]()
    demands = (
        _promised(_loyal(demand, home, change, crews), starts.get(demand.stop), budget)
        for demand, home in zip(problem.demands, problem.home, strict=True)
    )
    return replace(problem, demands=tuple(demands), change_price=change)


def _loyal(demand: Demand, home: int, change: int, crews: int) -> Demand:
    """With the price of another driver, or of none."""
    if home == NOBODY or not change:
        return demand
    before = demand.prices or (0,) * crews
    prices = tuple(price + change * (k != home) for k, price in enumerate(before))
    return replace(demand, prices=prices, skip=demand.skip + change)


def _promised(demand: Demand, start: int | None, budget: ChangeBudget) -> Demand:
    """With the promise that service begins when it does now."""
    if start is None:
        return demand
    minutes = MINUTE * budget.minutes
    return replace(
        demand,
        promise=(start - minutes, start + minutes),
        promise_price=money(budget.promise_price),
    )


def _starts(ground: Ground, problem: Problem) -> Mapping[StopId, int]:
    """When service begins at every stop of the present plan (epoch s)."""
    return {
        visit.stop: int(visit.start.timestamp())
        for crew in problem.crews
        for visit in _visits(ground, crew)
    }


def _visits(ground: Ground, crew: Crew) -> Sequence[Visit]:
    plan, route = ground.plan, ground.plan.routes[crew.route]
    stops = plan.stops_of(route.id)
    schedule = schedule_stops(plan, route, stops, ground.matrix, ground.now)
    return () if schedule is None else schedule.visits[len(crew.behind) :]


def _capped(problem: Problem, terms: Terms) -> Problem:
    """With limits that the present plan keeps, once it is without what breaks a rule."""
    budget = terms.budget
    most_changes = budget.drivers if terms.scope is Scope.ALL else 0
    if most_changes is None and budget.promises is None:
        return problem
    evaluator = Evaluator(problem)
    kept = sounded(evaluator, problem.present)
    if most_changes is not None:
        problem = replace(problem, most_changes=max(most_changes, changes(problem, kept)))
    if budget.promises is not None:
        moved = sum(promises_broken(evaluator, kept))
        problem = replace(problem, most_broken=max(budget.promises, moved))
    return _released(problem, kept)


def _released(problem: Problem, kept: Routes) -> Problem:
    """Without the bonds of what cannot stay where it is."""
    staying = {i for order in kept for i in order}
    demands = (
        replace(demand, stays=demand.stays and i in staying)
        for i, demand in enumerate(problem.demands)
    )
    return replace(problem, demands=tuple(demands))


def sounded(evaluator: Evaluator, routes: Routes) -> Routes:
    """Rounds without what breaks a rule."""
    return tuple(tuple(sound(evaluator, crew, order)) for crew, order in enumerate(routes))


def promises_broken(evaluator: Evaluator, routes: Routes) -> Iterator[int]:
    """How many promises each round breaks."""
    for crew, order in enumerate(routes):
        judged = evaluator.round(crew, order)
        yield 0 if judged is None else judged.promises


def _sunk(ground: Ground, problem: Problem) -> int:
    """What crews that are away have cost, and their way home from where they are."""
    return sum(_spent(ground, crew) for crew in problem.crews if crew.is_away)


def _spent(ground: Ground, crew: Crew) -> int:
    """Rounds are priced above the way home (``fixed_price``)."""
    past, rates = crew.past, ground.plan.routes[crew.route].shift.rates
    begun = money(ground.objective.money * rates.fixed)
    driven = past.metres * crew.per_metre + past.seconds * crew.per_second
    return begun + driven - fixed_price(crew, ground.matrix)


def at_once(problem: Problem) -> Routes:
    """The present plan, sound, with what waits inserted where it is cheapest; no search.

    Within milliseconds where the kernel is compiled. Where that would break a cap, nothing is.
    """
    return _at_once(Evaluator(problem))


def _at_once(evaluator: Evaluator) -> Routes:
    problem = evaluator.problem
    kept = sounded(evaluator, problem.present)
    if not problem.crews or not problem.demands:
        return kept
    found = _inserted(evaluator, kept)
    return found if score(evaluator, found) < score(evaluator, kept) else kept


def _inserted(evaluator: Evaluator, kept: Routes) -> Routes:
    if not _is_compiled():
        working = Working(evaluator, kept)
        working.fill(working.waiting, lambda: False)
        return working.frozen()
    machine = Machine(evaluator.problem, seed=0, tables=evaluator.tables)
    machine.go_to(kept)
    machine.fill()
    return sounded(evaluator, machine.best)


def reoptimise(
    plan: Plan, matrix: TravelMatrix, terms: Terms, now: datetime | None = None
) -> tuple[Problem, Solution]:
    """The problem and its first answer, by insertion at once, from which a search goes on.

    ``solver.solve(problem, terms)`` improves it for the seconds allowed.
    """
    problem = restate(plan, matrix, terms, now)
    evaluator = Evaluator(problem)
    routes = _at_once(evaluator)
    answer = solution_of(problem, routes, "insertion", evaluator)
    return replace(problem, present=routes), answer
