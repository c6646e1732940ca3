"""Who answers for a region, travel times and addresses: chosen, tried, kept."""

from typing import Protocol

from console.dispatch.ports import Region
from console.settings import AddressSettings, RegionServices, StreetSettings


class Choices(Protocol):
    """What this machine asks for each region; every call blocks, and raises ConsoleError."""

    def of(self, region: str) -> RegionServices:
        """What holds for a region."""
        ...

    def is_own(self, region: str) -> bool:
        """True where something was chosen for this region."""
        ...

    def put(self, region: str, chosen: RegionServices | None) -> None:
        """Keep what is chosen; None: as ``doorstep.toml`` says. Holds from the next question on."""
        ...

    def try_streets(self, region: Region, wanted: StreetSettings) -> str:
        """Really ask an engine; what it answers as a sentence."""
        ...

    def try_addresses(self, region: Region, wanted: AddressSettings) -> str:
        """Really ask an address service; what it answers as a sentence."""
        ...
