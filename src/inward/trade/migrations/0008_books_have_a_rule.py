"""An order keeps of which kind it is for the books, and by which definition: as its price was judged, until now."""

from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def as_priced(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Until now one rule judged both."""
    apps.get_model("trade", "Order").objects.using(editor.connection.alias).update(books_kind=F("kind"), books_definition=F("definition"))


class Migration(migrations.Migration):
    """Two columns."""

    dependencies = [("trade", "0007_limits_are_counted_apart")]

    operations = [
        migrations.AddField(
            "order",
            "books_kind",
            models.CharField(max_length=16, default="", help_text="the kind by which it is paid and posted"),
            preserve_default=False,
        ),
        migrations.AddField(
            "order",
            "books_definition",
            models.CharField(max_length=64, default="", help_text="the definition that decided that kind"),
            preserve_default=False,
        ),
        migrations.RunPython(as_priced, migrations.RunPython.noop),
    ]
