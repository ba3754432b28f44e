"""A case may be about somebody whom a number alone ties to the registry; those of before are sure."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_recognised")]
    operations = [
        migrations.AddField("party", "person_is_sure", models.BooleanField(default=True)),
    ]
