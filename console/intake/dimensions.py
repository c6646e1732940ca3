"""What the numbers of a file count, in words."""

from console.tongues import phrase

PIECES = phrase("pieces")
KG = phrase("kg")
TONNES = phrase("t")
M3 = phrase("m3")
METRES = phrase("m")
KM = phrase("km")
UNITS = phrase("units")
MINUTES = phrase("minutes")
HOURS = phrase("hours")
WEEKS = phrase("weeks")
PEOPLE = phrase("people")
STOPS = phrase("stops")
RELOADS = phrase("reloads")
TIMES = phrase("times as fast")
MONEY = phrase("money")
MONEY_PER_MINUTE = phrase("money per minute")
