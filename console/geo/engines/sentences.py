"""OSRM's manoeuvres as sentences for a driver, in her language."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from console.dispatch.ports import Step
from console.domain.places import Coordinate
from console.settings import bundled

_TURNS = {
    "uturn": "uturn",
    "sharp right": "sharp_right",
    "right": "right",
    "slight right": "slight_right",
    "straight": "straight",
    "slight left": "slight_left",
    "left": "left",
    "sharp left": "sharp_left",
}
_ROUND = frozenset({"roundabout", "rotary", "roundabout turn"})
_LEFT_OUT = frozenset({"exit roundabout", "exit rotary", "notification"})


@cache
def words_of(language: str) -> Mapping[str, str]:
    """The words of a language (``de``, ``de-AT``); English where there are none."""
    known = _languages()
    return known.get(language.partition("-")[0], known["en"])


@cache
def _languages() -> Mapping[str, Mapping[str, str]]:
    file = bundled("resources/streets/directions.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def steps_of(steps: Sequence[Mapping[str, Any]], language: str) -> tuple[Step, ...]:
    """The steps of one leg; English in a language that has no words.

    What OSRM says on leaving a roundabout is part of entering it.
    """
    words = words_of(language)
    found: list[Step] = []
    for step in steps:
        manoeuvre = step["maneuver"]
        metres, seconds = round(step["distance"]), round(step["duration"])
        if manoeuvre["type"] in _LEFT_OUT and found:
            found[-1] = _longer(found[-1], metres, seconds)
            continue
        kind = _kind(step)
        lon, lat = manoeuvre["location"]
        street = _street(step)
        sentence = _sentence(words, kind, step, street)
        found.append(Step(sentence, metres, seconds, kind, street, Coordinate(lat, lon)))
    return tuple(found)


def _longer(step: Step, metres: int, seconds: int) -> Step:
    return Step(
        step.sentence, step.metres + metres, step.seconds + seconds, step.kind, step.street, step.at
    )


def _kind(step: Mapping[str, Any]) -> str:
    named, turn = step["maneuver"]["type"], step["maneuver"].get("modifier", "straight")
    if named in {"depart", "arrive"}:
        return named
    if step.get("mode") == "ferry":
        return "ferry"
    if named in _ROUND:
        return "roundabout"
    if named == "merge":
        return "merge"
    return _TURNS.get(turn, "straight")


def _street(step: Mapping[str, Any]) -> str:
    name, ref = step.get("name") or "", step.get("ref") or ""
    return f"{name} ({ref})" if name and ref else name or ref


def _sentence(words: Mapping[str, str], kind: str, step: Mapping[str, Any], street: str) -> str:
    manoeuvre = step["maneuver"]
    if kind == "arrive":
        side = f"arrive_{manoeuvre.get('modifier', '')}"
        return f"{words.get(side, words['arrive'])}."
    if kind == "roundabout":
        exit_number = manoeuvre.get("exit")
        said = words["roundabout"] if exit_number else words["roundabout_any"]
        said = said.format(exit=round(exit_number or 0))
    elif kind == "straight" and not street:
        said = words["follow"]
    else:
        said = words[kind]
    if not street:
        return f"{said}."
    way = words["along" if kind in {"depart", "straight"} else "onto"]
    return f"{said}{way.format(street=street)}."
