"""How long what tells of somebody is kept; plans and their history name nobody, and stay."""

from dataclasses import asdict, dataclass
from typing import Protocol

from console.domain.errors import ConsoleError
from console.tongues import tr

LEAST, MOST = 1, 3650  # days


@dataclass(frozen=True, slots=True)
class Retention:
    """Days: where drivers were; photos and other proofs. ConsoleError beyond LEAST and MOST."""

    positions: int = 61
    proofs: int = 365

    def __post_init__(self) -> None:
        if any(not LEAST <= days <= MOST for days in self.days.values()):
            raise ConsoleError(
                tr("Nothing is kept for fewer than {least} or more than {most} days.",
                   least=LEAST, most=MOST),
                remedy=tr("Give whole days between these."),
            )  # fmt: skip

    @property
    def days(self) -> dict[str, int]:
        """By what is kept."""
        return asdict(self)


class Retentions(Protocol):
    """What is set for the store; every call blocks."""

    def get(self) -> Retention:
        """What holds now."""
        ...

    def put(self, retention: Retention) -> None:
        """Let this hold for every console from the next look on. ConsoleError where not allowed."""
        ...
