"""The columns we know, in the words people use for them.

Titles are compared without case, accents, spaces and punctuation (``header.normal``). Earlier
titles win over later ones when a file has several columns for one field. German, French and Danish
cover what merchants around us export.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MINUTES = {"min": 1.0, "mins": 1.0, "minutes": 1.0, "minuten": 1.0, "minutter": 1.0, "mn": 1.0,
           "s": 1 / 60, "sec": 1 / 60, "secs": 1 / 60, "second": 1 / 60, "seconds": 1 / 60,
           "sek": 1 / 60, "sekunden": 1 / 60, "secondes": 1 / 60,
           "h": 60.0, "hours": 60.0, "stunden": 60.0, "heures": 60.0, "timer": 60.0}  # fmt: skip
KILOGRAMS = {"kg": 1.0, "kgs": 1.0, "kilo": 1.0, "kilos": 1.0, "kilogram": 1.0, "kilograms": 1.0,
             "g": 0.001, "gr": 0.001, "gram": 0.001, "grams": 0.001, "gramm": 0.001,
             "t": 1000.0, "lb": 0.45359237, "lbs": 0.45359237}  # fmt: skip
CUBIC_METRES = {"m3": 1.0, "cbm": 1.0, "l": 0.001, "liter": 0.001, "litre": 0.001, "litres": 0.001,
                "dm3": 0.001, "cm3": 1e-6, "ccm": 1e-6}  # fmt: skip
KILOMETRES = {"km": 1.0, "m": 0.001, "mi": 1.609344, "miles": 1.609344}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a kind of file may hold.

    ``titles`` lists the known titles of each field, best first. ``units`` gives for a measured
    field the factor of each unit to the field's own. ``required`` are groups of fields of which
    one must be there.
    """

    what: str
    titles: Mapping[str, tuple[str, ...]]
    required: tuple[tuple[str, ...], ...]
    units: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])


