"""A part of an extract, where the extract is damaged."""

from pathlib import Path
from typing import Any

import osmium
import pytest

from console.geo.clipping import clip

HUGE = 1 << 61  # would take exabytes where memory is taken by the highest number
PART = "47.0,15.0,3"


def extract(folder: Path, node: int, way: int, ref: int, relation: int) -> str:
    """Two nodes near the part's centre, a way and an outline, numbered so."""
    target = str(folder / "x.osm.pbf")
    library: Any = osmium
    make = library.osm.mutable
    with library.SimpleWriter(target) as writer:
        for number in (node, 2):
            writer.add_node(make.Node(id=number, location=(15.0, 47.0)))
        writer.add_way(make.Way(id=way, nodes=[2, ref], tags={"highway": "residential"}))
        outline = {"type": "multipolygon"}
        writer.add_relation(make.Relation(id=relation, members=[("w", way, "outer")], tags=outline))
    return target


def test_a_sound_one_is_taken_whole(tmp_path: Path) -> None:
    told = list[float]()
    found = clip(extract(tmp_path, 1, 3, 1, 4), str(tmp_path / "part.osm.pbf"), PART, told.append)
    assert found == 1
    assert told == sorted(told)


@pytest.mark.parametrize("at", range(4))
def test_a_number_that_no_map_has_is_named_and_takes_no_memory(at: int, tmp_path: Path) -> None:
    numbers = [1, 3, 1, 4]
    numbers[at] = HUGE
    with pytest.raises(RuntimeError, match=str(HUGE)):
        clip(extract(tmp_path, *numbers), str(tmp_path / "part.osm.pbf"), PART, lambda _: None)
