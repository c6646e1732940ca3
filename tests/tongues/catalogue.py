"""The catalogues: what the source says, put into their order, and what they lack."""

import ast
import json
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path
from string import Formatter

from console.dispatch.depotrules import USUAL_TYPES
from console.dispatch.kindofday import scenarios
from console.intake.columns import BESIDE, FLEET, ORDERS, own_name
from console.intake.recurring import RECURRING
from console.tongues import pairs
from tests.shared import ROOT
from tests.tongues import source
from tests.tongues.source import Found

LOCALE = ROOT / "resources/locale"
GERMAN = LOCALE / "de/LC_MESSAGES/doorstep.po"
DEEDS = ROOT / "console/ui/deedtable.py"
TABLES = ROOT / "console/wording.py"
_DOCTOR = ROOT / "console/dispatch/doctor.py"
VOCABULARIES = (ORDERS, FLEET, RECURRING)
_DEED_TEXTS, _DEED_MENU = 1, 2


def texts() -> dict[str, list[Found]]:
    """Every text of the source, in its order, with the places where it is said."""
    found: dict[str, list[Found]] = {}
    for path in [*source.modules(), *source.tellers(), _DOCTOR, TABLES]:
        for each in source.said(path):
            found.setdefault(each.text, []).append(each)
    for each in [*_deeds(), *_tables(), *_types(), *_columns(), *_scenarios()]:
        found.setdefault(each.text, []).append(each)
    return found


def _deeds() -> Iterable[Found]:
    """What the actions table calls its deeds, their menus and the words they are found by."""
    for node in ast.walk(ast.parse(DEEDS.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Deed"
        ):
            told = [*node.args[_DEED_TEXTS : _DEED_MENU + 1]]
            told += [k.value for k in node.keywords if k.arg in {"text", "menu", "words"}]
            for each in told:
                if isinstance(each, ast.Constant) and each.value:
                    yield Found("console/ui/deedtable.py", each.lineno, str(each.value))


def _tables() -> Iterable[Found]:
    """The sentences of ``wording``, which are looked up when they are said."""
    for node in ast.parse(TABLES.read_text(encoding="utf-8")).body:
        value = node.value if isinstance(node, (ast.AnnAssign, ast.Assign)) else None
        told = value.values if isinstance(value, ast.Dict) else [value]
        for each in told:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield Found("console/wording.py", each.lineno, each.value)


def _types() -> Iterable[Found]:
    """The usual leaves of the tree of causes, which the journal keeps in English."""
    for names_of in USUAL_TYPES.values():
        for text in names_of:
            yield Found("console/dispatch/depotrules.py", 1, text)


def _columns() -> Iterable[Found]:
    """What columns of files are called; the names themselves are ours."""
    fields = (field for known in VOCABULARIES for field in known.titles)
    for name in dict.fromkeys((*map(own_name, fields), *BESIDE)):
        yield Found("console/intake/columns.py", 1, f"column:{name}")


def _scenarios() -> Iterable[Found]:
    """What the days one can train on say; those somebody wrote herself stay as they are."""
    for kind in scenarios():
        for text in (kind.title, kind.about, *kind.goals):
            yield Found(f"data/scenarios/{kind.name}.toml", 1, text)


def known(file: Path = GERMAN) -> dict[str, tuple[str, ...]]:
    """What a catalogue has."""
    return dict(pairs(file)) if file.exists() else {}


def extract(file: Path = GERMAN) -> int:
    """Write the catalogue anew: the source's texts in order, what was translated kept."""
    before = known(file)
    head = "".join(before.get("", ())) or HEADER
    blocks = [
        remarks(file)
        + 'msgid ""\nmsgstr ""\n'
        + "\n".join(json.dumps(f"{one}\n", ensure_ascii=False) for one in head.splitlines())
    ]
    for text, places in texts().items():
        many = next((each.many for each in places if each.many), "")
        blocks.append(_block(text, many, places, before.get(text, ())))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return len(blocks) - 1


def remarks(file: Path) -> str:
    """The comment a catalogue begins with: its glossary, written by hand and kept."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return "".join(f"{line}\n" for line in takewhile(lambda line: line.startswith("#"), lines))


def _block(text: str, many: str, places: list[Found], forms: tuple[str, ...]) -> str:
    lines = [f"#: {name}" for name in sorted({each.file for each in places})]
    lines.append(f"msgid {_quoted(text)}")
    if not many:
        return "\n".join([*lines, f"msgstr {_quoted(forms[0] if forms else '')}"])
    lines.append(f"msgid_plural {_quoted(many)}")
    padded = (*forms, "", "")[:2]
    return "\n".join([*lines, *(f"msgstr[{i}] {_quoted(form)}" for i, form in enumerate(padded))])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def missing(file: Path = GERMAN) -> list[str]:
    """Each fault of a catalogue in a line that says where, what and the remedy."""
    there, wanted = known(file), texts()
    faults = [f"{f.file}:{f.line}: not said through tr: {f.text!r}: tests.tongues wrap"
              for path in source.modules() for f in source.unsaid(path)]  # fmt: skip
    for text, places in wanted.items():
        where, many = (
            f"{places[0].file}:{places[0].line}",
            next((p.many for p in places if p.many), ""),
        )
        forms = there.get(text, ())
        if not forms or not all(forms) or (many and len(forms) == 1):
            faults.append(
                f"{where}: not in {file.name}: {text!r}: tests.tongues extract, then translate"
            )
        elif any(names(form) - names(text) - names(many) for form in forms):
            faults.append(f"{where}: other placeholders: {text!r}: {forms}")
        elif not many and names(forms[0]) != names(text):
            faults.append(f"{where}: a placeholder is lost: {text!r}: {forms[0]!r}")
    faults += [
        f"{file.name}: nobody says {text!r}: tests.tongues extract"
        for text in there
        if text and text not in wanted
    ]
    return faults


def names(text: str) -> set[str]:
    """The placeholders of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


HEADER = """Project-Id-Version: Doorstep
Language: de
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: nplurals=2; plural=(n != 1);"""
