"""A person met may be tied to the registry by a number alone; those of before keep their tie as it was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("findings", "0016_answers")]
    operations = [
        migrations.AddField("checkedperson", "person_is_sure", models.BooleanField(default=True)),
        migrations.AlterField("checkedperson", "person_is_sure", models.BooleanField(default=False)),
    ]
