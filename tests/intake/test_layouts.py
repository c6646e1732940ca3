import csv
import io
from datetime import time, timedelta

from console.domain.load import Load
from console.domain.orders import DayWindow, Priority
from console.domain.places import Address, Coordinate
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
    assert set(report.unknown_columns) == {"Order type", "Date"}


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
