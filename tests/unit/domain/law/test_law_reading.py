"""Reading law files: what an office may write, and what is refused with the row to mend."""

from dataclasses import replace
from datetime import date

import pytest

from timpora.domain.law import errors, shipped
from timpora.domain.law.cite import Unit, WorkRight
from timpora.domain.law.reading import lawbook_read
from timpora.domain.law.shipped import lawbook_shipped, lawbook_with, shipped_files

TEXT = """
[statute]
id = "uu-9"
label = "UU 9"
title = "Undang-Undang Nomor 9"

[[article]]
id = "uu-9/ps1"
title = "Satu"
label = "UU 9 Pasal 1"
citation = "Pasal 1 Undang-Undang Nomor 9"
paraphrase_id = "Isi."
paraphrase_en = "Content."
from = 2020-01-01
to = 2022-01-01
source = "naskah"
confidence = "high"

[[article]]
id = "uu-9/ps1"
title = "Satu, diubah"
label = "UU 9 Pasal 1"
citation = "Pasal 1 Undang-Undang Nomor 9"
paraphrase_id = "Isi baru."
paraphrase_en = "New content."
from = 2022-01-01
source = "naskah"
confidence = "medium"
"""
VALUE = """
[[limit_days]]
title = "Batas"
from = 2021-01-01
to = 2022-01-01
value = 7
unit = "hari"
cite = "uu-9/ps1"
confidence = "high"
"""
VISA = """
[[visa]]
code = "Z1"
name_id = "Contoh"
name_en = "Sample"
category = "kunjungan"
work = "tidak"
from = 2020-01-01
source = "tabel"
confidence = "low"
"""
CALENDAR = """
[calendar]
year = 2024
source = "SKB"

[[holiday]]
on = 2024-08-17
name = "Kemerdekaan"
kind = "libur_nasional"
confidence = "high"
"""
FILES = {
    "texts/uu-9.toml": TEXT,
    "values/batas.toml": VALUE,
    "visas/z.toml": VISA,
    "calendar/2024.toml": CALENDAR,
}


def changed(name, old, new):
    assert old in FILES[name]
    return {**FILES, name: FILES[name].replace(old, new)}


def test_a_good_set_is_read_whole():
    book = lawbook_read(FILES)
    assert [article.title for article in book.versions("uu-9/ps1")] == ["Satu", "Satu, diubah"]
    assert [article.is_verified for article in book.versions("uu-9/ps1")] == [True, False]
    (value,) = book.values["limit_days"]
    assert (value.value, value.unit, value.is_verified) == (7, Unit.DAYS, True)
    (visa,) = book.visas["Z1"]
    assert (visa.work, visa.first_days, visa.is_verified) == (WorkRight.NONE, None, False)
    (holiday,) = book.holidays.values()
    assert holiday.is_verified
    assert book.calendar_years == {2024}


def test_a_number_is_verified_only_with_its_article():
    book = lawbook_read(changed("values/batas.toml", "to = 2022-01-01", "to = 2022-01-02"))
    assert not book.values["limit_days"][0].is_verified


@pytest.mark.parametrize(
    ("name", "old", "new", "refusal", "told"),
    [
        ("texts/uu-9.toml", 'id = "uu-9"', 'id = "uu-9', errors.TomlBroken, "line"),
        ("texts/uu-9.toml", "[statute]", "[statut]", errors.FieldUnknown, "statut"),
        ("texts/uu-9.toml", "[[article]]", "[[pasal]]", errors.FieldUnknown, "pasal"),
        ("texts/uu-9.toml", 'title = "Satu"', 'tittle = "Satu"', errors.FieldUnknown, "tittle"),
        ("texts/uu-9.toml", 'title = "Satu"\n', "", errors.FieldMissing, "article 1.*title"),
        ("texts/uu-9.toml", 'title = "Satu"', 'title = " "', errors.FieldMissing, "title"),
        ("texts/uu-9.toml", 'title = "Satu"', "title = 1", errors.FieldWrong, "teks"),
        ("texts/uu-9.toml", "from = 2020-01-01", 'from = "2020-01-01"', errors.FieldWrong, "tanggal"),
        ("texts/uu-9.toml", "from = 2020-01-01", "from = 2020-01-01T00:00:00", errors.FieldWrong, "tanggal"),
        ("texts/uu-9.toml", "from = 2020-01-01", "from = 2022-01-01", errors.FieldWrong, "Tanggal berakhir"),
        ("texts/uu-9.toml", "to = 2022-01-01", "to = 2022-01-02", errors.IntervalsOverlap, "uu-9/ps1"),
        ("texts/uu-9.toml", "to = 2022-01-01\n", "", errors.IntervalsOverlap, "uu-9/ps1"),
        ("texts/uu-9.toml", 'id = "uu-9/ps1"', 'id = "uu-8/ps1"', errors.FieldWrong, "uu-9/"),
        ("texts/uu-9.toml", 'confidence = "high"', 'confidence = "yakin"', errors.FieldWrong, "medium"),
        ("values/batas.toml", "uu-9/ps1", "uu-9/ps2", errors.CiteUnknown, "uu-9/ps2"),
        ("values/batas.toml", "from = 2021-01-01", "from = 2019-12-31", errors.CiteNotInForce, "uu-9/ps1"),
        ("values/batas.toml", "value = 7", "value = -7", errors.FieldWrong, "bilangan"),
        ("values/batas.toml", "value = 7", "value = 10001", errors.FieldWrong, "10000"),
        ("values/batas.toml", "value = 7", f"value = {'[' * 5000}", errors.TomlBroken, "kurung"),
        ("values/batas.toml", "value = 7", "value = true", errors.FieldWrong, "bilangan"),
        ("values/batas.toml", "value = 7", "value = 7.5", errors.FieldWrong, "bilangan"),
        ("values/batas.toml", "[[limit_days]]", "[limit_days]", errors.FieldWrong, r"\[\[limit_days\]\]"),
        ("values/batas.toml", '"hari"', '"minggu"', errors.FieldWrong, "hari_kerja"),
        ("visas/z.toml", 'work = "tidak"', 'work = "no"', errors.FieldWrong, "terbatas"),
        ("visas/z.toml", "[[visa]]", "[[visum]]", errors.FieldUnknown, "visum"),
        ("calendar/2024.toml", "on = 2024-08-17", "on = 2025-08-17", errors.FieldWrong, "2024"),
        ("calendar/2024.toml", "year = 2024\n", "", errors.FieldMissing, "year"),
        ("calendar/2024.toml", "libur_nasional", "libur", errors.FieldWrong, "cuti_bersama"),
    ],
)
def test_a_fault_is_refused_by_name_with_its_file(name, old, new, refusal, told):
    lawbook_read(FILES)
    with pytest.raises(refusal, match=told) as refused:
        lawbook_read(changed(name, old, new))
    assert refused.value.file == name
    assert name in str(refused.value)
    assert isinstance(refused.value, errors.LawBookUnreadable)


