"""A file that came in: what it did, where it came from, and which addresses are doubtful."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.dispatch.orderwork import Imported
from console.domain.places import Certainty, Place, PlaceId
from console.domain.plan import Plan
from console.tongues import tr
from console.ui.dialogs.import_report import Origin


@dataclass(frozen=True, slots=True)
class Taken:
    """``doubtful`` are all such addresses of the day, the worst first."""

    done: Imported
    origin: Origin = Origin()
    doubtful: Sequence[Place] = ()

    def fixable(self, plan: Plan) -> list[Place]:
        """Those of orders that the file brought or changed, and whose streets are installed."""
        stops = [plan.stop_of_order(order) for order in (*self.done.added, *self.done.changed)]
        near = [place for place in self.doubtful if place.certainty is not Certainty.OUTSIDE]
        return among(near, (stop.place for stop in stops if stop is not None))

    @property
    def summary(self) -> str:
        """``3 added, 1 rejected``."""
        done = self.done
        counts = (
            (len(done.added), tr("{n} added", n=len(done.added))),
            (len(done.changed), tr("{n} changed", n=len(done.changed))),
            (done.unchanged, tr("{n} unchanged", n=done.unchanged)),
            (len(done.rejects), tr("{n} rejected", n=len(done.rejects))),
        )
        return ", ".join(said for count, said in counts if count) or tr("nothing in it")


def among(places: Sequence[Place], wanted: Iterable[PlaceId]) -> list[Place]:
    """Those of the places that are wanted, in their order."""
    kept = frozenset(wanted)
    return [place for place in places if place.id in kept]
