"""OSRM's manoeuvres in words."""

from typing import Any

import pytest

from console.dispatch.ways import LANGUAGES
from console.geo.engines.sentences import steps_of, words_of
from console.geo.engines.straight import StraightLines
from console.geo.engines.valhalla_talk import _LANGUAGES as VALHALLAS


def step(kind: str, modifier: str = "", **more: Any) -> dict[str, Any]:
    manoeuvre = {"type": kind, "location": [15.0, 47.0], "modifier": modifier}
    manoeuvre |= {key: more.pop(key) for key in ("exit",) if key in more}
    return {"maneuver": manoeuvre, "distance": 99.6, "duration": 9.4, "name": "", **more}


@pytest.mark.parametrize(
    ("given", "kind", "english", "german"),
    [
        (step("depart", name="Weg"), "depart", "Drive off along Weg.", "Fahren Sie los auf: Weg."),
        (step("turn", "left"), "left", "Turn left.", "Biegen Sie links ab."),
        (
            step("turn", "sharp right", name="Ring", ref="B 1"),
            "sharp_right",
            "Turn sharp right onto Ring (B 1).",
            "Biegen Sie scharf rechts ab auf: Ring (B 1).",
        ),
        (step("new name", "straight"), "straight", "Follow the road.", "Folgen Sie der Straße."),
        (
            step("roundabout", "right", exit=2.0, ref="L 4"),
            "roundabout",
            "Take exit 2 of the roundabout onto L 4.",
            "Nehmen Sie im Kreisverkehr die 2. Ausfahrt auf: L 4.",
        ),
        (
            step("rotary", "right"),
            "roundabout",
            "Enter the roundabout.",
            "Fahren Sie in den Kreisverkehr.",
        ),
        (step("merge", "slight left"), "merge", "Join the traffic.", "Ordnen Sie sich ein."),
        (step("fork", "slight left"), "slight_left", "Bear left.", "Halten Sie sich links."),
        (step("turn", "uturn"), "uturn", "Make a U-turn.", "Wenden Sie."),
        (step("turn", "left", mode="ferry"), "ferry", "Take the ferry.", "Nehmen Sie die Fähre."),
        (
            step("arrive", "left"),
            "arrive",
            "You are there, on the left.",
            "Sie sind am Ziel, es liegt links.",
        ),
        (step("arrive"), "arrive", "You are there.", "Sie sind am Ziel."),
        (step("unheard of"), "straight", "Follow the road.", "Folgen Sie der Straße."),
    ],
)
def test_a_manoeuvre_is_a_sentence(
    given: dict[str, Any], kind: str, english: str, german: str
) -> None:
    (one,) = steps_of([given], "en-GB")
    assert (one.kind, one.sentence) == (kind, english)
    assert (one.metres, one.seconds) == (100, 9)
    assert steps_of([given], "de")[0].sentence == german
    assert steps_of([given], "fi")[0].sentence == english


def test_leaving_a_roundabout_is_part_of_entering_it() -> None:
    (one,) = steps_of([step("roundabout", exit=1), step("exit roundabout")], "en")
    assert (one.metres, one.seconds) == (200, 18)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_words(language: str) -> None:
    english, words = words_of("en"), words_of(language)
    assert set(words) == set(english)
    assert language == "en" or words["left"] != english["left"]
    assert all("{street}" in words[key] for key in ("onto", "along"))
    assert "{exit}" in words["roundabout"]
    assert len({words[key] for key in ("left", "right", "slight_left", "sharp_left")}) == 4
    assert language in VALHALLAS
    (leg,) = StraightLines().directions("car", [(15.0, 47.0), (15.1, 47.0)], language)
    assert leg[0].sentence == f"{words['to_there']}."
