"""批量授权 one PIN for a list of pages that were read one by one: one grant over at most 50, each sealed and registered by itself.

A page put aside while reading is not in the list; a cancelled batch leaves the rest as they were, waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clerk_app.cases.decision import Outcome as Decided
from clerk_app.cases.model import document_kind
from clerk_app.command import Refusal
from clerk_app.duty.model import Person
from clerk_app.office.counter.deciding import changed_since, decision_act, unlock_to_seal
from clerk_app.office.counter.prepared import Prepared, Wanted, prepare_one
from clerk_app.office.counter.seal_seats import Keeper, opens_with, seat_of
from clerk_app.office.counter.stamping import (
    Authority,
    Given,
    Opened,
    begin,
    give,
    granted,
    opened,
    stamp_prepared,
)
from clerk_app.office.duty.cover import step_in_for_chief
from clerk_app.office.line.attaching import whole_refusal
from clerk_app.office.line.blocks import draws
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Office
from clerk_app.office.registration.self_check import checked_before_grant
from clerk_app.sealing.gaps import ExplainGaps
from clerk_app.sealing.grants import MOST_PAPERS

Progress = Callable[[int], bool]
"""Told how many are done; answers whether to go on."""
PUT_ASIDE = "批量授权时看过、抽出，没有用"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """备好的一批 pages to be read, in their order; beside them what could not be made, and why."""

    pages: tuple[Prepared, ...] = ()
    left_out: tuple[tuple[str, Refusal], ...] = ()


@dataclass(frozen=True, kw_only=True)
class BatchDone:
    """批量结果 which cases are sealed, which were refused and why, and how many were left when it was cancelled."""

    sealed: tuple[str, ...] = ()
    refused: tuple[tuple[str, Refusal], ...] = ()
    left: int = 0


def prepare_batch(office: Office, cases: Sequence[str], person: str, progress: Progress = lambda _: True) -> Batch:
    """备一批 as proposed, for one authoriser; of one seal and one letter, those of the first page. Not for the screen's thread."""
    made: list[Prepared] = []
    out: list[tuple[str, Refusal]] = []
    for case in cases[:MOST_PAPERS]:
        if not progress(len(made) + len(out)):
            break
        page = take_in_hand(office, case) or _page(office, case, person, made)
        if isinstance(page, Prepared):
            made.append(page)
        else:
            out.append((case, page))
    out += [(case, _too_many()) for case in cases[MOST_PAPERS:]]
    return Batch(pages=tuple(made), left_out=tuple(out))


def _too_many() -> Refusal:
    return Refusal("batch-full", f"一批最多 {MOST_PAPERS} 件，这件没有排进来，还在等待里。盖完这批再来。")


def _page(office: Office, case_id: str, person: str, made: Sequence[Prepared]) -> Prepared | Refusal:
    case = office.read(lambda books: books.case(case_id))
    if case is None or case.proposal is None or case.state != "to_authorise":
        return Refusal("not-to-authorise", "这件没有审查意见，不能批量授权，还在等待里。一件一件看。")
    decided: tuple[Decided, str] = (case.proposal.outcome, case.proposal.opinion)
    year = office.parts.clock.now().year
    kind = document_kind(case.department, year)
    taken = sum(document_kind(one.case.department, year) == kind for one in made)
    numbers = draws(office, kind, taken + 1)
    if len(numbers) <= taken:
        return Refusal("no-document-number", "本机的文号用完了，这件没有排进来，还在等待里。线路恢复会自动领号段。")
    wanted = Wanted(case=case_id, person=person, outcome=decided[0], opinion=decided[1], draw=numbers[taken])
    page = prepare_one(office, wanted)
    if isinstance(page, Refusal) or not made:
        return page
    if (page.seal, page.letter) != (made[0].seal, made[0].letter):
        return Refusal("other-letter", "和这一批不是同一枚印章、同一份授权书，没有排进来，还在等待里。另排一批。")
    return page


