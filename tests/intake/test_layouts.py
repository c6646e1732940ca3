import csv
import io
from datetime import time, timedelta

from console.domain.load import Load
from console.domain.orders import DayWindow, Priority
from console.domain.places import Address, Coordinate
from console.intake.report import OrderReport
from tests.intake.samples import accounted, orders, workbook

SHOPIFY = (
    "Name,Email,Financial Status,Fulfillment Status,Lineitem quantity,Lineitem name,"
    "Lineitem requires shipping,Billing Name,Shipping Name,Shipping Address1,Shipping Address2,"
    "Shipping Company,Shipping City,Shipping Zip,Shipping Country,Shipping Phone,Notes,"
    "Cancelled at,Id,Created at"
)


def shopify(*rows: dict[str, str]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, SHOPIFY.split(","), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


FIRST = {
    "Name": "#1001", "Email": "ida@example.org", "Lineitem quantity": "2",
    "Lineitem requires shipping": "true", "Shipping Name": "Ida Meier",
    "Shipping Address1": "Weg 1", "Shipping Address2": "Flat 4", "Shipping Company": "Meier AG",
    "Shipping City": "Vaduz", "Shipping Zip": "'9490", "Shipping Country": "LI",
    "Shipping Phone": "'+423 1", "Notes": "ring", "Billing Name": "Someone else", "Id": "99887766",
    "Created at": "2026-11-20 10:15:00 -0400",
}  # fmt: skip


def test_shopify_line_items_become_one_order() -> None:
    report = orders(
        shopify(
            FIRST,
            {"Name": "#1001", "Email": "ida@example.org", "Lineitem quantity": "3"},
            {"Name": "#1001", "Lineitem quantity": "9", "Lineitem requires shipping": "false"},
            {**FIRST, "Name": "1002", "Lineitem quantity": "1"},
        )
    )
    assert accounted(report)
    assert (report.layout, report.rows, report.joined) == ("Shopify", 4, 2)
    first, second = report.entries
    assert (first.id, first.row, first.load.pieces) == ("1001", 2, 5)
    assert (second.id, second.row, second.load.pieces) == ("1002", 5, 1)
    assert first.address == Address("Weg 1", "9490", "Vaduz", "LI")
    assert (first.recipient, first.phone) == ("Meier AG, Ida Meier", "+423 1")
    assert first.notes == "Flat 4\nring"
    assert "Created at" in report.unknown_columns
    assert report.mapping["order_id"] == "Name"


def test_shopify_orders_that_are_done_stay_out() -> None:
    report = orders(
        shopify(
            {**FIRST, "Fulfillment Status": "fulfilled"},
            {"Name": "#1001", "Lineitem quantity": "3"},
            {**FIRST, "Name": "#1002", "Cancelled at": "2026-11-21 10:00:00 -0400"},
            {**FIRST, "Name": "#1003", "Fulfillment Status": "unfulfilled"},
        )
    )
    assert accounted(report)
    assert [(found.order, found.row, found.field) for found in report.rejects] == [
        ("1001", 2, "status"),
        ("1002", 4, "status"),
    ]
    assert [found.id for found in report.entries] == ["1003"]


def test_shopify_orders_without_an_address_and_odd_counts() -> None:
    bare = {"Name": "#1", "Lineitem quantity": "1"}
    report = orders(shopify(bare, {**FIRST, "Lineitem quantity": "some"}, bare))
    assert accounted(report)
    assert [found.order for found in report.rejects] == ["1", "1001", "1"]
    assert "“some” is not a number" in report.rejects[1].problem


def test_onfleet() -> None:
    report = orders(
        "Notification,Organization,Driver,Team,Quantity,Merchant,ServiceTime,Task_Details,"
        "Recipient_Name,Recipient_Phone,Recipient_Notes,Latitude,Longitude,Address_Line1,"
        "Address_Line2,City/Town,State/Province,Postal_Code,Country,completeAfter,completeBefore\n"
        + "true,,,,3,,5,Box,Ida,1,dog,47.14,9.52,Weg 1,Flat 4,Vaduz,,9490,LI,"
        "11/23/2026 9:00,11/23/2026 12:00\n" * 2
    )
    assert report.layout == "Onfleet"
    first, second = report.entries
    assert first.id.startswith("R-")
    assert second.id == f"{first.id}-2"
    assert first.load.pieces == 3
    assert first.service_time == timedelta(minutes=5)
    assert first.coordinate == Coordinate(47.14, 9.52)
    assert first.windows == (DayWindow(time(9), time(12)),)
    assert first.notes == "Flat 4\nBox\ndog"
    assert "No order number in all 2 rows" in report.assumptions[0].sentence
    assert "Notification" in report.unknown_columns


def test_optimoroute() -> None:
    report = orders(
        workbook(
            [
                ["Order ID", "Order type", "Date", "Priority", "Address", "Latitude", "Longitude",
                 "Location name", "Time window from", "Time window to", "Duration (min)", "Load #1",
                 "Vehicle features", "Skills", "Notes"],
                ["A1", "Delivery", "23/11/2026", "H", "Weg 1, 9490 Vaduz", 47.14, 9.52, "Ida",
                 "09:00", "12:00", 5, 2, "FRZ", "adr", "dog"],
            ]
        ),
        "orders.xlsx",
    )  # fmt: skip
    (found,) = report.entries
    assert report.layout == "OptimoRoute"
    assert found.service_time == timedelta(minutes=5)
    assert found.priority is Priority.HIGH
    assert found.load == Load(1, 0, 0, 2)
    assert found.skills == ("adr", "frz")
    assert found.address == Address("Weg 1", "9490", "Vaduz")
    assert report.unknown_columns == ("Date",)


def test_optimoroute_pickups_tasks_and_drivers() -> None:
    report = orders(
        "Order ID,Order type,Assigned to,Priority,Address,Time window from,Time window to,"
        "Duration (min),Load #1,Load #2\n"
        'A1,Pickup,Anja,C,"Weg 1, 9490 Vaduz",,,5,2,7\n'
        'A2,Task,,L,"Weg 2, 9490 Vaduz",,,5,,\n'
        'A3,Swap,,L,"Weg 2, 9490 Vaduz",,,5,,\n'
    )
    pickup, task = report.entries
    assert accounted(report)
    assert (pickup.load, pickup.collected) == (Load(), Load(1, 0, 0, 2))
    assert (pickup.drivers, pickup.driver_price) == (("Anja",), 5.0)
    assert "No price of another driver in row 2: 5.00 an order assumed." in said(report)
    assert (task.load, task.collected, task.priority) == (Load(), Load(), Priority.LOW)
    assert "kind of order “swap” is unknown" in report.rejects[0].problem
    assert report.unknown_columns == ("Load #2",)


def test_google() -> None:
    report = orders(
        "label,deliveryArrivalWaypoint,deliveryDuration,deliveryStartTime,deliveryEndTime\n"
        'a,"47.14, 9.52",300,2026-11-23T09:00:00Z,2026-11-23T12:00:00Z\n'
        'b,"Weg 1, 9490 Vaduz",90s,,\n'
    )
    first, second = report.entries
    assert first.coordinate == Coordinate(47.14, 9.52)
    assert first.service_time == timedelta(minutes=5)
    assert second.coordinate is None
    assert second.address.street == "Weg 1, 9490 Vaduz"
    assert second.service_time == timedelta(seconds=90)


GOOGLE = (
    "label,penaltyCost,pickupArrivalWaypoint,pickupDuration,pickupStartTime,pickupEndTime,"
    "deliveryArrivalWaypoint,deliveryDuration,deliveryStartTime,deliverySoftEndTime,"
    "deliveryEndTime,deliveryCostPerHourAfterSoftEndTime,loadDemand1Type,loadDemand1Value,"
    "loadDemand2Type,loadDemand2Value,loadDemand3Type,loadDemand3Value,allowedVehicleIndices\n"
)


def test_google_shipments_from_door_to_door() -> None:
    report = orders(
        GOOGLE + 'a,90,"47.1, 9.5",120,2026-11-23T08:00:00Z,,"47.2, 9.6",300,'
        "2026-11-23T09:00:00Z,2026-11-23T10:00:00Z,2026-11-23T12:00:00Z,30,weight,12,crates,3,"
        "pallets,1,0\n"
        'b,,"47.1, 9.5",60,,,,,,,,,pieces,4,,,,,\n'
        'c,,"47.1, 9.5",60,,,"nan, nan",,soon,,,,pieces,4,,,,,\n'
    )
    assert accounted(report)
    pickup, delivery, collection = report.entries
    assert (pickup.id, pickup.load, pickup.collected) == ("a:pickup", Load(), Load(1, 12, 0, 3))
    assert (pickup.service_time, pickup.skip_price) == (timedelta(minutes=2), 0)
    assert pickup.windows == (DayWindow(time(8), None),)
    assert (delivery.id, delivery.pickup, delivery.load) == ("a", "a:pickup", Load(1, 12, 0, 3))
    assert delivery.windows == (DayWindow(time(9), time(10), 0.5),)
    assert (delivery.deadline, delivery.skip_price) == (time(12), 90)
    assert (delivery.service_time, collection.service_time) == (
        timedelta(minutes=5),
        timedelta(minutes=1),
    )
    assert (collection.id, collection.load, collection.collected.pieces) == ("b", Load(), 4)
    assert [(reject.row, reject.order) for reject in report.rejects] == [(4, "c")]
    assert (report.rows, report.split) == (3, 1)
    assert "A load “crates” without a unit in row 2: counted as units." in said(report)
    assert "A load “pallets” without a unit in row 2: left out, no dimension is" in said(report)
    assert report.unknown_columns == ("allowedVehicleIndices",)


def test_google_without_a_price_has_no_soft_end() -> None:
    report = orders(
        "label,deliveryArrivalWaypoint,deliveryStartTime,deliverySoftEndTime,deliveryEndTime\n"
        'a,"47.14, 9.52",09:00,10:00,12:00\n'
    )
    (found,) = report.entries
    assert (found.windows, found.deadline) == ((DayWindow(time(9), time(12)),), None)
    assert "soft window without a price in row 2: left out" in said(report)


def said(report: OrderReport) -> str:
    return " ".join(found.sentence for found in report.assumptions)


def test_woocommerce() -> None:
    report = orders(
        "order_id,order_number,status,customer_email,shipping_first_name,shipping_last_name,"
        "shipping_company,shipping_phone,shipping_address_1,shipping_address_2,shipping_postcode,"
        "shipping_city,shipping_country,customer_note\n"
        "7,A7,wc-processing,i@x.org,Ida,Meier,,1,Weg 1,,9490,Vaduz,LI,dog\n"
        "8,A8,wc-cancelled,i@x.org,Ida,Meier,,1,Weg 1,,9490,Vaduz,LI,\n"
    )
    (found,) = report.entries
    assert (found.id, found.recipient) == ("A7", "Ida Meier")
    assert [found.order for found in report.rejects] == ["A8"]
