"""The table of subject keys (see ``kit.subjects``)."""

from django.db import models


class Subject(models.Model):
    """Stands for a person in audit and books. Names live elsewhere, in one table, and can be taken away."""

    key = models.CharField(max_length=64, primary_key=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key
