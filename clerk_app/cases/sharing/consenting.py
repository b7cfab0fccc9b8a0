"""告知同意 he is told which papers and what for, says yes or no, and may take it back until the case is decided.

Whoever says no is asked nothing: he brings the paper himself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from clerk_app.cases.model import Case
from clerk_app.cases.sharing.books import ShareBooks
from clerk_app.cases.sharing.model import GivenBy, ShareConsent, covering, share_subject
from clerk_app.cases.sharing.rules import ShareWay
from clerk_app.cases.states import CaseState
from clerk_app.cases.usecases import CaseCommand, unknown_case
from clerk_app.command import Refusal, UseCase, case_subject

UNDECIDED: frozenset[CaseState] = frozenset(
    {"received", "correction", "accepted", "review", "suspended", "to_authorise", "with_department"}
)
LONGEST = 200
SHARE = "share"


@dataclass(frozen=True, kw_only=True)
class ShareCommand(CaseCommand):
    """共享的一步 on one word, under the hold of its case."""

    consent: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The word, and the case it is for."""
        return (case_subject(self.case), share_subject(self.consent))


@dataclass(frozen=True, kw_only=True)
class AskShareConsent(ShareCommand):
    """告知 which papers the hall would take from its own files, and what for."""

    kind: ClassVar[str] = "ask_share_consent"
    materials: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, kw_only=True)
class RecordShareConsent(ShareCommand):
    """记同意 yes or no, by whom and how; `scan` is the SHA-256 of what he signed, which lies with this case."""

    kind: ClassVar[str] = "record_share_consent"
    answer: Literal["agreed", "refused"]
    way: ShareWay = "paper"
    given_by: GivenBy = "applicant"
    giver: str = ""
    letter: str = ""
    scan: str = ""


@dataclass(frozen=True, kw_only=True)
class WithdrawShareConsent(ShareCommand):
    """撤回同意 from now on nothing is opened by it, and its lines are not brought again. Nobody asks why."""

    kind: ClassVar[str] = "withdraw_share_consent"


def ask_share_consent(command: AskShareConsent, books: ShareBooks) -> Refusal | None:
    """Of lines that may be shared, none of them asked for already."""
    case = undecided(command, books)
    if isinstance(case, Refusal):
        return case
    if books.share_consent(command.consent) is not None:
        return Refusal("share-asked", "这一次已经问过了，没有再记。刷新一下再看。")
    if refusal := _not_to_ask(command, case, books):
        return refusal
    books.put_share_consent(
        ShareConsent(
            id=command.consent,
            case=case.id,
            materials=command.materials,
            purpose=command.purpose.strip(),
            state="asked",
            asked_by=command.actor,
            asked_at=command.at,
            window=command.window,
            acting_for=command.acting_for or "",
        )
    )
    return None


def _not_to_ask(command: AskShareConsent, case: Case, books: ShareBooks) -> Refusal | None:
    item = books.item(case.item)
    names = command.materials
    if not names or len(set(names)) != len(names) or not 0 < len(command.purpose.strip()) <= LONGEST:
        return Refusal("share-words-missing", "还没写用哪份材料、做什么用，没有问。选好材料、写上用途再问。")
    if item is None or not all(books.share_rules.may_share(item, name) for name in names):
        return Refusal("not-to-share", "这份材料本大厅没有定可以用已有的，没有问。请申请人带来。")
    known = books.share_consents_of(case.id)
    if twice := next((name for name in names if covering(known, case.id, name)), None):
        return Refusal("share-agreed", f"“{twice}”他已经同意过，没有再问。直接用就行。")
    return None


