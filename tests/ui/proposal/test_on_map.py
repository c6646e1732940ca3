"""What a proposal looks like on the map."""

import pytest

from console.ui.map.marks import LineKind
from console.ui.marking import Drawn, course, joined, route_line, stop_marks, straight
from console.ui.proposal import on_map
from console.ui.proposal.on_map import Side
from console.ui.theme.theme import Choice, apply_theme
from tests.ui.proposal.conftest import R1, R2, R3


@pytest.fixture
def theme(qapp):
    return apply_theme(qapp, Choice.LIGHT)


def drawn(picture, theme):
    made = []
    for route in picture.schedules:
        passed = course(picture, route)
        legs = straight(passed.points)
        made.append(Drawn(route_line(picture, route, joined(legs), theme), passed.nodes, legs))
    return made


def test_old_lines_lie_under_what_is_new(proposal, theme):
    found = on_map.lines(drawn(proposal.present, theme), drawn(proposal.proposed, theme))
    old = [line for line in found if line.kind is LineKind.OLD]
    routes = [line for line in found if line.kind is LineKind.ROUTE]
    pieces = [line for line in found if line.kind is LineKind.PIECE]
    assert len(old) == 3
    assert {line.key for line in routes} == {R1, R2}, "the third route stays"
    assert len({line.key for line in found}) == len(found)
    assert {line.color for line in pieces} == {line.color for line in routes}
    assert all(len(line.points) > 1 for line in found)


def test_pieces_are_the_legs_that_the_route_did_not_have(proposal, theme):
    present, proposed = drawn(proposal.present, theme), drawn(proposal.proposed, theme)
    found = on_map.lines(present, proposed)
    one = [
        line
        for line in found
        if line.kind is LineKind.PIECE and line.color == proposed[0].line.color
    ]
    assert len(one) == 1, "the first two stops are gone: only the way out is new"
    assert one[0].points == proposed[0].legs[0]


def test_stops_are_dots_with_a_tag_where_the_driver_changes(proposal, theme):
    pictures = (proposal.present, proposal.proposed)
    changed = on_map.changed_routes(*pictures)
    assert changed == {R1, R2}
    marks = on_map.marks(stop_marks(proposal.proposed, theme), pictures, changed, theme)
    tags = sorted(mark.tag for mark in marks if mark.tag)
    assert tags == [("1", "2"), ("1", "2"), ("?", "2")]
    grey = theme.tokens.maps[theme.scheme]["old"]
    assert {mark.color for mark in marks if mark.route_key == R3} == {grey}
    assert all(mark.small for mark in marks if mark.route_key)


def test_the_legend_is_there_while_both_are_shown():
    both = on_map.sides(Side.BOTH, ("Present", "Proposal"), "present v41")
    assert both.shown == "both"
    assert [key for key, _ in both.choices] == ["present", "both", "proposal"]
    assert both.legend[0] == ("old", "", "present v41")
    assert on_map.sides(Side.PRESENT, ("Present", "A name that is far too long"), "").legend == ()
