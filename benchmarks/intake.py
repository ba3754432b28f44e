"""Rows a second through reader, column plan and validation: `python -m benchmarks.intake`."""

import csv
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from timpora.apps.intake.kinds import ListKind
from timpora.apps.intake.mapping import guess, row_reader
from timpora.apps.intake.reading import open_table
from timpora.apps.intake.validation import check_row

TITLES = (
    "No", "TPI", "Tgl Perlintasan", "Jam", "Arah", "Nama Lengkap", "L/P", "Tgl Lahir", "Kebangsaan",
    "No. Paspor", "Alat Angkut",
)  # fmt: skip
ROWS = 100_000
ON = date(2024, 8, 22)


def write(path: Path, rows: int) -> None:
    dice = random.Random(1)
    nations = ["CHN", "Korea Selatan", "JPN", "Malaysia", "India", "Thailand"]
    with path.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(TITLES)
        for number in range(rows):
            day = ON - timedelta(days=dice.randrange(900))
            born = date(1950, 1, 1) + timedelta(days=dice.randrange(20_000))
            name = f"{dice.choice('ABCDEFG')}{number % 997} NAMA".translate(
                str.maketrans("0123456789", "ABCDEFGHIJ")
            )
            document = "" if number % 100 == 0 else f"E{number:08}"
            out.writerow(
                (number, "TPI Trisakti", f"{day:%d/%m/%Y}", f"{number % 24:02}:{number % 60:02}",
                 ("MASUK", "KELUAR")[number % 2], name, "LP"[number % 2], f"{born:%d-%m-%Y}",
                 dice.choice(nations), document,
                 "KM Bahari")
            )  # fmt: skip


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crossings.csv"
        write(path, rows)
        started = time.process_time()
        table = open_table(path, path.name)
        read = row_reader(guess(table, ListKind.CROSSINGS).plan, table.headers)
        good = bad = 0
        for row in table.rows():
            checked = check_row(ListKind.CROSSINGS, read(row), on=ON, surplus=row.surplus)
            good, bad = good + (checked.record is not None), bad + bool(checked.errors)
        seconds = time.process_time() - started
    print(
        f"rows {rows:,}  good {good:,}  bad {bad:,}  CPU seconds {seconds:.1f}  "
        f"rows/s {rows / seconds:,.0f} on one core"
    )


if __name__ == "__main__":
    main()
