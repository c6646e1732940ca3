"""The clock of a simulated day: it shows what it is set to, and never goes back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class SimulatedClock:
    """Implements ``dispatch.ports.Clock``; aware UTC."""

    moment: datetime

    def now(self) -> datetime:
        """The present moment of the simulation."""
        return self.moment

    def go_to(self, moment: datetime) -> None:
        """On to a moment; an earlier one changes nothing."""
        self.moment = max(self.moment, moment)
