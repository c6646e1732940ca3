"""What happened is answered: a first proposal at once, a better one where a search finds it."""

from dataclasses import replace
from functools import partial

from console.dispatch.disruptions import answered, check
from console.dispatch.proposals import Proposal, at_once
from console.dispatch.rewriting import Rewrite
from console.planning.run import Terms
from console.tongues import tr
from console.ui.deeds.optimise import OptimiseDeeds
from console.ui.notices import Notice
from console.ui.workplace import Workplace

SECONDS = 4.0
"""Of search after the first answer, where less was not asked for."""


class Answering:
    """One search at a time; what is found is a proposal like any other."""

    def __init__(self, place: Workplace, optimiser: OptimiseDeeds) -> None:
        self._place, self.optimiser = place, optimiser

    def terms(self) -> Terms:
        """A short search by what the panel asks for."""
        choice = self.optimiser.choice
        asked = choice.terms()
        return Terms(min(choice.seconds, SECONDS), objective=choice.objective, budget=asked.budget)

    def again(self) -> None:
        """Another answer to what the open proposal answers."""
        open_one, choice = self.optimiser.proposal, self.optimiser.choice
        if open_one is None or not self.optimiser.is_idle:
            return
        terms = replace(open_one.terms, seconds=choice.seconds, objective=choice.objective)
        self._place.conductor.spawn(self.answer(tr("Searching again…"), terms, open_one.rewrite))

    async def answer(self, words: str, terms: Terms, rewrite: Rewrite | None = None) -> None:
        """Insertion at once, to look at; then a better one, where the search finds it."""
        station, optimiser = self._place.station, self.optimiser
        workday = station.workday
        check(station, terms)
        await station.save()
        first = await at_once(station, terms)
        if station.workday is not workday or not optimiser.is_idle:
            return
        if not first.is_empty:
            optimiser.open_proposal(first.with_rewrite(rewrite))
        found = await optimiser.aside(words, terms, partial(answered, station, terms), keeps=True)
        if station.workday is workday:
            self._open(_better(first, found).with_rewrite(rewrite))

    def _open(self, proposal: Proposal) -> None:
        if proposal.is_empty:
            told = tr("Nothing better was found: the plan stays as it is.")
            self._place.conductor.tell(Notice(told))
        else:
            self.optimiser.open_proposal(proposal)


def _better(first: Proposal, found: Proposal) -> Proposal:
    """The second, unless a short search came to less than insertion."""
    one, other = first.comparison.after, found.comparison.after
    is_less = (one.unassigned, one.cost + one.penalty) < (
        other.unassigned,
        other.cost + other.penalty,
    )
    moved = found.base.version != first.base.version
    return first if is_less and not moved else found
