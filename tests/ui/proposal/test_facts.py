"""A proposal in words and figures."""

from dataclasses import replace
from datetime import timedelta

from console.domain.objective import OBJECTIVES, Objective
from console.planning.compare import Kind
from console.planning.run import ChangeBudget, Terms
from console.ui.proposal import facts, headline
from console.ui.proposal.differences import differences
from tests.ui.proposal.conftest import R1, R2, proposal_of


def test_the_banner_says_what_was_asked_and_what_it_changes(proposal, unlimited):
    assert headline.title(proposal) == "Proposal: cost, at most 2 stops change driver"
    assert headline.title(unlimited) == "Proposal: cost"
    own = replace(unlimited, terms=Terms(5, objective=Objective("own", per_km=1.0)))
    assert headline.title(own) == "Proposal: own weights"
    one = replace(proposal, terms=replace(proposal.terms, budget=ChangeBudget(drivers=1)))
    assert headline.title(one) == "Proposal: cost, at most 1 stop changes driver"
    said = headline.subtitle(proposal)
    assert said.startswith("Built on v1 · 6 s · 2 change driver, ")
    assert said.endswith(proposal.comparison.sentence)
    assert "made anew" in headline.subtitle(replace(proposal, repaired=1))


def test_what_it_brings_begins_with_who_is_served(proposal):
    words, tone = headline.gain(proposal)
    assert words.startswith("Serves +1 · ")
    assert tone == "ok"


def test_what_costs_more_and_serves_no_more_is_a_warning(day, terms):
    present, town = day
    stops = present.plan.routes[R1].stops
    worse = proposal_of(present, town, {R1: (stops[-1], *stops[1:-1], stops[0])}, terms)
    if worse.comparison.after.cost > worse.comparison.before.cost:
        words, tone = headline.gain(worse)
        assert words.startswith("Costs ")
        assert tone == "warn"


def test_leaving_orders_out_is_never_praised(day, terms):
    present, town = day
    less = proposal_of(present, town, {R1: present.plan.routes[R1].stops[1:]}, terms)
    words, tone = headline.gain(less)
    assert words.startswith("Serves 1 fewer · Saves ")
    assert tone == "warn"


def test_every_figure_has_its_change(proposal):
    lines = {line.caption: line for line in differences(proposal)}
    before, after = proposal.comparison.before, proposal.comparison.after
    assert lines["Served"].change == "+1"
    assert lines["Served"].tone == "ok"
    assert lines["Unassigned"].change == "\N{MINUS SIGN}1"
    assert lines["Unassigned"].tone == "ok"
    assert lines["Vehicles"].change == "same"
    up = after.metres > before.metres
    assert lines["Distance"].tone == ("warn" if up else "ok")
    assert {"Cost", "Hours paid", "CO₂e", "Late", "Least slack", "Uneven hours"} <= set(lines)


def test_the_budget_says_what_is_used_and_what_is_over(proposal, unlimited):
    used = facts.budget(proposal)
    assert [line.limit for line in used] == [2, None, 1, 3]
    assert used[0].used == 2
    assert not used[0].is_over
    assert used[2].is_over == (used[2].used > 1)
    assert used[3].used == 2
    assert not any(line.is_over for line in facts.budget(unlimited))


def test_changes_name_both_drivers(proposal):
    found = facts.changes(proposal)
    assert found[0].kind is Kind.ASSIGNED
    assert (found[0].was, found[0].goes, found[0].text) == (0, 2, "now served")
    moved = [change for change in found if change.kind is Kind.DRIVER]
    assert {(change.was, change.goes) for change in moved} == {(1, 2)}
    assert all(change.street for change in found)


def test_arrivals_that_move_are_listed_farthest_first(proposal):
    found = facts.promises(proposal)
    assert len(found) == len(proposal.comparison.promises)
    limit = timedelta(minutes=proposal.comparison.minutes)
    assert all(abs(c.moved) > limit for c in proposal.comparison.promises)
    assert all("→" in change.text for change in found)


def test_drivers_without_stops_are_left_out(day, terms, proposal):
    lines = facts.drivers(proposal)
    assert [line.number for line in lines] == [1, 2, 3]
    assert [line.changed for line in lines] == [True, True, False]
    assert lines[2].text == "same"
    present, town = day
    first, second = (present.plan.routes[route].stops for route in (R1, R2))
    emptied = proposal_of(present, town, {R1: (), R2: (*second, *first)}, terms)
    assert facts.drivers(emptied)[0].text == "not needed"


def test_the_weights_are_those_that_count(proposal, unlimited):
    captions = [line.caption for line in facts.weighed(proposal)]
    assert captions[0] == "Driving and wages"
    assert "Fairness" not in captions
    balanced = replace(unlimited, terms=Terms(5, objective=OBJECTIVES["balanced"]))
    assert "Fairness" in [line.caption for line in facts.weighed(balanced)]
    assert facts.profile(balanced) == "Profile balanced"
