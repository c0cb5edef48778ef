"""What is offered in the named world, at which prices and to whom, in the columns of the catalogue files.

Pure data and small expansion; the story's items first (coffee machine, widgets, laptop, meals, DSL), then enough of
everything else to make a shop worth searching.
"""

from datetime import date
from random import Random
from typing import Any

from inward.demo.people import SEED, Row, day

CATEGORIES = (
    ("home", "", "Home"),
    ("kitchen", "home", "Kitchen"),
    ("coffee", "kitchen", "Coffee and tea"),
    ("cleaning", "home", "Cleaning"),
    ("garden", "home", "Garden"),
    ("electronics", "", "Electronics"),
    ("phones", "electronics", "Phones"),
    ("gift-cards", "", "Gift cards"),
    ("clothing", "", "Clothing"),
    ("components", "", "Components"),
    ("widgets", "components", "Widgets"),
    ("parts", "components", "Moulded parts"),
    ("it-equipment", "", "IT equipment"),
    ("it-services", "", "IT services"),
    ("marketing-services", "", "Marketing services"),
    ("hr-services", "", "HR services"),
    ("telecom", "", "Telecom"),
    ("connections", "telecom", "Connections"),
    ("insurance", "", "Insurance"),
    ("home-insurance", "insurance", "For the home"),
    ("meals", "", "Meals"),
    ("rooms", "", "Rooms"),
)

