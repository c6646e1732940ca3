"""Rows one chooses from: what they say, and which of them match what was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.tongues import tr
from console.ui.folding import folded

MOST = 60
"""Rows shown at once; whoever has more to choose from types another letter."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: a driver's chip or an icon, a title, quiet words, and what stands at the right.

    ``note`` is the one remark there is room for, ``tone`` its colour token. ``group`` is the
    kind of thing, said once at the right where nothing else is. A row that is not ``enabled`` is
    shown with its reason and cannot be taken.
    """

    key: str
    title: str
    detail: str = ""
    right: str = ""
    note: str = ""
    tone: str = "text2"
    chip: int = 0
    icon: str = ""
    enabled: bool = True
    harmful: bool = False
    words: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.title, self.detail, self.right, self.note)
        off = "" if self.enabled else tr("not possible")
        return ", ".join(part for part in (*parts, off) if part)


def rank(typed: Sequence[str], choice: Choice) -> tuple[int, int] | None:
    """How well a row matches folded words, the smaller the better; None when it does not.

    Every word has to be there. A title that begins with the first word is better than one in
    which a word does, and that is better than any other place.
    """
    title = folded(choice.title)
    text = f"{title} {folded(choice.detail)} {choice.words}"
    if not all(word in text for word in typed):
        return None
    if not typed or title.startswith(typed[0]):
        return 0, len(title)
    if f" {typed[0]}" in f" {title}":
        return 1, len(title)
    return (2, len(title)) if typed[0] in title else (3, len(title))


def matching(typed: str, choices: Iterable[Choice], most: int = MOST) -> list[Choice]:
    """Those that hold every word, the best first, else in the order they came."""
    words = folded(typed).split()
    if not words:
        return list(choices)[:most]
    ranked = [(found, one) for one in choices if (found := rank(words, one)) is not None]
    ranked.sort(key=lambda pair: pair[0])
    return [one for _, one in ranked[:most]]
