"""收工前 the day's books laid side by side: tickets, cases, seals, papers, numbers; what does not agree is named one by one.

It is read for one day and this window, and belongs to the day close. What the whole hall leaves open is the duty manager's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from clerk_app.cases.model import Case
from clerk_app.cases.states import state_words
from clerk_app.duty.records import Handover
from clerk_app.hall import Hall
from clerk_app.office.counter.deciding import stamped_use
from clerk_app.office.counter.numbering import open_gaps
from clerk_app.office.counter.paper_names import name_of
from clerk_app.office.counter.paper_stamps import to_press
from clerk_app.office.office import Office
from clerk_app.office.oversight.day_close import DayRow
from clerk_app.ports import Books
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.paper import PrintJob
from clerk_app.sealing.gaps import NumberGap
from clerk_app.sealing.model import SealUse

CheckKind = Literal["tickets", "cases", "seals", "papers", "numbers"]
check_words: dict[CheckKind, str] = {
    "tickets": "号票",
    "cases": "办件",
    "seals": "用印",
    "papers": "打印",
    "numbers": "号码",
}
NAMED = 12
ACCEPTED = "受理"
OUTSTANDING = 40
_doubtful = {
    "unknown": "机器说不清出没出",
    "queued": "还排着队",
    "not_sent": "还没送到打印机",
    "blocked": "打印机缺纸或开着盖",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """对不上的一处 what it is, in words, the remedy and the page where it is done; `case` opens it."""

    words: str
    remedy: str
    page: str
    case: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """一本账 how many there were, in words, and where it does not agree."""

    kind: CheckKind
    counted: str
    findings: tuple[Finding, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it agrees."""
        return not self.findings


@dataclass(frozen=True, kw_only=True)
class HallEnd:
    """大厅没收尾的 for the duty manager: windows not closed or amber, unsent work, documents not delivered, keys not put back."""

    windows: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()
    undelivered: tuple[str, ...] = ()
    undelivered_more: int = 0
    keys: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is left."""
        return not (self.windows or self.unsent or self.undelivered or self.keys)


@dataclass(frozen=True, kw_only=True)
class Evening:
    """收工前 the checks of one day at this window, the numbers nobody has explained, and for a manager the hall's rest."""

    day: date
    checks: tuple[Check, ...]
    gaps: tuple[NumberGap, ...] = ()
    hall: HallEnd | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that does not agree."""
        return tuple(finding for check in self.checks for finding in check.findings)


@dataclass(frozen=True)
class _Day:
    """The rows of one day at one window."""

    tickets: tuple[Ticket, ...]
    received: tuple[Case, ...]
    accepted: tuple[Case, ...]
    sealed: tuple[Case, ...]
    unregistered: tuple[Case, ...]
    """Marked as sealed, without a line in the register."""
    slipped: frozenset[str]
    """Cases of which a paper says that they were accepted."""
    uses: tuple[tuple[SealUse, Case | None], ...]


def evening(office: Office, day: date, rows: Sequence[DayRow] = ()) -> Evening:
    """Read it for who is signed in; `rows` are all machines' days as the day close knows them. Raises `SignedOut`."""
    stamp = office.stamp()
    window, hall = office.window, office.hall
    start = datetime.combine(day, time.min, stamp.at.tzinfo)
    vault = office.parts.vault
    jobs, unexplained = vault.spool.between(start, start + timedelta(days=1)), open_gaps(office)
    found = office.read(lambda books: _day(books, window, start, hall))
    names = office.read(lambda books: {job.id: name_of(job, books) for job in jobs if job.state in _doubtful})
    wanted = office.read(lambda books: _stamps_wanted(office, books, start + timedelta(days=1)))
    manager = bool({"duty_manager", "chief_rep"} & set(hall.roster.people[stamp.actor].roles))
    left = office.read(lambda books: hall_end(books, hall, day, rows)) if manager else None
    return Evening(
        day=day,
        checks=(
            tickets_check(found.tickets),
            cases_check(found.received, found.accepted, found.sealed, found.slipped | slips_of(jobs)),
            seals_check(found.uses, found.unregistered, wanted),
            papers_check(jobs, names),
            numbers_check(unexplained, {key: one.name for key, one in hall.roster.departments.items()}),
        ),
        gaps=unexplained,
        hall=left,
    )


