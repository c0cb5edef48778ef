"""What a server's process makes ready before it answers: the first page of each took ten times as long as the second,
and with a hundred thousand people more than a second longer.
"""

from django.db import DatabaseError
from django.template.loader import get_template

from inward.catalogue import queries as catalogue
from inward.parties import queries as parties
from inward.web.components import formats


def warm() -> None:
    """Load the frame of all pages and how numbers are written, then the world and the price book.

    Where the database cannot be asked now, whoever comes first is told, as after any other failure.
    """
    get_template("components/layout.html")
    formats.count(1)
    try:
        parties.world()
        catalogue.price_book()
    except DatabaseError:
        return
