"""How the posko's screens say priorities, states of messages and movements of teams."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from timpora.apps.operations.types import Priority
from timpora.domain.states import JournalState, TeamState
from timpora.interface.web.operation_words import Said

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