def _day(books: Books, window: int, start: datetime, hall: Hall) -> _Day:
    day, here = start.date(), hall.roster.windows.get(window)
    cases = books.cases_touched(window, start, start + timedelta(days=1))
    uses = [use for use in books.seal_uses_since(start) if use.at.date() == day and use.window == window]
    accepted = tuple(one for one in cases if one.accepted_at is not None and one.accepted_at.date() == day)
    sealed = tuple(one for one in cases if one.sealed_at is not None and one.sealed_at.date() == day)
    papers = (paper for one in accepted for paper in books.case_documents_of(one.id))
    return _Day(
        tickets=tuple(one for one in books.tickets_of(day, here.letters if here else ()) if one.window == window),
        received=tuple(one for one in cases if one.received_at.date() == day),
        accepted=accepted,
        sealed=sealed,
        unregistered=tuple(one for one in sealed if books.seal_use(one.seal_use) is None),
        slipped=frozenset(paper.case for paper in papers if ACCEPTED in paper.paper),
        uses=tuple((use, books.case(use.case)) for use in uses),
    )


def _stamps_wanted(office: Office, books: Books, end: datetime) -> tuple[Case, ...]:
    """Decided by the end of the day and no stamp registered: what was pressed by hand is registered the same day."""
    decided = (case for case in to_press(office, books) if case.decision is not None and case.decision.at < end)
    return tuple(case for case in decided if stamped_use(books, case) is None)


def slips_of(jobs: Iterable[PrintJob]) -> frozenset[str]:
    """The cases of which a slip went to the printer that says so."""
    told = (job for job in jobs if ACCEPTED in job.doc_type and job.state not in ("lost", "half", "expired"))
    return frozenset(job.subject.removeprefix("case:") for job in told)


def tickets_check(tickets: Iterable[Ticket]) -> Check:
    """Nobody whom this window called may still stand there open."""
    rows = tuple(tickets)
    over = sum(one.state == "finished" for one in rows)
    passed = sum(one.state == "passed" for one in rows)
    open_ = [one for one in rows if one.state in ("called", "serving")]
    counted = f"办结 {over} 个" + (f"，过号 {passed} 个" if passed else "")
    found = tuple(
        Finding(
            words=f"{one.number} {'还在办' if one.state == 'serving' else '叫了没来'}，没有办结",
            remedy="办结（F8）或过号（F4）",
            page="counter",
        )
        for one in open_
    )
    return Check(kind="tickets", counted=counted, findings=found)


def cases_check(
    received: Iterable[Case], accepted: Iterable[Case], sealed: Iterable[Case], slipped: frozenset[str]
) -> Check:
    """What was begun was taken in or ended; what was accepted has its slip."""
    taken, numbered, done = tuple(received), tuple(accepted), tuple(sealed)
    found = [
        Finding(
            words=f"{one.item_name}（查询码 {one.query_code}）还在{state_words['draft']}，没有收件",
            remedy="收件，或记“已告知”",
            page="cases",
            case=one.id,
        )
        for one in taken
        if one.state == "draft"
    ]
    found += [
        Finding(
            words=f"{one.case_no} 受理了，没有打过受理的纸",
            remedy="到办件里补打",
            page="cases",
            case=one.id,
        )
        for one in numbered
        if one.state in ("accepted", "review") and one.id not in slipped and not one.life.deemed
    ]
    counted = f"收件 {sum(one.state != 'draft' for one in taken)}，受理 {len(numbered)}，办结 {len(done)}"
    return Check(kind="cases", counted=counted, findings=tuple(found))


def seals_check(
    uses: Iterable[tuple[SealUse, Case | None]], unregistered: Iterable[Case], wanted: Sequence[Case] = ()
) -> Check:
    """Every use of the seal on a decision has its case marked, every case marked today has its use."""
    pairs, found = tuple(uses), list[Finding]()
    for use, case in pairs:
        decision = not use.document
        if decision and (case is None or (case.seal_use != use.id and case.state in ("granted", "refused"))):
            words = f"{use.document_no} 盖了{use.seal_name}，办件还没记用印"
            found.append(Finding(words=words, remedy="到“授权用印”把它记完", page="sealing", case=use.case))
    for case in unregistered:
        words = f"{case.case_no} 记了用印，登记簿里没有这一次"
        found.append(Finding(words=words, remedy="找首席代表核对用印登记", page="cases", case=case.id))
    if wanted:
        words = f"{len(wanted)} 件授权了，还没用印或没登记盖章"
        found.append(Finding(words=words, remedy="盖过的今天补登，隔天就要说明", page="sealing"))
    decisions = sum(not use.document for use, _ in pairs)
    counted = f"登记 {len(pairs)} 次" + (f"，决定 {decisions} 份" if len(pairs) != decisions else "")
    return Check(kind="seals", counted=counted, findings=tuple(found))


