"""The report form of an operation, as it was frozen when the operation was opened (N1)."""

from uuid import UUID

from timpora.apps.operations.models import Operation
from timpora.domain.report_forms import ReportForm, read_form


def form_of(operation_id: UUID) -> ReportForm:
    """Return what a report from this operation answers; the empty form where it has none.

    It asks for no right: whoever may send a report of the operation must know what it asks.
    """
    return read_form(Operation.objects.filter(pk=operation_id).values_list("report_form", flat=True).first())
