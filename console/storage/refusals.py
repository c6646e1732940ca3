"""What PostgreSQL's errors mean for a dispatcher, and what she can do about them."""

import psycopg
from sqlalchemy.exc import DBAPIError

from console.dispatch.journal import Disconnected, NotAllowed
from console.domain.errors import ConsoleError
from console.storage.address import Address
from console.tongues import Phrase, phrase, tr

STALE, AHEAD = "DS001", "DS002"
"""Raised by ``doorstep_append``: the version is taken; its author has seen more than there is."""

_LOGIN = ("28000", "28P01")
_VERDICTS: dict[str, tuple[Phrase, Phrase]] = {
    "3D000": (
        phrase("The server {server} has no database of this name."),
        phrase("Correct the address, or create it: doorstep db setup ADDRESS"),
    ),
    "42P01": (
        phrase("The database {server} is not set up for Doorstep."),
        phrase("Have its administrator run: doorstep db setup ADDRESS"),
    ),
    "53100": (
        phrase(
            "The disk of the database server {server} is full; the last change is not saved yet."
        ),
        phrase("Tell its administrator. Nothing that was saved is lost."),
    ),
    "55P03": (
        phrase("Another console keeps the database {server} busy."),
        phrase("Try again in a moment."),
    ),
    "57014": (
        phrase("The database {server} took too long to answer."),
        phrase("Try again in a moment; tell its administrator when it happens again."),
    ),
    "XX001": (
        phrase("The database {server} reports damaged data ({error})."),
        phrase("Stop working and tell its administrator: doorstep db restore"),
    ),
}
_GONE = ("08", "57P", "53300", "25P03")
"""Beginnings of the states in which the server, or the way to it, is gone."""

_CUT = ("unexpected eof", "SYSCALL", "closed unexpectedly", "reset by peer", "timed out")
"""Words of TLS for a line that broke: no doubt about who the server is."""


def state_of(error: BaseException) -> str:
    """The five letters of SQLSTATE; empty when the server said nothing."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(getattr(cause, "sqlstate", "") or "")


def verdict(error: BaseException, address: Address) -> ConsoleError:
    """The sentence for an error of psycopg or of SQLAlchemy."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    state = state_of(error)
    if state == "42501":
        return NotAllowed(
            tr("Your login may not do this in {name}.", name=address.name),
            remedy=tr("Ask the administrator of the database for another role."),
        )
    told = " ".join(str(cause).split())
    if state in _LOGIN or "authentication failed" in told or "no password supplied" in told:
        return _not_let_in(address)
    lost = isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)
    if (lost and not state) or state.startswith(_GONE):
        return _unreachable(address, told)
    message, remedy = _VERDICTS.get(
        state,
        (
            phrase("The database {server} refused: {error}."),
            phrase("Run 'doorstep doctor' and report it."),
        ),
    )
    words = {"server": address.name, "error": told}
    return ConsoleError(tr(message.text, **words), remedy=str(remedy))


class NotLetIn(ConsoleError):  # noqa: N818 - a verdict
    """The server wants another password, or another login."""


def _not_let_in(address: Address) -> ConsoleError:
    return NotLetIn(
        tr(
            "The database server does not let “{value}” in ({name}).",
            value=address.login or "you",
            name=address.name,
        ),
        remedy=tr(
            "Check the login and its password; keep it with: doorstep secret database. It"
            " may stand in PGPASSWORD or in the file .pgpass, too."
        ),
    )


def _unreachable(address: Address, told: str) -> ConsoleError:
    is_cut = any(word in told for word in _CUT)
    if ("certificate" in told or "SSL" in told) and not is_cut:
        return ConsoleError(
            tr("The connection to {name} is not safe: {told}.", name=address.name, told=told),
            remedy=tr(
                "Name the certificate of the server's authority in the address: "
                "?sslmode=verify-full&sslrootcert=FILE"
            ),
        )
    missing = "does not exist" in told and "database" in told
    if missing:
        message, remedy = _VERDICTS["3D000"]
        return ConsoleError(tr(message.text, server=address.name), remedy=str(remedy))
    return unreachable(address)


def unreachable(address: Address) -> Disconnected:
    """Nobody answers there."""
    return Disconnected(
        tr("The database {name} does not answer.", name=address.name),
        remedy=tr("Check the network. What you do meanwhile is kept here and sent later."),
    )
