"""How the demo keeps its one password: quickly. It stands on the first screen, so that nothing is gained by a slow hash,
and every click on a card checks it. A real site has Django's own cost (``config.settings``).
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ShownPassword(Argon2PasswordHasher):
    """Argon2 at its least cost; what it wrote is never taken for the real one, since it is installed in the demo alone."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1
