"""Any lawful way through the life of a case, and any attempt off it: what must hold whatever the order of the acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clerk_app.cases.clocks import clocks_of, recounted
from clerk_app.cases.endings import ArchiveCase, TerminateCase, WithdrawCase, file_list
from clerk_app.cases.extending import AskExtension, RecordExtension
from clerk_app.cases.handling import RecordSiteCheck, SendBack, WriteOpinion
from clerk_app.cases.life import Extension
from clerk_app.cases.sending_out import SendOut
from clerk_app.cases.special import AskSpecialProcedure, ConfirmSpecialProcedure, EndSpecialProcedure, ended_case
from clerk_app.cases.states import ENDED, RUNNING
from clerk_app.cases.voiding import AgreeVoidStamp, AskVoidStamp, DropVoidStamp
from clerk_app.command import Refusal
from tests.cases.counter import CLERK, MANAGER, OTHER_CLERK, Counter

CHIEF, DEPUTY = "P201", "P202"
WHO = st.sampled_from([CLERK, OTHER_CLERK, CHIEF, DEPUTY, MANAGER, "P301", "P109"])
"""Those who may, those who may not, and those who may something else."""


class AnyWay(RuleBasedStateMachine):
    """One case of an item with a site check and an extension, inside a letter; every act may be tried by anybody at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter()
        renewal = self.counter.item("食品经营延续")
        food = self.counter.item("食品经营新办")
        self.counter.change_item("食品经营延续", site_check=True, statutory=food.statutory, deemed_granted=False)
        self.key = self.counter.accepted(renewal.short, "2026-11-16")
        self.accepted_at = self.case.accepted_at
        self.seals: list[str] = []
        self.last_statutory = self.statutory()

    @property
    def case(self):
        return self.counter.case(self.key)

    def statutory(self):
        hall = self.counter.books.hall
        clocks = clocks_of(self.case, hall.items[self.case.item], hall.calendar, hall.off_work, self.counter.now.date())
        return next(clock for clock in clocks if clock.kind == "statutory")

    def count(self, case):
        hall = self.counter.books.hall
        return recounted(case, hall.items[case.item], hall.calendar, hall.off_work, self.counter.now.date())

    def act(self, kind, who, **words) -> None:
        """Either it is done, or nothing at all is changed."""
        before = self.case
        if isinstance(self.counter.act(kind, who, case=self.key, **words), Refusal):
            assert self.case == before

    @rule(days=st.integers(0, 3))
    def time_goes_by(self, days: int) -> None:
        self.counter.later(days=days)
        self.counter.hold_again(self.key)

    @rule(who=WHO, words=st.sampled_from(["", "属实。"]))
    def opinion(self, who: str, words: str) -> None:
        self.act(WriteOpinion, who, words=words)

    @rule(who=WHO, people=st.sampled_from([("甲",), ("甲", "乙")]))
    def site(self, who: str, people: tuple[str, ...]) -> None:
        self.act(RecordSiteCheck, who, people=people, on=self.counter.now.date(), finding="合格")

    @rule(who=WHO, days=st.integers(-1, 9))
    def ask_pause(self, who: str, days: int) -> None:
        end = self.counter.now.date() + timedelta(days=days)
        self.act(AskSpecialProcedure, who, procedure="inspection", planned_end=end, reason="检验")

    @rule(who=WHO)
    def confirm_pause(self, who: str) -> None:
        self.act(ConfirmSpecialProcedure, who)

    @precondition(lambda self: self.case.state == "suspended")
    @rule(who=WHO, ago=st.integers(0, 2))
    def end_pause(self, who: str, ago: int) -> None:
        on = self.counter.now.date() - timedelta(days=ago)
        due = self.count(ended_case(self.case, "合格", on, who))
        self.act(EndSpecialProcedure, who, result="合格", ended_on=on, due=due)

    @rule(who=WHO, days=st.integers(0, 6))
    def ask_extension(self, who: str, days: int) -> None:
        self.act(AskExtension, who, days=days, reason="检定未完")

    @rule(who=WHO, rank=st.sampled_from(["dept_head", "government_head"]))
    def extend(self, who: str, rank: str) -> None:
        asked = self.case.life.extension or Extension(days=1, reason="", asked_by="", asked_at=self.counter.now)
        longer = replace(
            self.case, life=replace(self.case.life, extension=replace(asked, recorded_at=self.counter.now))
        )
        due = replace(self.count(longer), promised=self.case.due.promised)
        self.act(RecordExtension, who, approver="游广川", rank=rank, document_no="延1", due=due)

    @rule(who=WHO, outcome=st.sampled_from(["grant", "refuse"]))
    def propose(self, who: str, outcome: str) -> None:
        self.counter.propose(self.key, outcome, who)

    @rule(who=WHO)
    def send_back(self, who: str) -> None:
        self.act(SendBack, who, reason="再核")

    @rule()
    def send_out(self) -> None:
        self.counter.send_out(self.key)

    @rule(outcome=st.sampled_from(["grant", "refuse", "return"]), who=WHO, scanned=st.booleans())
    def department(self, outcome: str, who: str, scanned: bool) -> None:
        scan = self.counter.scanned(self.key) if scanned else ""
        self.counter.department_says(self.key, outcome, who, scan=scan)

    @rule(who=WHO)
    def authorise_seal(self, who: str) -> None:
        self.counter.authorise_seal(self.key, who)

    @rule(who=WHO, outcome=st.sampled_from(["grant", "refuse"]))
    def authorise(self, who: str, outcome: str) -> None:
        self.counter.authorise(self.key, outcome, who)

    @rule()
    def seal(self) -> None:
        before = self.case
        if self.counter.seal(self.key) is None:
            assert before.state in ("granted", "refused")
            assert before.decision is not None
            self.seals.append(self.case.seal_use)

    @rule(who=WHO)
    def ask_void(self, who: str) -> None:
        self.act(AskVoidStamp, who, reason="印错", paper="收回")

    @rule(who=WHO)
    def agree_void(self, who: str) -> None:
        self.act(AgreeVoidStamp, who)

    @rule(who=WHO)
    def drop_void(self, who: str) -> None:
        self.act(DropVoidStamp, who, reason="没错")

    @rule(outcome=st.sampled_from(["grant", "refuse"]), sealed=st.booleans())
    def by_the_letter(self, outcome: str, sealed: bool) -> None:
        """The ways that are whole only when the right person comes at every step are walked on purpose too."""
        self.site(CLERK, ("甲", "乙"))
        self.counter.propose(self.key, outcome)
        self.counter.authorise(self.key, outcome)
        if sealed:
            self.seal()

    @rule(outcome=st.sampled_from(["grant", "refuse", "return"]), sealed=st.booleans())
    def by_the_department(self, outcome: str, sealed: bool) -> None:
        self.site(CLERK, ("甲", "乙"))
        self.counter.propose(self.key, "grant", OTHER_CLERK)
        self.act(SendOut, CHIEF, why="请局里定", taker="食品经营科")
        self.department(outcome, CLERK, True)
        self.authorise_seal(CHIEF)
        if sealed:
            self.seal()

    @rule(days=st.integers(0, 4))
    def a_pause(self, days: int) -> None:
        self.ask_pause(CLERK, 5)
        self.confirm_pause(CHIEF)
        self.time_goes_by(days)
        if self.case.state == "suspended":
            self.end_pause(CLERK, 0)

    @rule()
    def an_extension(self) -> None:
        self.ask_extension(CLERK, 5)
        self.extend(CHIEF, "dept_head")

    @rule()
    def a_wrong_stamp(self) -> None:
        self.ask_void(CHIEF)
        self.agree_void(MANAGER)

    @rule(who=WHO, which=st.sampled_from([TerminateCase, WithdrawCase]), sure=st.integers(0, 9))
    def end_early(self, who: str, which, sure: int) -> None:
        if sure == 0:
            self.act(which, who, reason="书面材料在卷")

    @rule(who=WHO)
    def archive(self, who: str) -> None:
        self.act(ArchiveCase, who, contents=file_list(self.case))

    @invariant()
    def one_acceptance_date(self) -> None:
        assert self.case.accepted_at == self.accepted_at
        assert self.case.accepted_on == self.accepted_at.date()

    @invariant()
    def clocks_never_run_backwards(self) -> None:
        now = self.statutory()
        if self.case.state == "suspended":
            return  # the end of a pause that lasts is a guess until its result is there
        assert now.due >= self.last_statutory.due
        assert now.start == self.last_statutory.start
        if self.case.state in RUNNING:
            assert now.running
            assert now.stopped_at is None
        elif self.case.state in ENDED or self.case.state == "sealed":
            assert now.stopped_at is not None
            assert not now.running
        self.last_statutory = now

    @invariant()
    def two_signatures_by_two_people(self) -> None:
        case = self.case
        if case.decision is None:
            return
        first = case.proposal.by
        assert case.decision.by != first
        if not case.decision.letter:
            assert case.life.department.recorded_by != case.decision.by

    @invariant()
    def no_seal_without_a_decision_and_none_counts_twice(self) -> None:
        case = self.case
        if case.state in ("sealed", "delivered", "archived"):
            assert case.decision is not None
            assert case.sealed_at is not None
            use = self.counter.books.seal_uses[case.seal_use]
            assert (use.digest_before, use.flags) == (case.decision.digest, ())
        assert len(set(self.seals)) == len(self.seals)
        voided = {one.seal_use for one in case.life.voided if one.agreed_at}
        assert case.seal_use not in voided
        assert all(one.asked_by != one.agreed_by for one in case.life.voided)

    @invariant()
    def proposed_only_after_two_saw_the_place(self) -> None:
        if self.case.proposal is not None:
            assert len(set(self.case.life.site_check.people)) >= 2

    @invariant()
    def extended_once_at_most_and_by_the_rank(self) -> None:
        extension = self.case.life.extension
        if extension is not None and extension.granted:
            assert (extension.rank, 1 <= extension.days <= 5) == ("dept_head", True)

    @invariant()
    def paused_only_while_somebody_confirmed_it(self) -> None:
        running = [p for p in self.case.life.procedures if p.running]
        if self.case.state == "suspended":
            assert len(running) == 1
            assert running[0].asked_by != running[0].confirmed_by
        elif self.case.state in RUNNING:
            assert not running


AnyWay.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestAnyWay = AnyWay.TestCase
