"""The table of what can be found by words (see ``kit.search``)."""

from django.db import models

from inward.kit.ids import new_id


class SearchEntry(models.Model):
    """Something that can be found: what it is, its reference, its words, and the scope within which it may be seen."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=120)
    scope = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    words = models.TextField(help_text="title, reference and body without case and accents")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "ref", "language"], name="search_entry_once"),)

    def __str__(self) -> str:
        return self.title
