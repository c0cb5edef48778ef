"""The table of version numbers (see ``kit.versions``)."""

from django.db import models


class Version(models.Model):
    """How often the rows under a name have changed."""

    name = models.CharField(max_length=100, primary_key=True)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
