"""Three tours of five steps each. A step says what to do, whose shoes it is done in, and where; the pages are the real ones.

Data alone. Where a visitor stands in a tour is kept in her session (``progress``).
"""

from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class TourStep:
    """One or two sentences, and the page they speak of. ``turn`` names the address of a turn of the story that the step
    offers as a button: the tour goes on with it, or stands still where the page before it shall be used.
    """

    words: str | Promise
    person: str
    page: str
    named: dict[str, str] = field(default_factory=dict)
    acting_for: str = ""
    turn: str = ""
    turn_words: str | Promise = ""
    turn_leads_on: bool = False


@dataclass(frozen=True, slots=True)
class Tour:
    """A tour by its address name, its title, and what it shows in a line."""

    name: str
    title: str | Promise
    lead: str | Promise
    icon: str
    steps: tuple[TourStep, ...]


_COFFEE = {"code": "coffee-machine"}
_WIDGET = {"code": "widget-a"}
_MAYA, _INES, _RATNA, _LUCA = "maya-lund", "ines-contarini", "ratna-wijayanti", "luca-bilancini"

TOURS: Final = (
    Tour(
        "machine",
        _("Buy the coffee machine"),
        _("A staff price, every reason for it, and what is left of the allowance."),
        "coffee",
        (
            TourStep(
                _("You are Maya, a shop assistant at ABC Retail. She pays a quarter less than others for this machine."),
                _MAYA, "offering", _COFFEE,
            ),
            TourStep(
                _("Open “Why this price?”: every rule that was looked at, and why it was used or not."),
                _MAYA, "offering", _COFFEE,
            ),
            TourStep(
                _("Choose “Order now”. You pay the price shown or are asked again: let the price rise first, and see."),
                _MAYA, "offering", _COFFEE, "", "rise", _("Let the price rise"),
            ),
            TourStep(
                _("Open the newest order: how it is paid, who delivers it, and the verdict it keeps for ever."),
                _MAYA, "orders",
            ),
            TourStep(
                _("This is what is left to buy at staff price this year. What she sends back is given back here."),
                _MAYA, "allowance",
            ),
        ),
    ),
    Tour(
        "sisters",
        _("Sell a sister company"),
        _("XYZ sells to ABC: inside. The day after JKL sells XYZ: outside. The old order keeps its verdict."),
        "hierarchy",
        (
            TourStep(
                _("You are Ines, and buy for ABC Retail. Widgets come from XYZ at cost plus 20 %: JKL holds most of both."),
                _INES, "offering", _WIDGET, "abc-purchasing",
            ),
            TourStep(
                _("Order some. The companies settle it between them; nobody pays by hand."),
                _INES, "offering", _WIDGET, "abc-purchasing",
            ),
            TourStep(
                _("Now let JKL sell its 60 % of XYZ. From today on somebody else owns it."),
                _INES, "orders", {}, "abc-purchasing", "sell", _("Let JKL sell XYZ"), turn_leads_on=True,
            ),
            TourStep(
                _("The same widget: the list price now. The page says what would make it inside again."),
                _INES, "offering", _WIDGET, "abc-purchasing",
            ),
            TourStep(
                _("Your orders of before keep their verdict, their price and their postings. Open one and see."),
                _INES, "orders", {}, "abc-purchasing",
            ),
        ),
    ),
    Tour(
        "books",
        _("Follow an order into both books"),
        _("One dealing, two companies, two sides that balance, one reference."),
        "book",
        (
            TourStep(
                _("You are Ratna of XYZ Widgets. Open an order that ABC placed and confirm its delivery."),
                _RATNA, "deliveries",
            ),
            TourStep(
                _("You are Luca, the group's controller. These are the books of XYZ: the newest lines are on top."),
                _LUCA, "books_journal", {"company": "xyz"},
            ),
            TourStep(
                _("Open an intercompany sale: each line with its account, and below it the same order at the other company."),
                _LUCA, "books_journal", {"company": "xyz"},
            ),
            TourStep(
                _("And these are the books of ABC: the purchase, the same amount, the same day, the same reference."),
                _LUCA, "books_journal", {"company": "abc"},
            ),
            TourStep(
                _("Debit and credit agree to the cent. Posted lines are never changed; mistakes are reversed by new ones."),
                _LUCA, "books_balance", {"company": "xyz"},
            ),
        ),
    ),
)  # fmt: skip


def tour_named(name: str) -> Tour | None:
    """The tour of that name."""
    return next((tour for tour in TOURS if tour.name == name), None)
