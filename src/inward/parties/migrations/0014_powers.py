"""Keep power over a company that is no share of votes: boards, contracts, nominees, joint control, and what is known of parents."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A table of dated facts."""

    dependencies = [("kit", "0005_imports"), ("parties", "0013_classes_of_shares")]

    operations = [
        migrations.CreateModel(
            name="ControlRight",
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
                ("target", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rights_over_it", to="parties.party")),
                ("holder", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="rights_held", to="parties.party")),
                ("kind", models.CharField(choices=[("BOARD_MAJORITY", "BOARD_MAJORITY"), ("CONTRACT", "CONTRACT"), ("ARTICLES", "ARTICLES"), ("LAW", "LAW"), ("DE_FACTO", "DE_FACTO"), ("JOINT_CONTROL", "JOINT_CONTROL"), ("CONSOLIDATION", "CONSOLIDATION"), ("ULTIMATE_CONSOLIDATION", "ULTIMATE_CONSOLIDATION"), ("NOMINATOR", "NOMINATOR"), ("BRANCH", "BRANCH"), ("FUND_MANAGER", "FUND_MANAGER"), ("UMBRELLA", "UMBRELLA"), ("MASTER", "MASTER"), ("UNKNOWN_PARENT", "UNKNOWN_PARENT"), ("TOP", "TOP")], max_length=24)),
                ("agreement", models.CharField(blank=True, help_text="shared by those who control jointly", max_length=120)),
                ("over", models.ForeignKey(blank=True, null=True, help_text="the one company a nomination is about", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["target", "known_until"], name="right_by_target"),
                    models.Index(fields=["holder", "known_until"], name="right_by_holder"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                        name="right_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=Q(known_until=None) | Q(known_until__gte=F("known_from")),
                        name="right_knowledge_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=Q(known_until=None), fields=("code",), name="right_code_once"
                    ),
                    models.CheckConstraint(condition=~Q(holder=F("target")), name="right_not_over_itself"),
                ],
            },
        ),
    ]
