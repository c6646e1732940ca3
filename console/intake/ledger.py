"""Keeps what was assumed while rows were read."""

from console.intake.report import Assumption


class Ledger:
    """Collects equal assumptions of many rows into one sentence each."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, str, str], list[int]] = {}

    def note(self, row: int, field: str, value: str, because: tuple[str, str]) -> None:
        """``because`` is what was found and what was made of it: "No weight", "0 kg assumed"."""
        rows = self._rows.setdefault((field, value, *because), [])
        if row not in rows[-1:]:  # two orders of one row
            rows.append(row)

    def assumptions(self, total: int) -> tuple[Assumption, ...]:
        """One assumption per kind, in the order they first came up; ``total`` rows were read."""
        return tuple(
            Assumption(field, value, tuple(rows), f"{found} in {_where(rows, total)}: {made}.")
            for (field, value, found, made), rows in self._rows.items()
        )


def _where(rows: list[int], total: int) -> str:
    if len(rows) == 1:
        return f"row {rows[0]}"
    return f"all {total} rows" if len(rows) == total else f"{len(rows)} rows"
