"""Two windows on one store: each shows who sits at the other, and what she does there."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from console.domain.commands import MoveStops, PinStops
from tests.journeys.window.conftest import Journey, close
from tests.journeys.window.fingers import busiest, click


def test_two_windows_see_each_other(
    open_window: Callable[..., Journey], planned_store: Path
) -> None:
    ana, ben = open_window(planned_store), open_window(planned_store)
    people, mine = ana.desktop.panes.topbar.people, ana.desktop.selection
    ana.until(lambda: len(people.avatars) == 1)
    route = busiest(ben)
    ben.pick(*route.stops[:3])
    ana.until(lambda: mine.held == frozenset(route.stops[:3]))
    assert "3 stops selected" in people.avatars[0].toolTip()

    ben.pick(route.stops[0])
    ben.do("unassign")
    told = ana.notice("moved 1")
    assert told.text.startswith("You, in another window,")
    assert told.deed == "show_edit"
    ana.do("show_edit")
    assert mine.stops == (route.stops[0],)
    assert not any("moved" in notice.text for notice in ben.told)

    ana.until(lambda: mine.held == frozenset(route.stops[:1]))
    people.avatars[0].click()
    assert mine.stops == (route.stops[0],)
    close(ben)
    ana.until(people.isHidden)


def test_who_comes_second_is_told_and_decides(
    open_window: Callable[..., Journey], planned_store: Path
) -> None:
    ana, ben = open_window(planned_store), open_window(planned_store)
    top = ana.desktop.panes.topbar
    assert top.undone.isHidden()
    contested = busiest(ben).stops[:2]
    ana.desktop.following.end()  # what ben does arrives only when ana saves
    ben.desktop.conductor.submit(PinStops(contested[:1], pinned=True))
    ben.settle()
    ana.desktop.conductor.submit(MoveStops(contested, None))
    ana.settle()
    told = ana.notice("A colleague changed this")
    assert told.deed == "overtaken"
    assert (top.undone.isHidden(), top.undone.text()) == (False, "1 not done")
    assert ana.plan.stops[contested[0]].pinned

    click(top.undone)
    panel = ana.desktop.overtaken.panel
    assert panel is not None
    (card,) = panel.cards
    assert "pinned 1" in card.theirs.text()
    click(card.show_on_map)
    assert set(ana.desktop.selection.stops) == set(contested)
    click(card.redo)
    ana.settle()
    assert {ana.plan.stops[stop].route for stop in contested} == {None}
    assert top.undone.isHidden()
    assert panel.isHidden()
    ana.desktop.following.begin()
    ben.until(lambda: ben.plan.stops[contested[0]].route is None)


def test_another_currency_of_the_depot_is_told_and_seen_when_the_day_is_reloaded(
    open_window: Callable[..., Journey], planned_store: Path
) -> None:
    journey = open_window(planned_store)
    journey.settle()
    station = journey.desktop.station
    depot = station.depot
    assert depot is not None
    other = "CHF" if depot.currency != "CHF" else "EUR"
    station.services.fleet.put_depots([replace(depot, currency=other)])
    journey.desktop.following.on_registers()
    notice = journey.notice("Changed at the depot: currency.")
    assert notice.deed == "open_again"
    assert station.picture.currency == depot.currency
    journey.do("open_again")
    assert station.picture.currency == other
    told = len(journey.told)
    journey.desktop.following.on_registers()
    journey.settle()
    assert not any("Changed at the depot" in each.text for each in journey.told[told:])
