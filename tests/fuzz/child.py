"""One reader in a process of its own: ``python -m tests.fuzz.child NAME FOLDER [WORDS]``.

The words are libFuzzer's.
``FOLDER/corpus`` grows with what reached new code; what a reader could not bear is left beside it.
"""

import logging
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["console"]):
    from tests.fuzz.readers import READERS, Reader, guarded


def main(name: str, folder: Path, words: list[str]) -> None:
    logging.disable(logging.CRITICAL)
    reader = {"broken": broken, "every": every}.get(name, lambda: READERS[name])()
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(reader.seeds()):
        (corpus / f"seed-{number:03d}").write_bytes(seed)
    dictionary = folder / "words.dict"
    dictionary.write_text("".join(f'"{_quoted(word)}"\n' for word in reader.words))
    own = [f"-artifact_prefix={folder}/", f"-max_len={reader.longest}"]
    if reader.words:  # libFuzzer refuses an empty dictionary
        own.append(f"-dict={dictionary}")
    tempfile.tempdir = str(folder)
    atheris.Setup([sys.argv[0], *own, *words, str(corpus)], lambda data: guarded(reader, data))
    atheris.Fuzz()


def broken() -> Reader:
    """A reader with a fault behind two bytes, which a fuzzer that is worth something finds."""

    @atheris.instrument_func
    def read(data: bytes) -> None:
        if data[:1] == b"\x07" and data[1:2] == b"\x2a":
            raise ZeroDivisionError

    return Reader(read, lambda: [b"abc"])


def every() -> Reader:
    """All of them in one process, which a short round has time to start: the first byte says."""
    readers = list(READERS.values())

    def read(data: bytes) -> object:
        return readers[data[0] % len(readers)].read(data[1:]) if data else None

    def seeds() -> list[bytes]:
        return [bytes([n]) + seed for n, reader in enumerate(readers) for seed in reader.seeds()]

    words = dict.fromkeys(word for reader in readers for word in reader.words)
    return Reader(read, seeds, tuple(words), max(reader.longest for reader in readers))


def _quoted(word: str) -> str:
    """As a dictionary of libFuzzer wants it."""
    return "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}"
        for byte in word.encode()
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
