"""The register of scenarios, in a file and on a server."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from console.dispatch.journal import NotAllowed
from console.dispatch.registers import DepotRecord, Scenario, Scenarios
from console.domain.fleet import DepotId
from console.domain.objective import GREEN
from console.domain.places import Address
from console.domain.plan import RouteId, StopId
from console.storage import checking
from console.storage.store import Store
from tests.postgres import Server

DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24)
KEPT = Scenario(
    "",
    "Two vans fewer",
    ((RouteId("r1"), (StopId("s1"), StopId("s2"))), (RouteId("r2"), ())),
    (StopId("s3"),),
    GREEN,
    (RouteId("r2"),),
    41,
    "ada",
    datetime(2026, 11, 23, 7, tzinfo=UTC),
)


def depot_of(store: Store) -> DepotId:
    place = store.places.remember(Address("Städtle 12", "9490", "Vaduz", "LI"))
    (depot,) = store.fleet.put_depots([DepotRecord(DepotId(""), "Vaduz", place.id, "UTC")])
    return depot.id


def test_scenarios_are_kept_changed_and_removed(store: Store) -> None:
    kept: Scenarios = store.scenarios
    depot = depot_of(store)
    first = kept.put(depot, DAY, KEPT)
    assert first.id
    assert replace(first, id="") == KEPT
    later = kept.put(depot, DAY, replace(KEPT, name="Ä", at=datetime(2026, 11, 23, 8, tzinfo=UTC)))
    kept.put(depot, NEXT, KEPT)
    assert kept.of_day(depot, DAY) == [first, later]
    assert kept.of_day(DepotId("other"), DAY) == []
    renamed = kept.put(depot, DAY, replace(first, name="Fewer vans"))
    assert kept.of_day(depot, DAY) == [renamed, later]
    kept.remove([first.id, "unknown"])
    assert kept.of_day(depot, DAY) == [later]
    assert checking.check(store.database).is_whole


def test_a_server_keeps_them_for_all_who_may(server: Server, shared: str) -> None:
    ana = Store.open(server.url(shared, "ana"))
    vera = Store.open(server.url(shared, "vera"))
    depot = depot_of(ana)
    kept = ana.scenarios.put(depot, DAY, KEPT)
    assert vera.scenarios.of_day(depot, DAY) == [kept]
    with pytest.raises(NotAllowed):
        vera.scenarios.remove([kept.id])
    ana.scenarios.remove([kept.id])
    assert vera.scenarios.of_day(depot, DAY) == []
    for store in (ana, vera):
        store.close()


def test_an_older_store_gets_the_table(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    depot = depot_of(store)
    with store.database.writing() as connection:
        later = "scenario recurring_order position proof retention region region_piece"
        for name in later.split():
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(text("DELETE FROM seal WHERE name = 'sqlite_master'"))  # later, too
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    store.close()
    store = Store.open(tmp_path)
    assert store.scenarios.of_day(depot, DAY) == []
    store.scenarios.put(depot, DAY, KEPT)
    assert checking.check(store.database).is_whole
    store.close()