def papers_check(jobs: Iterable[PrintJob], names: Mapping[str, str]) -> Check:
    """What came out, and what nobody knows of; `names` are the numbers people know those papers by."""
    rows = tuple(jobs)
    out, thought = sum(job.state == "done" for job in rows), sum(job.state == "sent" for job in rows)
    found = tuple(
        Finding(
            words=f"{job.doc_type} {names[job.id]} {_doubtful[job.state]}",
            remedy="看一眼出纸口再答" if job.state == "unknown" else "看打印机，好了自己打",
            page="printing",
        )
        for job in rows
        if job.state in _doubtful
    )
    return Check(
        kind="papers", counted=f"打出 {out} 张" + (f"，推定已出 {thought} 张" if thought else ""), findings=found
    )


def numbers_check(unexplained: Sequence[NumberGap], departments: Mapping[str, str]) -> Check:
    """空号 every number that was drawn and not used has its explanation."""
    found = tuple(
        Finding(
            words=f"{_kind_word(gap.kind, departments)}空号 {_serials(gap.serials)}：{gap.known}",
            remedy="写空号说明",
            page="day",
        )
        for gap in unexplained
    )
    return Check(kind="numbers", counted="号码都用上了" if not found else "有空号", findings=found)


def _kind_word(kind: str, departments: Mapping[str, str]) -> str:
    """市场监督管理局 2026 年文号; the kind's own letters are for machines."""
    word, *rest = kind.split(":")
    if word == "case_no":
        return f"{rest[-1]} 年办件编号"
    return f"{departments.get(rest[0], rest[0])} {rest[-1]} 年文号"


def _serials(serials: Sequence[int]) -> str:
    """3、5–8."""
    spans: list[list[int]] = []
    for serial in sorted(serials):
        if spans and serial == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], serial]
        else:
            spans.append([serial, serial])
    said = [f"{a}" if a == b else f"{a}–{b}" for a, b in spans]
    return "、".join(said[:NAMED]) + (f" 等 {len(serials)} 个" if len(said) > NAMED else "")


def hall_end(books: Books, hall: Hall, day: date, rows: Sequence[DayRow]) -> HallEnd:
    """What the hall leaves open this evening, as far as this machine was told."""
    closed = {one.device for one in books.day_closes_of(day)}
    amber = [row for row in rows if row.agreement != "equal"]
    unsent = [f"{row.window}号窗口 {n} 条" for row in amber if (n := _undecided(row))]
    documents = books.cases_in(("sealed",))
    return HallEnd(
        windows=tuple(
            f"{row.window}号窗口{'还没日结' if row.device not in closed else '日结了，两边还没对上'}"
            for row in rows
            if row.device not in closed or row.agreement != "equal"
        ),
        unsent=tuple(unsent),
        undelivered=tuple(f"{one.case_no} {one.item_name}" for one in documents[:OUTSTANDING]),
        undelivered_more=max(0, len(documents) - OUTSTANDING),
        keys=keys_out(books, day, lambda post: hall.roster.posts[post].name if post in hall.roster.posts else post),
    )


def _undecided(row: DayRow) -> int:
    return max(row.here.undecided if row.here else 0, row.there.undecided if row.there else 0)


def keys_out(books: Books, day: date, name: Callable[[str], str]) -> tuple[str, ...]:
    """Seals handed to a substitute today and not handed back with both nods."""
    found = []
    for sub in books.substitutions_since(day):
        if sub.start.date() > day:
            continue
        papers = books.handovers_of(sub.id)
        for seal in _seals_of(papers, "out"):
            if seal not in _seals_of(papers, "back"):
                found.append(f"{name(sub.post)}的{seal[1]}，还没交回")
    return tuple(dict.fromkeys(found))


def _seals_of(papers: Iterable[Handover], direction: str) -> dict[tuple[str, str], None]:
    """Of handovers both have nodded to."""
    done = (paper for paper in papers if paper.direction == direction and paper.done)
    return {(thing.id, thing.words): None for paper in done for thing in paper.things if thing.kind == "seal"}
