"""The named cast of the tests: invented officers, each with the assignment that matters."""

from uuid import NAMESPACE_DNS, uuid5

from timpora.kernel.access import Actor, Grant, Purpose
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MejaPemasangan, MesinLatar

OPERATION = Purpose("operasi", "Jagratara II")


def officer(
    name: str, role: str, unit: str, *territories: str, acting: str = "", purpose: Purpose | None = OPERATION
) -> Actor:
    """Return an officer with one grant; the identifier follows from the name."""
    grant = Grant(
        role=role,
        unit_code=unit,
        unit_name=unit,
        territories=territories,
        acting=acting,
        zone="Asia/Makassar",
    )
    return Actor(id=uuid5(NAMESPACE_DNS, name), name=name, grants=(grant,), purpose=purpose)


BATULICIN = ("63.10", "63.02")
PALEMBANG = ("16.71", "16.07", "16.06", "16.02", "16.10", "16.74")

ratna = officer("Ratna", "hq_posko_operator", "DITJEN", "ID")
surya = officer("Surya", "hq_director", "DITJEN", "ID")
hasan = officer("Hasan", "kanim_head", "KANIM-BATULICIN", *BATULICIN)
bayu = officer("Bayu", "inteldakim_head", "KANIM-BATULICIN", *BATULICIN)
dodi = officer("Dodi", "field_officer", "KANIM-BATULICIN", *BATULICIN)
intan = officer("Intan", "investigator_ppns", "KANIM-BATULICIN", *BATULICIN)
wulan = officer("Wulan", "agency_member", "DISNAKER-63.10", "63.10")
citra = officer("Citra", "inteldakim_head", "KANIM-PALEMBANG", *PALEMBANG)  # must not see Batulicin's rows
lestari = officer("Lestari", "victim_protection_officer", "DITJEN", "ID")
arif = officer("Arif", "auditor", "DITJEN", "ID")
machine = system_actor(MesinLatar.slug, "Mesin latar")
installer = system_actor(MejaPemasangan.slug, "Meja pemasangan")
