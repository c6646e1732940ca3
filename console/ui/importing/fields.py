"""Our fields in a dispatcher's words, in the order in which they are asked for."""

from console.intake import SERVICE_DATE

GROUPS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "Order",
        {
            "order_id": "Order number",
            SERVICE_DATE: "Day of delivery",
            "item": "Item",
            "pieces": "Pieces",
            "weight": "Weight",
            "volume": "Volume",
            "units": "Other load",
        },
    ),
    (
        "Recipient",
        {
            "recipient": "Name",
            "first_name": "First name",
            "last_name": "Last name",
            "company": "Company",
            "phone": "Phone",
            "email": "E-mail",
            "notes": "Notes",
        },
    ),
    (
        "Address",
        {
            "street": "Street and number",
            "house_number": "House number",
            "address2": "Floor, flat",
            "postcode": "Postcode",
            "city": "Town",
            "country": "Country",
            "lat": "Latitude",
            "lon": "Longitude",
            "coordinates": "Latitude, longitude",
        },
    ),
    (
        "Time",
        {
            "window_from": "Window from",
            "window_to": "Window until",
            "window": "Window in one cell",
            "deadline": "Latest delivery",
            "ready_at": "Ready at",
            "service_minutes": "Time at the door",
        },
    ),
    (
        "Rules",
        {
            "priority": "Priority",
            "skills": "Skills",
            "people": "People needed",
            "drivers": "Preferred drivers",
            "depot": "Depot",
            "territory": "Territory",
            "order_type": "Delivery or pickup",
            "pickup": "Picked up by order",
        },
    ),
)

WORDS = {key: words for _, group in GROUPS for key, words in group.items()}


def words_of(key: str) -> str:
    """A field's words; one that is not asked for keeps its name."""
    return WORDS.get(key, key.replace("_", " ").capitalize())
