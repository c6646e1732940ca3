"""Setting up a shared database, by its administrator: database, groups, tables, grants, people."""

import re
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from console.dispatch.roles import Role
from console.domain.errors import ConsoleError
from console.storage import migrate, postgres, refusals, rights
from console.storage.address import Address
from console.storage.postgres import OWNER, PostgresDatabase
from console.tongues import tr

Say = Callable[[str], None]

_LOGIN = re.compile(r"[a-z_][a-z0-9_.-]{0,62}")


def found(address: Address, say: Say, backup: Callable[[str], Path]) -> None:
    """Make or renew everything a shared database needs, then ask the server whether it is right.

    Nothing that is there is lost: a call on a database that is set up migrates and grants anew.
    ConsoleError says which step could not be taken, and what is needed for it.
    """
    _make_database(address, say)
    with postgres.opened(address) as connection:
        _require_utf8(connection, address)
        _obey(connection, address, [*rights.groups(), *_opening(connection)])
    say(tr("Groups: ") + ", ".join(rights.group(role) for role in Role))
    database = postgres.connect(address)
    try:
        migrate.upgrade_by(database, migrate.Way(backup, database.own))
        with database.writing() as connection:
            database.own(connection)
            rights.grant(connection)
        say(tr("Tables {revision}, functions and grants", revision=migrate.revision(database)))
        _examine(database)
        say(tr("Checked: nobody writes to the journal but through its function"))
    finally:
        database.close()


def admit(address: Address, login: str, role: Role, password: str) -> None:
    """Make a login in a role's group, or move it to that group; only a SCRAM hash is sent."""
    if not _LOGIN.fullmatch(login):
        raise ConsoleError(
            tr("“{login}” cannot be a login.", login=login),
            remedy=tr("Use small letters, digits, dots and dashes, beginning with a letter."),
        )
    name = sql.Identifier(login)
    with postgres.opened(address) as connection:
        steps: list[str | sql.Composed] = []
        known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (login,)).fetchone()
        if known is None:
            steps.append(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        if password:
            scram = connection.pgconn.encrypt_password(
                password.encode(), login.encode(), b"scram-sha-256"
            )
            steps.append(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(scram.decode()))
            )
        others = (rights.group(each) for each in Role if each is not role)
        steps += [
            sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(group), name) for group in others
        ]
        steps.append(sql.SQL("GRANT {} TO {}").format(sql.Identifier(rights.group(role)), name))
        _obey(connection, address, steps)


def _make_database(address: Address, say: Say) -> None:
    """Create the database where the server has none of this name."""
    with postgres.opened(address, "postgres") as connection:
        known = connection.execute(
            "SELECT FROM pg_database WHERE datname = %s", (address.database,)
        ).fetchone()
        if known is None:
            make = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(
                sql.Identifier(address.database)
            )
            _obey(connection, address, [make])
            say(tr("Database {database} made", database=address.database))


def _require_utf8(connection: psycopg.Connection, address: Address) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise ConsoleError(
            tr(
                "The database {name} is encoded in {encoding}, which has not all letters.",
                name=address.name,
                encoding=encoding,
            ),
            remedy=tr(
                "Create another one: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0"
            ),
        )


def _opening(connection: psycopg.Connection) -> list[str | sql.Composed]:
    """The owner may make tables here, and whoever sets up may act as the owner."""
    who = sql.Identifier(connection.info.user)
    steps: list[str | sql.Composed] = [f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}"]
    is_super = connection.info.parameter_status("is_superuser") == "on"
    return steps if is_super else [sql.SQL(f"GRANT {OWNER} TO {{}}").format(who), *steps]


def _obey(
    connection: psycopg.Connection, address: Address, steps: list[str | sql.Composed]
) -> None:
    try:
        for step in steps:
            connection.execute(step.encode() if isinstance(step, str) else step)
    except psycopg.errors.InsufficientPrivilege as error:
        raise ConsoleError(
            tr(
                "The login of {name} may not set up a database: {error}",
                name=address.name,
                error=error,
            ).strip(),
            remedy=tr(
                "Use the login of the server's administrator (postgres), or one that may "
                "create databases and roles."
            ),
        ) from error
    except psycopg.Error as error:
        raise refusals.verdict(error, address) from error


def _examine(database: PostgresDatabase) -> None:
    with database.reading() as connection:
        wrong = rights.examined(connection)
    if wrong:
        raise ConsoleError(
            tr(
                "The grants of {name} are not right: {text}.",
                name=database.name,
                text="; ".join(wrong),
            ),
            remedy=tr("Look for grants that somebody else made, then set up again."),
        )
