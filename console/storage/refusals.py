"""What PostgreSQL's errors mean for a dispatcher, and what she can do about them."""

import psycopg
from sqlalchemy.exc import DBAPIError

from console.dispatch.journal import Disconnected, NotAllowed
from console.domain.errors import ConsoleError
from console.storage.address import Address

STALE, AHEAD = "DS001", "DS002"
"""Raised by ``doorstep_append``: the version is taken; its author has seen more than there is."""

_LOGIN = ("28000", "28P01")
_VERDICTS: dict[str, tuple[str, str]] = {
    "3D000": (
        "The server {server} has no database of this name.",
        "Correct the address, or create it: doorstep db setup ADDRESS",
    ),
    "42P01": (
        "The database {server} is not set up for Doorstep.",
        "Have its administrator run: doorstep db setup ADDRESS",
    ),
    "53100": (
        "The disk of the database server {server} is full; the last change is not saved yet.",
        "Tell its administrator. Nothing that was saved is lost.",
    ),
    "55P03": (
        "Another console keeps the database {server} busy.",
        "Try again in a moment.",
    ),
    "57014": (
        "The database {server} took too long to answer.",
        "Try again in a moment; tell its administrator when it happens again.",
    ),
    "XX001": (
        "The database {server} reports damaged data ({error}).",
        "Stop working and tell its administrator: doorstep db restore",
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
            f"Your login may not do this in {address.name}.",
            remedy="Ask the administrator of the database for another role.",
        )
    told = " ".join(str(cause).split())
    if state in _LOGIN or "authentication failed" in told or "no password supplied" in told:
        return _not_let_in(address)
    lost = isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)
    if (lost and not state) or state.startswith(_GONE):
        return _unreachable(address, told)
    message, remedy = _VERDICTS.get(
        state,
        ("The database {server} refused: {error}.", "Run 'doorstep doctor' and report it."),
    )
    words = {"server": address.name, "error": told}
    return ConsoleError(message.format(**words), remedy=remedy)


class NotLetIn(ConsoleError):  # noqa: N818 - a verdict
    """The server wants another password, or another login."""


def _not_let_in(address: Address) -> ConsoleError:
    return NotLetIn(
        f"The database server does not let “{address.login or 'you'}” in ({address.name}).",
        remedy="Check the login and its password; keep it with: doorstep secret "
        "database. It may stand in PGPASSWORD or in the file .pgpass, too.",
    )


def _unreachable(address: Address, told: str) -> ConsoleError:
    is_cut = any(word in told for word in _CUT)
    if ("certificate" in told or "SSL" in told) and not is_cut:
        return ConsoleError(
            f"The connection to {address.name} is not safe: {told}.",
            remedy="Name the certificate of the server's authority in the address: "
            "?sslmode=verify-full&sslrootcert=FILE",
        )
    missing = "does not exist" in told and "database" in told
    if missing:
        message, remedy = _VERDICTS["3D000"]
        return ConsoleError(message.format(server=address.name), remedy=remedy)
    return unreachable(address)


def unreachable(address: Address) -> Disconnected:
    """Nobody answers there."""
    return Disconnected(
        f"The database {address.name} does not answer.",
        remedy="Check the network. What you do meanwhile is kept here and sent later.",
    )
