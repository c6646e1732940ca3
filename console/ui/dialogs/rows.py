"""Report rows as text: csv for a spreadsheet, and short lists."""

import csv
import io
from collections.abc import Iterator, Sequence

from console.analytics.tables import harmless
from console.dispatch.orderwork import Imported
from console.intake import Assumption, Reject
from console.tongues import tr


def report_csv(
    rejects: Sequence[Reject], assumptions: Sequence[Assumption], done: Imported | None = None
) -> str:
    """Kind, row, order, field and text of everything an import has to say, the worst first."""
    rows = [
        ("rejected", str(reject.row), reject.order or "", reject.field, reject.problem)
        for reject in rejects
    ]
    for assumed in assumptions:
        numbers = " ".join(str(row) for row in assumed.rows) or tr("all")
        rows.append(("assumed", numbers, "", assumed.field, assumed.sentence))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("kind", "row", "order", "field", "text"))
    writer.writerows(
        [harmless(cell) for cell in row] for row in (*rows, *(_done(done) if done else ()))
    )
    return out.getvalue()


def _done(done: Imported) -> Iterator[tuple[str, ...]]:
    """What became of each order, and columns that nobody read."""
    for order, rule in done.unmeetable.items():
        yield (tr("cannot be served"), "", order, "", unmeetable_sentence(rule))
    for column in done.unknown_columns:
        yield (tr("column not read"), "", "", column, "")
    for kind, orders in (
        ("added", done.added),
        ("changed", done.changed),
        (tr("no longer in the file"), done.missing),
    ):
        for order in orders:
            yield (kind, "", order, "", "")


def shortened(texts: Sequence[str], most: int = 4) -> str:
    """The first few, and how many more."""
    more = tr(" and {value} more", value=len(texts) - most) if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def unmeetable_sentence(rule: str) -> str:
    """``skill:adr`` or ``overloaded`` as a sentence."""
    name, _, detail = rule.partition(":")
    if name == "skill":
        return tr("needs {replace}, held by nobody on shift", replace=detail.replace(";", ", "))
    return tr("heavier or bigger than any vehicle that may take it")
