"""A depot's own road servers: where they are, and which of their profiles is which vehicle's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from console.domain.profiles import Profile, is_profile
from console.geo.engines.contract import no_such_profile
from console.tongues import tr

SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Server:
    """What the settings say of a server.

    ``profiles`` maps our profiles, or their kinds, to the server's: a name, or ``http://HOST/NAME``
    where another server does it. ``table_size`` bounds the places of one table; 0 is what such
    servers take by default. ``key`` is sent along where the server wants one.
    """

    url: str
    profiles: Mapping[str, str] = field(default_factory=dict[str, str])
    key: str = ""
    table_size: int = 0
    seconds: float = SECONDS


def server_profile(what: str, profiles: Mapping[str, str], profile: str) -> str:
    """The server's name for a profile: its own, else that of its kind. ConsoleError without one."""
    kind = Profile.parse(profile).kind if is_profile(profile) else profile
    found = profiles.get(profile) or profiles.get(kind)
    if found is None:
        raise no_such_profile(tr("The {what}", what=what), profile, sorted(profiles))
    return found


def parted(url: str, name: str) -> tuple[str, str]:
    """Address and profile: ``name`` may be an address of its own that ends in the profile."""
    if not name.startswith(("http://", "https://")):
        return url, name
    base, _, last = name.rpartition("/")
    return (base, last) if urlsplit(name).path.strip("/") else (name.rstrip("/"), "driving")
