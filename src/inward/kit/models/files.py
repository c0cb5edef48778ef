"""The table of kept files (see ``kit.files``); their contents lie in a folder, by the hash of what they hold."""

from django.db import models

from inward.kit.ids import new_id


class File(models.Model):
    """A file somebody brought: its content's hash, cleaned name, type as found in it, size in bytes.

    One that was withdrawn has no name and no content any more; its hash and size stay, as a proof of what was there.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    subject = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="since when its content is given to nobody and forgotten")

    def __str__(self) -> str:
        return self.name or self.sha256[:12]
