"""What people may do in the shared database: groups, grants and the one way into the journal.

The tables belong to a role nobody can log in as. People have SELECT; registers and snapshots may
be changed by those who keep them; rows of the journal are made by ``doorstep_append`` alone, which
checks the login's groups against the kind of command and stamps actor, time and hash itself.
"""

from collections.abc import Iterator

from sqlalchemy import Column, Connection, MetaData, String, Table, delete, insert, text

from console.dispatch.journal import NotAllowed
from console.dispatch.roles import INCLUDED, KEEPER, PERMISSIONS, PUBLISHER, Role, with_included
from console.storage.database import Database
from console.storage.postgres import CHANNEL, GROUP, OWNER
from console.storage.refusals import AHEAD, STALE
from console.storage.schema import (
    FILES,
    entries,
    positions,
    preferences,
    published,
    registers,
    snapshots,
    streams,
)
from console.tongues import tr

permissions = Table(
    "permission",
    MetaData(),
    Column("role", String(64), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("streams", String(200), primary_key=True),
)
"""``dispatch.roles`` as the server asks it; of shared databases only, and made by ``grant``."""

SEALED = (streams, entries, permissions)
"""Tables nobody writes to but the function, or the set-up."""

APPEND = f"""
CREATE OR REPLACE FUNCTION doorstep_append(
    p_stream text, p_version integer, p_command_id text, p_kind text, p_origin text,
    p_command bytea, p_patch bytea
) RETURNS SETOF entry LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head stream%ROWTYPE;
    made entry%ROWTYPE;
    part bytea;
    data bytea := ''::bytea;
BEGIN
    IF NOT EXISTS (
        SELECT FROM permission
        WHERE permission.kind IN (p_kind, '*') AND starts_with(p_stream, permission.streams)
        AND pg_has_role(session_user, permission.role, 'MEMBER')
    ) THEN
        RAISE EXCEPTION 'not permitted' USING ERRCODE = '42501';
    END IF;
    INSERT INTO stream (name, version, hash) VALUES (p_stream, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT head FROM stream WHERE name = p_stream FOR UPDATE;
    SELECT * INTO made FROM entry WHERE stream = p_stream AND command_id = p_command_id;
    IF FOUND THEN
        RETURN NEXT made;
        RETURN;
    END IF;
    IF p_version <= head.version THEN
        RAISE EXCEPTION 'taken' USING ERRCODE = '{STALE}';
    ELSIF p_version > head.version + 1 THEN
        RAISE EXCEPTION 'ahead' USING ERRCODE = '{AHEAD}';
    END IF;
    made.stream := p_stream;
    made.version := p_version;
    made.command_id := p_command_id;
    made.kind := p_kind;
    made.actor := session_user;
    made.origin := p_origin;
    made.at := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
        || '+00:00';
    made.packed := false;
    made.command := p_command;
    made.patch := p_patch;
    made.size := octet_length(p_command) + octet_length(p_patch);
    FOREACH part IN ARRAY ARRAY[
        convert_to(head.hash, 'UTF8'), convert_to(made.stream, 'UTF8'),
        convert_to(made.version::text, 'UTF8'), convert_to(made.command_id, 'UTF8'),
        convert_to(made.kind, 'UTF8'), convert_to(made.actor, 'UTF8'),
        convert_to(made.origin, 'UTF8'), convert_to(made.at, 'UTF8'), made.command, made.patch
    ] LOOP
        data := data || convert_to(octet_length(part)::text || ':', 'UTF8') || part;
    END LOOP;
    made.hash := encode(sha256(data), 'hex');
    UPDATE stream SET version = made.version, hash = made.hash WHERE name = p_stream;
    INSERT INTO entry SELECT made.*;
    PERFORM pg_notify('{CHANNEL}', p_stream || ' ' || p_version);
    RETURN NEXT made;
END $$
"""  # noqa: S608 - two constants of ours
TOLD = f"""
CREATE OR REPLACE FUNCTION doorstep_told() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME);
    RETURN NULL;
END $$
"""
STAMPED = """
CREATE OR REPLACE FUNCTION doorstep_stamped() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    NEW.actor := session_user;
    NEW.at := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
        || '+00:00';
    RETURN NEW;
END $$
"""
_APPEND_OF = "doorstep_append(text, integer, text, text, text, bytea, bytea)"


def groups() -> Iterator[str]:
    """The statements that make the groups, which all databases of a server share."""
    yield _made(OWNER)
    for role in Role:
        yield _made(group(role))
    for role, included in INCLUDED.items():
        for each in included:
            yield f"GRANT {group(each)} TO {group(role)}"


def group(role: Role) -> str:
    """The group role of a role."""
    return GROUP.format(role.value)


def grant(connection: Connection) -> None:
    """Functions, grants and the table of permissions, as the owner; the same again at each call."""
    permissions.create(connection, checkfirst=True)
    for statement in _statements():
        connection.execute(text(statement))
    connection.execute(delete(permissions))
    connection.execute(
        insert(permissions),
        [
            {"role": group(each.role), "kind": each.kind, "streams": each.streams}
            for each in PERMISSIONS
        ],
    )


def _statements() -> Iterator[str]:
    yield APPEND
    yield TOLD
    yield STAMPED
    yield f"REVOKE ALL ON FUNCTION {_APPEND_OF} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {_APPEND_OF} TO {group(Role.VIEWER)}"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {group(Role.VIEWER)}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {group(Role.VIEWER)}"
    for table in (each for each in registers() if each is not preferences):
        yield f"GRANT INSERT, UPDATE, DELETE ON {table.name} TO {group(KEEPER)}"
        if table is not positions:  # they come all day long, and no console waits for them
            yield from _telling(table)
    for table in FILES:
        yield f"GRANT INSERT, UPDATE, DELETE ON {table.name} TO {group(PUBLISHER)}"
    yield from _telling(published)
    yield f"DROP TRIGGER IF EXISTS stamped ON {published.name}"
    yield (
        f"CREATE TRIGGER stamped BEFORE INSERT OR UPDATE ON {published.name} "
        "FOR EACH ROW EXECUTE FUNCTION doorstep_stamped()"
    )
    yield f"GRANT INSERT, UPDATE, DELETE ON {snapshots.name} TO {group(KEEPER)}"
    yield from _own_preferences()


def _telling(table: Table) -> Iterator[str]:
    """A change of this table wakes all consoles."""
    yield f"DROP TRIGGER IF EXISTS told ON {table.name}"
    yield (
        f"CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON {table.name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION doorstep_told()"
    )


def _own_preferences() -> Iterator[str]:
    """Everybody keeps her own, and sees nobody else's.

    What has no person's name is everybody's and changed by those who keep registers: a depot's
    rules, mappings of files. Logins are not empty and have no slash.
    """
    name, is_common = preferences.name, "(user_name = '' OR user_name LIKE 'depot/%')"
    yield f"GRANT INSERT, UPDATE, DELETE ON {name} TO {group(Role.VIEWER)}"
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    for policy in ("own", "common", "kept"):
        yield f"DROP POLICY IF EXISTS {policy} ON {name}"
    yield f"CREATE POLICY own ON {name} USING (user_name = session_user)"
    yield f"CREATE POLICY common ON {name} FOR SELECT USING {is_common}"
    yield f"CREATE POLICY kept ON {name} TO {group(KEEPER)} USING {is_common}"
    yield f"DROP TRIGGER IF EXISTS told ON {name}"
    yield (
        f"CREATE TRIGGER told AFTER INSERT OR UPDATE ON {name} FOR EACH ROW "
        f"WHEN (NEW.user_name = '' OR NEW.user_name LIKE 'depot/%') "
        "EXECUTE FUNCTION doorstep_told()"
    )


def of_session(database: Database) -> tuple[str, frozenset[Role]]:
    """Who the server says we are, and the roles we have."""
    with database.reading() as connection:
        login = str(connection.execute(text("SELECT session_user")).scalar())
        names = set(
            connection.execute(
                text("SELECT rolname FROM pg_roles WHERE pg_has_role(session_user, oid, 'MEMBER')")
            ).scalars()
        )
    return login, frozenset(role for role in Role if group(role) in names)


def no_role(database: Database, login: str) -> NotAllowed:
    """The verdict on a login that is in none of the groups."""
    return NotAllowed(
        tr("The login “{login}” has no role in {name}.", login=login, name=database.name),
        remedy=tr(
            "Have its administrator run: doorstep db person ADDRESS {login} --role dispatcher",
            login=login,
        ),
    )


def examined(connection: Connection) -> list[str]:
    """What is wrong with the grants as the server sees them; empty when all is as it should be."""
    wrong: list[str] = []
    for role in Role:
        for table in SEALED:
            wrong += [
                f"{group(role)} may {right} {table.name}"
                for right in ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
                if _has(connection, group(role), table.name, right)
            ]
        may_publish = PUBLISHER in with_included([role])
        if _has(connection, group(role), published.name, "INSERT") is not may_publish:
            wrong.append(f"{group(role)} may {'not ' if may_publish else ''}publish regions")
        if not _has(connection, group(role), entries.name, "SELECT"):
            wrong.append(f"{group(role)} may not read {entries.name}")
        if not connection.execute(
            text("SELECT has_function_privilege(:role, :function, 'EXECUTE')"),
            {"role": group(role), "function": _APPEND_OF},
        ).scalar():
            wrong.append(f"{group(role)} may not append")
    return wrong


def _has(connection: Connection, role: str, table: str, right: str) -> bool:
    return bool(
        connection.execute(
            text("SELECT has_table_privilege(:role, :table, :right)"),
            {"role": role, "table": table, "right": right},
        ).scalar()
    )


def _made(role: str) -> str:
    return (
        f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
