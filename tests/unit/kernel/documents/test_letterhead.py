"""A letterhead says what the office wrote, and else what the register of offices knows."""

from datetime import date

from timpora.kernel.documents.letterhead import LetterheadWords, LetterOffice

ON = date(2024, 8, 22)
KNOWN = LetterOffice(
    name="Kantor Imigrasi Batulicin",
    regional="Kantor Wilayah Kalimantan Selatan",
    seat="Kab. Tanah Bumbu, Kalimantan Selatan",
)
WORDS = LetterheadWords(
    office="Kantor Imigrasi Kelas II TPI Batulicin", address="Jalan Contoh 1", phone="(0518) 1", site="x.id",
    email="a@x.id", place="Batulicin", regional_office="Kanwil", ministry="Kementerian X",
)  # fmt: skip


def test_what_the_office_did_not_write_follows_the_register_and_the_day():
    head = KNOWN.letterhead(on=ON)
    assert head.ministry == "Kementerian Hukum dan Hak Asasi Manusia Republik Indonesia"
    assert "Pemasyarakatan" in KNOWN.letterhead(on=date(2024, 10, 21)).ministry
    assert (head.office, head.regional_office) == (KNOWN.name, KNOWN.regional)
    assert (head.address, head.contact, KNOWN.place) == (KNOWN.seat, "", "Tanah Bumbu")


def test_what_the_office_wrote_stands_over_everything():
    own = LetterOffice(name=KNOWN.name, regional=KNOWN.regional, seat=KNOWN.seat, town="Lain", words=WORDS)
    head = own.letterhead(on=ON)
    assert (head.ministry, head.regional_office, head.office) == ("Kementerian X", "Kanwil", WORDS.office)
    assert head.contact == "Telepon (0518) 1 · x.id · Surel a@x.id"
    assert own.place == "Batulicin"


def test_only_what_was_written_is_kept():
    assert LetterheadWords.of({"place": "Batulicin", "lain": "x", "phone": ""}).as_kept() == {
        "place": "Batulicin"
    }