ORDERS = Vocabulary(
    what="order",
    titles={
        "order_id": ("order_id", "order number", "order no", "order nr", "order ref", "order",
            "order reference", "reference", "ref", "external id", "tracking number",
            "shipment id", "shipment", "consignment", "id", "number", "auftragsnummer",
            "auftrags nr", "auftrag nr", "auftrag", "auftrags id", "bestellnummer", "bestellung",
            "bestell nr", "sendungsnummer", "lieferscheinnummer", "numero de commande",
            "n commande",
            "no commande", "commande", "reference commande", "ordrenummer", "ordrenr", "ordre",
            "ordre id", "forsendelsesnummer", "label"),
        "recipient": ("recipient", "recipient name", "consignee", "receiver", "customer name",
            "customer", "contact name", "contact", "location name", "full name", "name",
            "empfänger", "empfaenger", "empfängername", "kunde", "kundenname", "destinataire",
            "nom du destinataire", "client", "nom", "modtager", "modtagernavn", "kundenavn",
            "navn"),
        "first_name": ("first name", "given name", "vorname", "prénom", "fornavn"),
        "last_name": ("last name", "surname", "family name", "nachname", "familienname",
            "nom de famille", "efternavn"),
        "company": ("company", "company name", "firma", "société", "entreprise", "virksomhed"),
        "street": ("street", "street address", "address line 1", "address line", "address_line1",
            "address 1", "address", "delivery address", "street and number", "full address",
            "location address", "straße", "strasse", "str", "straße und hausnummer", "straße nr",
            "strasse hausnummer", "anschrift", "adresse", "adresse 1", "lieferadresse", "rue",
            "adresse de livraison", "vej", "gade", "vejnavn", "gadenavn", "leveringsadresse"),
        "house_number": ("house_number", "house no", "house nr", "housenumber", "street number",
            "hausnummer", "haus nr", "hausnr", "hnr", "numéro de rue", "numéro", "husnummer",
            "husnr", "husnr."),
        "address2": ("address line 2", "address_line2", "address 2", "apartment", "unit", "suite",
            "floor", "adresszusatz", "adresse 2", "zusatz", "etage", "complément d'adresse",
            "complément", "sal"),
        "postcode": ("postcode", "postal code", "postal_code", "post code", "zip code", "zip",
            "zipcode", "plz", "postleitzahl", "code postal", "cp", "postnummer", "postnr"),
        "city": ("city", "town", "city/town", "town/city", "locality", "municipality", "ort",
            "stadt", "wohnort", "ville", "localité", "commune", "by", "bynavn"),
        "country": ("country", "country code", "country/region", "land", "länderkennzeichen",
            "staat", "pays"),
        "phone": ("phone", "phone number", "recipient phone", "telephone", "tel", "mobile",
            "mobile phone", "mobile number", "cell", "telefon", "telefonnummer", "handy", "mobil",
            "téléphone", "portable", "tlf", "mobilnummer"),
        "email": ("email", "e-mail", "email address", "mail", "e-mail-adresse", "courriel",
            "adresse e-mail"),
        "pieces": ("pieces", "piece count", "number of pieces", "parcels", "packages", "quantity",
            "qty", "count", "colli", "kolli", "items", "stück", "stueck", "stückzahl", "anzahl",
            "menge", "pakete", "paketanzahl", "colis", "nombre de colis", "quantité", "pièces",
            "antal", "stk", "pakker", "antal kolli"),
        "weight": ("weight", "gross weight", "total weight", "mass", "gewicht", "bruttogewicht",
            "poids", "vægt", "vaegt"),
        "volume": ("volume", "total volume", "cubage", "volumen", "rauminhalt", "rumfang"),
        "units": ("units", "load", "load #1", "load 1"),
        "window_from": ("window_from", "time window from", "time window start", "window start",
            "window begin", "earliest", "earliest time", "deliver after", "complete after",
            "start time", "from", "time from", "not before", "tw start", "zeitfenster von",
            "fenster von", "lieferung von", "frühestens", "fruehestens", "uhrzeit von", "von",
            "ab", "heure début", "créneau début", "début", "à partir de", "de", "tidligst",
            "fra", "tidsvindue fra", "leveres fra"),
        "window_to": ("window_to", "time window to", "time window end", "window end", "latest",
            "latest time", "deliver before", "deliver by", "complete before", "end time", "to",
            "time to", "until", "not after", "deadline", "tw end", "zeitfenster bis",
            "fenster bis", "lieferung bis", "spätestens", "spaetestens", "uhrzeit bis", "bis",
            "heure fin", "créneau fin", "fin", "jusqu'à", "à", "senest", "til",
            "tidsvindue til", "leveres til"),
        "window": ("time window", "time windows", "delivery window", "window", "time slot",
            "timeslot", "slot", "zeitfenster", "lieferfenster", "lieferzeit", "créneau",
            "créneau horaire", "plage horaire", "tidsvindue", "leveringstidspunkt"),
        "service_minutes": ("service_minutes", "service time", "service duration", "service",
            "stop time", "duration", "time on site", "handling time", "standzeit", "servicezeit",
            "aufenthalt", "entladezeit", "dauer", "temps de service", "durée", "temps d'arrêt",
            "servicetid", "varighed", "stoptid"),
        "skills": ("skills", "skill", "required skills", "requirements", "fähigkeiten",
            "faehigkeiten", "anforderungen", "qualifikation", "compétences", "exigences",
            "kompetencer", "krav"),
        "vehicle_features": ("vehicle features", "vehicle requirements", "fahrzeuganforderungen"),
        "priority": ("priority", "prio", "urgency", "priorität", "prioritaet", "dringlichkeit",
            "priorité", "urgence", "prioritet"),
        "notes": ("notes", "note", "comments", "comment", "remarks", "remark", "instructions",
            "delivery instructions", "delivery notes", "driver notes", "task details",
            "bemerkung", "bemerkungen", "hinweis", "hinweise", "notiz", "notizen", "kommentar",
            "lieferhinweis", "remarque", "remarques", "commentaire", "instructions de livraison",
            "bemærkning", "bemærkninger", "noter"),
        "recipient_notes": ("recipient notes",),
        "lat": ("lat", "latitude", "breitengrad", "geo lat", "y", "breddegrad"),
        "lon": ("lon", "lng", "long", "longitude", "längengrad", "laengengrad", "geo lon", "x",
            "længdegrad"),
        "coordinates": ("coordinates", "coordinate", "lat lon", "lat lng", "latlng", "gps",
            "koordinaten", "coordonnées", "koordinater"),
    },
    required=(("order_id",), ("street", "coordinates", "lat")),
    units={"weight": KILOGRAMS, "volume": CUBIC_METRES, "service_minutes": MINUTES},
)  # fmt: skip

