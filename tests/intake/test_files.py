import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from console.domain.errors import ConsoleError
from console.intake import read_fleet, read_orders
from tests.intake.samples import OWN, csv_of, failure, fleet_csv, workbook


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return buffer.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BAD = {
    "empty": (b"", "is empty"),
    "blank": (b"\xef\xbb\xbf \r\n\r\n", "is empty"),
    "only delimiters": (b",,,\n,,,\n", "is empty"),
    "only a header": (OWN.encode(), "only a header"),
    "only a header and blank lines": (OWN.encode() + b"\n\n,,,\n", "only a header"),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)), "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
    "gzip": (b"\x1f\x8b" + bytes(100), "compressed"),
    "sqlite": (b"SQLite format 3\x00" + bytes(100), "database"),
    "other zip": (zipped(readme="x"), "ZIP archive"),
    "word": (zipped(word__document="x"), "ZIP archive"),
    "empty zip": (zipped(), "ZIP archive"),
    "truncated xlsx": (workbook([["order_id", "street"], ["1", "Weg"]])[:2000], "damaged"),
    "hollow xlsx": (zipped(xl__workbook="<x/>"), "damaged"),
    "password": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "other compound": (OLE + bytes(2000), "damaged"),
    "binary": (bytes(range(256)) * 10, "not a text file"),
    "empty workbook": (workbook([]), "is empty"),
    "one column": (b"order_id\n1\n2\n", "one column only"),
    "prose": (b"Dear Anna\nhere are the orders\n", "one column only"),
    "no header": (b"1,Weg 1,9490\n2,Weg 2,9490\n", "no header"),
    "100,000 columns": (b"c," * 100_000 + b"c\n" + b"1," * 100_000 + b"1\n", "more than 1000"),
    "100,000 columns after ours": (
        OWN.encode() + b",c" * 100_000 + b"\n" + b"1," * 100_000 + b"1\n",
        "more than 1000",
    ),
    "lacks the id": (b"street,city\nWeg 1,Vaduz\n", "“order_id”"),
    "lacks the address": (b"order_id,city\n1,Vaduz\n", "“street”"),
}


@pytest.mark.parametrize("what", BAD)
def test_files_that_give_nothing(what: str, tmp_path: Path) -> None:
    content, expected = BAD[what]
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(ConsoleError) as caught:
        read_orders(path)
    assert expected in failure(caught.value)
    assert "list.csv" in caught.value.message
    assert caught.value.remedy
    with pytest.raises(ConsoleError):
        read_fleet(path)


def test_no_file_and_no_ordinary_file(tmp_path: Path) -> None:
    for path, expected in (
        (tmp_path / "absent.csv", "There is no file"),
        (tmp_path, "is a folder"),
        (Path(f"{tmp_path}/nul\x00byte.csv"), "cannot be read"),
        (tmp_path / ("x" * 300), "cannot be read"),
    ):
        with pytest.raises(ConsoleError, match=expected):
            read_orders(path)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(ConsoleError, match="not an ordinary file"):
        read_orders(pipe)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(csv_of({}))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ConsoleError, match="may not be read"):
        read_orders(path)


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(ConsoleError, match="larger than 100 MB"):
        read_orders(path)


def test_the_content_counts_and_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    path.write_text(csv_of({}))
    assert len(read_orders(path).entries) == 1
    path = tmp_path / "orders.csv"
    path.write_bytes(workbook([["order_id", "street"], ["1", "Weg 1"]]))
    assert len(read_orders(str(path)).entries) == 1
    path = tmp_path / "fleet.txt"
    path.write_text(fleet_csv({}))
    assert len(read_fleet(path).entries) == 1
