"""The guide is whole: every action and dialog has its section, and nothing named is missing."""

import importlib
import pkgutil

import pytest

import console.ui
from console.ui.choosing.chooser import Chooser
from console.ui.deedtable import DEEDS
from console.ui.dialogs.sheet import Sheet
from console.ui.guide.pages import (
    LINK,
    NAMED,
    PAGES,
    guide_in,
    load_guide,
    page_file,
    picture_file,
    sections_of,
    shown,
    slug,
)
from console.ui.panes import Panes
from console.ui.tooldock import ToolDock

ACTIONS = {deed.name: deed for deed in DEEDS}
FRAMES = {
    "Sheet",
    "_ReasonSheet",
    "ToolDock",
    "TypedForm",
}  # made only as what they are the frame of
HOW = "name it in an 'about' line under a heading of resources/help"
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def everything():
    """Every module of the window, so that every class of it is known."""
    for found in pkgutil.walk_packages(console.ui.__path__, "console.ui."):
        importlib.import_module(found.name)


def kinds(base):
    for kind in base.__subclasses__():
        if kind.__module__.startswith("console."):
            yield kind.__name__
        yield from kinds(kind)


def test_every_action_has_a_section():
    topics = load_guide().topics
    assert [name for name in ACTIONS if name not in topics] == [], HOW


def test_every_dialog_tool_and_view_has_a_section(everything):
    views = {kind.__name__ for kind in Panes.__init__.__annotations__.values() if kind is not None}
    known = {*kinds(Sheet), *kinds(ToolDock), Chooser.__name__, *views} - FRAMES
    assert known >= {"ImportReport", "TrafficPanel", "MapView"}
    assert sorted(known - set(load_guide().topics)) == [], HOW


def test_what_a_section_is_about_exists(everything):
    classes = {
        name
        for module in pkgutil.walk_packages(console.ui.__path__, "console.ui.")
        for name in vars(importlib.import_module(module.name))
    }
    unknown = [name for name in load_guide().topics if name not in {*ACTIONS, *classes}]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES)
def test_every_action_that_a_page_names_exists(page):
    named = set(NAMED.findall(load_guide().sources[page]))
    assert named <= set(ACTIONS)


@pytest.mark.parametrize("page", PAGES)
def test_no_link_is_dead(page):
    guide = load_guide()
    addresses = {one.address for one in guide.sections}
    dead = []
    for mark, target in LINK.findall(guide.sources[page]):
        if mark:
            dead += [] if picture_file(target).is_file() else [target]
            continue
        file, _, heading = target.partition("#")
        there = file.removesuffix(".md") or page
        address = f"{there}#{heading}" if heading else there
        dead += [] if address in addresses else [target]
    assert dead == []


def test_every_page_is_read_and_every_picture_is_shown():
    folder = page_file("first-day").parent
    assert {path.stem for path in folder.glob("*.md")} == set(PAGES)
    shown_there = {name for text in load_guide().sources.values() for _, name in LINK.findall(text)}
    pictures = {f"pictures/{path.name}" for path in (folder / "pictures").glob("*.png")}
    assert pictures <= shown_there
    assert sum(path.stat().st_size for path in (folder / "pictures").iterdir()) < MOST_BYTES


def test_headings_are_told_apart():
    addresses = [one.address for one in load_guide().sections]
    assert len(set(addresses)) == len(addresses)
    assert slug("Undo and history") == "undo-and-history"


def test_search_finds_headings_first_and_actions_by_their_words():
    guide = load_guide()
    found = guide.search("undo history")
    assert found[0].address == "overrides#undo-and-history"
    assert all("undo" in f"{one.title} {one.plain}".casefold() for one in found)
    words = guide.search("route sheets", lambda name: ACTIONS[name].text)
    assert "paper" in {one.page for one in words}
    assert guide.search("zzyzx") == guide.search("  ") == []


def test_pages_are_shown_with_the_keys_of_now_and_without_marks():
    text = shown(load_guide().sources["overrides"], lambda name: f"<{name}>")
    assert "<pin>: the stop stays" in text
    assert "about:" not in text
    assert "{" not in text


def test_a_language_has_every_page_with_the_same_headings_links_and_pictures():
    english, german = guide_in("en"), guide_in("de")
    assert english.sources is not german.sources
    assert [page for page in PAGES if german.sources[page] == english.sources[page]] == []
    assert german.topics == english.topics
    told = [one.about for page in PAGES for one in sections_of(page, german.sources[page])]
    assert told == [one.about for one in english.sections]
    for mine, theirs in zip(german.sections, english.sections, strict=True):
        assert mine.address == theirs.address
        assert LINK.findall(mine.text) == LINK.findall(theirs.text), mine.address
        assert set(NAMED.findall(mine.text)) >= set(NAMED.findall(theirs.text)), mine.address
        assert mine.text != theirs.text, mine.address


@pytest.mark.parametrize("page", PAGES)
def test_every_action_that_a_german_page_names_exists(page):
    assert set(NAMED.findall(guide_in("de").sources[page])) <= set(ACTIONS)


def test_a_folder_holds_no_page_or_picture_that_is_not_shown():
    folder = page_file("keys").parent
    own = folder / "de"
    assert {path.stem for path in own.glob("*.md")} == set(PAGES)
    assert {path.name for path in (own / "pictures").glob("*")} <= {
        path.name for path in (folder / "pictures").glob("*")
    }
    assert sum(path.stat().st_size for path in (own / "pictures").glob("*")) < MOST_BYTES


def test_a_language_without_pages_is_answered_in_english():
    assert guide_in("qps").sources == guide_in("en").sources
    assert picture_file("pictures/board.png", "qps") == picture_file("pictures/board.png")


def test_search_and_the_names_of_headings_hold_in_german():
    german = guide_in("de")
    assert german.search("rückgängig verlauf")[0].address == "overrides#undo-and-history"
    assert german.titles["views"] == "Karte, Plantafel und Zeitachse"
    assert german.heading("overrides", "undo-and-history") == 3
    assert german.heading("overrides", "nowhere") == -1
