"""The strip's figures: what is guessed says so."""

from dataclasses import replace

from console.dispatch.picture import Picture
from console.geo.engines.straight import StraightLines
from console.ui.strip import totals


def test_a_day_on_straight_lines_is_marked() -> None:
    on_roads = Picture(source="OSRM town")
    assert totals(on_roads)[0].caption == "Served"
    guessed = totals(replace(on_roads, source=StraightLines(1.3).name))
    assert (guessed[0].caption, guessed[0].figure, guessed[0].more) == (
        "Travel times",
        "guessed",
        "no roads",
    )
    assert guessed[0].tone == "bad"
    assert guessed[0].keep == max(total.keep for total in guessed)  # the last to go
