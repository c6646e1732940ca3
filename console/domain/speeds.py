"""The speed table a depot begins with, until it has measured its own."""

from datetime import time

from console.domain.traffic import FREE, Row, Slice, SpeedTable, Weekdays

SOURCE = (
    "Doorstep's first guess: round figures for a middle-sized European city, in the range that "
    "published congestion indices give for rush hours (30 to 60 % longer than on empty roads). "
    "Not measured here: put in your own."
)
_SLICES = (
    Slice("Night", time()),
    Slice("Morning", time(6, 30)),
    Slice("Midday", time(9, 30)),
    Slice("Afternoon", time(15, 30)),
    Slice("Evening", time(19)),
)
_GROUPS = (
    Weekdays("Monday to Thursday", (0, 1, 2, 3)),
    Weekdays("Friday", (4,)),
    Weekdays("Saturday", (5,)),
    Weekdays("Sunday", (6,)),
)
_NIGHT: Row = (FREE,) * 6
_WORKING = (_NIGHT, (80, 75, 65, 65, 70, 80), (95, 90, 82, 82, 85, 90), (75, 70, 60, 62, 68, 80))
_FRIDAY = (_NIGHT, (85, 80, 68, 68, 74, 82), (90, 85, 78, 78, 82, 88), (70, 66, 58, 60, 66, 78))
_SATURDAY = (_NIGHT, (98, 96, 92, 92, 92, 95), (95, 92, 80, 80, 82, 88), (95, 92, 82, 82, 85, 90))
_SUNDAY = (_NIGHT, _NIGHT, (100, 98, 95, 95, 95, 98), (95, 95, 92, 92, 94, 97))
_EVENING: Row = (98, 96, 92, 92, 94, 97)

USUAL = SpeedTable(
    _SLICES,
    _GROUPS,
    tuple((*rows, _EVENING) for rows in (_WORKING, _FRIDAY, _SATURDAY, _SUNDAY)),
    SOURCE,
)
"""Five slices a day for four kinds of day."""
