"""Keep the classes of shares of a company, and how many of each somebody holds."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import inward.kit.fields


class Migration(migrations.Migration):
    """Two tables of dated facts."""

    dependencies = [("kit", "0005_imports"), ("parties", "0012_whose_word_it_is")]

    operations = [
        migrations.CreateModel(
            name="ShareClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "valid_from",
                    models.DateField(blank=True, help_text="first day it holds; empty: always so far", null=True),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="first day it no longer holds; empty: for ever", null=True),
                ),
                ("known_from", models.DateTimeField(help_text="since when we know it so")),
                (
                    "known_until",
                    models.DateTimeField(blank=True, help_text="until when we knew it so; empty: still", null=True),
                ),
                ("source", models.CharField(blank=True, help_text="on whose word", max_length=200)),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kit.file",
                    ),
                ),
                ("code", models.CharField(max_length=240)),
                ("register", models.CharField(
            blank=True, help_text="code of the outside source; empty: the house itself", max_length=40
        )),
                ("rank", models.CharField(
            choices=[
                ("OWN_REGISTER", "OWN_REGISTER"),
                ("GROUP_CHART", "GROUP_CHART"),
                ("CORROBORATED", "CORROBORATED"),
                ("SUPPLIED", "SUPPLIED"),
                ("SCRAPED", "SCRAPED"),
            ],
            default="OWN_REGISTER",
            help_text="how far its source is trusted",
            max_length=12,
        )),
                ("company", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="share_classes", to="parties.party")),
                ("name", models.CharField(blank=True, max_length=200)),
                ("issued", inward.kit.fields.RateField(help_text="how many shares", max_length=80)),
                ("votes_each", inward.kit.fields.RateField(help_text="votes of one share", max_length=80)),
                ("dividend_each", inward.kit.fields.RateField(help_text="part of dividends of one share", max_length=80)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "known_until"], name="share_class_by_company"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                        name="share_class_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=Q(known_until=None) | Q(known_until__gte=F("known_from")),
                        name="share_class_knowledge_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=Q(known_until=None), fields=("code",), name="share_class_code_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shareholding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "valid_from",
                    models.DateField(blank=True, help_text="first day it holds; empty: always so far", null=True),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="first day it no longer holds; empty: for ever", null=True),
                ),
                ("known_from", models.DateTimeField(help_text="since when we know it so")),
                (
                    "known_until",
                    models.DateTimeField(blank=True, help_text="until when we knew it so; empty: still", null=True),
                ),
                ("source", models.CharField(blank=True, help_text="on whose word", max_length=200)),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kit.file",
                    ),
                ),
                ("code", models.CharField(max_length=240)),
                ("register", models.CharField(
            blank=True, help_text="code of the outside source; empty: the house itself", max_length=40
        )),
                ("rank", models.CharField(
            choices=[
                ("OWN_REGISTER", "OWN_REGISTER"),
                ("GROUP_CHART", "GROUP_CHART"),
                ("CORROBORATED", "CORROBORATED"),
                ("SUPPLIED", "SUPPLIED"),
                ("SCRAPED", "SCRAPED"),
            ],
            default="OWN_REGISTER",
            help_text="how far its source is trusted",
            max_length=12,
        )),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shareholdings", to="parties.party")),
                ("company", models.ForeignKey(help_text="whose shares they are", on_delete=django.db.models.deletion.PROTECT, related_name="shares_held", to="parties.party")),
                ("share_class", models.CharField(max_length=240)),
                ("shares", inward.kit.fields.RateField(help_text="how many", max_length=80)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "known_until"], name="shareholding_by_company"),
                    models.Index(fields=["owner", "known_until"], name="shareholding_by_owner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                        name="shareholding_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=Q(known_until=None) | Q(known_until__gte=F("known_from")),
                        name="shareholding_knowledge_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=Q(known_until=None), fields=("code",), name="shareholding_code_once"
                    ),
                ],
            },
        ),
    ]
