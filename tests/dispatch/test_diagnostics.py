"""The file for whoever helps holds what helps, and nobody's name."""

import io
import json
import logging
import zipfile
from pathlib import Path

import pytest

from console.dispatch.diagnostics import Findings, hidden, impersonal, told_settings, zipped
from console.dispatch.logs import Logs
from console.dispatch.services import Component


def findings(folder: Path, *components: Component, **settings: object) -> Findings:
    return Findings(components, settings, {"entry": 12}, folder, ("ana", "depot-server"))


def read(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def test_what_helps_is_there(tmp_path: Path) -> None:
    begun = Logs.begin(tmp_path, "1")
    logging.getLogger("console").warning("something")
    begun.close()
    told = read(zipped(findings(tmp_path, Component("osrm", "26.10", found=True), cores=2)))
    assert json.loads(told["parts.json"])[0]["version"] == "26.10"
    assert json.loads(told["settings.json"]) == {"cores": 2}
    assert json.loads(told["store.json"]) == {"entry": 12}
    assert json.loads(told["machine.json"])["cores"]
    assert "something" in told["logs/run-1.log"]
    assert "every file is plain text" in told["READ_ME.txt"]


def test_secrets_and_addresses_are_only_there_or_not() -> None:
    told = told_settings(
        {
            "database": "postgresql://ana:pw@depot/x",
            "streets": {"engine": "osrm-server", "key": "s3cret", "url": "", "timeout": 3.5},
            "cores": 0,
        }
    )
    assert told == {
        "database": "set",
        "streets": {"engine": "osrm-server", "key": "set", "url": "", "timeout": 3.5},
        "cores": 0,
    }


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("postgresql://ana:pw@host/x", "postgresql://host/x"),
        ("ana may not", "(somebody) may not"),
        ("ANA's analysis", "(somebody)'s analysis"),
        (f"{Path.home()}/x", "~/x"),
        ("write to ida.m@example.org now", "write to (e-mail) now"),
    ],
)
def test_texts_lose_who_and_where(text: str, made: str) -> None:
    assert impersonal(text, hidden(["ana", ""])) == made


def test_long_logs_are_cut_and_the_newest_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.dispatch.diagnostics.MOST_BYTES", 100)
    (tmp_path / "run-1.log").write_text("x" * 80 + "end")
    told = read(zipped(findings(tmp_path)))
    assert told["logs/run-1.log"].endswith("end")
    (tmp_path / "run-2.log").write_text("y" * 90 + "END")
    told = read(zipped(findings(tmp_path)))
    assert sum(len(text) for name, text in told.items() if name.startswith("logs/")) == 100
