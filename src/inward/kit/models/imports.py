"""The tables of imports (see ``kit.imports``): what was brought in, what became of it, and which rows it made."""

from django.db import models

from inward.kit.ids import new_id


class ImportState(models.TextChoices):
    """Where an import stands."""

    BROUGHT = "BROUGHT"
    CHECKING = "CHECKING"
    CHECKED = "CHECKED"
    LOADING = "LOADING"
    LOADED = "LOADED"
    FAILED = "FAILED"
    UNDONE = "UNDONE"


class Import(models.Model):
    """A file somebody brought to be loaded: of which sort, how its columns are ours, what was found wrong, what came of it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    sort = models.CharField(max_length=60)
    file = models.ForeignKey("kit.File", models.PROTECT, related_name="+")
    columns = models.JSONField(default=dict, help_text="how our columns come out of theirs")
    source = models.CharField(max_length=200, blank=True, help_text="on whose word")
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.BROUGHT)
    user = models.BigIntegerField(null=True, help_text="key of the user as whom it is loaded")
    subject = models.CharField(max_length=64)
    good_rows = models.BooleanField(default=False, help_text="load the rows that are right, leave the others")
    brought_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    lines = models.BigIntegerField(default=0, help_text="read so far, while it is being read")
    read = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    added = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    problems = models.JSONField(default=list, help_text="[line, column, code, facts] of the first refused rows")
    told = models.JSONField(
        default=list, help_text="what the rows bring with them, as reasons, in the order to be read"
    )
    failure = models.JSONField(null=True, help_text="the reason for which it could not be loaded at all")

    class Meta:
        indexes = (models.Index(fields=["sort", "-id"], name="import_by_sort"),)

    def __str__(self) -> str:
        return f"{self.sort} {self.reference}"


class ImportedRow(models.Model):
    """A row that an import made, closed or changed, so that it can be taken back. ``before`` holds what was changed."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    of_import = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    table = models.CharField(max_length=80)
    key = models.BigIntegerField()
    act = models.CharField(max_length=7)
    before = models.JSONField(null=True)

    class Meta:
        indexes = (models.Index(fields=["of_import", "table"], name="imported_by_table"),)

    def __str__(self) -> str:
        return f"{self.act} {self.table} {self.key}"
