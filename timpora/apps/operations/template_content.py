"""What a template says, as rows keep it and as one digest stands for it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.models import Template, TemplateAnnex, TemplateVersion
from timpora.apps.operations.sop import sop_get, sop_versions
from timpora.apps.operations.template_types import TemplateWords
from timpora.apps.operations.types import OperationKind
from timpora.domain.relative_phases import RelativePhase
from timpora.domain.territory import NATION
from timpora.kernel.access import Grant
from timpora.kernel.text import cleaned

NAME_MAX: Final = 200
TEXT_MAX: Final = 4_000
PHASES_MAX: Final = 12
# Which kinds nobody but the centre, or nobody but a Kanwil beside it, can open.
ABOVE: Final = {OperationKind.SIMULTANEOUS.value, OperationKind.PROVINCE.value}


def words_of(row: Template | TemplateVersion) -> TemplateWords:
    """Return what a row says in words."""
    return TemplateWords(
        name=row.name,
        kinds=tuple(row.kinds),
        instruction=row.instruction,
        sop_version=row.sop_version,
        phases=tuple(RelativePhase(**phase) for phase in row.phases),
    )


def words_put(row: Template, words: TemplateWords) -> None:
    """Write words into a draft; raises `TemplateUnreadable`, `TemplatePhasesUnreadable`."""
    name, kinds = cleaned(words.name), tuple(dict.fromkeys(words.kinds))
    if not name or len(name) > NAME_MAX or not kinds or not set(kinds) <= set(OperationKind):
        raise errors.TemplateUnreadable
    if words.sop_version not in {sop.version for sop in sop_versions()}:
        raise errors.TemplateUnreadable
    row.name, row.kinds, row.sop_version = name, list(kinds), words.sop_version
    row.instruction = cleaned(words.instruction)[:TEXT_MAX]
    row.phases = [_phase(phase) for phase in words.phases]
    if len(row.phases) > PHASES_MAX:
        raise errors.TemplatePhasesUnreadable


def kinds_of(grant: Grant, *, is_kanwil: bool) -> frozenset[str]:
    """Return the kinds of operation a template of this desk may be for: those its own people can open."""
    if NATION in grant.territories:
        return frozenset(OperationKind)
    mine = {kind.value for kind in OperationKind if kind.value not in ABOVE}
    return frozenset(mine | ({OperationKind.PROVINCE.value} if is_kanwil else set()))


def _phase(phase: RelativePhase) -> dict[str, object]:
    name = cleaned(phase.name)
    if not name or len(name) > NAME_MAX or not phase.is_sane:
        raise errors.TemplatePhasesUnreadable
    return {
        "name": name,
        "offset": phase.offset,
        "length": phase.length,
        "answer_before": phase.answer_before,
    }


def draft_seen(row: Template) -> str:
    """Return what stands for a draft as it is now."""
    return _digest(_content(row) | {"annexes": [str(one) for one in row.annex_ids]})


def version_digest(row: Template, annexes: Iterable[TemplateAnnex]) -> str:
    """Return the SHA-256 of what a version says, the file of its SOP and its annexes included (ADR 0024)."""
    return _digest(
        _content(row)
        | {"sop_sha256": sop_get(row.sop_version).digest}
        | {"annexes": [{"title": a.title, "sha256": a.sha256} for a in annexes]}
    )


def _content(row: Template) -> dict[str, object]:
    return {
        "name": row.name,
        "kinds": sorted(row.kinds),
        "instruction": row.instruction,
        "sop": row.sop_version,
        "phases": row.phases,
        "report_form": row.report_form,
    }


def _digest(content: dict[str, object]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def in_order(ids: Sequence[UUID], annexes: Iterable[TemplateAnnex]) -> list[TemplateAnnex]:
    """Return annexes in the order in which a draft names them."""
    known = {annex.pk: annex for annex in annexes}
    return [known[one] for one in ids if one in known]
