from hypothesis import given
from hypothesis import strategies as st

from console.ui.map.marks import StopMark, patch_between
from console.ui.map.shown import Shown

marks = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3))


@given(marks, marks)
def test_a_patch_leads_from_one_state_to_the_other(before, after):
    named = {key: (key, value) for key, value in after.items()}
    patch = patch_between({key: (key, value) for key, value in before.items()}, named)
    state = {key: (key, value) for key, value in before.items() if key not in patch.remove}
    state |= {mark[0]: mark for mark in patch.upsert}
    assert state == named


def test_only_what_differs_is_sent():
    sent = []
    shown = Shown(lambda kind, value: sent.append((kind, value)))
    stops = [StopMark(f"s{n}", "r1", n, 47.1, 9.5) for n in range(3)]
    shown.set_stops(stops)
    shown.set_stops(stops)
    assert len(sent) == 1
    moved = StopMark("s1", "r1", 1, 47.2, 9.5)
    shown.set_stops([stops[0], moved])
    assert sent[1] == ("stops", {"upsert": [moved], "remove": ["s2"]})


def test_a_fresh_page_is_told_everything():
    sent = []
    shown = Shown(lambda kind, value: sent.append(kind))
    shown.set_single("lit", "r1")
    sent.clear()
    shown.send_all()
    assert sent[:3] == ["routes", "stops", "depots"]
    lines = {"lit", "preview", "driven", "dragging", "sides"}
    singles = {*lines, "selection", "candidates", "zones", "vans"}
    assert set(sent[3:]) == singles
