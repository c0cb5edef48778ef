import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Machines sign in by token alone and belong to a unit or company; a form that is sent twice leaves one token."""

    dependencies = [("access", "0001_access"), ("parties", "0001_parties")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="machine_of",
            field=models.ForeignKey(
                blank=True,
                help_text="of a machine: its unit",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", None), ("machine_of", None), _connector="OR"),
                name="user_person_or_machine",
            ),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="submission",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
