"""A proposal in its banner: what it is, what it was made from, and what it brings. Pure values."""

from datetime import timedelta

from console.dispatch.arranging import drift
from console.dispatch.picture import Picture
from console.dispatch.proposals import Proposal
from console.dispatch.registers import Scenario
from console.tongues import tr, trn
from console.ui.labels import cost_of
from console.ui.proposal.facts import profile_words, scenario_name
from console.ui.theme.figures import minutes, number

_NO_TIME = timedelta()


def title(proposal: Proposal) -> str:
    """``Proposal: balanced, at most 12 stops change driver``; of a scenario both names."""
    if proposal.kept is not None:
        beside = scenario_name(proposal.against) if proposal.against else proposal.sides.present
        kept = scenario_name(proposal.kept)
        return tr("Scenario {kept} beside {beside}", kept=kept, beside=beside)
    words = tr("Proposal: {profile}", profile=profile_words(proposal.terms.objective.name))
    drivers = proposal.terms.budget.drivers
    if drivers is None:
        return words
    return trn(
        "{words}, at most {n} stop changes driver",
        "{words}, at most {n} stops change driver",
        drivers,
        words=words,
    )


def subtitle(proposal: Proposal) -> str:
    """``Built on v41 · 42 s · 3 change driver, 7 change order, 0 promises move``."""
    if proposal.kept is not None:
        since = drift(proposal.proposed.plan, proposal.kept).sentence
        told = (_origin(proposal.kept, proposal.present), since, proposal.comparison.sentence)
        return " · ".join(part for part in told if part)
    built = tr("Built on v{version}", version=proposal.base.version)
    parts = [built, f"{searched(proposal):.0f} s"]
    if proposal.repaired:
        parts.append(tr("made anew after the plan had changed"))
    if proposal.amendment:
        parts.append(proposal.amendment)
    return " · ".join([*parts, proposal.comparison.sentence])


def _origin(scenario: Scenario, picture: Picture) -> str:
    """``Kept by Ada at 15:00 from v41, without 2 drivers``."""
    at = picture.clock(scenario.at) if scenario.at is not None else ""
    who = {"who": scenario.actor, "version": scenario.version}
    told = (
        tr("Kept by {who} at {at} from v{version}", at=at, **who)
        if at
        else tr("Kept by {who} from v{version}", **who)
    )
    off = len(scenario.off)
    return told + (trn(", without {n} driver", ", without {n} drivers", off) if off else "")


def searched(proposal: Proposal) -> float:
    """Seconds of search; what solvers need to come up is not counted."""
    return min(proposal.seconds, proposal.terms.seconds)


def gain(proposal: Proposal) -> tuple[str, str]:
    """What it brings in a few words, and their tone."""
    before, after = proposal.comparison.before, proposal.comparison.after
    served = after.served - before.served
    saved, time = before.cost - after.cost, before.paid - after.paid
    money = cost_of(abs(saved), proposal.present.currency)
    words = tr("Saves {money}", money=money) if saved >= 0 else tr("Costs {money}", money=money)
    if abs(time) >= timedelta(minutes=1):
        words += _with_time(minutes(abs(time)), saved >= 0, time > _NO_TIME)
    if served < 0:
        fewer = tr("Serves {n} fewer", n=number(-served))
        return f"{fewer} · {words}", "warn"
    if served:
        words = f"{tr('Serves {n}', n=number(served, signed=True))} · {words}"
    return words, "ok" if saved >= 0 or served else "warn"


def _with_time(span: str, saves_money: bool, saves_time: bool) -> str:
    """`` and 12 min``, said apart where money and time go different ways."""
    if saves_money == saves_time:
        return tr(" and {span}", span=span)
    return tr(" and saves {span}", span=span) if saves_time else tr(" and takes {span}", span=span)
