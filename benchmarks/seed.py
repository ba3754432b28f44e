"""The officers who are measured; needs no database, so that it may be asked before there is one."""

import json
from pathlib import Path

OFFICE, CENTRE = "KANIM-BATULICIN", "DITJENIM"
PASSWORD = "ukuran-saja-2024"
ROLES = {
    "direktur": ("hq_director", CENTRE),
    "operator": ("hq_posko_operator", CENTRE),
    "auditor": ("auditor", CENTRE),
    "kepala": ("kanim_head", OFFICE),
    "inteldakim": ("inteldakim_head", OFFICE),
    "petugas": ("field_officer", OFFICE),
}


def seed_write(path: Path, *, operators: int = 0) -> None:
    """Write the seed file with the officers who are measured (docs/contract-seed.md).

    `operators` more of the posko (`operator1` …) share many screens, since one officer's are limited.
    """
    roles = ROLES | {f"operator{number}": ROLES["operator"] for number in range(1, operators + 1)}
    people = [
        {
            "username": name,
            "name": name.capitalize(),
            "nip": f"19850101201001{1000 + number}",
            "post": "Penata Muda (III/a)",
            "password": PASSWORD,
            "assignments": [{"role": role, "unit": unit, "starts": "2024-01-01"}],
        }
        for number, (name, (role, unit)) in enumerate(roles.items())
    ]
    path.write_text(json.dumps({"format": "timpora-seed/1", "people": people}))
