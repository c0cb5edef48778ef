"""Offerings may be variants of a family, such as colours and sizes of a shirt."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Every offering stands alone so far."""

    dependencies = [("catalogue", "0012_household_of_schemes"), ("parties", "0001_parties")]

    operations = [
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "features",
                    models.JSONField(help_text="what its variants differ in, in the order in which it is chosen"),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            "offering",
            "family",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="variants",
                to="catalogue.family",
            ),
        ),
        migrations.AddField(
            "offering",
            "place",
            models.PositiveSmallIntegerField(help_text="among the variants of its family, from 1", null=True),
        ),
        migrations.AddField(
            "offering",
            "choice",
            models.JSONField(help_text="its value for each feature of its family, in their order", null=True),
        ),
        migrations.AddConstraint(
            "offering",
            models.CheckConstraint(
                condition=Q(family=None, place=None) | Q(family__isnull=False, place__gte=1), name="variant_has_a_place"
            ),
        ),
        migrations.AddIndex(
            "offering",
            models.Index(fields=["family", "place"], name="offering_by_family", condition=Q(family__isnull=False)),
        ),
    ]
