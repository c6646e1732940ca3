"""The guide's pages as sections: what each is about, and which hold the words looked for.

A page is Markdown. Under a heading, ``<!-- about: import_orders ImportReport -->`` names actions
and classes of views and dialogs that the section explains. ``{import_orders}`` in a text stands for
the action's words and its present key.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from console.settings import bundled
from console.ui.folding import folded

FOLDER = "resources/help"
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
    """A heading and what stands under it, as Markdown. ``address`` is ``page#heading``."""

    page: str
    level: int
    title: str
    text: str
    about: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it is; a page's first section is the page."""
        return self.page if self.level == 1 else f"{self.page}#{slug(self.title)}"

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


@cache
def load_guide() -> Guide:
    """Read all pages; FileNotFoundError when the installation lacks one."""
    sources = {page: page_file(page).read_text(encoding="utf-8") for page in PAGES}
    sections = [one for page, text in sources.items() for one in sections_of(page, text)]
    topics = {name: one.address for one in reversed(sections) for name in one.about}
    return Guide(tuple(sections), sources, topics)


def page_file(page: str) -> Path:
    """The file of a page."""
    return bundled(f"{FOLDER}/{page}.md")


def picture_file(name: str) -> Path:
    """The file of a picture as pages name it: ``pictures/board.png``."""
    return bundled(f"{FOLDER}/{name}")


def sections_of(page: str, source: str) -> list[Section]:
    """A page cut at its headings."""
    found: list[Section] = []
    level, title, about, lines = 0, "", list[str](), list[str]()
    for line in [*source.splitlines(), "# "]:
        head, marks = _HEAD.match(line), _ABOUT.match(line)
        if head or line == "# ":
            if title:
                text = "\n".join(lines).strip()
                found.append(Section(page, level, title, text, tuple(about)))
            level, title = (len(head[1]), head[2]) if head else (0, "")
            about, lines = [], []
        elif marks:
            about += marks[1].split()
        else:
            lines.append(line)
    return found
