"""Posts have a column of their own: until now an officer's post was kept where the rank belongs."""

from django.db import migrations, models

MOVE = "UPDATE identity_user SET post = rank, rank = '' WHERE rank <> ''"
BACK = "UPDATE identity_user SET rank = post WHERE rank = ''"


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="post",
            field=models.TextField(blank=True, default="", help_text="Jabatan dalam kata-kata kantor"),
        ),
        migrations.RunSQL(MOVE, BACK),
    ]
