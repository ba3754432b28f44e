"""How the posko's screens say offices, priorities, states of messages and movements of teams."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from timpora.apps.operations.types import Priority
from timpora.domain.states import JournalState, TeamState
from timpora.interface.web.operation_words import Said

CLASS_WORDS: Final = re.compile(r"^Kantor Imigrasi (Kelas [IVX]+ )?(Khusus )?(Non )?(TPI )?")
PRIORITY_SAID: Final = {
    Priority.NORMAL: Said(_("biasa"), "neutral", "message"),
    Priority.URGENT: Said(_("segera"), "caution", "clock"),
    Priority.EMERGENCY: Said(_("darurat"), "stop", "alert-circle"),
}
JOURNAL_SAID: Final = {
    JournalState.NOTED: Said(_("dicatat"), "neutral", "note"),
    JournalState.OPEN: Said(_("terbuka"), "waiting", "hourglass"),
    JournalState.SETTLED: Said(_("selesai"), "good", "circle-check"),
    JournalState.CORRECTED: Said(_("dikoreksi"), "neutral", "edit"),
}
TEAM_SAID: Final = {
    TeamState.AT_OFFICE: Said(_("di kantor"), "neutral", "building"),
    TeamState.UNDERWAY: Said(_("di jalan"), "waiting", "car"),
    TeamState.ON_SITE: Said(_("di lokasi"), "good", "map-pin"),
}
# What is pressed to get there.
MOVES_SAID: Final = {
    TeamState.UNDERWAY: _("Berangkat"),
    TeamState.ON_SITE: _("Tiba di lokasi"),
    TeamState.AT_OFFICE: _("Kembali ke kantor"),
}


def short_name(name: str) -> str:
    """Shorten an office's full name for a list of many: "Kanim Makassar"; others stay as they are."""
    return CLASS_WORDS.sub("Kanim ", name)
