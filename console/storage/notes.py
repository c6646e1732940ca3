"""Registers of texts: notes that plans refer to by id, and what users want to find again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from console.storage.database import Database
from console.storage.places import opaque_id
from console.storage.schema import notes, preferences, proofs
from console.storage.upsert import erase, found, put


@dataclass(frozen=True, slots=True)
class SqlNotes:
    """Implements ``dispatch.registers.Notes``."""

    database: Database
    make_id: Callable[[], str] = opaque_id

    def put(self, text: str) -> str:
        """Keep a text; answers its id."""
        own = self.make_id()
        with self.database.writing() as connection:
            connection.execute(insert(notes).values(id=own, text=text))
        return own

    def keep(self, own: str, text: str, at: datetime) -> None:
        """Keep a proof under this name, once; from now on its time counts anew."""
        with self.database.writing() as connection:
            if not list(found(connection, notes, notes.c.id, [own])):
                connection.execute(insert(notes).values(id=own, text=text))
            put(connection, proofs, [{"id": own, "at": at.astimezone(UTC).isoformat()}])

    def get(self, ids: Sequence[str]) -> dict[str, str]:
        """Those of the texts that are known."""
        with self.database.reading() as connection:
            rows = found(connection, notes, notes.c.id, list(dict.fromkeys(ids)))
            return {str(row["id"]): str(row["text"]) for row in rows}

    def erase(self, ids: Sequence[str]) -> None:
        """Forget texts."""
        with self.database.writing() as connection:
            erase(connection, notes, ids)
            erase(connection, proofs, ids)


@dataclass(frozen=True, slots=True)
class SqlPreferences:
    """Implements ``dispatch.registers.Preferences``."""

    database: Database

    def get(self, user: str) -> dict[str, str]:
        """Everything kept for a user."""
        query = select(preferences.c.name, preferences.c.value).where(
            preferences.c.user_name == user
        )
        with self.database.reading() as connection:
            return {row.name: row.value for row in connection.execute(query)}

    def put(self, user: str, values: Mapping[str, str]) -> None:
        """Keep these values; others stay."""
        own = preferences.c.user_name == user
        with self.database.writing() as connection:
            for name, value in values.items():
                changed = connection.execute(
                    update(preferences).where(own, preferences.c.name == name).values(value=value)
                )
                if not changed.rowcount:
                    connection.execute(
                        insert(preferences).values(user_name=user, name=name, value=value)
                    )
