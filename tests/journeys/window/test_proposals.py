"""A proposal in the window: proposed, looked at, adopted, taken back, discarded, stopped."""

from dataclasses import replace

import pytest

from console.domain.commands import LockRoutes, MoveStops
from console.domain.objective import GREEN
from console.domain.plan import RouteId, StopId
from console.planning.run import Scope
from console.ui.proposal.on_map import Side
from tests.journeys.window.conftest import GOES, Journey
from tests.journeys.window.fingers import busiest, click


@pytest.fixture
def spoilt(planned: Journey) -> Journey:
    """A planned day that somebody made worse: every third stop of one driver is another's."""
    routes = sorted(planned.plan.routes.values(), key=lambda route: -len(route.stops))
    planned.desktop.conductor.submit(MoveStops(routes[0].stops[::3], routes[1].id))
    planned.desktop.conductor.submit(MoveStops(routes[1].stops[:2], None))
    planned.settle()
    return planned


def propose(journey: Journey) -> None:
    for _ in range(GOES):
        journey.search()
        if journey.desktop.optimiser.proposal is not None:
            return
    raise AssertionError("nothing was proposed")


def shown(journey: Journey) -> dict[str, bool]:
    window, panes = journey.desktop.window, journey.desktop.panes
    return {
        "strip": panes.strip.isVisible(),
        "banner": panes.proposal.banner.isVisible(),
        "orders": window.orders_dock.isVisible(),
        "changes": window.changes_dock.isVisible(),
        "differences": window.differences_dock.isVisible(),
    }


USUAL = {
    "strip": True, "banner": False, "orders": True, "changes": False, "differences": False,
}  # fmt: skip


def test_a_proposal_is_looked_at_adopted_and_taken_back(spoilt: Journey) -> None:
    journey = spoilt
    before, panes = journey.plan, journey.desktop.panes.proposal
    assert shown(journey) == USUAL
    propose(journey)
    proposal = journey.desktop.optimiser.proposal
    assert proposal is not None
    assert journey.plan == before, "nothing changes before it is adopted"
    assert shown(journey) == {name: not on for name, on in USUAL.items()}
    compared = proposal.comparison
    assert panes.banner.title.text() == "Proposal: cost"
    assert compared.sentence in panes.banner.said.text()
    assert compared.after.served > compared.before.served
    assert panes.banner.gain.text().startswith("Serves +")
    assert len(panes.changes.changes.rows) > 2
    assert len(panes.table.lines) > 10
    assert {line.caption for line in panes.table.lines} >= {"Served", "Cost", "CO₂e", "Late"}
    assert panes.chart.curve.bests[-1].cost == pytest.approx(compared.after.cost, abs=0.01)
    assert panes.chart.curve.bests[-1].served == compared.after.served
    assert panes.chart.curve.present == pytest.approx(compared.before.cost, abs=0.01)

    journey.do("adopt_proposal")
    assert shown(journey) == USUAL
    assert journey.plan.routes == proposal.proposed.plan.routes
    assert compared.sentence in journey.notice("Adopted").text
    journey.do("undo")
    assert journey.plan.routes == before.routes
    assert journey.plan.stops == before.stops
    assert not journey.desktop.actions["show_proposal"].isEnabled()


def test_a_proposal_is_discarded_and_shown_again(spoilt: Journey) -> None:
    journey = spoilt
    before = journey.plan
    propose(journey)
    proposal = journey.desktop.optimiser.proposal
    click(journey.desktop.panes.proposal.banner.discard)
    assert shown(journey) == USUAL
    assert journey.plan == before
    assert not journey.desktop.actions["adopt_proposal"].isEnabled()
    notice = journey.notice("discarded")
    assert notice.deed_label == "Show again"
    journey.do(notice.deed)
    assert journey.desktop.optimiser.proposal is proposal
    click(journey.desktop.panes.proposal.banner.adopt)
    journey.settle()
    assert journey.plan.routes != before.routes


def test_the_map_shows_present_both_and_proposal(spoilt: Journey) -> None:
    journey = spoilt
    cartographer = journey.desktop.cartographer

    def marks() -> tuple[int, int, int]:
        told = journey.counts()
        return told["stops"], told["routes"], told["tags"]

    usual = marks()
    assert usual[2] == 0
    propose(journey)
    proposal = journey.desktop.optimiser.proposal
    assert proposal is not None
    routes = len(proposal.proposed.schedules)
    assert cartographer.side is Side.BOTH
    journey.until(lambda: journey.counts()["tags"] > 0)
    assert journey.counts()["routes"] > routes, "old lines and new pieces, too"
    journey.do("next_side")
    assert cartographer.side is Side.PROPOSAL
    journey.until(lambda: journey.counts()["routes"] == routes)
    journey.desktop.panes.map_view.sideChosen.emit("present")
    journey.until(lambda: marks() == usual)
    journey.do("discard_proposal")
    journey.until(lambda: marks() == usual)


