"""The register of traffic: every version is kept and read back as it was."""

from datetime import UTC, date, datetime, time

from console.dispatch.registers import DepotRecord, Traffics
from console.domain.fleet import DepotId
from console.domain.places import Address, Coordinate
from console.domain.speeds import USUAL
from console.domain.traffic import Traffic
from console.domain.zones import Zone, ZoneId, ZoneKind
from console.storage.store import Store

ZONE = Zone(
    ZoneId("z"),
    "Works",
    ZoneKind.CLOSED,
    (Coordinate(47.0, 9.0), Coordinate(47.0, 9.1), Coordinate(47.1, 9.0)),
    first=date(2026, 11, 23),
    begins=time(8),
    allowed=("electric",),
)


def test_every_version_of_a_traffic_is_kept(store: Store) -> None:
    place = store.places.remember(Address("Städtle 12", "9490", "Vaduz", "LI"))
    (depot,) = store.fleet.put_depots([DepotRecord(DepotId(""), "Vaduz", place.id, "UTC")])
    traffics: Traffics = store.traffics
    assert traffics.current(depot.id) == Traffic()
    first, second = Traffic(USUAL), Traffic(USUAL, (ZONE,))
    for value in (first, second):
        traffics.put(depot.id, value, "ada", datetime(2026, 11, 23, tzinfo=UTC))
    assert traffics.current(depot.id) == second
    assert traffics.current(depot.id).version == second.version
    assert traffics.find(depot.id, first.version) == first
    assert traffics.find(depot.id, "") == Traffic()
    assert traffics.find(depot.id, "unknown") is None