# id, supplier, name, category, kind, tax code, cost, list price, tax in the list price
OFFERINGS = (
    ("coffee-machine", "abc", "Coffee machine Barista 300", "coffee", "GOOD", "STANDARD", "61.20", "129.90", True),
    ("coffee-grinder", "abc", "Coffee grinder Fine 12", "coffee", "GOOD", "STANDARD", "28.00", "59.90", True),
    ("espresso-cups", "abc", "Espresso cups, set of six", "coffee", "GOOD", "STANDARD", "9.10", "24.50", True),
    ("kettle", "abc", "Kettle Nord 1.7 l", "kitchen", "GOOD", "STANDARD", "14.30", "34.90", True),
    ("toaster", "abc", "Toaster Duo", "kitchen", "GOOD", "STANDARD", "16.75", "39.90", True),
    ("vacuum-cleaner", "abc", "Vacuum cleaner Silent 700", "cleaning", "GOOD", "STANDARD", "88.00", "189.00", True),
    ("phone-x", "abc", "Phone X 128 GB", "phones", "GOOD", "STANDARD", "402.00", "549.00", True),
    ("headphones", "abc", "Headphones Calm", "electronics", "GOOD", "STANDARD", "52.00", "119.00", True),
    ("gift-card-50", "abc", "Gift card 50", "gift-cards", "GOOD", "", "50.00", "50.00", True),
    ("garden-chair", "abc", "Garden chair Lysekil", "garden", "GOOD", "STANDARD", "21.40", "49.90", True),
    ("polo-navy-s", "abc", "Polo shirt, navy, S", "clothing", "GOOD", "STANDARD", "8.40", "24.90", True),
    ("polo-navy-m", "abc", "Polo shirt, navy, M", "clothing", "GOOD", "STANDARD", "8.40", "24.90", True),
    ("polo-navy-l", "abc", "Polo shirt, navy, L", "clothing", "GOOD", "STANDARD", "8.40", "24.90", True),
    ("polo-white-m", "abc", "Polo shirt, white, M", "clothing", "GOOD", "STANDARD", "7.90", "22.90", True),
    ("polo-white-xl", "abc", "Polo shirt, white, XL", "clothing", "GOOD", "STANDARD", "7.90", "22.90", True),
    (
        "forklift-january",
        "abc-hr",
        "Forklift licence, January",
        "hr-services",
        "SERVICE",
        "",
        "110.00",
        "140.00",
        False,
    ),
    ("forklift-march", "abc-hr", "Forklift licence, March", "hr-services", "SERVICE", "", "110.00", "140.00", False),
    ("widget-a", "xyz", "Widget A, steel", "widgets", "GOOD", "STANDARD", "3.10", "5.40", False),
    ("widget-b", "xyz", "Widget B, brass", "widgets", "GOOD", "STANDARD", "4.85", "8.20", False),
    ("widget-kit", "xyz", "Widget mounting kit", "widgets", "GOOD", "STANDARD", "1.20", "2.45", False),
    ("housing-20", "xyz-moulding", "Housing 20 mm", "parts", "GOOD", "", "0.84", "1.60", False),
    ("housing-35", "xyz-moulding", "Housing 35 mm", "parts", "GOOD", "", "1.12", "2.10", False),
    ("laptop-pro", "abc-it", "Laptop Pro 14, set up", "it-equipment", "GOOD", "", "980.00", "1190.00", False),
    ("screen-27", "abc-it", "Screen 27 inch", "it-equipment", "GOOD", "", "210.00", "260.00", False),
    ("help-hour", "abc-it", "IT help, an hour at the desk", "it-services", "SERVICE", "", "42.00", "65.00", False),
    (
        "campaign-mail",
        "abc-marketing",
        "Campaign mail, designed and sent",
        "marketing-services",
        "SERVICE",
        "",
        "180.00",
        "260.00",
        False,
    ),
    ("first-aid-course", "abc-hr", "First-aid course, one seat", "hr-services", "SERVICE", "", "35.00", "60.00", False),
    ("dsl-100", "fjord", "DSL 100, a month", "connections", "SERVICE", "STANDARD", "11.00", "39.00", True),
    (
        "conference-line",
        "fjord",
        "Audio conference line, a month",
        "telecom",
        "SERVICE",
        "STANDARD",
        "4.00",
        "19.00",
        True,
    ),
    ("household-cover", "harbour", "Household cover", "home-insurance", "SERVICE", "STANDARD", "14.00", "31.00", True),
    ("travel-cover", "harbour", "Travel cover, a year", "insurance", "SERVICE", "STANDARD", "40.00", "96.00", True),
    ("router", "fjord", "Router Vinge", "telecom", "GOOD", "STANDARD", "44.00", "99.00", True),
    ("staff-meal", "bellavista-kitchen", "Staff meal", "meals", "GOOD", "", "4.60", "9.50", False),
    ("banquet-plate", "bellavista-kitchen", "Banquet plate", "meals", "GOOD", "", "12.40", "28.00", False),
    ("double-room", "bellavista", "Double room, one night", "rooms", "SERVICE", "REDUCED", "58.00", "142.00", True),
)
OUTSIDE = {
    "coffee-machine": ("124.00", "Price on the shelf of another shop", -12),
    "widget-a": ("5.65", "Offer from another maker", -40),
    "dsl-100": ("36.90", "Public price list of another provider", -20),
    "laptop-pro": ("1249.00", "Web shop of the maker", -9),
}
PLANS = {
    "dsl-100": {"plan": "SUBSCRIPTION", "plan_every": "MONTH", "plan_notice_days": "30"},
    "conference-line": {"plan": "SUBSCRIPTION", "plan_every": "MONTH"},
    "household-cover": {
        "plan": "COVER",
        "plan_every": "MONTH",
        "plan_term_months": "12",
        "plan_notice_days": "30",
        "plan_afterwards": "CONTINUE",
    },
    "travel-cover": {
        "plan": "COVER",
        "plan_every": "YEAR",
        "plan_term_months": "12",
        "plan_afterwards": "END",
        "plan_insurer": "polaris",
        "plan_commission": "15",
    },
}
"""What runs on, as the catalogue's files say it."""
COMPARABLE = (
    # code, item, price of a piece without tax, where it was seen, how many days ago
    ("widget-a-offer", "widget-a", "5.65", "Offer from another maker", -40),
    ("widget-a-sold", "widget-a", "4.90", "Sold to Lindqvist Design, 60 pieces", -75),
    ("widget-a-trade", "widget-a", "5.10", "Price list of the trade association", -120),
    ("widget-a-tender", "widget-a", "5.25", "Tender of a hospital, lowest offer", -160),
)
"""What strangers pay for the like: transfer prices stand beside it."""
SHELF = {
    "kitchen": ("Pan", "Bowl", "Knife", "Oven dish", "Scale", "Blender", "Salad spinner", "Chopping board"),
    "coffee": ("Tea pot", "Milk jug", "Filter holder", "Moka pot", "Thermos"),
    "cleaning": ("Mop", "Brush", "Bucket", "Steam cleaner"),
    "garden": ("Parasol", "Bench", "Watering can", "Lantern", "Planter"),
    "electronics": ("Lamp", "Radio", "Power bank", "Speaker", "Clock"),
    "phones": ("Phone case", "Charger", "Phone S 64 GB"),
}
MAKERS = ("Nord", "Linea", "Tulp", "Fjell", "Batik", "Duna", "Pino", "Terra")
TAXES = (
    ("STANDARD", {"NL": "21", "NO": "25", "IT": "22", "SE": "25"}),
    ("REDUCED", {"NL": "9", "NO": "12", "IT": "10", "SE": "12"}),
)


