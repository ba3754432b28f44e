"""The verifier as an outsider runs it: one copied file, one export, nothing of ours importable."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from timpora.domain.merkle import Frontier, leaf_hash

SOURCE = Path(__file__).parents[3] / "tools" / "verify_audit.py"
START = datetime(2024, 8, 21, 1, 0, 0, 123456, tzinfo=UTC)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry(number):
    return canonical(
        {
            "v": 1,
            "id": f"00000000-0000-4000-8000-{number:012d}",
            "at": (START + timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "tag": "findings:report:submitted",
            "actor": {"id": "7", "name": "Citra Ayu “Cici”", "role": "x", "unit": "u", "human": True},
            "subject": {"kind": "findings.report", "id": str(number)},
            "purpose": "operasi",
            "wilayah": "63.10",
            "note": "",
            "digest": "ab" * 32,
            "cites": ["uu-6-2011/ps78/a3"],
        }
    )


def row(number, body):
    return {"seq": number, "body": body, "leaf": leaf_hash(body.encode()).hex()}


@dataclass
class Export:
    """An export as rows that a test can damage before it is written."""

    rows: list = field(default_factory=list)
    points: list = field(default_factory=list)

    @classmethod
    def of(cls, bodies, every=10):
        export, frontier = cls(), Frontier()
        for number, body in enumerate(bodies):
            export.rows.append(row(number, body))
            frontier = frontier.append(leaf_hash(body.encode()))
            if frontier.size % every == 0:
                at = json.loads(body)["at"]
                export.points.append(
                    {"checkpoint": {"size": frontier.size, "root": frontier.root().hex(), "at": at}}
                )
        return export

    def text(self):
        header = {"format": "timpora-audit/1", "exported_at": "2024-08-24T00:00:00.000000Z"}
        return "".join(json.dumps(line) + "\n" for line in [header, *self.rows, *self.points])

    def renumber(self):
        self.rows = [one | {"seq": number} for number, one in enumerate(self.rows)]


def root(bodies):
    frontier = Frontier()
    for body in bodies:
        frontier = frontier.append(leaf_hash(body.encode()))
    return frontier.root().hex()


BODIES = [entry(number) for number in range(57)]


@pytest.fixture
def verify(tmp_path):
    tool = shutil.copy(SOURCE, tmp_path / "verify.py")

    def run(content, *heads):
        path = tmp_path / "export.jsonl"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        options = [part for head in heads for part in ("--head", head)]
        done = subprocess.run(
            [sys.executable, "-I", tool, path, *options],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def export():
    return Export.of(BODIES)


def refused(done, *words):
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("TIDAK SAH")
    for word in words:
        assert word in done.stderr
    return True


def test_the_verifier_is_at_most_100_lines_of_standard_library():
    text = SOURCE.read_text()
    assert len(text.splitlines()) <= 100
    imported = {
        line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("size", [0, 1, 2, 9, 10, 11, 57, 1204])
def test_an_honest_export_is_valid(verify, size):
    bodies = [entry(number) for number in range(size)]
    heads = [f"{some}:{root(bodies[:some])}" for some in {0, size // 2, size}]
    done = verify(Export.of(bodies).text(), *heads)
    assert (done.returncode, done.stderr) == (0, "")
    written = "1.204" if size == 1204 else str(size)
    assert done.stdout.splitlines()[0] == f"SAH: {written} entri, akar {root(bodies)}"


def test_it_says_how_many_entries_no_checkpoint_covers(verify, export):
    assert "7 entri sesudah" in verify(export.text()).stdout
    assert "0 entri sesudah" in verify(export.text(), f"57:{root(BODIES)}").stdout


def test_a_head_may_be_typed_in_groups(verify, export):
    head = root(BODIES).upper()
    grouped = " ".join(head[at : at + 4] for at in range(0, 64, 4))
    assert verify(export.text(), f"57: {grouped}").returncode == 0


def test_an_edited_entry_is_named_with_its_row_and_day(verify, export):
    body = export.rows[25]["body"]
    export.rows[25]["body"] = body.replace("operasi", "operasj")
    assert refused(verify(export.text()), "baris 27", "entri 25 (22-08-2024)", "isi")


def test_an_edited_entry_with_its_own_hash_is_named_by_the_checkpoints(verify, export):
    export.rows[25] = row(25, BODIES[25].replace("operasi", "operasj"))
    assert refused(verify(export.text()), "titik periksa", "akar 30 entri", "mulai entri 20 (21-08-2024)")


def test_deleted_inserted_and_swapped_entries_are_named(verify):
    deleted, inserted, swapped = Export.of(BODIES), Export.of(BODIES), Export.of(BODIES)
    del deleted.rows[25]
    inserted.rows.insert(25, row(25, entry(99)))
    swapped.rows[25], swapped.rows[26] = swapped.rows[26], swapped.rows[25]
    assert refused(verify(deleted.text()), "entri 25", "bernomor 26")
    assert refused(verify(inserted.text()), "entri 26", "bernomor 25")
    assert refused(verify(swapped.text()), "entri 25", "bernomor 26")
    for damaged in (deleted, inserted, swapped):
        damaged.renumber()
        assert refused(verify(damaged.text()), "akar 30 entri", "mulai entri 20")


def test_a_tail_cut_below_a_checkpoint_is_found(verify, export):
    del export.rows[45:]
    assert refused(verify(export.text()), "ekor terpotong", "50 entri")
    export.rows.clear()
    assert refused(verify(export.text()), "ekor terpotong", "10 entri")


def test_a_tail_cut_with_its_checkpoints_is_found_only_by_a_head(verify, export):
    cut = Export.of(BODIES[:40])
    assert verify(cut.text()).returncode == 0
    assert refused(verify(cut.text(), f"57:{root(BODIES)}"), "kertas", "ekor terpotong")
    assert verify(cut.text(), f"33:{root(BODIES[:33])}").returncode == 0
    assert verify(export.text(), f"33:{root(BODIES[:33])}", f"57:{root(BODIES)}").returncode == 0


def test_a_rewritten_history_is_found_only_by_a_head(verify):
    bodies = [*BODIES]
    bodies[25] = bodies[25].replace("operasi", "operasj")
    rewritten = Export.of(bodies)
    assert verify(rewritten.text()).returncode == 0
    heads = [f"20:{root(BODIES[:20])}", f"57:{root(BODIES)}"]
    assert refused(verify(rewritten.text(), *heads), "kertas", "mulai entri 20 (21-08-2024)")
    assert refused(verify(rewritten.text(), heads[1]), "kertas", "mulai entri 0 (21-08-2024)")
    assert verify(rewritten.text(), heads[0]).returncode == 0


def test_a_checkpoint_that_was_changed_is_found(verify, export):
    point = export.points[2]["checkpoint"]
    for change in ({"root": "0" * 64}, {"root": None}, {"size": 29}, {"size": -1}):
        export.points[2] = {"checkpoint": point | change}
        assert refused(verify(export.text()), "titik periksa", "tidak cocok")


def test_an_empty_log_still_has_its_root(verify):
    empty = Export()
    empty.points = [{"checkpoint": {"size": 0, "root": "0" * 64, "at": "2024-08-21T00:00:00.000000Z"}}]
    assert refused(verify(empty.text()), "akar 0 entri", "tanpa entri")


def test_what_is_no_entry_is_named_by_its_line(verify, export):
    good = export.text().splitlines(keepends=True)
    for bad in (
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"seq":5}',
        '{"seq":5,"body":7,"leaf":""}',
        '{"seq":5,"body":"[]","leaf":""}',
        '{"seq":5,"body":"\\ud800","leaf":""}',
        '{"seq":5,"body":"{\\"at\\":\\"\\ud800\\"}","leaf":""}',
        '{"checkpoint":{"size":"x","root":"","at":""}}',
        '{"checkpoint":7}',
        "[" * 100_000,
    ):
        damaged = "".join([*good[:6], bad + "\n", *good[7:]])
        assert refused(verify(damaged), "baris 7")
    assert refused(verify("".join(good[:6]).encode() + b"\xff\n"), "baris 7")
    assert refused(verify(export.text()[:-20]), f"baris {len(good)}")


def test_an_entry_number_must_be_that_number(verify, export):
    for wrong in (True, 1.0, "1", None, -1):
        export.rows[1]["seq"] = wrong
        assert refused(verify(export.text()), "entri 1", "bernomor")


def test_an_entry_that_can_be_read_in_two_ways_is_refused(verify, export):
    for body in (
        BODIES[9].replace('"v":1', '"v":1,"v":1'),
        BODIES[9].replace('"v":1', '"v": 1'),
        BODIES[9].replace("operasi", "\\u006fperasi"),
    ):
        export.rows[9] = row(9, body)
        assert refused(verify(export.text()), "entri 9", "kanonis")


def test_an_entry_without_a_readable_instant_has_no_day(verify, export):
    export.rows[3]["body"] = '{"at":7}'
    assert refused(verify(export.text()), "entri 3 (hari tak terbaca)")


def test_entries_come_before_every_checkpoint(verify, export):
    lines = export.text().splitlines()
    moved = [*lines[:11], *(line for line in lines if "checkpoint" in line[:15]), *lines[11:58]]
    assert refused(verify("\n".join(moved)), "baris 17", "entri 15")


def test_another_format_is_refused(verify, export):
    for header in ('{"format":"timpora-audit/2"}', '{"format":null}'):
        lines = [header, *export.text().splitlines()[1:]]
        assert refused(verify("\n".join(lines)), "baris 1", "format")
    assert refused(verify(""), "baris 1")
    assert refused(verify("{}\n"), "baris 1")


def test_wrong_use_answers_2(verify, export, tmp_path):
    for head in ("57", "x:00", "57:zz", "1:2:3"):
        assert verify(export.text(), head).returncode == 2
    done = subprocess.run(
        [sys.executable, SOURCE, tmp_path / "none.jsonl"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
