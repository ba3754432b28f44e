#!/usr/bin/env python3
"""Verify a Timpora audit export (docs/audit-format.md) offline, sharing no code with Timpora.

Use: python3 verify_audit.py EXPORT.jsonl [--head SIZE:HEX]...   Exit 0: valid, 1: not valid, 2: wrong use.
Without a head printed on paper, a cut tail and a history rewritten with its checkpoints go unseen.
"""

import argparse
import json
import re
import sys
from functools import reduce
from hashlib import sha256


def day_of(at):
    """Return the UTC day of an ISO 8601 instant as dd-mm-yyyy."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)T", str(at))
    return "-".join(reversed(found.groups())) if found else "hari tak terbaca"


def leaf_of(row, seq):
    """Return the hash and the day of a row that is exactly entry `seq`."""
    leaf, body = sha256(b"\x00" + row["body"].encode()).digest(), json.loads(row["body"])
    day = day_of(body.get("at"))
    place = f"TIDAK SAH: baris {seq + 2}, entri {seq} ({day})"
    if type(row["seq"]) is not int or row["seq"] != seq:
        sys.exit(f"{place}: bernomor {row['seq']}; ada yang hilang, disisipkan, atau ditukar")
    if row["leaf"] != leaf.hex():
        sys.exit(f"{place}: isi tidak cocok dengan hash-nya")
    if json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != row["body"]:
        sys.exit(f"{place}: isi bukan JSON kanonis")
    return leaf, sys.intern(day)


def read(lines):
    """Return every entry's leaf and day, and every checkpoint's size, root and name."""
    leaves, heads, number = [], [], 1
    try:
        if json.loads(next(lines).decode())["format"] != "timpora-audit/1":
            sys.exit("TIDAK SAH: baris 1, format bukan timpora-audit/1")
        for number, line in enumerate(lines, start=2):
            row = json.loads(line.decode())
            if "checkpoint" in row:
                size, root, at = (str(row["checkpoint"][key]) for key in ("size", "root", "at"))
                heads.append((int(size), root, f"titik periksa {day_of(at)}"))
            else:
                leaves.append(leaf_of(row, number - 2))
    except (StopIteration, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sys.exit(f"TIDAK SAH: baris {number} tidak terbaca")
    return leaves, heads


def node(right, left):
    """Return the hash over two neighbours."""
    return sha256(b"\x01" + left + right).digest()


def roots_of(leaves, sizes):
    """Grow the tree once and return its root at each of the sizes."""
    peaks, roots = [], {0: sha256(b"").hexdigest()}
    for size, (leaf, _) in enumerate(leaves, start=1):
        peaks.append(leaf)
        for _ in range((size & -size).bit_length() - 1):
            peaks[-2:] = [node(peaks[-1], peaks[-2])]
        if size in sizes:
            roots[size] = reduce(node, reversed(peaks)).hex()
    return roots


def compare(leaves, heads, roots):
    """Refuse the first head that the entries do not give; what lies before the last good one is sure."""
    sure = 0
    for size, root, name in sorted(heads):
        if size > len(leaves):
            sys.exit(f"TIDAK SAH: {name}: mencakup {size} entri, berkas hanya {len(leaves)}; ekor terpotong")
        if roots.get(size) != root:
            day = leaves[sure][1] if sure < len(leaves) else "tanpa entri"
            sys.exit(f"TIDAK SAH: {name}: akar {size} entri tidak cocok, berubah mulai entri {sure} ({day})")
        sure = size


def paper(text):
    """Read SIZE:HEX as printed on paper; spaces between the groups are ignored."""
    size, root = "".join(text.lower().split()).split(":")
    return int(size), bytes.fromhex(root).hex(), "kepala di kertas"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("export", type=argparse.FileType("rb"))
    parser.add_argument("--head", type=paper, action="append", default=[])
    given = parser.parse_args()
    leaves, heads = read(given.export)
    sizes = {0, *(head[0] for head in heads + given.head)}
    roots = roots_of(leaves, {len(leaves), *sizes})
    compare(leaves, heads, roots)
    compare(leaves, given.head, roots)
    count, late = (f"{number:,}".replace(",", ".") for number in (len(leaves), len(leaves) - max(sizes)))
    sys.stdout.write(f"SAH: {count} entri, akar {roots[len(leaves)]}\n{late} entri sesudah kepala terakhir\n")