def category_rows() -> list[Row]:
    """categories.csv"""
    return [{"id": key, "parent": parent, "name": name} for key, parent, name in CATEGORIES]


def offering_rows(on: date) -> list[Row]:
    """offerings.csv, with cost and, where known, the price outside."""
    return [_offering_row(on, item) for item in (*OFFERINGS, *_shelf())]


def price_rows(on: date) -> list[Row]:
    """prices.csv: a list price for every item, then the rates, staff prices and agreements of the story."""
    start = day(on, -1500)
    listed = [
        _price(
            f"list-{item[0]}",
            "LIST",
            item[1],
            start,
            target=("ITEM", item[0]),
            method="FIXED",
            value=item[7],
            includes_tax=item[8],
        )
        for item in (*OFFERINGS, *_shelf())
    ]
    return [*listed, *_special(start), *_agreed(on, start)]


def scheme_rows(on: date) -> list[dict[str, Any]]:
    """schemes.json: staff of the retailer and her sisters, of the group at its insurer, of the telecom."""
    start = day(on, -1500)
    staff_kinds = ["FULL_TIME", "PART_TIME", "TEMPORARY", "DIRECTOR", "AGENT", "RETIREE"]
    return [
        {
            "id": "abc-staff",
            "supplier": "abc",
            "name": "ABC staff purchase",
            "valid_from": start,
            "valid_until": "",
            "work_kinds": staff_kinds,
            "employers": ["abc"],
            "tenure_months": 0,
            "closed_in": ["UNPAID_LEAVE"],
            "included": [],
            "excluded": [{"kind": "CATEGORY", "id": "gift-cards"}],
            "allowance_money": "600.00",
            "allowance_currency": "EUR",
            "allowance_units": 12,
            "allowance_measure": "PRICE",
            "limits": [
                {"id": "month", "span": "MONTH", "money": "300", "currency": "EUR", "carry_over": True},
            ],
        },
        {
            "id": "jkl-family",
            "supplier": "abc",
            "name": "JKL sister staff",
            "valid_from": start,
            "valid_until": "",
            "work_kinds": ["FULL_TIME", "PART_TIME", "AGENT", "DIRECTOR"],
            "employers": ["jkl", "xyz", "harbour", "fjord", "bellavista"],
            "tenure_months": 6,
            "household": ["SPOUSE", "PARTNER", "CHILD"],
            "included": [],
            "excluded": [{"kind": "CATEGORY", "id": "gift-cards"}],
            "allowance_money": "400.00",
            "allowance_currency": "EUR",
            "allowance_units": None,
            "allowance_measure": "PRICE",
        },
        _cover_scheme(start, staff_kinds),
        {
            "id": "fjord-staff",
            "supplier": "fjord",
            "name": "Fjord staff connection",
            "valid_from": start,
            "valid_until": "",
            "work_kinds": staff_kinds,
            "employers": ["fjord"],
            "tenure_months": 0,
            "included": [],
            "excluded": [],
            "allowance_money": None,
            "allowance_currency": "EUR",
            "allowance_units": 24,
            "allowance_measure": "PRICE",
        },
    ]


