"""How articles and numbers of law are written on screens."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from timpora.domain.law.cite import Unit
from timpora.kernel.lawbook.store import lawbook

register = template.Library()


@register.simple_tag
def pasal(cite: str) -> SafeString:
    """Write an article by its short name, linked to its page; an unknown one stands as it is written."""
    versions = lawbook().texts.get(cite)
    label = versions[-1].label if versions else cite
    return format_html('<a href="/hukum/{}">{}</a>', cite, label)


@register.filter
def law_unit(unit: Unit) -> str:
    """Write what a number of law counts: hari, hari kerja, bulan."""
    names = {
        Unit.DAYS: _("hari"),
        Unit.WORKING_DAYS: _("hari kerja"),
        Unit.MONTHS: _("bulan"),
        Unit.HOURS: _("jam"),
        Unit.TIMES: _("kali"),
        Unit.RUPIAH: _("rupiah"),
    }
    return names[unit]
