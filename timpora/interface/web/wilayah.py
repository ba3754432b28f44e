"""Finding a region by typing, and the reference tables that an office may correct."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from timpora.apps.wilayah import actions, queries
from timpora.apps.wilayah.errors import ReferenceRowUnknown, WilayahError
from timpora.apps.wilayah.types import Column, ReferenceRowView, ReferenceTable
from timpora.interface.gate import needs
from timpora.interface.requests import OfficerRequest
from timpora.kernel.access import P, holds
from timpora.kernel.text import cleaned

UNPROCESSABLE = 422
TYPED_MAX = 120
OPTIONS_MAX = 20


class SearchForm(forms.Form):
    """What a picker asks: the text, and what narrows it."""

    q = forms.CharField(required=False)
    tingkat = forms.IntegerField(required=False, min_value=1, max_value=4)
    dalam = forms.RegexField(r"^(ID|[0-9.]{2,13})$", required=False)


@needs(P.WILAYAH_REFERENCE_READ)
@require_safe
def search(request: OfficerRequest) -> HttpResponse:
    """Find regions by what is typed: JSON for a picker, a list of options for htmx."""
    form = SearchForm({key: cleaned(value)[:TYPED_MAX] for key, value in request.GET.dict().items()})
    if not form.is_valid():
        return JsonResponse({"galat": form.errors}, status=UNPROCESSABLE)
    asked = form.cleaned_data
    found = queries.region_search(
        asked["q"], level=asked["tingkat"], within=asked["dalam"] or None, limit=OPTIONS_MAX
    )
    if "text/html" in request.headers.get("Accept", "") or request.htmx:
        return render(request, "wilayah/options.html", {"regions": found, "typed": asked["q"]})
    rows = [
        {"code": r.code, "label": r.label, "chain": r.chain, "level": r.level, "lat": r.lat, "lng": r.lng}
        for r in found
    ]
    return JsonResponse({"hasil": rows})


@needs(P.WILAYAH_REFERENCE_READ)
@require_safe
def reference(request: OfficerRequest) -> HttpResponse:
    """Show which reference tables there are and how much of each awaits verification."""
    return render(request, "wilayah/tables.html", {"tables": queries.reference_tables()})


@needs(P.WILAYAH_REFERENCE_READ)
@require_safe
def reference_table(request: OfficerRequest, table: str) -> HttpResponse:
    """Show the rows of one table, or only those not yet verified (`?hanya=belum`)."""
    spec = _table(table)
    unverified_only = request.GET.get("hanya") == "belum"
    rows = queries.reference_rows(table, unverified_only=unverified_only)
    shown = [column for column in spec.columns if column.name in spec.listed]
    names = _places(rows)
    page = {
        "table": spec,
        "columns": shown,
        "rows": [(row, _cells(row, shown, names)) for row in rows],
        "unverified_only": unverified_only,
        "unverified": sum(not row.is_verified for row in rows),
    }
    return render(request, "wilayah/table.html", page)


@needs(P.WILAYAH_REFERENCE_READ)
@require_http_methods(["GET", "POST"])
def reference_row(request: OfficerRequest, table: str, row_id: int) -> HttpResponse:
    """Show one row with its source; whoever may corrects it, naming the authority."""
    spec = _table(table)
    try:
        row = queries.reference_row_get(row_id)
    except ReferenceRowUnknown as error:
        raise Http404 from error
    if row.table != table:
        raise Http404
    if request.method == "POST":
        return _edited(request, spec, row)
    return _row_page(request, spec, row, RowForm(spec, row), status=200)


def said(text: str) -> str:
    """Write a value of a carried table in words of the office; what has no such word stays as it is."""
    words = {
        "yes": _("ya"),
        "no": _("tidak"),
        "single": _("sekali masuk"),
        "multiple": _("berkali-kali masuk"),
        "not_stated": _("tidak disebut"),
        "voa": _("visa saat kedatangan"),
        "visa_on_arrival": _("visa saat kedatangan"),
        "in_force_2025": _("berlaku (2025)"),
        "legacy (before 2024)": _("lama (sebelum 2024)"),
        "new June 2025": _("baru Juni 2025"),
        "merged into B1 (June 2025)": _("dilebur ke B1 (Juni 2025)"),
    }
    is_joined = "_" in text and " " not in text
    return words.get(text, text.replace("_", " ") if is_joined else text)


class RowForm(forms.Form):
    """The columns of a row, but for its key, and the source of the correction."""

    def __init__(self, spec: ReferenceTable, row: ReferenceRowView, data: Any = None) -> None:
        super().__init__(data)
        for column in spec.columns:
            if column.name not in spec.key:
                widget = forms.Textarea({"rows": 3}) if column.is_long else forms.TextInput()
                self.fields[column.name] = forms.CharField(
                    label=str(column.label),
                    required=False,
                    max_length=actions.TEXT_MAX,
                    initial=row.value[column.name],
                    widget=widget,
                )
        self.fields["sumber"] = forms.CharField(
            label=gettext_lazy("Sumber yang diperiksa"),
            help_text=gettext_lazy("Nomor peraturan, surat, atau laman resmi beserta tanggalnya."),
            max_length=actions.SOURCE_MAX,
            initial=row.source if row.is_edited else "",
        )


def _edited(request: OfficerRequest, spec: ReferenceTable, row: ReferenceRowView) -> HttpResponse:
    form = RowForm(spec, row, request.POST)
    if form.is_valid():
        value = dict(form.cleaned_data)
        source = value.pop("sumber")
        try:
            actions.reference_edit(request.actor, row_id=row.id, value=value, source=source)
        except WilayahError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("wilayah:reference-table", spec.code)
    return _row_page(request, spec, row, form, status=UNPROCESSABLE)


def _row_page(
    request: OfficerRequest, spec: ReferenceTable, row: ReferenceRowView, form: RowForm, *, status: int
) -> HttpResponse:
    facts = _cells(row, spec.columns, _places([row]))
    page = {
        "table": spec,
        "row": row,
        "facts": facts,
        "form": form if holds(request.actor, P.WILAYAH_REFERENCE_EDIT) else None,
    }
    return render(request, "wilayah/row.html", page, status=status)


Cells = list[tuple[str | Promise, str]]


def _cells(row: ReferenceRowView, columns: Iterable[Column], names: Mapping[str, str]) -> Cells:
    texts = ((column.label, row.value[column.name]) for column in columns)
    return [(label, names.get(text, said(text))) for label, text in texts]


def _places(rows: Iterable[ReferenceRowView]) -> dict[str, str]:
    """Return the names of the kabupaten that rows refer to by code."""
    found = queries.regions_by_code(row.value["regency_code"] for row in rows if "regency_code" in row.value)
    return {code: f"{region.label} ({code})" for code, region in found.items()}


def _table(code: str) -> ReferenceTable:
    found = queries.reference_table(code)
    if found is None:
        raise Http404
    return found


app_name = "wilayah"
urlpatterns = [
    path("wilayah/cari", search, name="search"),
    path("acuan", reference, name="reference"),
    path("acuan/<slug:table>", reference_table, name="reference-table"),
    path("acuan/<slug:table>/<int:row_id>", reference_row, name="reference-row"),
]
