"""The life of orders against a small oracle: whatever is pressed, in whatever order, by whomever."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.cast import bayu, dodi, hasan
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, visit
from tests.db.operations import encounters, world
from tests.depth import times
from timpora.apps.findings import actions as findings
from timpora.apps.operations import actions, queries
from timpora.apps.operations.models import Order, OrderStep
from timpora.domain.states import EncounterState, OrderState
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as
from timpora.kernel.errors import Refusal

PRESSED = st.sampled_from(("dodi", "bayu", "hasan"))
PEOPLE = {"dodi": dodi, "bayu": bayu, "hasan": hasan}


@dataclass
class Oracle:
    """What the articles say, without a database."""

    order: str = "none"
    owed: str = "none"
    met: str = "none"
    days: int = 0
    found_on: int = 0
    steps: list[str] = field(default_factory=list)

    def may_issue(self, who: str) -> bool:
        # The last day of the team's order is 23 August: two days after the first press it is over.
        return who == "hasan" and self.order == "disusun" and self.days <= 1

    def is_late(self) -> bool:
        return self.days - self.found_on > 1


class OrderLife(RuleBasedStateMachine):
    """A team with its order, and one check without an order."""

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        self.told = Oracle()
        self.order = self.met = None
        self.seq = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)

    @initialize()
    def a_team(self) -> None:
        world.people()
        self.operation = world.opened()
        target = world.approved(self.operation)
        self.team = world.team(self.operation, target)

    def pressed(self, who: str, act, *, fits: bool, **words: object) -> object:
        """Press; what does not fit is refused, and nothing changes."""
        actor = PEOPLE[who]
        with clock.standing_at(DAY + timedelta(days=self.told.days)), acting_as(actor):
            try:
                with transaction.atomic():
                    made = act(actor, **words)
            except (AccessDenied, Refusal):
                assert not fits
                return None
        assert fits
        return made or True

    @rule()
    def a_day_passes(self) -> None:
        self.told.days = min(self.told.days + 1, 4)

    @rule(who=PRESSED)
    def draft(self, who: str) -> None:
        fits = who == "bayu" and self.told.order in {"none", "disusun", "dibatalkan", "dicabut"}
        made = self.pressed(who, actions.order_draft, fits=fits, team_id=self.team)
        if fits:
            if self.told.order != "disusun":
                self.told.steps = ["disusun"]
            self.order, self.told.order = made, "disusun"

    @rule(who=PRESSED)
    def issue(self, who: str) -> None:
        if self.order and self.pressed(
            who, actions.order_issue, fits=self.told.may_issue(who), order_id=self.order
        ):
            self.moved("diterbitkan")

    @rule(
        who=PRESSED,
        step=st.sampled_from(("order_cancel", "order_withdraw", "order_carry_out", "order_report")),
        because=st.sampled_from(("", "Alasan.")),
    )
    def step(self, who: str, step: str, because: str) -> None:
        table = {
            "order_cancel": ("bayu", "disusun", "dibatalkan"),
            "order_withdraw": ("hasan", "diterbitkan", "dicabut"),
            "order_carry_out": ("bayu", "diterbitkan", "dilaksanakan"),
            "order_report": ("bayu", "dilaksanakan", "dilaporkan"),
        }
        by, before, after = table[step]
        fits = (who, self.told.order, because) == (by, before, "Alasan.")
        run = getattr(actions, step)
        if self.order and self.pressed(who, run, fits=fits, order_id=self.order, because=because):
            self.moved(after)

    def moved(self, after: str) -> None:
        self.told.order = after
        self.told.steps.append(after)

    @rule(who=PRESSED)
    def meet(self, who: str) -> None:
        if self.told.met == "none":
            fits = who in {"dodi", "bayu"}
            words = encounters.NewEncounter(team_id=self.team, **encounters.WORDS)
            made = self.pressed(who, actions.encounter_report, fits=fits, new=words)
            if fits:
                self.met, self.told.met = made, "dilaporkan"

    @rule(who=PRESSED, is_approved=st.booleans())
    def decide(self, who: str, *, is_approved: bool) -> None:
        if self.met is None:
            return
        fits = who == "hasan" and self.told.met == "dilaporkan"
        words = {"encounter_id": self.met, "is_approved": is_approved, "because": "Jelas."}
        if self.pressed(who, actions.encounter_decide, fits=fits, **words):
            self.told.met = "disetujui" if is_approved else "ditolak"

    @rule(has_finding=st.booleans())
    def send(self, *, has_finding: bool) -> None:
        if self.met is None:
            return
        self.seq += 1
        at = DAY + timedelta(days=self.told.days)
        person = ANNA if has_finding else BUDI
        words = {"encounter_id": self.met, "captured_at": at, "device_seq": self.seq}
        report = visit(self.operation, None, person, **words)
        fits = self.told.met not in {"dilaporkan", "ditolak"}
        if self.pressed("dodi", findings.report_submit, fits=fits, report=report) and (
            has_finding and self.told.owed == "none"
        ):
            self.told.owed, self.told.found_on = "menyusul", self.told.days
        if fits and self.told.met != "ada_temuan":
            self.told.met = "ada_temuan" if has_finding else "tanpa_temuan"

    @rule(who=PRESSED, because=st.sampled_from(("", "Sakit.")))
    def follow(self, who: str, because: str) -> None:
        if self.told.owed == "none":
            return
        order = Order.objects.get(encounter=self.met).pk
        fits = who == "hasan" and self.told.owed == "menyusul" and (bool(because) or not self.told.is_late())
        words = {"order_id": order, "because": because}
        if self.pressed(who, actions.order_issue, fits=fits, **words):
            self.told.owed = "diterbitkan"

    @invariant()
    def the_program_stands_where_the_oracle_stands(self) -> None:
        if self.order is None and self.met is None:
            return
        with acting_as(bayu):
            if self.order is not None:
                view = queries.order_get(bayu, self.order)
                assert view.state == OrderState(self.told.order)
                assert [step.after for step in view.steps] == self.told.steps
                assert bool(view.number) is (self.told.order not in {"disusun", "dibatalkan"})
            if self.met is not None:
                met = queries.encounter_get(bayu, self.met)
                assert met.state == EncounterState(self.told.met)
                assert (met.order_state or "none") == self.told.owed
                owed = [due.encounter_id for due in queries.orders_due(bayu)]
                assert owed == ([self.met] if self.told.owed == "menyusul" else [])
            numbers = Order.objects.exclude(number="").values_list("number", flat=True)
            assert len(set(numbers)) == len(numbers)
            assert OrderStep.objects.filter(after="diterbitkan").count() == len(numbers)


@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_orders_live_as_the_articles_say():
    run_state_machine_as_test(
        OrderLife,
        settings=settings(
            max_examples=times(12),
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
