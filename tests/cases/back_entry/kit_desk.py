"""A counter with a kit of sheets: printed in the morning, handed to window 4, written on while the power was off."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

from clerk_app.cases.attachments import AttachScan
from clerk_app.cases.back_entry.checking import ConfirmFromPaper, SendBackFromPaper
from clerk_app.cases.back_entry.entering import EnterFromPaper, MendFromPaper
from clerk_app.cases.back_entry.kits import HandPaperKit, KitNumber, PrintPaperKit
from clerk_app.cases.back_entry.model import KitSheet, PaperEntry, sheet_number
from clerk_app.cases.model import Applicant, Case, case_kind
from clerk_app.command import Refusal
from clerk_app.outside.ids import new_id
from clerk_app.ports import NumberBlock
from tests.cases.counter import CLERK, MANAGER, OTHER_CLERK, Counter

FOOD = "食品经营新办"
PERSON = Applicant(name="卢小珍", id_number="429900199001011234", phone="13800000421")
FIRST = 41
LOOKED_AT = hashlib.sha256(b"scan").hexdigest()


class KitDesk(Counter):
    """`kit()` prints and hands out; `enter()` types one sheet two hours later."""

    def numbers(self, count: int = 5, first: int = FIRST) -> tuple[KitNumber, ...]:
        block = NumberBlock(id=f"kit-{first}", kind=case_kind(self.now.year), first=first, last=first + count - 1)
        self.books.give_block(block)
        return tuple(
            KitNumber(block=block.id, serial=serial, query_code=f"7K3M-{serial:04d}")
            for serial in range(first, first + count)
        )

    def kit(self, count: int = 5, *, window: int = 4, key: str = "kit", first: int = FIRST) -> tuple[str, ...]:
        """Printed and handed out; answers the sheets' numbers."""
        numbers = self.numbers(count, first)
        self.good(PrintPaperKit, MANAGER, kit=key, numbers=numbers, reason="国庆长假备用")
        self.good(HandPaperKit, MANAGER, kit=key, to_window=window, taker=CLERK)
        return tuple(sheet_number(self.now.year, one.serial) for one in numbers)

    def entry(self, **change: Any) -> PaperEntry:
        """A good sheet: received and accepted an hour ago by the clerk of window 4, everything brought."""
        item = self.item(FOOD)
        at = self.now - timedelta(hours=1)
        plain = PaperEntry(
            item=item.code, version="v", outcome="accepted", received_at=at, said_at=at + timedelta(minutes=10),
            taken_by=CLERK, brought=tuple(m.name for m in item.materials), reason="停电两小时，先走纸",
        )  # fmt: skip
        return replace(plain, **change)

    def words(self, sheet: str, case: str = "", **change: Any) -> dict[str, Any]:
        applicant = change.pop("applicant", PERSON)
        return {"case": case or new_id(), "sheet": sheet, "applicant": applicant, "entry": self.entry(**change)}

    def enter(self, sheet: str, by: str = OTHER_CLERK, **change: Any) -> Case:
        words = self.words(sheet, **change)
        self.good(EnterFromPaper, by, **words)
        return self.case(words["case"])

    def not_entered(self, sheet: str, by: str = OTHER_CLERK, **change: Any) -> str:
        """The slug: no case, no sheet and no hold is otherwise than before."""
        before = (dict(self.books.sheets), dict(self.books.holds), dict(self.books.used))
        said = self.refused(EnterFromPaper, by, **self.words(sheet, **change))
        assert (self.books.sheets, self.books.holds, self.books.used) == before
        return said

    def mend(self, sheet: str, by: str = OTHER_CLERK, **change: Any) -> Refusal | None:
        return self.act(MendFromPaper, by, **self.words(sheet, self.sheet(sheet).case, **change))

    def scan(self, sheet: str) -> None:
        self.good(
            AttachScan, OTHER_CLERK, case=self.sheet(sheet).case, attachment=new_id(), name="存根.pdf",
            media="application/pdf", size=9, digest=LOOKED_AT,
        )  # fmt: skip

    def confirm(self, sheet: str, by: str = CLERK, **change: Any) -> Refusal | None:
        words = {"revision": self.sheet(sheet).revision, "scan": LOOKED_AT, **change}
        return self.act(ConfirmFromPaper, by, sheet=sheet, **words)

    def send_back(self, sheet: str, words: str, by: str = CLERK) -> Refusal | None:
        return self.act(SendBackFromPaper, by, sheet=sheet, revision=self.sheet(sheet).revision, words=words)

    def sheet(self, number: str) -> KitSheet:
        return self.books.sheets[number]
