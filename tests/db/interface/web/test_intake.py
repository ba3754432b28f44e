"""The screens of lists in and of doubtful pairs, by hand as different officers."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import bayu, citra, hasan, machine, surya, wulan
from tests.web import signed_in
from timpora.apps.intake import importing
from timpora.apps.intake.models import Pair, Submission
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db

TITLES = "Nama;No Paspor;Kewarganegaraan;Tgl Lahir;L/P;Jenis Izin;Berlaku s.d."
GOOD = "WANG XIAOMING;E1234567;Tiongkok;01-05-1980;L;ITAS;31-12-2024"
BAD = "<script>alert(1)</script>;X1;Thailand;31-02-1990;L;ITAS;kemarin"
FORM = {"jenis": "izin_tinggal", "cara": "baik"} | {
    f"kolom-{at}": name
    for at, name in enumerate(
        ("name", "document_number", "nationality", "birth_date", "sex", "permit_kind", "ends_on")
    )
}


@pytest.fixture
def client():
    return signed_in(Client(), bayu)


def drop(client, *rows, name="daftar.csv", content=None, on="21-08-2024"):
    content = "\r\n".join([TITLES, *rows]).encode() if content is None else content
    return client.post("/daftar/kirim", {"berkas": SimpleUploadedFile(name, content), "keadaan": on})


def dropped(client, *rows, **options):
    answer = drop(client, *rows, **options)
    assert answer.status_code == 302
    return answer["Location"]


def guessed(page):
    """Return the form as the page proposes it, untouched."""
    columns = re.findall(r'name="(kolom-\d)"(.*?)</select>', page, re.DOTALL)
    chosen = {name: re.search(r'value="(\w*)" selected', options) for name, options in columns}
    return {"jenis": "izin_tinggal", "cara": "baik"} | {
        name: found[1] if found else "" for name, found in chosen.items()
    }


def run(address):
    importing.submission_run(machine, address.removeprefix("/daftar/"))


def text(answer):
    return answer.content.decode()


def test_a_list_goes_in_from_file_to_result(client):
    address = dropped(client, GOOD, BAD)
    page = text(client.get(address))
    assert '<option value="document_number" selected>' in page
    assert "WANG XIAOMING" in page
    assert "Berlaku sampai: Tanggal tidak terbaca" in page
    assert "<script>alert" not in page
    assert client.post(f"{address}/masukkan", FORM).status_code == 302
    waiting = text(client.get(address))
    assert f'hx-get="{address}/kemajuan"' in waiting
    assert "HX-Refresh" not in client.get(f"{address}/kemajuan")
    run(address)
    assert client.get(f"{address}/kemajuan")["HX-Refresh"] == "true"
    done = text(client.get(address))
    assert "1 baris masuk, 1 perlu diperbaiki" in " ".join(done.split())
    answer = client.get(f"{address}/perbaikan.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="perbaikan-daftar.xlsx"'
    assert answer.content[:2] == b"PK"
    assert "daftar.csv" in text(client.get("/daftar"))


def test_a_result_survives_a_closed_page_since_nothing_of_it_is_in_the_page(client):
    address = dropped(client, GOOD)
    client.post(f"{address}/masukkan", FORM)
    run(address)
    other = signed_in(Client(), citra)
    assert "1 baris masuk" in text(client.get(address))
    assert other.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Berkas kosong"),
        (b"%PDF-1.7", "PDF, bukan tabel"),
        (b"PK\x03\x04", "rusak atau terpotong"),
        (b"\x00\x01\x02\x03" * 99, "biner"),
        (TITLES.encode(), "tidak ada satu baris data pun"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_form(client, content, says):
    answer = drop(client, content=content)
    assert answer.status_code == 422
    assert says in text(answer)
    assert 'value="21-08-2024"' in text(answer)
    with acting_as(machine):
        assert Submission.objects.count() == 0


@pytest.mark.parametrize("day", ["kemarin", "", "31-02-2024"])
def test_a_day_that_is_none_is_refused_at_the_form(client, day):
    assert drop(client, GOOD, on=day).status_code == 422


def test_nothing_dropped_is_refused_at_the_form(client):
    assert client.post("/daftar/kirim", {"keadaan": "21-08-2024"}).status_code == 422


def test_the_same_file_leads_to_the_same_page(client):
    assert dropped(client, GOOD) == dropped(client, GOOD, name="salinan.csv")
    assert "sudah pernah dikirim" in text(client.get("/daftar"))


def test_what_is_missing_is_said_and_the_choice_is_kept(client):
    address = dropped(client, GOOD)
    without = FORM | {"kolom-6": "", "cara": "semua"}
    answer = client.post(f"{address}/masukkan", without)
    assert answer.status_code == 422
    assert "Belum ada kolom untuk: Berlaku sampai" in text(answer)
    assert 'value="semua" checked' in text(answer)
    assert '<option value="name" selected>' in text(answer)
    filled = client.post(f"{address}/masukkan", without | {"nilai-ends_on": "31-12-2024"})
    assert filled.status_code == 302
    run(address)
    assert "1 baris masuk" in text(client.get(address))


def test_trying_changes_nothing(client):
    address = dropped(client, GOOD)
    answer = client.post(f"{address}/masukkan", FORM | {"coba": "1", "kolom-6": "starts_on"})
    assert answer.status_code == 200
    assert '<option value="starts_on" selected>' in text(answer)
    with acting_as(machine):
        assert Submission.objects.get().state == "diterima"


def test_a_try_without_a_needed_column_says_so_and_keeps_the_marks_of_guesses(client):
    titles = TITLES.replace("Tgl Lahir", "Kelahiran")
    address = dropped(client, content=f"{titles}\r\n{GOOD}".encode())
    before = text(client.get(address))
    guesses = before.count("tebakan; periksa")
    assert guesses
    tried = text(client.post(f"{address}/masukkan", guessed(before) | {"coba": "1", "kolom-6": ""}))
    assert "Belum dapat dicoba: Berlaku sampai kurang." in tried
    assert "(boleh kosong)" not in tried
    assert tried.count("tebakan; periksa") == guesses
    assert "Belum dapat dicoba" not in text(client.post(f"{address}/masukkan", FORM | {"coba": "1"}))


@pytest.mark.parametrize(
    "change",
    [{"jenis": "resep"}, {"kolom-0": "warna"}, {"kolom-0": "document_number"}, {"kolom-0": "\x00" * 9}],
)
def test_a_bent_form_is_a_refusal_never_a_fault(client, change):
    address = dropped(client, GOOD)
    assert client.post(f"{address}/masukkan", FORM | change).status_code == 422


def test_another_kind_can_be_chosen(client):
    address = dropped(client, GOOD)
    page = text(client.get(f"{address}?jenis=perlintasan"))
    assert "Tempat pemeriksaan imigrasi" in page
    assert client.get(f"{address}?jenis=zzz").status_code == 200


def test_an_agency_sees_its_own_lists_only(client):
    address = dropped(client, GOOD)
    desk = signed_in(Client(), wulan)
    assert desk.get(address).status_code == 404
    assert desk.get(f"{address}/perbaikan.xlsx").status_code == 404
    assert desk.post(f"{address}/masukkan", FORM).status_code == 404
    assert "daftar.csv" not in text(desk.get("/daftar"))
    own = dropped(desk, GOOD)
    assert own != address
    assert desk.get(own).status_code == 200
    assert desk.get("/daftar/pasangan").status_code == 404


@pytest.fixture
def pair(client):
    first = dropped(client, GOOD)
    client.post(f"{first}/masukkan", FORM)
    run(first)
    titles = "Nama Tamu;Kebangsaan;Tgl Lahir;L/P;Check In;Penginapan"
    guests = f"{titles}\r\nWANG XIAOMING;RRT;00-00-1980;L;20-08-2024;Ebony"
    second = dropped(client, content=guests.encode(), name="tamu.csv")
    columns = ("name", "nationality", "birth_date", "sex", "checked_in_on", "lodging_name")
    client.post(
        f"{second}/masukkan",
        {"jenis": "penginapan"} | {f"kolom-{at}": name for at, name in enumerate(columns)},
    )
    run(second)
    with acting_as(machine):
        return Pair.objects.get()


def test_a_pair_is_decided_and_taken_back(client, pair):
    page = text(client.get("/daftar/pasangan"))
    assert "Nama sama, urutan kata diabaikan." in page
    assert "Ebony" in page
    assert "99,9% benar" in page
    assert 'data-press="s"' in page
    answer = client.post(f"/daftar/pasangan/{pair.id}/putus", {"putusan": "sama"}, follow=True)
    assert "Dicatat sebagai satu orang." in text(answer)
    assert f'action="/daftar/pasangan/{pair.id}/batal"' in text(answer)
    assert "Tidak ada pasangan ragu" in text(answer)
    line = text(answer).split("Baru diputus")[1]
    assert "W••• X•••••" in line
    assert ">Bayu</td>" in line
    assert "WANG" not in line
    again = client.post(f"/daftar/pasangan/{pair.id}/putus", {"putusan": "beda"}, follow=True)
    assert "sudah diputus oleh Bayu" in text(again)
    undone = client.post(f"/daftar/pasangan/{pair.id}/batal", follow=True)
    assert "kembali menunggu" in text(undone)
    assert "Nama sama, urutan kata diabaikan." in text(undone)


def test_unsure_moves_on_and_decides_nothing(client, pair):
    for query in (f"?setelah={pair.id}", "?setelah=zzz"):
        assert client.get(f"/daftar/pasangan{query}").status_code == 200
    client.post(f"/daftar/pasangan/{pair.id}/putus", {"putusan": "mungkin"})
    with acting_as(machine):
        assert Pair.objects.get().state == "menunggu"


def test_a_stranger_finds_no_pair(pair):
    for stranger in (citra, hasan):
        other = signed_in(Client(), stranger)
        assert other.post(f"/daftar/pasangan/{pair.id}/putus", {"putusan": "sama"}).status_code == 404
        assert "WANG" not in text(other.get("/daftar/pasangan"))


def test_the_director_decides_a_pair_that_no_office_is_told_of(client):
    """Palembang names the number of somebody known at Batulicin, with another birth date."""
    known, guess = dropped(client, GOOD), GOOD.replace("01-05-1980", "02-05-1980")
    client.post(f"{known}/masukkan", FORM)
    run(known)
    away = signed_in(Client(), citra)
    sent = dropped(away, guess)
    away.post(f"{sent}/masukkan", FORM)
    run(sent)
    assert "pasangan ragu" not in text(away.get(sent))
    for office in (client, away):
        assert "Tidak ada pasangan ragu" in text(office.get("/daftar/pasangan"))
    director = signed_in(Client(), surya)
    assert "1 pasangan ragu" in text(director.get("/"))
    page = text(director.get("/daftar/pasangan"))
    assert "Selama ini hanya dikenal di luar wilayah pengirim daftar" in page
    assert 'href="/daftar"' not in page
    with acting_as(machine):
        pair = Pair.objects.get()
    answer = director.post(f"/daftar/pasangan/{pair.id}/putus", {"putusan": "beda"}, follow=True)
    assert "Dicatat sebagai dua orang." in text(answer)