@pytest.mark.parametrize("name", ["laws/x.toml", "texts/x.txt", "texts", "x.toml"])
def test_a_file_without_a_place_is_refused(name):
    with pytest.raises(errors.FileUnplaced):
        lawbook_read({**FILES, name: TEXT})


def test_a_file_without_its_head_is_refused():
    with pytest.raises(errors.FieldMissing, match="statute"):
        lawbook_read({"texts/kosong.toml": "article = []"})


def test_two_files_may_not_name_one_holiday():
    with pytest.raises(errors.IntervalsOverlap, match="17-08-2024"):
        lawbook_read({**FILES, "calendar/kedua.toml": CALENDAR})


def test_a_gap_in_the_articles_is_a_gap_under_the_number():
    files = changed("texts/uu-9.toml", "to = 2022-01-01", "to = 2021-06-01")
    with pytest.raises(errors.CiteNotInForce):
        lawbook_read(files)
    open_ended = VALUE.replace("to = 2022-01-01\n", "")
    lawbook_read({**FILES, "values/batas.toml": open_ended})
    closed = TEXT.replace("from = 2022-01-01\n", "from = 2022-01-01\nto = 2023-01-01\n")
    with pytest.raises(errors.CiteNotInForce):
        lawbook_read({**FILES, "texts/uu-9.toml": closed, "values/batas.toml": open_ended})


def test_the_digest_follows_content_and_nothing_else():
    book = lawbook_read(FILES)
    renamed = {name.replace(".toml", "-baru.toml"): f"# catatan\n{text}" for name, text in FILES.items()}
    assert lawbook_read(renamed).digest == book.digest
    for name, old, new in [
        ("texts/uu-9.toml", "Isi.", "Isi lain."),
        ("values/batas.toml", "value = 7", "value = 8"),
        ("visas/z.toml", "Contoh", "Contoh lain"),
        ("calendar/2024.toml", "Kemerdekaan", "Merdeka"),
    ]:
        assert lawbook_read(changed(name, old, new)).digest != book.digest


def test_an_office_replaces_a_file_by_name_and_adds_by_a_new_one():
    shipped = lawbook_shipped()
    free = shipped_files()["values/overstay.toml"].replace("value = 1000000", "value = 0")
    book = lawbook_with({"values/overstay.toml": free, "texts/uu-9.toml": TEXT})
    assert {value.value for value in book.values["overstay_charge_rupiah"]} == {0}
    assert book.versions("uu-9/ps1")
    assert book.digest != shipped.digest
    assert lawbook_with({}).digest == shipped.digest


def test_a_file_loaded_before_a_release_added_a_number_leaves_that_number_as_shipped():
    rows = shipped_files()["values/pengawasan.toml"].split("[[")
    earlier = "[[".join(row for row in rows if not row.startswith("order_show_days"))
    earlier = earlier.replace("value = 1\n", "value = 2\n")
    book = lawbook_with({"values/pengawasan.toml": earlier})
    day = date(2024, 8, 22)
    assert book.value("check_order_days", on=day).value == 2
    assert book.value("order_show_days", on=day).value == 7
    own = earlier + rows[0] + "[[" + next(row for row in rows if row.startswith("order_show_days"))
    held = lawbook_with({"values/pengawasan.toml": own.replace("value = 7", "value = 3")})
    assert held.value("order_show_days", on=day).value == 3


def test_a_number_that_holds_as_shipped_is_part_of_the_version_that_verdicts_name(monkeypatch):
    rows = shipped_files()["values/pengawasan.toml"].split("[[")
    own = {"values/pengawasan.toml": "[[".join(row for row in rows if not row.startswith("order_show_days"))}
    before = lawbook_with(own)
    book = lawbook_shipped()
    later = tuple(replace(value, value=9) for value in book.values["order_show_days"])
    released = replace(book, values={**book.values, "order_show_days": later})
    monkeypatch.setattr(shipped, "lawbook_shipped", lambda: released)
    after = lawbook_with(own)
    assert after.value("order_show_days", on=date(2024, 8, 22)).value == 9
    assert after.digest != before.digest
    monkeypatch.undo()
    assert lawbook_with(own).digest == before.digest
