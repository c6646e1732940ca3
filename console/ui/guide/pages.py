"""The guide's pages as sections: what each is about, and which hold the words looked for.

A page is Markdown. Under a heading, ``<!-- about: import_orders ImportReport -->`` names actions
and classes of views and dialogs that the section explains. ``{import_orders}`` in a text stands for
the action's words and its present key. Pages in another language lie in a folder of its code and
have the same headings in the same order; a heading is called by the name of the English one, so
that links hold in every language. What a folder lacks is shown in English.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from console.settings import bundled
from console.tongues import SOURCE, spoken
from console.ui.folding import folded

FOLDER, PICTURES = "resources/help", "pictures"
PAGES = (
    "first-day",
    "orders",
    "addresses",
    "planning",
    "moving",
    "views",
    "unassigned",
    "overrides",
    "live",
    "training",
    "paper",
    "fleet",
    "streets",
    "shared",
    "keys",
)
"""In the order of a day."""
FIRST = PAGES[0]

NAMED = re.compile(r"\{([a-z_]+)\}")
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_HEAD = re.compile(r"^(#{1,3}) +(.+?)\s*$")
_ABOUT = re.compile(r"^<!-- about: ([\w ]+) -->$")
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`|\[\]]|^#+ |---")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, as Markdown. ``address`` is ``page#name``."""

    page: str
    level: int
    title: str
    text: str
    about: tuple[str, ...]
    name: str

    @property
    def address(self) -> str:
        """Where it is; a page's first section is the page."""
        return self.page if self.level == 1 else f"{self.page}#{self.name}"

    @property
    def plain(self) -> str:
        """The text without marks."""
        return " ".join(_MARKS.sub(" ", self.text).split())


@dataclass(frozen=True, slots=True)
class Guide:
    """All pages. ``topics`` leads from the name of an action or class to an address."""

    sections: tuple[Section, ...]
    sources: Mapping[str, str]
    topics: Mapping[str, str]

    @property
    def titles(self) -> dict[str, str]:
        """The pages' titles, in order."""
        return {one.page: one.title for one in self.sections if one.level == 1}

    def about(self, name: str) -> str | None:
        """Where an action, a view or a dialog is explained."""
        return self.topics.get(name)

    def title(self, address: str) -> str:
        """The heading of an address."""
        return next((one.title for one in self.sections if one.address == address), address)

    def heading(self, page: str, name: str) -> int:
        """How many headings of the page stand before the one of this name; -1 without one."""
        names = [one.name for one in self.sections if one.page == page]
        return names.index(name) if name in names else -1

    def search(self, typed: str, say: Callable[[str], str] = str) -> list[Section]:
        """Sections that hold every word, those with all of them in the heading first.

        ``say`` gives the words of an action that a text names.
        """
        words = folded(typed).split()
        if not words:
            return []
        ranked: list[tuple[int, Section]] = []
        for one in self.sections:
            title = folded(f"{self.titles[one.page]} {one.title}")
            text = folded(NAMED.sub(lambda found: say(found[1]), one.plain))
            if all(word in title for word in words):
                ranked.append((0, one))
            elif all(word in f"{title} {text}" for word in words):
                ranked.append((1, one))
        return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def slug(title: str) -> str:
    """``Undo and history`` as ``undo-and-history``: the name of a heading in a link."""
    return "-".join(re.findall(r"\w+", title.casefold()))


def shown(source: str, say: Callable[[str], str]) -> str:
    """A page's Markdown with the actions' words, without the marks that are not for eyes."""
    lines = [line for line in source.splitlines() if not _ABOUT.match(line)]
    return NAMED.sub(lambda found: say(found[1]), "\n".join(lines))


def load_guide() -> Guide:
    """The guide in the window's language; FileNotFoundError when the installation lacks a page."""
    return guide_in(spoken().code)


@cache
def guide_in(code: str) -> Guide:
    """All pages in a language, those that it lacks in English."""
    sources, sections = dict[str, str](), list[Section]()
    for page in PAGES:
        sources[page] = page_file(page).read_text(encoding="utf-8")
        found = sections_of(page, sources[page])
        own = _translated(page, code)
        if own is not None:
            same = sections_of(page, own)
            if [one.level for one in same] == [one.level for one in found]:
                sources[page] = own
                pairs = zip(same, found, strict=True)
                found = [replace(one, name=each.name, about=each.about) for one, each in pairs]
        sections += found
    topics = {name: one.address for one in reversed(sections) for name in one.about}
    return Guide(tuple(sections), sources, topics)


def page_file(page: str) -> Path:
    """The English file of a page."""
    return bundled(f"{FOLDER}/{page}.md")


def picture_file(name: str, code: str = SOURCE) -> Path:
    """The file of a picture as pages name it: ``pictures/board.png``; English where there is none.

    FileNotFoundError when the installation lacks it.
    """
    own = bundled(FOLDER) / code / name
    return own if own.is_file() else bundled(f"{FOLDER}/{name}")


def _translated(page: str, code: str) -> str | None:
    file = bundled(FOLDER) / code / f"{page}.md"
    return file.read_text(encoding="utf-8") if file.is_file() else None


def sections_of(page: str, source: str) -> list[Section]:
    """A page cut at its headings."""
    found: list[Section] = []
    level, title, about, lines = 0, "", list[str](), list[str]()
    for line in [*source.splitlines(), "# "]:
        head, marks = _HEAD.match(line), _ABOUT.match(line)
        if head or line == "# ":
            if title:
                text = "\n".join(lines).strip()
                found.append(Section(page, level, title, text, tuple(about), slug(title)))
            level, title = (len(head[1]), head[2]) if head else (0, "")
            about, lines = [], []
        elif marks:
            about += marks[1].split()
        else:
            lines.append(line)
    return found
