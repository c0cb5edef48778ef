"""Who plays: the companies of the JKL world, their departments, and the people with names and parts.

Pure data. All persons are invented. Days are offsets from the day on which the demo is shown, so that the story is
always fresh: -400 is 400 days before that day.
"""

from dataclasses import dataclass

from inward.core.classification import WorkKind, WorkState


@dataclass(frozen=True, slots=True)
class CompanyPart:
    """A company of the world: its departments as (suffix, name, parent suffix or "") and the share of staff it employs."""

    id: str
    name: str
    country: str
    units: tuple[tuple[str, str, str], ...] = ()
    weight: int = 0


@dataclass(frozen=True, slots=True)
class PersonPart:
    """A named person: job, company, unit, kind of work, first day as offset, last day or None, and roles over parties."""

    id: str
    name: str
    job: str
    company: str
    unit: str
    kind: WorkKind = WorkKind.FULL_TIME
    since: int = -1500
    until: int | None = None
    roles: tuple[tuple[str, str], ...] = ()
    language: str = "en"


OFFICE = (("it", "IT", ""), ("hr", "Human Resources", ""), ("marketing", "Marketing", ""), ("finance", "Finance", ""))

OFFICE_HOURS = "09:00-12:30, 13:00-17:00"
ZONES = {"NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "IT": "Europe/Rome"}
"""The time zone of each country in which somebody of the world works."""
OTHER_HOURS = (
    ("abc-shops", ("mon", "tue", "wed", "thu", "fri", "sat"), "10:00-20:00"),
    ("bellavista-kitchen", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "06:00-14:30, 17:00-23:30"),
)
"""Departments that do not work in office hours: when they do."""

COMPANIES = (
    CompanyPart("jkl", "JKL Group", "NL", OFFICE, 4),
    CompanyPart(
        "abc",
        "ABC Retail",
        "NL",
        (
            *OFFICE,
            ("shops", "Shops", ""),
            ("shop-centre", "Shop Centre", "shops"),
            ("shop-harbour", "Shop Harbour", "shops"),
            ("warehouse", "Warehouse", ""),
            ("purchasing", "Purchasing", ""),
        ),
        34,
    ),
    CompanyPart(
        "xyz",
        "XYZ Widgets",
        "NL",
        (
            *OFFICE,
            ("plant", "Plant", ""),
            ("moulding", "Moulding", "plant"),
            ("assembly", "Assembly", "plant"),
            ("packing", "Packing", "plant"),
            ("sales", "Sales", ""),
        ),
        26,
    ),
    CompanyPart(
        "harbour", "Harbour Insurance", "NL", (*OFFICE, ("agents", "Agents", ""), ("claims", "Claims", "")), 12
    ),
    CompanyPart(
        "fjord",
        "Fjord Telecom",
        "NO",
        (*OFFICE, ("network", "Network", ""), ("care", "Customer Service", ""), ("shop", "Web Shop", "")),
        14,
    ),
    CompanyPart(
        "bellavista",
        "Hotel Bellavista",
        "IT",
        (
            *OFFICE,
            ("kitchen", "Kitchen", ""),
            ("service", "Service", ""),
            ("reception", "Reception", ""),
            ("accounts", "Accounts", "finance"),
        ),
        10,
    ),
    CompanyPart("northgate", "Northgate Logistics", "NL"),
    CompanyPart("meridian", "Meridian Freight", "NL"),
    CompanyPart("solberg", "Solberg Foods", "NO"),
    CompanyPart("kestrel", "Kestrel Café", "NL"),
    CompanyPart("lindqvist", "Lindqvist Design", "SE"),
    CompanyPart("rossi", "Trattoria Rossi", "IT"),
    CompanyPart("polaris", "Polaris Travel Insurance", "SE"),
)

HOLDINGS = (
    # id, owner, owned, percent, since, until (offsets; None: still)
    ("h-jkl-abc", "jkl", "abc", "80", -4000, None),
    ("h-jkl-xyz", "jkl", "xyz", "60", -3200, None),
    ("h-jkl-harbour", "jkl", "harbour", "100", -4000, None),
    ("h-jkl-fjord", "jkl", "fjord", "75", -2400, None),
    ("h-harbour-bellavista", "harbour", "bellavista", "30", -1900, None),
    ("h-abc-bellavista", "abc", "bellavista", "25", -1900, None),
    ("h-jkl-northgate", "jkl", "northgate", "50", -1200, None),
    ("h-meridian-northgate", "meridian", "northgate", "50", -1200, None),
    ("h-jkl-solberg", "jkl", "solberg", "30", -900, None),
)

PEOPLE = (
    PersonPart("maya-lund", "Maya Lund", "Shop assistant", "abc", "abc-shop-centre", since=-820),
    PersonPart(
        "jonas-vik", "Jonas Vik", "Shop assistant", "abc", "abc-shop-harbour", WorkKind.PART_TIME, -45, language="nb"
    ),
    PersonPart(
        "tor-bergli",
        "Tor Bergli",
        "Shop manager",
        "abc",
        "abc-shop-centre",
        roles=(
            ("SELLER", "abc"),
            ("BUYER", "abc-shop-centre"),
            ("CASE_HANDLER", "abc-shops"),
            ("SERVICE_OWNER", "abc-shops"),
        ),
        language="nb",
    ),
    PersonPart("ines-contarini", "Ines Contarini", "Buyer", "abc", "abc-purchasing", roles=(("BUYER", "abc"),)),
    PersonPart(
        "henk-verhoef", "Henk Verhoef", "Head of purchasing", "abc", "abc-purchasing", roles=(("BUDGET_HOLDER", "abc"),)
    ),
    PersonPart(
        "ratna-wijayanti", "Ratna Wijayanti", "Key account manager", "xyz", "xyz-sales", roles=(("SELLER", "xyz"),)
    ),
    PersonPart(
        "piet-moulder",
        "Piet van Moulen",
        "Shift leader, moulding",
        "xyz",
        "xyz-moulding",
        roles=(
            ("SELLER", "xyz-moulding"),
            ("BUYER", "xyz-moulding"),
            ("BUDGET_HOLDER", "xyz-plant"),
            ("CASE_HANDLER", "xyz-plant"),
        ),
    ),
    PersonPart(
        "karin-assem",
        "Karin Assemakers",
        "Planner, assembly",
        "xyz",
        "xyz-assembly",
        roles=(("BUYER", "xyz-assembly"),),
    ),
    PersonPart(
        "bram-plantinga",
        "Bram Plantinga",
        "Plant manager",
        "xyz",
        "xyz-plant",
        roles=(("BUDGET_HOLDER", "xyz"), ("SERVICE_OWNER", "xyz-plant")),
    ),
    PersonPart(
        "astrid-havn", "Astrid Havn", "Insurance agent", "harbour", "harbour-agents", WorkKind.AGENT, language="nb"
    ),
    PersonPart("dina-claes", "Dina Claes", "Office administrator", "harbour", "harbour-claims"),
    PersonPart("erik-fossdal", "Erik Fossdal", "Network engineer", "fjord", "fjord-network", language="nb"),
    PersonPart(
        "solveig-nes", "Solveig Nes", "Shop lead", "fjord", "fjord-shop", roles=(("SELLER", "fjord"),), language="nb"
    ),
    PersonPart(
        "giulia-marinelli",
        "Giulia Marinelli",
        "Head cook",
        "bellavista",
        "bellavista-kitchen",
        roles=(
            ("SELLER", "bellavista-kitchen"),
            ("BUYER", "bellavista-kitchen"),
            ("SERVICE_OWNER", "bellavista-kitchen"),
        ),
    ),
    PersonPart(
        "paolo-servente",
        "Paolo Servente",
        "Head waiter",
        "bellavista",
        "bellavista-service",
        roles=(("BUYER", "bellavista-service"),),
    ),
    PersonPart(
        "carla-direttore",
        "Carla Direttori",
        "Hotel manager",
        "bellavista",
        "bellavista-finance",
        WorkKind.DIRECTOR,
        roles=(("BUDGET_HOLDER", "bellavista"), ("BUYER", "bellavista")),
    ),
    PersonPart(
        "luca-bilancini",
        "Luca Bilancini",
        "Group controller",
        "jkl",
        "jkl-finance",
        roles=(
            *(("CONTROLLER", company) for company in ("jkl", "abc", "xyz", "harbour", "fjord", "bellavista")),
            ("MARK_KEEPER", "*"),
        ),
    ),
    PersonPart(
        "siti-hartati",
        "Siti Hartati",
        "Data administrator",
        "jkl",
        "jkl-it",
        roles=(("DATA_ADMINISTRATOR", "*"), ("EMERGENCY_READER", "*")),
    ),
    PersonPart(
        "hanne-sunde",
        "Hanne Sunde",
        "People adviser",
        "jkl",
        "jkl-hr",
        roles=(
            ("HOUSEHOLD_KEEPER", "*"),
            ("PAYROLL_OFFICER", "abc"),
            ("PAYROLL_OFFICER", "bellavista"),
            ("CASE_HANDLER", "jkl-hr"),
        ),
        language="nb",
    ),
    PersonPart(
        "sam-techter",
        "Sam Techter",
        "IT support",
        "abc",
        "abc-it",
        roles=(("SELLER", "abc-it"), ("CASE_HANDLER", "abc-it")),
    ),
    PersonPart("noor-dewit", "Noor de Wit", "Head of IT", "abc", "abc-it", roles=(("SERVICE_OWNER", "abc-it"),)),
    PersonPart("wilma-kuiper", "Wilma Kuiper", "People adviser", "abc", "abc-hr", roles=(("CASE_HANDLER", "abc-hr"),)),
    PersonPart(
        "dewi-santosa",
        "Dewi Santosa",
        "Web designer",
        "abc",
        "abc-marketing",
        WorkKind.CONTRACTOR,
        -200,
        roles=(("CASE_HANDLER", "abc-marketing"),),
    ),
    PersonPart(
        "bas-zendeling",
        "Bas Zendeling",
        "Newsletter editor",
        "abc",
        "abc-marketing",
        roles=(("SERVICE_OWNER", "abc-marketing"),),
    ),
    PersonPart(
        "matteo-reti",
        "Matteo Reti",
        "IT technician",
        "bellavista",
        "bellavista-it",
        roles=(("SERVICE_OWNER", "bellavista-it"),),
        language="it",
    ),
    PersonPart("anna-ragioni", "Anna Ragioni", "Accountant", "bellavista", "bellavista-accounts", language="it"),
    PersonPart(
        "olav-strandli", "Olav Strandli", "Retired store manager", "abc", "", WorkKind.RETIREE, -300, language="nb"
    ),
    PersonPart(
        "tess-tempelaar", "Tess Tempelaar", "Seasonal help", "abc", "abc-warehouse", WorkKind.TEMPORARY, -60, 60
    ),
    PersonPart("milan-leaver", "Milan Vertrekker", "Shop assistant", "abc", "abc-shop-harbour", since=-1000, until=-90),
    PersonPart(
        "nora-quistgaard", "Nora Quistgaard", "Owner", "kestrel", "", WorkKind.DIRECTOR, roles=(("BUYER", "kestrel"),)
    ),
    PersonPart("enzo-rossini", "Enzo Rossini", "Owner", "rossi", "", WorkKind.DIRECTOR, roles=(("BUYER", "rossi"),)),
)

PAID_BY, TOO_LITTLE_PAY = "abc", "jonas-vik"
"""Whose payroll was told yesterday, and from whose pay one order could not be deducted."""
CHILDREN = ("giulia-marinelli", "bellavista")
"""Who told which employer of dependent children: in Italy they double what may be had tax-free in a year."""

CONFIDENTIAL = ("dina-claes", "siti-hartati")
"""Whose address is protected, and who had to open her once."""

HEADS = (
    ("jkl-finance", "luca-bilancini"),
    ("abc-shop-centre", "tor-bergli"),
    ("abc-purchasing", "henk-verhoef"),
    ("abc-it", "noor-dewit"),
    ("xyz-plant", "bram-plantinga"),
    ("xyz-moulding", "piet-moulder"),
    ("bellavista", "carla-direttore"),
    ("bellavista-kitchen", "giulia-marinelli"),
    ("bellavista-service", "paolo-servente"),
)
"""Who heads what, since her first day. The shop at the harbour has nobody."""
WORK_STATES = (("jonas-vik", "abc", WorkState.PROBATION, -45, 134),)
"""Whose work is in which state, from the first day to the last."""

DEPUTIES = (("abc-purchasing", "ines-contarini"), ("xyz-plant", "piet-moulder"))
"""Who stands in there, for everything."""

FIRST_NAMES = (
    "Aino",
    "Anja",
    "Bas",
    "Bente",
    "Bima",
    "Chiara",
    "Citra",
    "Daan",
    "Dag",
    "Eka",
    "Elin",
    "Elio",
    "Emma",
    "Femke",
    "Fajar",
    "Filippo",
    "Gita",
    "Greta",
    "Hanne",
    "Hugo",
    "Ida",
    "Indra",
    "Ivar",
    "Jasper",
    "Joko",
    "Julia",
    "Kari",
    "Kees",
    "Klara",
    "Laras",
    "Leo",
    "Lisa",
    "Lotte",
    "Mads",
    "Marit",
    "Matteo",
    "Nadia",
    "Nils",
    "Nina",
    "Noor",
    "Olga",
    "Oskar",
    "Paola",
    "Pim",
    "Putri",
    "Rafi",
    "Rosa",
    "Ruben",
    "Sanne",
    "Sari",
    "Sigrid",
    "Sofia",
    "Sven",
    "Teo",
    "Thea",
    "Tiur",
    "Tove",
    "Ulla",
    "Vera",
    "Viggo",
    "Wayan",
    "Willem",
    "Yara",
    "Yusuf",
    "Zara",
)
LAST_NAMES = (
    "Aasgard",
    "Bakkelund",
    "Bianchini",
    "Boomgaard",
    "Brandvik",
    "Castellani",
    "Dekkersma",
    "Dijkhuis",
    "Eikeland",
    "Fjellheim",
    "Fontanella",
    "Gunadi",
    "Haugland",
    "Hermanto",
    "Hoogland",
    "Iversby",
    "Jelsma",
    "Kusnadi",
    "Langeland",
    "Lombardini",
    "Maasdam",
    "Mulyadi",
    "Nordheim",
    "Nugraha",
    "Oosterhof",
    "Pellegri",
    "Prasetya",
    "Raaphorst",
    "Rahardja",
    "Rinaldini",
    "Sandnesli",
    "Santelli",
    "Setiadi",
    "Skogheim",
    "Steenwijk",
    "Suryana",
    "Tangen",
    "Terborg",
    "Tveitan",
    "Utomo",
    "Valentini",
    "Veldhoen",
    "Vestby",
    "Wibawa",
    "Wijngaard",
    "Zonneveld",
)
JOBS = {
    "it": "IT support",
    "hr": "HR adviser",
    "marketing": "Marketer",
    "finance": "Accountant",
    "shops": "Shop assistant",
    "shop-centre": "Shop assistant",
    "shop-harbour": "Shop assistant",
    "warehouse": "Warehouse worker",
    "purchasing": "Buyer",
    "plant": "Technician",
    "moulding": "Machine operator",
    "assembly": "Assembler",
    "packing": "Packer",
    "sales": "Sales adviser",
    "agents": "Insurance agent",
    "claims": "Claims handler",
    "network": "Network engineer",
    "care": "Customer adviser",
    "shop": "Shop adviser",
    "kitchen": "Cook",
    "service": "Waiter",
    "reception": "Receptionist",
    "accounts": "Accountant",
}
SUSPENDED = ("abc-staff", "tess-tempelaar", "siti-hartati")
"""The scheme from which somebody is suspended until she is heard, who that is, and who began it."""
