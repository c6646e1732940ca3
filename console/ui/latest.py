"""What was used last is kept, and no more of it than is needed."""

from collections import OrderedDict


class Latest[Key, Value]:
    """Values by key; ``get`` and ``put`` make one the latest, ``put`` lets the oldest go."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        """What is kept under a key."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Key, value: Value, *, at_least: int = 0) -> None:
        """Keep it; ``at_least`` so many are kept besides, whatever the limit."""
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > max(self._most, at_least):
            self._values.popitem(last=False)

    def clear(self) -> None:
        """Keep nothing."""
        self._values.clear()
