"""Scenarios of one's own beside those that come along: written, found again, put away."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import time
from pathlib import Path
from typing import cast

from console.dispatch.kindofday import (
    Incident,
    Scenario,
    check,
    read_all,
    scenario,
    scenarios,
)
from console.domain.errors import ConsoleError
from console.tongues import tr

LONGEST = 60  # letters of a file's name


@dataclass(frozen=True, slots=True)
class Shelf:
    """``folder`` holds a person's own scenarios, a file each; it need not be there yet."""

    folder: Path

    def all(self) -> list[Scenario]:
        """Those that come along, then one's own; ConsoleError names a file that is wrong."""
        return [*scenarios(), *self.own()]

    def own(self) -> list[Scenario]:
        """One's own, by name."""
        return read_all(self.folder)

    def find(self, name: str) -> Scenario:
        """One of all by its name, or a file's; ConsoleError where there is none."""
        own = {each.name: each for each in self.own()}
        return own.get(name) or scenario(name)

    def is_own(self, kind: Scenario) -> bool:
        """True where it is a file of this shelf."""
        return self._file(kind.name).is_file()

    def keep(self, kind: Scenario, *, instead_of: str = "") -> Scenario:
        """Write one down under a name made of its title; ConsoleError where it makes no sense.

        ``instead_of`` is the name of the own scenario that it was made from and replaces. A title
        that another scenario has is refused, so that nothing is overwritten in silence.
        """
        name = name_of(kind.title)
        taken = {each.name for each in self.all()} - {instead_of}
        if name in taken:
            raise ConsoleError(
                tr("There is a scenario called {title!r} already.", title=kind.title),
                remedy=tr("Give this one another title."),
            )
        made = check(replace(kind, name=name))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file(name).write_text(text_of(made), encoding="utf-8")
        except OSError as error:
            raise ConsoleError(
                tr("The scenario cannot be written: {error}.", error=error),
                remedy=tr("See to the disk."),
            ) from error
        if instead_of and instead_of != name:
            self._file(instead_of).unlink(missing_ok=True)
        return made

    def put_away(self, name: str) -> None:
        """Forget one of one's own."""
        self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.toml"


def name_of(title: str) -> str:
    """The name of a scenario's file: ``Two sick drivers`` is two-sick-drivers; ConsoleError."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    if not name:
        raise ConsoleError(
            tr("The scenario has no title with a letter or digit in it."), remedy=tr("Write one.")
        )
    return name


def text_of(kind: Scenario) -> str:
    """A scenario as its file: what is as usual is left out."""
    blank = Scenario("", "")
    lines = [*_lines(kind, blank, ("name", "incidents"))]
    for incident in kind.incidents:
        plain = Incident(incident.kind)
        lines += ["", "[[incident]]", f"kind = {json.dumps(str(incident.kind))}"]
        lines += _lines(incident, plain, ("kind",))
    return "\n".join(lines) + "\n"


def _lines(
    value: Scenario | Incident, usual: Scenario | Incident, without: tuple[str, ...]
) -> Iterator[str]:
    for each in fields(value):
        told = getattr(value, each.name)
        if each.name not in without and told != getattr(usual, each.name):
            yield f"{each.name} = {_written(told)}"


def _written(told: object) -> str:
    if isinstance(told, time):
        return told.isoformat("seconds")
    if isinstance(told, tuple):
        texts = cast("tuple[str, ...]", told)
        return f"[{', '.join(json.dumps(each, ensure_ascii=False) for each in texts)}]"
    if isinstance(told, str):
        return json.dumps(told, ensure_ascii=False)
    return repr(told)
