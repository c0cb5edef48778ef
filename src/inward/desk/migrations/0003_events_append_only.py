"""What happened to a case is only ever added to."""

from django.db import migrations

from inward.kit.triggers import AppendOnly


class Migration(migrations.Migration):
    """The database itself refuses to change or remove an event."""

    dependencies = [("desk", "0002_cases")]

    operations = [AppendOnly("desk_caseevent", ("id", "case_id", "at", "act", "subject", "facts"))]
