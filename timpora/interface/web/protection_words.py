"""How referrals are named on the screens of protection, and what each offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from timpora.apps.cases.types import ReferralView
from timpora.domain.law.cite import Article
from timpora.domain.protection import ANSWERS, PROVIDERS, QUESTIONS, SERVICE_CITES, Answer, Block, Reply
from timpora.domain.states import REFERRAL_STEPS, ReferralState
from timpora.interface.web.case_words import Word
from timpora.interface.web.protection_forms import AnswerForm, EndForm
from timpora.kernel import clock
from timpora.kernel.lawbook.store import lawbook

REFERRAL_STATES: Mapping[ReferralState, tuple[Word, str]] = {
    ReferralState.WAITING: (_("menunggu diambil"), "caution"),
    ReferralState.TAKEN: (_("ditangani"), "info"),
    ReferralState.SERVED: (_("diterima layanan"), "good"),
    ReferralState.REVIEWED: (_("menunggu petugas kedua"), "waiting"),
    ReferralState.RETURNED: (_("dikembalikan"), "neutral"),
    ReferralState.ENDED: (_("selesai"), "neutral"),
}
ANSWER_TONES: Mapping[Answer, str] = {
    Answer.ACCEPTED: "good",
    Answer.WAITING: "waiting",
    Answer.FULL: "caution",
    Answer.DECLINED: "neutral",
}
IN_HAND = frozenset({ReferralState.TAKEN, ReferralState.SERVED})


@dataclass(frozen=True, slots=True)
class ReferralScreen:
    """A referral as the page of its case writes it, with the forms that are open to this reader."""

    referral: ReferralView
    state: Word
    tone: str
    signs: tuple[Word, ...]
    answers: tuple[tuple[Word, Word, str, str, object], ...]
    steps: tuple[tuple[Word, object], ...]
    may_take: bool
    answer_form: AnswerForm | None
    end_form: EndForm | None
    may_confirm: bool
    awaits_other: bool
    articles: tuple[Article, ...]


def referral_screen(referral: ReferralView, reader: UUID) -> ReferralScreen:
    """Put a referral into words for an officer of protection."""
    state, tone = REFERRAL_STATES[referral.state]
    is_in_hand = referral.state in IN_HAND
    may_confirm = referral.may_confirm(reader)
    return ReferralScreen(
        referral=referral,
        state=state,
        tone=tone,
        signs=tuple(
            _(q.words)
            for q in QUESTIONS
            if q.block is not Block.SETTING and referral.replies.get(q.code) is Reply.YES
        ),
        answers=tuple(
            (_(PROVIDERS[a.provider]), _(ANSWERS[a.answer]), ANSWER_TONES[a.answer], a.by_name, a.at)
            for a in referral.answers
        ),
        steps=tuple((REFERRAL_STATES[step.after][0], step) for step in referral.steps),
        may_take=referral.state is ReferralState.WAITING,
        answer_form=AnswerForm() if is_in_hand else None,
        end_form=EndForm() if is_in_hand and REFERRAL_STEPS[referral.state] else None,
        may_confirm=may_confirm,
        awaits_other=referral.state is ReferralState.REVIEWED and not may_confirm,
        articles=lawbook().holding(SERVICE_CITES, on=clock.today(referral.zone)),
    )
