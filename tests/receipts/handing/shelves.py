"""A promised case from its window to the handing-over window: each window is a machine of its own, over books in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from clerk_app.cases.voiding import AgreeVoidStamp, AskVoidStamp
from clerk_app.command import Command, Refusal, case_subject
from clerk_app.hall import Hall
from clerk_app.receipts.handing.choosing import ChooseDelivery
from clerk_app.receipts.handing.model import Result
from clerk_app.receipts.handing.posting import PostResult, RecordPostReceipt, RecordPostReturn
from clerk_app.receipts.handing.taking_in import SendBackResult, TakeInResult
from tests.cases.counter import CLERK, HALL, MANAGER, Counter

PROMISED, SPOT = "人力资源服务", "护士变更"
DISPATCHER, SECOND, BRINGER = "P108", "P106", CLERK
WAYBILL = "SF1234567890"
LETTER = {"how": "post", "name": "卢小珍", "phone": "13800000421", "address": "江州市滨湖区学府路 18 号 3 单元 502"}


def two_handing_windows() -> Hall:
    """Window 5 hands out too: its clerk is a dispatcher."""
    roster = HALL.roster
    second = replace(roster.people[SECOND], roles=("clerk", "dispatcher"))
    return replace(HALL, roster=replace(roster, people={**roster.people, SECOND: second}))


class Shelves(Counter):
    """出件台 what is done with results, by the person of each window on that window's machine."""

    asks_again = False

    def sealed(self, short: str = PROMISED) -> str:
        """At window 4; a promised case is let go by its seal."""
        case = self.accepted(short)
        assert (self.propose(case), self.authorise(case), self.seal(case)) == (None, None, None)
        return case

    def resealed(self, case: str) -> None:
        """Asked by the chief, agreed by a second person, authorised and sealed anew, all at window 4."""
        self.books.take_hold(case_subject(case))
        words = {"reason": "姓名印错", "paper": "收回，划线作废"}
        self.good(AskVoidStamp, self.chief(case), case=case, **words)
        self.good(AgreeVoidStamp, MANAGER, case=case)
        assert (self.authorise(case), self.seal(case)) == (None, None)

    def number(self, case: str) -> str:
        decision = self.case(case).decision
        return decision.document_no if decision else ""

    def result(self, case: str) -> Result:
        row = self.books.result(case)
        assert row is not None
        return row

    def does(self, kind: type[Command], case: str, by: str = DISPATCHER, **words: Any) -> Refusal | None:
        """On his own machine, which asks for the case where nobody has it in hand."""
        own, self.books.device = self.books.device, f"machine-{by}"
        subject = case_subject(case)
        if self.books.holder(subject) is None:
            self.books.take_hold(subject)
        try:
            return self.act(kind, by, case=case, **words)
        finally:
            self.books.device = own

    def done(self, kind: type[Command], case: str, by: str = DISPATCHER, **words: Any) -> None:
        refusal = self.does(kind, case, by, **words)
        assert refusal is None, (kind.kind, refusal)

    def not_done(self, kind: type[Command], case: str, by: str = DISPATCHER, **words: Any) -> str:
        """The slug; neither case nor shelf was changed."""
        before = dict(self.books.cases), dict(self.books.results)
        refusal = self.does(kind, case, by, **words)
        assert isinstance(refusal, Refusal), kind.kind
        assert (self.books.cases, self.books.results) == before
        assert refusal.sentence.endswith("。")
        return refusal.type

    def brought(self, case: str, shelf: str = "001", **words: Any) -> dict[str, Any]:
        return {"document_no": self.number(case), "giver": BRINGER, "shelf": shelf, "transfer": "t-1", **words}

    def taken_in(self, shelf: str = "001", short: str = PROMISED, by: str = DISPATCHER) -> str:
        case = self.sealed(short)
        self.done(TakeInResult, case, by, **self.brought(case, shelf))
        return case

    def posted(self, waybill: str = WAYBILL, shelf: str = "001") -> str:
        case = self.taken_in(shelf)
        self.done(ChooseDelivery, case, **LETTER)
        self.done(PostResult, case, waybill=waybill)
        return case

    def came_back(self, case: str, shelf: str = "009", by: str = DISPATCHER, **words: Any) -> Refusal | None:
        said = {"reason": "查无此人", "returned_on": self.now.date(), "shelf": shelf, **words}
        return self.does(RecordPostReturn, case, by, **said)

    def signed_for(self, case: str, **words: Any) -> Refusal | None:
        return self.does(RecordPostReceipt, case, **{"receiver": "卢小珍", "signed_on": self.now.date(), **words})

    def send_back(self, case: str, **words: Any) -> Refusal | None:
        return self.does(SendBackResult, case, **{"taker": CLERK, "reason": "姓名印错", **words})


def taker(**words: Any) -> dict[str, Any]:
    """Who takes it, on his identity card."""
    return {"receiver": "卢小珍", "proof": "居民身份证", **words}
