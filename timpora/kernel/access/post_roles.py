"""Whom the outfit of a post on a laptop may seat there (F42): whoever goes out, leads or decides on the spot.

Nobody who looks behind a seal, reads logs or keeps accounts has anything to do on a laptop in the field.
"""

from typing import Final

from timpora.kernel.access.roles import (
    KepalaInteldakim,
    KepalaKantor,
    PenyidikKeimigrasian,
    PetugasLapangan,
)

POST_ROLES: Final = frozenset(
    role.slug for role in (KepalaKantor, KepalaInteldakim, PenyidikKeimigrasian, PetugasLapangan)
)