def record_share_consent(command: RecordShareConsent, books: ShareBooks) -> Refusal | None:
    """On what was asked, once."""
    case = undecided(command, books)
    if isinstance(case, Refusal):
        return case
    row = known_share(command, books)
    if isinstance(row, Refusal):
        return row
    if row.state != "asked":
        return Refusal("share-answered", "这一次他已经答过了，没有再记。要改，先撤回再问一次。")
    said = replace(row, answered_by=command.actor, answered_at=command.at)
    if command.answer == "refused":
        books.put_share_consent(replace(said, state="refused"))
        return None
    if refusal := _unproved(command, case, books):
        return refusal
    books.put_share_consent(
        replace(
            said,
            state="agreed",
            way=command.way,
            given_by=command.given_by,
            giver=command.giver.strip(),
            letter=command.letter.strip(),
            scan=command.scan,
        )
    )
    return None


def _unproved(command: RecordShareConsent, case: Case, books: ShareBooks) -> Refusal | None:
    if command.way not in books.share_rules.ways:
        return Refusal("share-way", "本大厅不用这种方式记同意，没有记。请他在告知同意书上签字，扫进来再记。")
    if refusal := giver_refusal(case, command.given_by, command.giver, command.letter):
        return refusal
    if command.way == "said":
        return None
    if command.scan not in {row.digest for row in books.attachments_of(case.id)}:
        return Refusal("share-scan-missing", "他签了字的告知同意书还没扫进这件，没有记同意。先扫进来再记。")
    return None


def giver_refusal(case: Case, given_by: GivenBy, giver: str, letter: str) -> Refusal | None:
    """本人 or who has his letter; nobody else says yes for him."""
    if not giver.strip():
        return Refusal("share-giver-missing", "还没写谁同意的，没有记。写上他的姓名再记。")
    if given_by == "agent" and not letter.strip():
        return Refusal("share-letter-missing", "经办人同意要有委托书，没有记。写上委托书的日期或编号再记。")
    if given_by == "applicant" and giver.strip() != case.applicant.name.strip():
        return Refusal("share-giver-other", "写的不是申请人，没有记。来的是经办人，就选经办人，写上委托书。")
    if max(len(giver), len(letter)) > LONGEST:
        return Refusal("share-words-long", f"写得太长，没有记。姓名和委托书各写 {LONGEST} 个字以内。")
    return None


def withdraw_share_consent(command: WithdrawShareConsent, books: ShareBooks) -> Refusal | None:
    """Until it is decided; the lines that rest on it are empty again, whatever the case's state."""
    case = undecided(command, books, rules=False)
    if isinstance(case, Refusal):
        return case
    row = known_share(command, books)
    if isinstance(row, Refusal):
        return row
    if row.state not in ("asked", "agreed"):
        return Refusal("share-not-agreed", "这一次没有同意，或已经撤回，没有再改。刷新一下再看。")
    books.put_share_consent(replace(row, state="withdrawn", withdrawn_by=command.actor, withdrawn_at=command.at))
    emptied = tuple(
        replace(line, brought_at=None, brought_as="") if line.share == row.id else line for line in case.materials
    )
    if emptied != case.materials:
        books.put_case(replace(case, materials=emptied))
    return None


def undecided(command: CaseCommand, books: ShareBooks, *, rules: bool = True) -> Case | Refusal:
    """The case while somebody still has to decide it, in a hall that shares at all."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    if rules and not books.share_rules.on:
        return Refusal("sharing-off", "本大厅没有开用已有材料，没有办。请申请人把材料带来。")
    if case.state not in UNDECIDED:
        return Refusal(
            "share-decided", "这件还没收，或者已经有结果了，没有改。大厅已有的材料只在收件以后、决定以前用。"
        )
    return case


def known_share(command: ShareCommand, books: ShareBooks) -> ShareConsent | Refusal:
    """The word, of this very case."""
    row = books.share_consent(command.consent)
    if row is None or row.case != command.case:
        return Refusal("unknown-share", "没有问过这一次，什么都没改。刷新一下，重新问一句。")
    return row


consenting_use_cases = (
    UseCase(AskShareConsent, ask_share_consent, SHARE),
    UseCase(RecordShareConsent, record_share_consent, SHARE),
    UseCase(WithdrawShareConsent, withdraw_share_consent, SHARE),
)