FLEET = Vocabulary(
    what="fleet",
    titles={
        "driver": ("driver", "driver name", "name", "courier", "rider", "employee", "fahrer",
            "fahrername", "kurier", "chauffeur", "conducteur", "livreur", "chauffør", "bud"),
        "phone": ORDERS.titles["phone"],
        "skills": (*ORDERS.titles["skills"], "qualifikationen", "certificates"),
        "vehicle": ("vehicle", "vehicle id", "vehicle name", "registration", "license plate",
            "licence plate", "plate", "fahrzeug", "kennzeichen", "véhicule", "immatriculation",
            "køretøj", "bil", "nummerplade"),
        "vehicle_type": ("vehicle_type", "vehicle kind", "vehicle class", "type", "fahrzeugtyp",
            "fahrzeugart", "type de véhicule", "køretøjstype"),
        "capacity_pieces": ("capacity_pieces", "max pieces", "max parcels", "pieces",
            "kapazität stück", "kapazität pakete", "capacité colis", "kapacitet stk"),
        "capacity_weight": ("capacity", "max weight", "payload", "capacity weight", "weight limit",
            "nutzlast", "zuladung", "kapazität", "charge utile", "capacité", "kapacitet",
            "nyttelast"),
        "capacity_volume": ("capacity volume", "max volume", "volume", "cargo volume",
            "ladevolumen", "laderaum", "volume utile", "lastvolumen"),
        "capacity_units": ("capacity_units", "max units", "max load", "load limit"),
        "depot_address": ("depot_address", "depot street", "depot", "start address",
            "start location", "depotadresse", "depot strasse", "startadresse",
            "adresse du dépôt", "dépôt", "adresse de départ"),
        "depot_postcode": ("depot_postcode", "depot zip", "depot postal code", "depot plz",
            "code postal du dépôt", "depot postnummer", "depot postnr"),
        "depot_city": ("depot_city", "depot town", "depot ort", "depot stadt", "ville du dépôt",
            "depot by"),
        "depot_country": ("depot_country", "depot land", "pays du dépôt"),
        "shift_start": ("shift_start", "work start", "working from", "start time", "start",
            "shift from", "on duty from", "available from", "schichtbeginn", "dienstbeginn",
            "arbeitsbeginn", "beginn", "début de service", "heure de début", "vagt start",
            "mødetid"),
        "shift_end": ("shift_end", "work end", "working to", "working until", "end time", "end",
            "shift to", "shift until", "on duty until", "available until", "available to",
            "schichtende", "dienstende", "arbeitsende", "ende", "fin de service",
            "heure de fin", "vagt slut", "fyraften"),
        "break_minutes": ("break_minutes", "break", "break time", "break duration", "lunch",
            "pause", "pausendauer", "durée de pause", "pauselængde"),
        "break_from": ("break_from", "break start", "break earliest", "pause von", "pause ab",
            "pause début", "pause fra"),
        "break_to": ("break_to", "break end", "break latest", "break until", "pause bis",
            "pause fin", "pause til"),
        "fixed_cost": ("fixed_cost", "fixed costs", "cost fixed", "cost per route", "fixkosten",
            "coût fixe", "faste omkostninger"),
        "cost_per_km": ("cost_per_km", "cost per kilometer", "cost per kilometre", "cost km",
            "kosten pro km", "kosten je km", "coût par km", "pris pr km"),
        "cost_per_hour": ("cost_per_hour", "cost hour", "hourly cost", "hourly rate", "wage",
            "kosten pro stunde", "kosten je stunde", "stundensatz", "coût par heure",
            "coût horaire", "timepris"),
        "max_overtime_minutes": ("max_overtime_minutes", "max overtime", "overtime", "überstunden",
            "max überstunden", "heures supplémentaires", "overarbejde"),
        "range_km": ("range", "max distance", "max range", "reichweite", "autonomie", "rækkevidde"),
    },
    required=(("driver",), ("depot_address",), ("shift_start",), ("shift_end",)),
    units={
        "capacity_weight": KILOGRAMS,
        "capacity_volume": CUBIC_METRES,
        "break_minutes": MINUTES,
        "max_overtime_minutes": MINUTES,
        "range_km": KILOMETRES,
    },
)  # fmt: skip

OWN_NAMES = {"weight": "weight_kg", "volume": "volume_m3", "capacity_weight": "capacity_kg",
             "capacity_volume": "capacity_m3"}  # fmt: skip


def own_name(field_name: str) -> str:
    """The name the field's column has in our own files."""
    return OWN_NAMES.get(field_name, field_name)
