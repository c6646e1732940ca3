"""The columns we know, in the words people use for them.

Titles are compared without case, accents, spaces and punctuation (``header.normal``). Earlier
titles win over later ones when a file has several columns for one field. German, French and Danish
cover what merchants around us export.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.tongues import tr

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
METRES = {"m": 1.0, "cm": 0.01, "mm": 0.001, "ft": 0.3048, "feet": 0.3048}
TONNES = {"t": 1.0, "to": 1.0, "tonnes": 1.0, "tonnen": 1.0, "kg": 0.001, "lb": 0.00045359237,
          "lbs": 0.00045359237}  # fmt: skip
HOURS = {unit: minutes / 60 for unit, minutes in MINUTES.items()}


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
            "poids", "vægt", "vaegt", "kg"),
        "volume": ("volume", "total volume", "cubage", "volumen", "rauminhalt", "rumfang",
            "m3"),
        "units": ("units", "load", "load #1", "load 1", "einheiten"),
        "window_from": ("window_from", "time window from", "time window start", "window start",
            "window begin", "earliest", "earliest time", "deliver after", "complete after",
            "start time", "from", "time from", "not before", "tw start", "zeitfenster von",
            "fenster von", "lieferung von", "frühestens", "fruehestens", "uhrzeit von", "von",
            "ab", "heure début", "créneau début", "début", "à partir de", "de", "tidligst",
            "fra", "tidsvindue fra", "leveres fra"),
        "window_to": ("window_to", "time window to", "time window end", "window end", "latest",
            "latest time", "deliver before", "deliver by", "complete before", "end time", "to",
            "time to", "until", "not after", "tw end", "zeitfenster bis",
            "fenster bis", "lieferung bis", "spätestens", "spaetestens", "uhrzeit bis", "bis",
            "heure fin", "créneau fin", "fin", "jusqu'à", "à", "senest", "til",
            "tidsvindue til", "leveres til"),
        "window": ("time window", "time windows", "delivery window", "window", "time slot",
            "timeslot", "slot", "zeitfenster", "lieferfenster", "lieferzeit", "créneau",
            "créneau horaire", "plage horaire", "tidsvindue", "leveringstidspunkt"),
        "window2_from": ("window2_from", "window 2 from", "window_from_2", "time window 2 from",
            "second window from", "zeitfenster 2 von", "créneau 2 début", "tidsvindue 2 fra"),
        "window2_to": ("window2_to", "window 2 to", "window_to_2", "time window 2 to",
            "second window to", "zeitfenster 2 bis", "créneau 2 fin", "tidsvindue 2 til"),
        "window3_from": ("window3_from", "window 3 from", "window_from_3", "time window 3 from",
            "zeitfenster 3 von"),
        "window3_to": ("window3_to", "window 3 to", "window_to_3", "time window 3 to",
            "zeitfenster 3 bis"),
        "soft_to": ("soft_to", "soft until", "soft window to", "soft end", "weiches ende"),
        "late_price": ("late_price", "late price per minute", "price per late minute",
            "lateness price", "verspätungspreis", "prix du retard"),
        "deadline": ("deadline", "latest delivery", "due time", "due", "frist", "lieferfrist",
            "date limite", "échéance"),
        "ready_at": ("ready_at", "ready", "ready time", "release time", "available at",
            "bereit ab", "bereit", "prêt à", "klar kl"),
        "service_minutes": ("service_minutes", "service time", "service duration", "service",
            "stop time", "duration", "time on site", "handling time", "standzeit", "servicezeit",
            "aufenthalt", "entladezeit", "dauer", "temps de service", "durée", "temps d'arrêt",
            "servicetid", "varighed", "stoptid"),
        "skills": ("skills", "skill", "required skills", "requirements", "fähigkeiten",
            "faehigkeiten", "anforderungen", "qualifikation", "compétences", "exigences",
            "kompetencer", "krav"),
        "setup_minutes": ("setup_minutes", "setup", "setup time", "rüstzeit",
            "temps de préparation"),
        "parking_minutes": ("parking_minutes", "parking", "parking time", "parkzeit",
            "parkplatzsuche", "stationnement", "parkering"),
        "order_type": ("order_type", "task type", "auftragsart", "type de commande", "ordretype"),
        "collect_pieces": ("collect_pieces", "pieces collected", "pieces to collect",
            "returns pieces", "abholung stück", "retouren stück"),
        "collect_weight": ("collect_weight", "weight collected", "weight to collect",
            "abholgewicht", "abholung gewicht"),
        "collect_volume": ("collect_volume", "volume collected", "volume to collect",
            "abholvolumen", "abholung volumen"),
        "collect_units": ("collect_units", "units collected", "units to collect",
            "abholung einheiten"),
        "pickup": ("pickup", "pickup order", "pickup order id", "pickup id", "picked up by",
            "abholauftrag", "commande d'enlèvement"),
        "people": ("people", "persons", "number of people", "crew", "crew size", "personen",
            "anzahl personen", "personnes", "personer"),
        "skip_price": ("skip_price", "penalty", "penalty cost", "skip cost", "strafkosten",
            "pénalité"),
        "drivers": ("drivers", "preferred drivers", "preferred driver", "wunschfahrer",
            "chauffeur préféré", "foretrukken chauffør"),
        "driver_price": ("driver_price", "other driver price", "price of another driver",
            "preis anderer fahrer"),
        "depot": ("depot", "depot name", "warehouse", "loading point", "lager", "dépôt",
            "entrepôt"),
        "territory": ("territory", "zone", "delivery area", "gebiet", "liefergebiet", "secteur",
            "territoire", "område"),
        "vehicle_features": ("vehicle features", "vehicle requirements", "fahrzeuganforderungen"),
        "priority": ("priority", "prio", "urgency", "priorität", "prioritaet", "dringlichkeit",
            "priorité", "urgence", "prioritet"),
        "notes": ("notes", "note", "comments", "comment", "remarks", "remark", "instructions",
            "delivery instructions", "delivery notes", "driver notes", "task details",
            "bemerkung", "bemerkungen", "hinweis", "hinweise", "notiz", "notizen", "kommentar",
            "lieferhinweis", "remarque", "remarques", "commentaire", "instructions de livraison",
            "bemærkning", "bemærkninger", "noter"),
        "recipient_notes": ("recipient notes", "empfängerhinweise"),
        "item": ("item", "item name", "line item", "product", "product name", "artikel",
            "artikelname", "produkt", "article", "produit", "vare", "varenavn"),
        "lat": ("lat", "latitude", "breitengrad", "geo lat", "y", "breddegrad"),
        "lon": ("lon", "lng", "long", "longitude", "längengrad", "laengengrad", "geo lon", "x",
            "længdegrad"),
        "coordinates": ("coordinates", "coordinate", "lat lon", "lat lng", "latlng", "gps",
            "koordinaten", "coordonnées", "koordinater"),
    },
    required=(("order_id",), ("street", "coordinates", "lat")),
    units={
        "weight": KILOGRAMS,
        "volume": CUBIC_METRES,
        "service_minutes": MINUTES,
        "late_price": {"min": 1.0, "minute": 1.0, "h": 1 / 60, "hour": 1 / 60},
        "setup_minutes": MINUTES,
        "parking_minutes": MINUTES,
        "collect_weight": KILOGRAMS,
        "collect_volume": CUBIC_METRES,
    },
)  # fmt: skip

FLEET = Vocabulary(
    what="fleet",
    titles={
        "driver": ("driver", "driver name", "name", "courier", "rider", "employee", "fahrer",
            "fahrername", "kurier", "chauffeur", "conducteur", "livreur", "chauffør", "bud",
            "label"),
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
        "capacity_units": ("capacity_units", "max units", "max load", "load limit",
            "kapazität einheiten"),
        "depot_address": ("depot_address", "depot street", "depot", "start address",
            "start location", "depotadresse", "depot strasse", "startadresse",
            "adresse du dépôt", "dépôt", "adresse de départ", "start waypoint"),
        "depot_postcode": ("depot_postcode", "depot zip", "depot postal code", "depot plz",
            "code postal du dépôt", "depot postnummer", "depot postnr"),
        "depot_city": ("depot_city", "depot town", "depot ort", "depot stadt", "ville du dépôt",
            "depot by"),
        "depot_country": ("depot_country", "depot land", "pays du dépôt"),
        "shift_start": ("shift_start", "work start", "working from", "start time", "start",
            "shift from", "on duty from", "available from", "schichtbeginn", "dienstbeginn",
            "arbeitsbeginn", "beginn", "début de service", "heure de début", "vagt start",
            "mødetid", "start time window start time"),
        "shift_end": ("shift_end", "work end", "working to", "working until", "end time", "end",
            "shift to", "shift until", "on duty until", "available until", "available to",
            "schichtende", "dienstende", "arbeitsende", "ende", "fin de service",
            "heure de fin", "vagt slut", "fyraften", "end time window end time"),
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
        "vehicle_skills": ("vehicle_skills", "vehicle features", "vehicle equipment",
            "fahrzeugausstattung", "équipement du véhicule", "udstyr"),
        "people": ORDERS.titles["people"],
        "end_address": ("end_address", "end location", "end street", "home", "home address",
            "endadresse", "zieladresse", "adresse d'arrivée", "slutadresse", "end waypoint"),
        "end_postcode": ("end_postcode", "end zip", "end postal code", "end plz", "ende plz"),
        "end_city": ("end_city", "end town", "end ort", "ende ort"),
        "end_country": ("end_country", "end land", "ende land"),
        "fixed_start": ("fixed_start", "starts on time", "fester beginn", "départ fixe"),
        "max_stops": ("max_stops", "maximum stops", "stop limit", "max aufträge", "max stopps",
            "arrêts maximum", "maks stop"),
        "max_km": ("max kilometers", "max kilometres", "max route length", "max mileage",
            "max strecke"),
        "max_driving_hours": ("max_driving_hours", "max driving", "max driving time",
            "driving limit", "max lenkzeit", "max fahrzeit"),
        "driving_rule": ("driving_rule", "driving time rule", "ec 561", "eu 561", "lenkzeitregel",
            "lenkpausen"),
        "reloads": ("reloads", "max reloads", "reloadings", "nachladungen", "rechargements"),
        "reload_minutes": ("reload_minutes", "reload", "reload time", "reload duration",
            "nachladezeit"),
        "chargers": ("chargers", "charging stations", "charging places", "ladesäulen",
            "ladestationen", "bornes de recharge", "ladestandere"),
        "charge_minutes": ("charge_minutes", "charge time", "charging time", "ladezeit",
            "temps de charge"),
        "speed_factor": ("speed_factor", "speed", "tempofaktor", "geschwindigkeitsfaktor",
            "facteur de vitesse"),
        "territories": ("territories", "territory", "zones", "zone", "gebiete", "gebiet",
            "secteurs", "områder"),
        "territory_price": ("territory_price", "foreign territory price",
            "preis fremdes gebiet"),
        "weekdays": ("weekdays", "days", "working days", "wochentage", "arbeitstage", "jours",
            "ugedage"),
        "absences": ("absences", "absent", "away", "abwesend", "abwesenheiten", "urlaub",
            "fravær"),
        "skill_ends": ("skill_ends", "skills until", "skill expiry", "certificates until",
            "fähigkeiten bis", "compétences jusqu'au"),
        "co2e_per_km": ("co2e_per_km", "co2 per km", "co2e kg per km", "co2 kg per km",
            "emissions per km", "co2e je km"),
        "emission_class": ("emission_class", "emission standard", "euro class", "euro norm",
            "abgasnorm", "schadstoffklasse", "emissionsklasse", "norme euro", "euronorm"),
        "language": ("language", "driver language", "spoken language", "sprache",
            "fahrersprache", "langue", "sprog"),
        "profile": ("profile", "travel profile", "travel mode", "streckenprofil", "profil"),
        "vehicle_height": ("vehicle_height", "height", "fahrzeughöhe", "höhe", "hauteur",
            "højde"),
        "vehicle_width": ("vehicle_width", "width", "fahrzeugbreite", "breite", "largeur",
            "bredde"),
        "vehicle_length": ("vehicle_length", "length", "fahrzeuglänge", "länge", "longueur",
            "længde"),
        "vehicle_weight": ("vehicle_weight", "gross weight", "gross vehicle weight", "gvw",
            "gesamtgewicht", "zulässiges gesamtgewicht", "ptac", "totalvægt"),
        "hazmat": ("hazmat", "dangerous goods", "adr", "gefahrgut", "matières dangereuses",
            "farligt gods"),
    },
    required=(("driver",), ("depot_address",), ("shift_start",), ("shift_end",)),
    units={
        "capacity_weight": KILOGRAMS,
        "capacity_volume": CUBIC_METRES,
        "break_minutes": MINUTES,
        "max_overtime_minutes": MINUTES,
        "range_km": KILOMETRES,
        "max_km": KILOMETRES,
        "max_driving_hours": HOURS,
        "vehicle_height": METRES,
        "vehicle_width": METRES,
        "vehicle_length": METRES,
        "vehicle_weight": TONNES,
        "reload_minutes": MINUTES,
        "charge_minutes": MINUTES,
    },
)  # fmt: skip

OWN_NAMES = {"weight": "weight_kg", "volume": "volume_m3", "capacity_weight": "capacity_kg",
             "capacity_volume": "capacity_m3", "collect_weight": "collect_kg",
             "collect_volume": "collect_m3", "co2e_per_km": "co2e_kg_per_km",
             "vehicle_height": "vehicle_height_m", "vehicle_width": "vehicle_width_m",
             "vehicle_length": "vehicle_length_m",
             "vehicle_weight": "vehicle_weight_t"}  # fmt: skip


_KEY = "column:"
BESIDE = ("row", "sheet", "encoding", "status", "service_date")
"""What reports speak of that is no column of ours."""


@dataclass(frozen=True, slots=True)
class Column:
    """One of our column names inside a ``Phrase``: what a reader would call it in a file.

    In English that is the name itself; every other one is a title that files are read by.
    """

    name: str

    def __str__(self) -> str:
        return tr(f"{_KEY}{self.name}").removeprefix(_KEY)


def named(field_name: str) -> Column:
    """A field's column, to be told of."""
    return Column(own_name(field_name))


def own_name(field_name: str) -> str:
    """The name the field's column has in our own files."""
    return OWN_NAMES.get(field_name, field_name)
