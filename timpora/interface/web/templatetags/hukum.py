"""How articles and numbers of law are written on screens."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from timpora.domain.law.cite import Unit, Value
from timpora.interface.web.templatetags.office import cite_label, number, rupiah

register = template.Library()


@register.simple_tag
def pasal(cite: str) -> SafeString:
    """Write an article by its short name, linked to its page; an unknown one stands as it is written."""
    return format_html('<a href="/hukum/{}">{}</a>', cite, cite_label(cite))


@register.filter
def law_amount(value: Value) -> str:
    """Write a number of law with what it counts: 60 hari, 5 hari kerja, Rp1.000.000."""
    count = value.value
    if value.unit is Unit.RUPIAH:
        return rupiah(count)
    said = {
        Unit.DAYS: ngettext("%(n)s hari", "%(n)s hari", count),
        Unit.WORKING_DAYS: ngettext("%(n)s hari kerja", "%(n)s hari kerja", count),
        Unit.MONTHS: ngettext("%(n)s bulan", "%(n)s bulan", count),
        Unit.HOURS: ngettext("%(n)s jam", "%(n)s jam", count),
        Unit.TIMES: ngettext("%(n)s kali", "%(n)s kali", count),
    }
    return said[value.unit] % {"n": number(count)}
