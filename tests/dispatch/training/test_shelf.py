"""Scenarios of one's own: written as they are, found again, never over another's."""

import string
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.dispatch.kindofday import (
    SPANS,
    Incident,
    IncidentKind,
    Scenario,
    check,
    read,
    scenarios,
)
from console.dispatch.training.shelf import Shelf, name_of, text_of
from console.domain.errors import ConsoleError

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
shares = st.floats(0, 1, allow_nan=False)
clocks = st.times(min_value=time(1), max_value=time(22)).map(lambda t: t.replace(microsecond=0))


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    kind = draw(st.sampled_from(IncidentKind))
    return Incident(
        kind,
        draw(clocks),
        time(23) if kind in SPANS else draw(clocks),
        draw(st.integers(0, 9)),
        draw(st.floats(0.5, 300)),
        draw(st.floats(0.5, 9)),
        draw(st.floats(10, 9000)),
        draw(st.integers(1, 20)),
    )


@given(
    st.builds(
        Scenario,
        st.just("mine"),
        st.text(string.ascii_letters + string.digits, min_size=1),
        words,
        st.lists(words, max_size=3).map(tuple),
        st.integers(0, 10**6),
        absent=shares,
        gps_gaps=shares,
        incidents=st.lists(incidents(), max_size=4).map(tuple),
    )
)
def test_what_is_written_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, made: Scenario
) -> None:
    file = tmp_path_factory.mktemp("kept") / "mine.toml"
    file.write_text(text_of(made), encoding="utf-8")
    assert read(file) == made


@pytest.mark.parametrize("known", scenarios(), ids=lambda each: each.name)
def test_those_that_come_along_can_be_written(known: Scenario, tmp_path: Path) -> None:
    file = tmp_path / f"{known.name}.toml"
    file.write_text(text_of(known), encoding="utf-8")
    assert read(file) == known == check(known)


def test_a_shelf_keeps_one_own_scenario_under_its_title(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "own")
    assert len(shelf.all()) == 10
    kept = shelf.keep(Scenario("", "Grüne  Woche!", incidents=(Incident(IncidentKind.ILL),)))
    assert kept.name == name_of(kept.title) == "grune-woche"
    assert shelf.own() == [kept]
    assert shelf.is_own(kept)
    renamed = shelf.keep(Scenario("", "Fair"), instead_of=kept.name)
    assert shelf.own() == [renamed]
    shelf.put_away(renamed.name)
    assert shelf.own() == []


@pytest.mark.parametrize("title", ["Storm", "  ", "???"])
def test_no_title_is_taken_twice_or_empty(tmp_path: Path, title: str) -> None:
    with pytest.raises(ConsoleError, match=r"already|no title"):
        Shelf(tmp_path).keep(Scenario("", title))


@pytest.mark.parametrize(
    ("incident", "says"),
    [
        (Incident(IncidentKind.SLOW, time(12), time(11)), "until is not after"),
        (Incident(IncidentKind.SILENCE), "minutes is missing"),
        (Incident(IncidentKind.ADDRESSES), "count is missing"),
        (Incident(IncidentKind.ILL, driver=-1), "less than 0"),
        (Incident(IncidentKind.CLOSURE, radius=0), "too small"),
    ],
)
def test_an_incident_that_makes_no_sense_is_not_kept(
    tmp_path: Path, incident: Incident, says: str
) -> None:
    with pytest.raises(ConsoleError, match=f"incident 1: .*{says}"):
        Shelf(tmp_path).keep(Scenario("", "Mine", incidents=(incident,)))
    assert Shelf(tmp_path).own() == []
