"""What was used last is kept."""

from console.ui.latest import Latest


def test_the_oldest_go_and_what_is_used_stays() -> None:
    kept: Latest[str, int] = Latest(3)
    for number, key in enumerate("abc"):
        kept.put(key, number)
    assert kept.get("a") == 0
    kept.put("d", 3)
    assert kept.get("b") is None
    assert [kept.get(key) for key in "acd"] == [0, 2, 3]
    kept.put("c", 20)
    assert (len(kept), kept.get("c")) == (3, 20)
    kept.clear()
    assert len(kept) == 0


def test_what_is_needed_at_once_is_kept_beyond_the_limit() -> None:
    kept: Latest[int, int] = Latest(2)
    for number in range(5):
        kept.put(number, number, at_least=4)
    assert len(kept) == 4
