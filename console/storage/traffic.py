"""The register of traffic: speed tables and zones of each depot, every version kept."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Select, func, insert, select

from console.domain.fleet import DepotId
from console.domain.traffic import Traffic
from console.storage import codec
from console.storage.database import Database
from console.storage.schema import traffic

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Traffic)


@dataclass(frozen=True, slots=True)
class SqlTraffics:
    """Implements ``dispatch.registers.Traffics``."""

    database: Database

    def current(self, depot: DepotId) -> Traffic:
        """What was stored last; no traffic where nothing was."""
        query = select(traffic.c.value).where(traffic.c.depot == depot)
        return self._first(query.order_by(traffic.c.number.desc())) or Traffic()

    def find(self, depot: DepotId, version: str) -> Traffic | None:
        """The value of a version that was stored."""
        if not version:
            return Traffic()
        own = (traffic.c.depot == depot, traffic.c.version == version)
        return self._first(select(traffic.c.value).where(*own))

    def put(self, depot: DepotId, value: Traffic, actor: str, at: datetime) -> None:
        """Let this hold from now on."""
        last = select(func.coalesce(func.max(traffic.c.number), 0))
        with self.database.writing() as connection:
            number = connection.execute(last.where(traffic.c.depot == depot)).scalar_one()
            connection.execute(
                insert(traffic).values(
                    depot=depot,
                    number=number + 1,
                    version=value.version,
                    actor=actor,
                    at=at.isoformat(),
                    value=_encoder.encode(value).decode(),
                )
            )

    def _first(self, query: Select[str]) -> Traffic | None:
        with self.database.reading() as connection:
            found = connection.execute(query.limit(1)).scalars().first()
        return None if found is None else decoded(found)


def decoded(value: str) -> Traffic:
    """A version as it is stored; ConsoleError when this program cannot read it."""
    return codec.decode_kept(_decoder, value, "traffic")
