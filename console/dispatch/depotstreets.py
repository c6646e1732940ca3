"""Which streets a depot plans on, here and in the shared database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from console.dispatch.extracts import Described
from console.dispatch.lanes import Lane
from console.dispatch.ports import Region
from console.dispatch.publications import Published
from console.dispatch.registers import DepotRecord
from console.dispatch.services import Services
from console.domain.fleet import DepotId
from console.domain.places import Address
from console.domain.plan import Day
from console.tongues import tr


class Standing(StrEnum):
    """How a published region stands to the one of its name on this computer."""

    MISSING = "missing"
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Offer:
    """What is published, and how it stands to what is here."""

    published: Published
    standing: Standing

    @property
    def name(self) -> str:
        """The region's."""
        return self.published.name


FIRST_DEPOT_NAME = tr("Depot")


def any_region(services: Services) -> Region | None:
    """The first one that is here."""
    return next(iter(services.regions.known()), None)


def first_depot(services: Services) -> DepotRecord:
    """A depot for a store that has none, on the streets that are here."""
    region = any_region(services)
    zone, name = (region.zone, region.name) if region else ("UTC", "")
    nowhere = services.places.remember(Address(FIRST_DEPOT_NAME)).id
    first = DepotRecord(DepotId(""), FIRST_DEPOT_NAME, nowhere, zone, region=name)
    return services.fleet.put_depots([first])[0]


def region_of(services: Services, depot: DepotRecord) -> Region | None:
    """The depot's region; where it names none, any.

    Nor is another one taken where a database is shared: what one console lacks, all others have.
    """
    known = {region.name: region for region in services.regions.known()}
    if depot.region in known:
        return known[depot.region]
    is_shared = services.publications is not None
    return None if depot.region and is_shared else any_region(services)


def on_streets(day: Day, region: Region | None, planned: Day | None = None) -> Day:
    """The day on this region; where it is not here, on the one it is ``planned`` on elsewhere."""
    if region is not None:
        return replace(day, region=region.name, region_hash=region.hash)
    if planned is not None:
        return replace(day, region=planned.region, region_hash=planned.region_hash)
    return day


def offers(published: Sequence[Published], here: Sequence[Described]) -> list[Offer]:
    """How each published region stands to those on this computer, by name."""
    known = {each.name.casefold(): each for each in here}
    return [_offer(each, known.get(each.name.casefold())) for each in published]


def _offer(published: Published, here: Described | None) -> Offer:
    if here is None or here.region is None:
        return Offer(published, Standing.MISSING)
    if here.region.hash == published.package.hash:
        return Offer(published, Standing.SAME)
    is_newer = published.is_newer_than(here.region, here.data_date)
    return Offer(published, Standing.NEWER if is_newer else Standing.OLDER)


async def offered(services: Services) -> list[Offer]:
    """The same, asked for; ConsoleError where the shared database does not answer."""
    if services.publications is None:
        return []
    published = await services.lanes.run(Lane.SQL, services.publications.all)
    return offers(published, await services.lanes.run(Lane.FILES, services.regions.described))