def authorise_batch(
    office: Office, pages: Sequence[Prepared], person: Person, pin: str, keeper: Keeper | None, progress: Progress
) -> BatchDone | Refusal:
    """授权一批: each page decided, begun, sealed, registered and marked before the next; what is refused stays behind alone."""
    if not pages or len(pages) > MOST_PAPERS:
        return Refusal("batch-empty", "这一批是空的，没有授权。") if not pages else _too_many()
    seal = pages[0].seal
    seat = seat_of(office, seal)
    if isinstance(seat, Refusal):
        return seat
    if not seat.here:
        return Refusal("no-seal-key", "这枚印章的钥匙不在这台机器上，不能批量用印，没有授权。到有钥匙的席位来办。")
    key = unlock_to_seal(office, person, pin)
    if isinstance(key, Refusal):
        return key
    who = keeper or opens_with(office, seal, person, pin, "没有授权，都还在等待里")
    if isinstance(who, Refusal):
        return who
    with opened(office, seal, who) as open_:
        if isinstance(open_, Refusal):
            return open_
        if refusal := step_in_for_chief(office, person, key.sign):
            return refusal
        by = Authority(person=person, key=key, letter=pages[0].letter)
        given = give(office, by, tuple(granted(page) for page in pages), seal, who.person, seat)
        done = _seal_each(office, pages, given, open_, by, progress)
    _explain(office, pages)
    return done


def _seal_each(
    office: Office, pages: Sequence[Prepared], given: Given, seal: Opened, by: Authority, progress: Progress
) -> BatchDone:
    sealed: list[str] = []
    refused: list[tuple[str, Refusal]] = []
    registered = False
    for number, page in enumerate(pages):
        if not progress(number):
            return BatchDone(sealed=tuple(sealed), refused=tuple(refused), left=len(pages) - number)
        refusal = _seal_one(office, page, given, seal, by, registered=registered)
        # A grant whose first page was refused is not in the books yet: the next one brings it.
        registered = registered or office.read(lambda books: books.seal_grant(given.command.grant)) is not None
        if refusal is None:
            sealed.append(page.case.id)
        else:
            refused.append((page.case.id, refusal))
    progress(len(pages))
    return BatchDone(sealed=tuple(sealed), refused=tuple(refused))


def _seal_one(
    office: Office, page: Prepared, given: Given, seal: Opened, by: Authority, *, registered: bool
) -> Refusal | None:
    if refusal := changed_since(office, page) or whole_refusal(office, page.case.id):
        return refusal
    if (
        page.item.signatures == 1
        and page.outcome == "grant"
        and (refusal := checked_before_grant(office, page.case.id))
    ):
        return refusal
    decision = decision_act(office, page, by)
    use = begin(office, given, granted(page), (decision,) if registered else (decision, given.act))
    if isinstance(use, Refusal):
        return use
    done = stamp_prepared(office, page, given, use, seal, by)
    return done if isinstance(done, Refusal) and done.type != "not-printed" else None


def _explain(office: Office, pages: Sequence[Prepared]) -> None:
    """空号: what was refused below the highest number used is explained at once; one decided and not sealed has used its own."""
    used = {page.serial for page in pages if _numbered(office, page)}
    skipped = [page for page in pages if page.serial not in used and 0 < page.serial < max(used, default=0)]
    if skipped:
        explain_put_aside(office, skipped)


def _numbered(office: Office, page: Prepared) -> bool:
    case = office.read(lambda books: books.case(page.case.id))
    return case is not None and case.decision is not None and case.decision.document_no == page.document_no


def explain_put_aside(office: Office, pages: Sequence[Prepared]) -> None:
    """空号说明 of pages that were taken out of a batch while numbers behind them were used."""
    by_kind: dict[str, list[int]] = {}
    for page in pages:
        year = office.parts.clock.now().year
        by_kind.setdefault(document_kind(page.case.department, year), []).append(page.serial)
    for kind, serials in by_kind.items():
        fields = office.stamp().fields(office.parts.new_id)
        office.do(
            ExplainGaps(
                **fields, note=office.parts.new_id(), number_kind=kind, serials=tuple(serials), reason=PUT_ASIDE
            )
        )
