"""The table of saved lists (see ``kit.lists``)."""

from django.db import models


class SavedList(models.Model):
    """A view of a list under a name: its sort and filters, owned by one user."""

    user_id = models.BigIntegerField()
    face = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    params = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user_id", "face", "name"], name="saved_list_once"),)

    def __str__(self) -> str:
        return self.name
