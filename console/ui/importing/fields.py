"""Our fields in a dispatcher's words, in the order in which they are asked for."""

from console.intake import SERVICE_DATE
from console.tongues import tr

GROUPS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        tr("Order"),
        {
            "order_id": tr("Order number"),
            SERVICE_DATE: tr("Day of delivery"),
            "item": tr("Item"),
            "pieces": tr("Pieces"),
            "weight": tr("Weight"),
            "volume": tr("Volume"),
            "units": tr("Other load"),
        },
    ),
    (
        tr("Recipient"),
        {
            "recipient": tr("Name"),
            "first_name": tr("First name"),
            "last_name": tr("Last name"),
            "company": tr("Company"),
            "phone": tr("Phone"),
            "email": tr("E-mail"),
            "notes": tr("Notes"),
        },
    ),
    (
        tr("Address"),
        {
            "street": tr("Street and number"),
            "house_number": tr("House number"),
            "address2": tr("Floor, flat"),
            "postcode": tr("Postcode"),
            "city": tr("Town"),
            "country": tr("Country"),
            "lat": tr("Latitude"),
            "lon": tr("Longitude"),
            "coordinates": tr("Latitude, longitude"),
        },
    ),
    (
        tr("Time"),
        {
            "window_from": tr("Window from"),
            "window_to": tr("Window until"),
            "window": tr("Window in one cell"),
            "deadline": tr("Latest delivery"),
            "ready_at": tr("Ready at"),
            "service_minutes": tr("Time at the door"),
        },
    ),
    (
        tr("Rules"),
        {
            "priority": tr("Priority"),
            "skills": tr("Skills"),
            "people": tr("People needed"),
            "drivers": tr("Preferred drivers"),
            "depot": tr("Depot"),
            "territory": tr("Territory"),
            "order_type": tr("Delivery or pickup"),
            "pickup": tr("Picked up by order"),
        },
    ),
)

WORDS = {key: words for _, group in GROUPS for key, words in group.items()}


def words_of(key: str) -> str:
    """A field's words; one that is not asked for keeps its name."""
    return WORDS.get(key, key.replace("_", " ").capitalize())
