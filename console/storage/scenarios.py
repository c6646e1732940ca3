"""The register of scenarios: plans of a day that are kept under names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec
from sqlalchemy import select

from console.dispatch.registers import Scenario
from console.domain.fleet import DepotId
from console.storage.database import Database
from console.storage.places import opaque_id
from console.storage.schema import scenarios
from console.storage.upsert import erase, put

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Scenario)


@dataclass(frozen=True, slots=True)
class SqlScenarios:
    """Implements ``dispatch.registers.Scenarios``."""

    database: Database
    make_id: Callable[[], str] = opaque_id

    def of_day(self, depot: DepotId, day: date) -> list[Scenario]:
        """All of a depot's day, oldest first."""
        own = (scenarios.c.depot == depot, scenarios.c.day == day.isoformat())
        query = select(scenarios.c.value).where(*own)
        with self.database.reading() as connection:
            rows = connection.execute(
                query.order_by(scenarios.c.at, scenarios.c.name, scenarios.c.id)
            )
            return [_decoder.decode(row.value) for row in rows]

    def put(self, depot: DepotId, day: date, scenario: Scenario) -> Scenario:
        """Keep one, or what is new of one that is known; answers it with its id."""
        stored = scenario if scenario.id else replace(scenario, id=self.make_id())
        values = {
            "depot": depot,
            "day": day.isoformat(),
            "name": stored.name,
            "at": stored.at.isoformat() if stored.at else "",
            "value": _encoder.encode(stored).decode(),
        }
        with self.database.writing() as connection:
            put(connection, scenarios, [{"id": stored.id, **values}])
        return stored

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these."""
        with self.database.writing() as connection:
            erase(connection, scenarios, ids)
