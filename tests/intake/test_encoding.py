import itertools

import pytest

from console.domain.errors import ConsoleError
from console.intake.encoding import decode

GERMAN = "order_id;street;city\n1;Große Gässle 5;Zürich\n2;Röfistraße 7;Schaan\n"
FRENCH = "commande,rue,ville\n1,12 rue de la Forêt,Besançon\n2,Allée des Érables,Orléans\n"
DANISH = "ordre,vej,by\n1,Nørrebrogade 5,København\n2,Åboulevard 3,Århus\n3,Ærøvej 2,Rønne\n"
CZECH = (
    "order_id,street,city\n1,Dvořákova 5,Plzeň\n2,Žižkovo náměstí 7,Ústí nad Labem\n"
    "3,Příčná ulice 12,Třebíč\n4,Šmeralova 1,České Budějovice\n"
)
RUSSIAN = (
    "order_id,street,city\n1,улица Ленина 5,Москва\n2,Невский проспект 7,Санкт-Петербург\n"
    "3,Большая Садовая улица 12,Ростов-на-Дону\n"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *itertools.product(
            [GERMAN, FRENCH, DANISH, CZECH, RUSSIAN], ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
        ),
        # without a mark UTF-16 is told by the zeros of Latin letters, which Russian has not
        *itertools.product([GERMAN, FRENCH, DANISH, CZECH], ["utf-16-le", "utf-16-be"]),
    ],
)
def test_unicode(text: str, encoding: str) -> None:
    found = decode("orders.csv", text.encode(encoding))
    assert found.text == text
    assert not found.guessed


@pytest.mark.parametrize("text", [GERMAN, FRENCH, DANISH])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_files(text: str, encoding: str) -> None:
    found = decode("orders.csv", text.encode(encoding))
    assert found.text == text
    assert found.encoding == "cp1252"
    assert found.guessed


@pytest.mark.parametrize(("text", "encoding"), [(CZECH, "cp1250"), (RUSSIAN, "cp1251")])
def test_other_legacy_files(text: str, encoding: str) -> None:
    found = decode("orders.csv", text.encode(encoding))
    assert found.text == text
    assert found.guessed


def test_one_accent_in_a_long_file_is_enough() -> None:
    text = "order_id,street\n" + "1,Weg 1\n" * 20_000 + "2,Gässle 1 \N{EN DASH} 3 €\n"
    assert decode("orders.csv", text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 500, b"order_id\x00\x01\x02,street\x03\x04\x05"],
)
def test_binary_is_refused(content: bytes) -> None:
    with pytest.raises(ConsoleError, match="not a text file"):
        decode("orders.csv", content)


@pytest.mark.parametrize(
    "content", [b"\xff\xfea\x00b\x00\x00\xd8c\x00", b"\xef\xbb\xbfabc\nd\xff\xfe", b"\xff\xfea"]
)
def test_a_broken_file_with_a_mark_names_the_line(content: bytes) -> None:
    with pytest.raises(ConsoleError, match=r"line \d+ is not valid UTF"):
        decode("orders.csv", content)