def _cover_scheme(start: str, kinds: list[str]) -> dict[str, Any]:
    """Whoever works in the group takes covers of its insurer, for those they live with too."""
    return {
        "id": "harbour-staff",
        "supplier": "harbour",
        "name": "Harbour cover for the group",
        "valid_from": start,
        "valid_until": "",
        "work_kinds": kinds,
        "employers": [],
        "tenure_months": 0,
        "household": ["SPOUSE", "PARTNER", "CHILD"],
        "included": [],
        "excluded": [],
        "allowance_money": None,
        "allowance_currency": "EUR",
        "allowance_units": None,
        "allowance_measure": "PRICE",
    }


def tax_rows(on: date) -> list[Row]:
    """tax_rates.csv: every company that sells, by the country it is in."""
    countries = {"abc": "NL", "xyz": "NL", "fjord": "NO", "bellavista": "IT", "jkl": "NL", "harbour": "NL"}
    return [
        {
            "company": company,
            "tax_code": code,
            "percent": percents[country],
            "staff_minimum": "COST",
            "valid_from": day(on, -4000),
            "valid_until": "",
        }
        for company, country in countries.items()
        for code, percents in TAXES
    ]


def _special(start: str) -> list[Row]:
    """Staff prices, transfer prices and department rates."""
    return [
        _price(
            "staff-abc",
            "SCHEME",
            "abc",
            start,
            method="PERCENT_OFF",
            value="25",
            scheme="abc-staff",
            floor_at_cost=True,
        ),
        _price(
            "staff-abc-phones",
            "SCHEME",
            "abc",
            start,
            target=("CATEGORY", "phones"),
            method="COST_PLUS",
            value="5",
            scheme="abc-staff",
        ),
        _price(
            "family-abc",
            "SCHEME",
            "abc",
            start,
            method="PERCENT_OFF",
            value="10",
            scheme="jkl-family",
            floor_at_cost=True,
        ),
        _price(
            "staff-fjord",
            "SCHEME",
            "fjord",
            start,
            method="PERCENT_OFF",
            value="60",
            scheme="fjord-staff",
            floor_at_cost=True,
        ),
        _price(
            "staff-harbour",
            "SCHEME",
            "harbour",
            start,
            method="PERCENT_OFF",
            value="20",
            scheme="harbour-staff",
            floor_at_cost=True,
        ),
        _price("transfer-xyz", "RATE", "xyz", start, kinds="affiliate", method="COST_PLUS", value="20"),
        _price("transfer-abc", "RATE", "abc", start, kinds="affiliate", method="PERCENT_OFF", value="12"),
        _price("moulding-inside", "RATE", "xyz-moulding", start, kinds="department", method="COST_PLUS", value="8"),
        _price("it-inside", "RATE", "abc-it", start, kinds="department", method="COST_PLUS", value="0"),
        _price(
            "it-help-free", "RATE", "abc-it", start, target=("ITEM", "help-hour"), kinds="department", method="FREE"
        ),
        _price(
            "kitchen-inside", "RATE", "bellavista-kitchen", start, kinds="department", method="COST_PLUS", value="0"
        ),
    ]


def _agreed(on: date, start: str) -> list[Row]:
    """A quantity break for everybody, agreements with days, and one that hangs on a household."""
    return [
        _price(
            "widget-a-200",
            "LIST",
            "xyz",
            start,
            target=("ITEM", "widget-a"),
            method="FIXED",
            value="4.95",
            quantity_min="200",
        ),
        _price(
            "abc-widget-deal",
            "AGREEMENT",
            "xyz",
            day(on, -300),
            day(on, 200),
            target=("ITEM", "widget-b"),
            customer="abc",
            method="FIXED",
            value="5.60",
        ),
        _price(  # as long as he belongs to the household of somebody who works in the group, and no longer
            "household-enzo",
            "AGREEMENT",
            "abc",
            day(on, -150),
            customer="enzo-rossini",
            kinds="stakeholder",
            method="PERCENT_OFF",
            value="5",
        ),
        _price(
            "kestrel-coffee",
            "AGREEMENT",
            "abc",
            day(on, -200),
            day(on, 165),
            target=("CATEGORY", "coffee"),
            customer="kestrel",
            method="PERCENT_OFF",
            value="8",
        ),
    ]


