"""Two windows on one store: each shows who sits at the other, and what she does there."""

from collections.abc import Callable
from pathlib import Path

from tests.journeys.window.conftest import Journey, close
from tests.journeys.window.fingers import busiest


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

    people.avatars[0].click()
    assert mine.stops == (route.stops[0],)
    close(ben)
    ana.until(people.isHidden)
