"""Roles of their own for whoever keeps confidentiality marks and whoever may open the people who bear one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0032_household_keepers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rolegrant',
            name='role',
            field=models.CharField(choices=[('EMPLOYEE', 'EMPLOYEE'), ('BUYER', 'BUYER'), ('BUDGET_HOLDER', 'BUDGET_HOLDER'), ('SELLER', 'SELLER'), ('CONTROLLER', 'CONTROLLER'), ('DATA_ADMINISTRATOR', 'DATA_ADMINISTRATOR'), ('AUDITOR', 'AUDITOR'), ('OPERATOR', 'OPERATOR'), ('HOUSEHOLD_KEEPER', 'HOUSEHOLD_KEEPER'), ('MARK_KEEPER', 'MARK_KEEPER'), ('EMERGENCY_READER', 'EMERGENCY_READER')], max_length=20),
        ),
    ]
