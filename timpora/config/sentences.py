"""The sentences that the rooms below the screens say, gathered from the source for the English catalogue.

`python -m timpora.config.sentences` writes the missing ones into `locale/rooms`, without their English.
Rooms word refusals, rules and tables in Indonesian; screens turn them (`timpora.interface.sentences`).
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from timpora.config.messages import LOCALE
from timpora.kernel.access.permissions import PURPOSES

PACKAGE: Final = LOCALE.parent
CATALOGUE: Final = LOCALE / "rooms/en/LC_MESSAGES/django.po"
SCREENS: Final = LOCALE / "en/LC_MESSAGES/django.po"
HEAD: Final = """# English of what the rooms below the screens say (timpora/config/sentences.py).
# Apache-2.0, as the program.
msgid ""
msgstr ""
"Project-Id-Version: Timpora 1\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
ROOMS: Final = ("apps", "domain", "kernel")
# What no screen shows: letters stay Indonesian, and words for the console and for tables are the office's.
SILENT: Final = re.compile(
    r"/migrations/|models\.py$|findings/numbers\.py$|/order_letter\.py$|cases/(found|papers)|apps/wilayah/cells"
    r"|apps/wilayah/(boundaries|loading|files|regions)\.py$|domain/(law/(?!clocks)|merkle|ledger|states)"
    r"|intake/(linkage/(?!model|certain)|countries|titles|mapping|storing|places|errors_file)"
    r"|domain/(minutes|report_form_words|minutes_words)\.py$|kernel/(database|outbox|lawbook|audit|act)"
    r"|documents/(calendar_words|printing|models|actions|seal|numbering)"
)
# A single word is a label only where labels are kept; elsewhere it is a name of the code or of a month.
TABLES: Final = re.compile(
    r"intake/(fields|types)\.py$|operations/(operation_|register_|plan_)?types\.py$|(roles|measures)\.py$"
    r"|documents/letter\.py$|/letters/"
)
WORD: Final = re.compile(r"[A-Z][a-z]+(-[a-z]+)?")
# Pieces of the words that letters print.
IGNORED: Final = frozenset(
    {"Tahap {1}", "Tanpa nama ({1})", "Paspor {1}", "Laki-laki", ", berlaku s.d. {1}"}
    | {"Kota ", "Surel {1}", "Telepon {1}", "Timpora Pos {1}", "Laptop pos"}
    # Looked for in the log's own bytes.
    | {'"shown":"halaman perkara"'}
    | {
        f"Kementerian {name} Republik Indonesia"
        for name in ("Hukum dan Hak Asasi Manusia", "Imigrasi dan Pemasyarakatan")
    }
)
OFFICE: Final = re.compile(
    r"\b(ada|akan|alamat|asli|atau|baris|belum|berakhir|berlaku|berkas|biaya|bila|bukan|catatan|dan|dari|daftar|dasar"
    r"|data|dengan|di|dokumen|hari|harus|indikasi|ini|itu|izin|halaman|jam|kantor|ke|keluar|kerja|kolom|lain|laporan|masuk"
    r"|menurut|nama|nomor|oleh|orang|pada|penjamin|perkara|sama|sasaran|satu|sudah|surat|tanggal|tempat"
    r"|tidak|tindakan|untuk|usulan|wilayah|yang)\b",
    re.IGNORECASE,
)
CALLS: Final = frozenset(
    {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext", "cast", "TypeVar"}
)
HOLE: Final = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[^{}]*\}")
FEW = 4


def sentences() -> dict[str, set[str]]:
    """Return every sentence with the files that say it; holes are `{1}`, `{2}`, … in their order."""
    found: dict[str, set[str]] = {}
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            if SILENT.search(path.as_posix()):
                continue
            is_table = bool(TABLES.search(path.as_posix()))
            tree = ast.parse(path.read_text("utf-8"))
            # Letters speak Indonesian; what a letter still lacks is named to whoever fills it in.
            for text in _labels(tree) if path.parent.name == "letters" else _said(tree):
                if text in IGNORED or (" " not in text and not (is_table and WORD.fullmatch(text))):
                    continue
                found.setdefault(text, set()).add(path.relative_to(PACKAGE).as_posix())
    for text, name in _of_law():
        found.setdefault(text, set()).add(name)
    for kind in PURPOSES:
        # A purpose is kept as its kind and what it refers to.
        found[f"{kind}: {{1}}"] = {"kernel/access/permissions.py"}
    return found


def _of_law() -> Iterator[tuple[str, str]]:
    """Titles, notes and states of the shipped articles and values; statutes keep their names."""
    for path in sorted((PACKAGE / "domain/law").rglob("*.toml")):
        if path.parent.name not in {"texts", "values"}:
            continue
        for name, rows in tomllib.loads(path.read_text("utf-8")).items():
            for row in rows if name != "statute" else ():
                said = [row["title"], row.get("note", "")]
                for text in [*said, *row.get("status", "").split("; ")]:
                    if text:
                        yield text, path.relative_to(PACKAGE).as_posix()


def _said(tree: ast.AST) -> Iterator[str]:
    silent = set(_unsaid(tree))
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.JoinedStr):
            silent.update(id(part) for part in ast.walk(node) if part is not node)
            text = "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if is_sentence(text):
            yield numbered(text)


def _labels(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and _name(node.func) == "Label"
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


def _unsaid(tree: ast.AST) -> Iterator[int]:
    """Docstrings, annotations, and what is in the catalogue of the screens already."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        if isinstance(node, ast.Call) and _name(node.func) in CALLS:
            yield from (id(part) for argument in node.args for part in ast.walk(argument))
        if isinstance(node, ast.Assign) and any(_name(target) == "__all__" for target in node.targets):
            yield from (id(part) for part in ast.walk(node.value))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def is_sentence(text: str) -> bool:
    """Tell an office's sentence or label from a code: a capital first, or the office's words."""
    plain = HOLE.sub(" ", text)
    if (
        "(?" in text
        or not re.search(r"[a-z]{3}", plain)
        or (len(plain.split()) < FEW and re.search(r"[<>=_/\\#]", plain))
    ):
        return False
    is_said = bool(OFFICE.search(plain))
    if re.search(r"[A-Z]{5}|\n|->", plain) and not is_said:
        return False
    return bool(re.match(r"[A-Z][a-z]+", text)) or (" " in plain.strip() and is_said)


def numbered(text: str) -> str:
    """Return the sentence with its holes numbered in the order in which they stand."""
    count = iter(range(1, 99))
    return HOLE.sub(lambda _hole: f"{{{next(count)}}}", text)


def catalogue(path: Path = CATALOGUE) -> Catalog:
    """Return the English of the rooms as it is kept."""
    with path.open("rb") as file:
        return read_po(file, locale="en")


def of_screens() -> set[object]:
    """Return what the catalogue of the screens has in English already."""
    return {message.id for message in catalogue(SCREENS) if message.string}


def update() -> int:
    """Add what is missing, drop what nobody says any more; return how many wait for their English."""
    kept = catalogue() if CATALOGUE.exists() else Catalog(locale="en")
    fresh = Catalog(locale="en")
    for text in sorted(sentences().keys() - of_screens()):
        old = kept.get(text)
        fresh.add(text, old.string if old else "")
    body = BytesIO()
    write_po(body, fresh, width=0, omit_header=True)
    CATALOGUE.write_text(HEAD + body.getvalue().decode().rstrip() + "\n", "utf-8")
    return sum(1 for message in fresh if message.id and not message.string)


if __name__ == "__main__":
    raise SystemExit(f"{update()} sentences wait for their English in {CATALOGUE}")
