"""Each version of a proposal says where, which list or whither; versions of before are left as they are."""

import django.contrib.postgres.fields
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_protection"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="destination",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="proposal",
            name="listing",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="proposal",
            name="permit_change",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="proposal",
            name="permit_words",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="proposal",
            name="place_codes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="place_names",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="place_words",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        AddConstraintNotValid(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "larangan_berada"), _negated=True),
                    ("place_codes__len__gte", 1),
                    _connector="OR",
                ),
                name="barred_from_a_place",
            ),
        ),
        AddConstraintNotValid(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "keharusan_bertempat_tinggal"), _negated=True),
                    ("place_codes__len", 1),
                    _connector="OR",
                ),
                name="to_live_at_one_place",
            ),
        ),
        AddConstraintNotValid(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "izin_tinggal_dibatasi_diubah_dibatalkan"), _negated=True),
                    ("permit_change__in", ["pembatasan", "perubahan", "pembatalan"]),
                    _connector="OR",
                ),
                name="permit_change_told",
            ),
        ),
        AddConstraintNotValid(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "daftar_pencegahan_penangkalan"), _negated=True),
                    ("listing__in", ["pencegahan", "penangkalan"]),
                    _connector="OR",
                ),
                name="listed_in_one",
            ),
        ),
        AddConstraintNotValid(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "deportasi"), _negated=True),
                    models.Q(("destination", ""), _negated=True),
                    _connector="OR",
                ),
                name="deported_whither",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("place_codes__len", models.F("place_words__len")),
                    ("place_names__len", models.F("place_words__len")),
                ),
                name="places_whole",
            ),
        ),
    ]