def test_the_change_budget_is_shown_with_what_is_used(spoilt: Journey) -> None:
    journey = spoilt
    optimise = journey.desktop.panes.optimise
    journey.do("optimise_panel")
    assert journey.desktop.window.optimise_dock.isVisible()
    optimise.budget.drivers_on.setChecked(True)
    optimise.budget.drivers.setValue(40)
    optimise.profile.setCurrentIndex(
        [optimise.profile.itemText(i) for i in range(6)].index("Green")
    )
    propose(journey)
    proposal = journey.desktop.optimiser.proposal
    assert proposal is not None
    assert proposal.terms.budget.drivers == 40
    assert proposal.terms.objective == GREEN
    banner = journey.desktop.panes.proposal.banner
    assert banner.title.text() == "Proposal: green, at most 40 stops change driver"
    for words in (" driver", " order", " promise"):
        assert words in banner.said.text()
    used = journey.desktop.panes.proposal.meters.lines[0]
    assert (used.caption, used.limit) == ("Change driver", 40)
    assert f"{used.used} change" in banner.said.text()
    journey.do("adopt_proposal")
    day = journey.plan.day
    assert day is not None
    assert day.objective == GREEN
    assert journey.desktop.window.optimise_dock.isVisible(), "it was open before"


def test_only_the_selected_routes_are_asked_for(spoilt: Journey) -> None:
    journey = spoilt
    optimiser = journey.desktop.optimiser
    optimiser._ask(replace(optimiser.choice, selected=True))
    journey.desktop.selection.clear()
    journey.run(optimiser.search())
    assert optimiser.proposal is None
    assert "Select a route first" in journey.notice("Select a route").text
    route = busiest(journey)
    journey.pick(route.stops[0])
    assert optimiser.picked_routes() == (route.id,)
    assert "(1)" in journey.desktop.panes.optimise.scope.itemText(3)
    optimiser._ask(replace(optimiser.choice, selected=False, scope=Scope.FILL))
    assert journey.desktop.panes.optimise.scope.currentText() == "Only fill in what is unassigned"


def test_stop_shows_the_best_so_far(spoilt: Journey) -> None:
    journey = spoilt
    journey.desktop.optimiser.seconds = 60.0
    journey.desktop.trigger("optimise")
    jobs = journey.desktop.workplace.jobs

    def is_better() -> bool:
        """A plan that serves more than the present one, or as many for less."""
        job = jobs.get("optimise")
        if job is None or job.present is None:
            return False
        best, present = {b.served: b.cost for b in job.bests}, job.present
        return any(n > job.least or (n == job.least and c < present - 1) for n, c in best.items())

    journey.until(is_better)
    assert journey.desktop.actions["stop"].isEnabled()
    journey.desktop.trigger("stop")
    journey.settle()
    proposal = journey.desktop.optimiser.proposal
    assert proposal is not None
    assert proposal.seconds < 55
    assert not journey.desktop.actions["stop"].isEnabled()


def test_a_stop_moved_during_the_search_is_never_overrun(spoilt: Journey) -> None:
    journey = spoilt
    journey.desktop.optimiser.seconds = 4.0
    journey.desktop.trigger("optimise")
    journey.until(lambda: journey.desktop.workplace.run is not None)
    route = busiest(journey)
    moved = StopId(route.stops[0])
    away = next(r for r in journey.plan.routes.values() if r.id != route.id and r.stops)
    assert journey.desktop.conductor.submit(MoveStops((moved,), away.id))
    journey.desktop.conductor.submit(LockRoutes((away.id,)))
    journey.settle()
    assert journey.desktop.optimiser.proposal is not None
    banner = journey.desktop.panes.proposal.banner
    assert "has changed since" in banner.said.text()
    journey.do("adopt_proposal")
    told = journey.told[-1].text
    if journey.desktop.optimiser.proposal is not None:
        assert "made anew" in told
        journey.do("adopt_proposal")
    assert journey.plan.stops[moved].route == RouteId(away.id)
