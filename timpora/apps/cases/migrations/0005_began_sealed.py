"""A case that protection itself opened exists for holders of the seal alone (P10, P26)."""

from django.db import migrations, models

from timpora.kernel.database.rls import SealRows


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_letters_under_seal")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="began_sealed",
            field=models.BooleanField(default=False),
        ),
        SealRows("cases_case", seal="tppo", when="began_sealed"),
    ]
