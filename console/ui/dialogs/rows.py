"""Report rows as text: csv for a spreadsheet, and short lists."""

import csv
import io
from collections.abc import Iterator, Sequence

from console.analytics.tables import harmless
from console.dispatch.orderwork import Imported
from console.intake import Assumption, Column, Reject
from console.tongues import Tongue, aside, spoken, tr


def report_csv(
    rejects: Sequence[Reject],
    assumptions: Sequence[Assumption],
    done: Imported | None = None,
    tongue: Tongue | None = None,
) -> str:
    """Kind, row, order, field and text of everything an import has to say, the worst first.

    In the language of whoever gets it, the window's where nothing is said.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    with aside(tongue or spoken()):
        writer.writerow((tr("kind"), tr("row"), tr("order"), tr("field"), tr("text")))
        rows = (*_told(rejects, assumptions), *(_done(done) if done else ()))
        writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _told(
    rejects: Sequence[Reject], assumptions: Sequence[Assumption]
) -> Iterator[tuple[str, ...]]:
    for reject in rejects:
        field = str(Column(reject.field))
        yield (tr("rejected"), str(reject.row), reject.order or "", field, reject.problem)
    for assumed in assumptions:
        numbers = " ".join(str(row) for row in assumed.rows) or tr("all")
        yield (tr("assumed"), numbers, "", str(Column(assumed.field)), assumed.sentence)


def _done(done: Imported) -> Iterator[tuple[str, ...]]:
    """What became of each order, and columns that nobody read."""
    for order, rule in done.unmeetable.items():
        yield (tr("cannot be served"), "", order, "", unmeetable_sentence(rule))
    for column in done.unknown_columns:
        yield (tr("column not read"), "", "", column, "")
    for kind, orders in (
        (tr("added"), done.added),
        (tr("changed"), done.changed),
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
