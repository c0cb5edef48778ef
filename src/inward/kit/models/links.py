"""The table of links that were used up (see ``kit.links``). It holds a hash, never the link itself."""

from django.db import models


class UsedLink(models.Model):
    """A link that holds once and was used; kept until it would be over anyway."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    used_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.sha256
