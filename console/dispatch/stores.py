"""The store as a person sees it: where it is, its backups, and the way to a shared one and back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Protocol
from urllib.parse import quote, urlencode

from console.dispatch.erasure import Person
from console.dispatch.retention import Retention
from console.dispatch.roles import Role

Told = Callable[[str, float], None]
"""Hears what is being done, and which share of it; from the working thread."""

PORT = 5432


@dataclass(frozen=True, slots=True)
class ServerForm:
    """A shared database as it is typed. ``mode`` and ``certificate`` are libpq's for TLS.

    An empty mode is the safe one: beyond this machine the server proves who it is.
    """

    host: str
    database: str
    login: str
    password: str = ""
    port: int = PORT
    mode: str = ""
    certificate: str = ""

    @property
    def address(self) -> str:
        """As one line, password and all."""
        who = quote(self.login, safe="")
        if self.password:
            who = f"{who}:{quote(self.password, safe='')}"
        given = {"sslmode": self.mode, "sslrootcert": self.certificate}
        options = urlencode({name: value for name, value in given.items() if value})
        host = f"[{self.host}]" if ":" in self.host else self.host
        where = f"{who}@{host}" if who else host
        port = "" if self.port == PORT else f":{self.port}"
        return f"postgresql://{where}{port}/{quote(self.database, safe='')}" + (
            f"?{options}" if options else ""
        )


@dataclass(frozen=True, slots=True)
class SavedStore:
    """A backup: its file, when it was made (aware UTC), its size in bytes."""

    file: Path
    made: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at a store or a backup found; ``faults`` is empty when it is whole."""

    name: str
    streams: int
    rows: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The store in use: a folder here, or a server with our login and roles.

    ``fixed`` says why it cannot be changed in the window, '' where it can.
    """

    name: str
    is_shared: bool
    login: str = ""
    roles: tuple[Role, ...] = ()
    fixed: str = ""


class Stores(Protocol):
    """Everything blocks, may come from any thread, and raises ConsoleError with a remedy.

    Work that was called off raises ``extracts.Cancelled`` and has changed nothing. What needs the
    store closed (``restore_later``, ``repair_later``, ``use_later``) is done when the window has
    closed, which then opens again.
    """

    def place(self) -> Place:
        """The store in use."""
        ...

    def saved(self) -> Sequence[SavedStore]:
        """The backups, the newest first."""
        ...

    def check(self, told: Told, stop: Event) -> Sequence[Checked]:
        """Look at the store and every backup: file, hash chains, replay."""
        ...

    def save(self) -> Path:
        """A checked backup now."""
        ...

    def find(self, words: str) -> Person:
        """What the registers hold of somebody, by whole name, phone, e-mail or order number."""
        ...

    def erase(self, person: Person) -> str:
        """Drop her for good; what is left of her in copies, in a sentence."""
        ...

    def retention(self) -> Retention:
        """How long what tells of somebody is kept."""
        ...

    def retain(self, retention: Retention) -> None:
        """Let this hold for every console of the store."""
        ...

    def try_out(self, server: ServerForm) -> str:
        """Log in; who we are there, with which roles, over TLS or not."""
        ...

    def set_up(self, server: ServerForm, say: Callable[[str], None]) -> None:
        """Make or renew database, roles and rights with an administrator's login, and test them."""
        ...

    def admit(self, server: ServerForm, login: str, role: Role, password: str) -> None:
        """Give a person a login with a role."""
        ...

    def move(self, server: ServerForm, told: Told, stop: Event) -> str:
        """Copy the local store into an empty shared one, compared row by row; what was moved."""
        ...

    def bring_back(self, told: Told, stop: Event) -> str:
        """Copy the shared store in use into a local one, to be used later; what was brought."""
        ...

    def restore_later(self, file: Path, told: Told) -> None:
        """Look at a backup and lay it ready for the next start; the store stays until then."""
        ...

    def repair_later(self) -> None:
        """Rebuild the local store at the next start."""
        ...

    def use_later(self, server: ServerForm | None, *, keep_password: bool = False) -> None:
        """Use this shared store, or the local one, from the next start on."""
        ...
