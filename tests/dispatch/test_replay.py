"""Any moment of a day, forwards and backwards, is what was confirmed then."""

from console.dispatch.replay import Replay
from console.domain.commands import MoveStops
from console.domain.plan import Plan, RouteId, StopId
from console.storage.memory import MemoryJournal
from tests.dispatch.desks import STREAM, opened


def test_every_moment_is_as_it_was() -> None:
    journal = MemoryJournal()
    first = opened(journal)
    seen = {first.confirmed.version: first.confirmed}
    for i in range(6):
        first.submit(MoveStops((StopId(f"s{i}"),), RouteId(f"r{i % 3}")))
        first.flush()
        seen[first.confirmed.version] = first.confirmed
    first.undo()
    first.flush()
    seen[first.confirmed.version] = first.confirmed
    replay = Replay(journal.read(STREAM))
    assert replay.last == max(seen)
    for version in (*sorted(seen), *sorted(seen, reverse=True), 5, 3, 8):
        assert replay.at(version) == seen[version] if version in seen else True
        assert replay.at(version).version == version
    assert replay.at(0) == Plan()
    assert replay.at(999) == seen[replay.last]