def _price(
    key: str,
    level: str,
    supplier: str,
    since: str,
    until: str = "",
    *,
    target: tuple[str, str] = ("ALL", ""),
    customer: str = "",
    kinds: str = "",
    method: str,
    value: str = "",
    includes_tax: bool = False,
    quantity_min: str = "1",
    floor_at_cost: bool = False,
    scheme: str = "",
) -> Row:
    return {
        "id": key,
        "level": level,
        "supplier": supplier,
        "target_kind": target[0],
        "target": target[1],
        "customer": customer,
        "customer_kinds": kinds,
        "method": method,
        "value": value,
        "currency": "EUR",
        "includes_tax": _yes(includes_tax),
        "quantity_min": quantity_min,
        "floor_at_cost": _yes(floor_at_cost),
        "floor_minimum": "",
        "saving_max": "",
        "scheme": scheme,
        "valid_from": since,
        "valid_until": until,
    }


POLO = {
    "polo-navy-s": ("navy", "S"),
    "polo-navy-m": ("navy", "M"),
    "polo-navy-l": ("navy", "L"),
    "polo-white-m": ("white", "M"),
    "polo-white-xl": ("white", "XL"),
}
"""One thing in colours and sizes: what is shown on one card."""
COURSES = {"forklift-january": ("January",), "forklift-march": ("March",)}
"""One course with seats on two days, of which the first is full."""
HANDED_OVER = (
    ("abc", ("Rotterdam shop", "Amsterdam shop"), True),
    ("abc-it", ("IT store room",), True),
)
"""Where what a supplier sells is picked up, and whether it is brought."""
TAKEN_BACK = (("abc", 30, 24), ("abc-it", None, 12))
"""Within how many days a supplier takes back, and for how many months it stands for faults."""
COUNTED = (
    ("forklift-january", "Training room", 0, False, None),
    ("forklift-march", "Training room", 6, False, None),
    ("polo-navy-l", "Rotterdam shop", 0, False, 6),
    ("polo-navy-m", "Rotterdam shop", 11, False, None),
    # item, place, pieces, may be ordered beyond, more expected in so many days
    ("coffee-grinder", "Rotterdam shop", 3, False, None),
    ("headphones", "Amsterdam shop", 2, False, None),
    ("headphones", "Rotterdam shop", 5, False, None),
    ("vacuum-cleaner", "Rotterdam shop", 0, False, 12),
    ("screen-27", "IT store room", 0, True, 9),
    ("housing-35", "Moulding hall", 4_000, True, None),
)
"""What is counted; everything else can always be ordered."""


def _shelf() -> list[tuple[str, str, str, str, str, str, str, str, bool]]:
    """More goods for the shop's shelves, the same every time."""
    chance = Random(SEED)
    rows = []
    for category, nouns in SHELF.items():
        for noun in nouns:
            for maker in chance.sample(MAKERS, 4):
                cents = chance.randrange(790, 14_990, 100)
                cost = cents * chance.randrange(42, 64) // 100
                key = f"{noun}-{maker}".lower().replace(" ", "-")
                rows.append(
                    (key, "abc", f"{noun} {maker}", category, "GOOD", "STANDARD", _euros(cost), _euros(cents), True)
                )
    return rows


def _offering_row(on: date, item: tuple[str, str, str, str, str, str, str, str, bool]) -> Row:
    price, source, offset = OUTSIDE.get(item[0], ("", "", 0))
    return {
        "id": item[0],
        "supplier": item[1],
        "name": item[2],
        "category": item[3],
        "kind": item[4],
        "tax_code": item[5],
        "cost": item[6],
        "cost_currency": "EUR",
        "outside_price": price,
        "outside_source": source,
        "outside_seen_on": day(on, offset) if price else "",
        **PLANS.get(item[0], {}),
    }


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _yes(value: bool) -> str:  # noqa: FBT001 - a cell
    return "yes" if value else "no"
