"""Scenarios as rows a dispatcher reads: name, what it costs, how it differs from the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from console.dispatch.picture import Picture
from console.dispatch.scenarios import Standing
from console.planning.compare import Sums, Timed, sums
from console.tongues import tr, trn
from console.ui.labels import cost_of, cost_text
from console.ui.proposal.facts import profile_words
from console.ui.theme.figures import THIN, hours, km, number, with_unit

PRESENT = tr("Present plan")


@dataclass(frozen=True, slots=True)
class Row:
    """One plan of the day; ``key`` is the scenario's id, '' for the present plan.

    ``change`` is what it costs more or less than the present plan, in a tone.
    """

    key: str
    name: str
    cost: str
    change: str
    tone: str
    figures: str
    about: str

    @property
    def spoken(self) -> str:
        """For screen readers."""
        parts = (self.name, self.cost, self.change, self.figures, self.about)
        return ", ".join(part for part in parts if part).replace(THIN, " ")


def rows(picture: Picture, standings: Sequence[Standing]) -> list[Row]:
    """The present plan first, then the scenarios, oldest first."""
    present = sums(Timed(picture.plan, picture.schedules))
    about = tr("Version {version}", version=picture.plan.version)
    first = Row("", PRESENT, _cost(present, picture), "", "text3", _figures(present), about)
    return [first, *(_row(each, present, picture) for each in standings)]


def _row(standing: Standing, present: Sums, picture: Picture) -> Row:
    change, tone = _change(standing, present, picture)
    return Row(
        standing.scenario.id,
        standing.scenario.name,
        _cost(standing.figures, picture),
        change,
        tone,
        _figures(standing.figures),
        _about(standing, picture),
    )


def _change(standing: Standing, present: Sums, picture: Picture) -> tuple[str, str]:
    """Orders first, then money: who serves fewer always costs less."""
    figures = standing.figures
    if standing.is_present:
        return tr("as now"), "text3"
    served = figures.served - present.served
    if served:
        return tr(
            "{served} served", served=number(served, signed=True)
        ), "ok" if served > 0 else "bad"
    by = round(figures.cost - present.cost, 2)
    return (
        (cost_text(by, picture.currency), "ok" if by < 0 else "warn") if by else ("same", "text3")
    )


def _cost(figures: Sums, picture: Picture) -> str:
    return cost_of(figures.cost, picture.currency)


def _figures(figures: Sums) -> str:
    """``58 of 60 served · 31:20 h · 412 km · 3 late``."""
    orders = figures.served + figures.unassigned
    parts = (
        tr("{served} of {orders} served", served=number(figures.served), orders=number(orders)),
        with_unit(hours(figures.paid), "h"),
        km(figures.metres),
        tr("{late_stops} late", late_stops=figures.late_stops)
        if figures.late > timedelta()
        else "",
    )
    return " · ".join(part for part in parts if part)


def _about(standing: Standing, picture: Picture) -> str:
    """``Green · 5 drivers · Ada 15:00 · 2 stops came since``."""
    scenario, used = standing.scenario, standing.figures.vehicles
    made = f"{scenario.actor} {picture.clock(scenario.at)}" if scenario.at else scenario.actor
    parts = (
        profile_words(scenario.objective.name).capitalize(),
        trn("{n} driver", "{n} drivers", used),
        made,
        standing.drift.sentence,
    )
    return " · ".join(part for part in parts if part)
