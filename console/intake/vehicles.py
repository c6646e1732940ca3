"""What a fleet row says of the vehicle on the road: its kind and its size, as one profile."""

from console.domain.profiles import LIGHT_T, Profile
from console.intake import dimensions
from console.intake.record import Measure, RowReader
from console.tongues import phrase

HEIGHT = Measure("vehicle_height", phrase("height of the vehicle"), dimensions.METRES, 5, 0.5)
WIDTH = Measure("vehicle_width", phrase("width of the vehicle"), dimensions.METRES, 4, 0.5)
LENGTH = Measure("vehicle_length", phrase("length of the vehicle"), dimensions.METRES, 30, 1)
WEIGHT = Measure(
    "vehicle_weight", phrase("gross weight of the vehicle"), dimensions.TONNES, 60, 0.1
)
MEASURES = (HEIGHT, WIDTH, LENGTH, WEIGHT)

_KIND_WORDS = {
    "": ("car", "driving", "auto", "voiture", "bil", "pkw", "personbil"),
    "van": ("van", "light truck", "transporter", "lieferwagen", "kastenwagen", "camionnette",
            "fourgon", "varevogn"),
    "truck": ("truck", "lorry", "hgv", "driving-hgv", "lkw", "lastwagen", "camion", "poids lourd",
              "lastbil"),
    "bicycle": ("bicycle", "bike", "cargo bike", "cargobike", "cycling", "fahrrad", "lastenrad",
                "rad", "vélo", "vélo cargo", "cykel", "ladcykel"),
    "foot": ("foot", "on foot", "walk", "walking", "pedestrian", "zu fuß", "à pied", "til fods"),
}  # fmt: skip
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words}


def profile_of(row: RowReader) -> str:
    """A profile as ``domain.profiles`` writes it, empty where it travels as all do.

    A word that is none of ours stays, for those who know it. A size makes a van or a truck of what
    is not said to be anything else, dangerous goods a truck.
    """
    word = row.text("profile", 40).casefold()
    kind = _KINDS.get(word, word)
    height, width, length, weight = (row.amount(measure) for measure in MEASURES)
    hazmat = row.flag("hazmat")
    if not hazmat and not any((height, width, length, weight)):
        return kind
    if kind not in {"", "van", "truck"}:
        found = phrase("Size or dangerous goods for “{word}”", word=word)
        row.assume("profile", kind, found, phrase("left out"))
        return kind
    if hazmat or (weight or 0) > LIGHT_T:
        kind = "truck"
    sizes = [None if it is None else round(it, 2) for it in (height, width, length, weight)]
    return str(Profile(kind or "van", sizes[0], sizes[1], sizes[2], sizes[3], hazmat))
