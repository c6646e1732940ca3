"""Order files of other makers, recognised by their headers.

Sources: the makers' own import and export documentation (titles as documented). Within a
recognised layout only its own titles count: a shop's ``Name`` is the order, not a person.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """``signature`` must all be in the header; ``fields`` maps normalised titles to our fields.

    ``factors`` converts to our units (minutes), ``id_from_row`` names orders after the row's
    content because the maker's file has no order number.
    """

    name: str
    signature: frozenset[str]
    fields: Mapping[str, str]
    factors: Mapping[str, float]
    id_from_row: bool = False


SHOPIFY = Layout(
    "Shopify",
    frozenset({"name", "lineitemquantity", "shippingname", "shippingzip"}),
    {
        "name": "order_id",
        "email": "email",
        "shippingname": "recipient",
        "shippingcompany": "company",
        "shippingaddress1": "street",
        "shippingstreet": "street",
        "shippingaddress2": "address2",
        "shippingcity": "city",
        "shippingzip": "postcode",
        "shippingcountry": "country",
        "shippingphone": "phone",
        "phone": "phone",
        "notes": "notes",
        "lineitemquantity": "pieces",
        "lineitemname": "item",
        "lineitemrequiresshipping": "requires_shipping",
        "fulfillmentstatus": "status",
        "cancelledat": "cancelled_at",
        "canceledat": "cancelled_at",
    },
    {},
)

WOOCOMMERCE = Layout(
    "WooCommerce",
    frozenset({"orderid", "shippingaddress1", "shippingpostcode"}),
    {
        "ordernumber": "order_id",
        "orderid": "order_id",
        "status": "status",
        "customeremail": "email",
        "billingemail": "email",
        "shippingfirstname": "first_name",
        "shippinglastname": "last_name",
        "shippingcompany": "company",
        "shippingphone": "phone",
        "billingphone": "phone",
        "shippingaddress1": "street",
        "shippingaddress2": "address2",
        "shippingpostcode": "postcode",
        "shippingcity": "city",
        "shippingcountry": "country",
        "customernote": "notes",
        "ordernotes": "notes",
    },
    {},
)

ONFLEET = Layout(
    "Onfleet",
    frozenset({"recipientname", "addressline1", "completeafter", "completebefore"}),
    {
        "recipientname": "recipient",
        "recipientphone": "phone",
        "addressline1": "street",
        "addressline2": "address2",
        "citytown": "city",
        "postalcode": "postcode",
        "country": "country",
        "latitude": "lat",
        "longitude": "lon",
        "quantity": "pieces",
        "servicetime": "service_minutes",
        "servicetimemin": "service_minutes",
        "taskdetails": "notes",
        "recipientnotes": "recipient_notes",
        "completeafter": "window_from",
        "completebefore": "window_to",
    },
    {"servicetime": 1.0, "servicetimemin": 1.0},
    id_from_row=True,
)

OPTIMOROUTE = Layout(
    "OptimoRoute",
    frozenset({"orderid", "timewindowfrom", "timewindowto", "durationmin"}),
    {
        "orderid": "order_id",
        "ordertype": "order_type",
        "priority": "priority",
        "assignedto": "drivers",
        "address": "street",
        "addressline": "street",
        "towncity": "city",
        "zipcode": "postcode",
        "countryregion": "country",
        "latitude": "lat",
        "longitude": "lon",
        "locationname": "recipient",
        "phone": "phone",
        "email": "email",
        "timewindowfrom": "window_from",
        "timewindowto": "window_to",
        "durationmin": "service_minutes",
        "load1": "units",
        "vehiclefeatures": "vehicle_features",
        "skills": "skills",
        "notes": "notes",
    },
    {"durationmin": 1.0},
)

GOOGLE = Layout(
    "Google Fleet Routing",
    frozenset({"label", "deliveryarrivalwaypoint"}),
    {
        "label": "order_id",
        "deliveryarrivalwaypoint": "coordinates",
        "deliveryduration": "service_minutes",
        "deliverystarttime": "window_from",
        "deliveryendtime": "window_to",
        "deliverysoftendtime": "soft_to",
        "deliverycostperhouraftersoftendtime": "late_price",
        "penaltycost": "skip_price",
        "pickuparrivalwaypoint": "pickup_coordinates",
        "pickupduration": "pickup_service",
        "pickupstarttime": "pickup_from",
        "pickupendtime": "pickup_to",
        "pickupsoftendtime": "pickup_soft_to",
        "pickupcostperhouraftersoftendtime": "pickup_late_price",
        **{
            f"loaddemand{n}{part}": f"demand{n}_{part}"
            for n in range(1, 5)
            for part in ("type", "value")
        },
    },
    {"deliveryduration": 1 / 60, "deliverycostperhouraftersoftendtime": 1 / 60},
)

LAYOUTS = (SHOPIFY, WOOCOMMERCE, ONFLEET, OPTIMOROUTE, GOOGLE)


def layout_of(titles: Collection[str]) -> Layout | None:
    """The layout whose signature the normalised titles contain."""
    present = frozenset(titles)
    return next((layout for layout in LAYOUTS if layout.signature <= present), None)
