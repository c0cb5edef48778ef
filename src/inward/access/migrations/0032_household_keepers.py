"""A role of its own for whoever keeps households."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0031_whose_word_lets_in'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rolegrant',
            name='role',
            field=models.CharField(choices=[('EMPLOYEE', 'EMPLOYEE'), ('BUYER', 'BUYER'), ('BUDGET_HOLDER', 'BUDGET_HOLDER'), ('SELLER', 'SELLER'), ('CONTROLLER', 'CONTROLLER'), ('DATA_ADMINISTRATOR', 'DATA_ADMINISTRATOR'), ('AUDITOR', 'AUDITOR'), ('OPERATOR', 'OPERATOR'), ('HOUSEHOLD_KEEPER', 'HOUSEHOLD_KEEPER')], max_length=20),
        ),
    ]
