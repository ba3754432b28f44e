from enum import StrEnum

import pytest

from timpora.domain.verdict import Verdict, VerdictUngrounded


class Answer(StrEnum):
    YES = "ya"


def test_a_verdict_names_its_reason_and_article():
    verdict = Verdict(Answer.YES, "sebab", ("uu-6-2011/ps78/a1",))
    assert not verdict.needs_legal_decision
    assert Verdict(Answer.YES, "sebab", ("x",), ("belum jelas",)).needs_legal_decision


@pytest.mark.parametrize(("because", "cites"), [("", ("x",)), ("  ", ("x",)), ("sebab", ())])
def test_a_bare_opinion_is_refused(because, cites):
    with pytest.raises(VerdictUngrounded):
        Verdict(Answer.YES, because, cites)
