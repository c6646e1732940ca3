"""The words on the map; the page itself holds none."""

WORDS = {
    "fit": "Show the whole day",
    "centre": "Go to the selection",
    "legend": "Legend",
    "lines": "Route lines",
    "area": "Select an area (or drag with Shift; with Alt: a lasso)",
    "zoom_in": "Closer",
    "zoom_out": "Further away",
    "unassigned": "unassigned",
    "stop": "stop, number when there is room",
    "late": "minutes late",
    "late_sample": "+14",
    "lit": "Route lit",
    "unlight": "Light no route",
    "credit": "© OpenStreetMap contributors",
    "missing": "Streets for this area are missing.",
    "add_region": "Add streets…",
    "stopped": "The map stopped working. Nothing else is affected.",
    "reload": "Show the map again",
}
