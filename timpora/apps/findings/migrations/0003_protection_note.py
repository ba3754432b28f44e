from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("findings", "0002_walls")]
    operations = [
        migrations.AddField(
            model_name="protection",
            name="note",
            field=models.TextField(blank=True, default="", help_text="Catatan petugas tentang orang ini"),
        ),
    ]
