"""这件能办什么 the acts on one case for who sits here: what is not lawful is absent, what is not possible now says why."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.cases.back_entry.checking import unchecked_sheet
from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.cases.states import OPEN, CaseState, moves
from clerk_app.command import Refusal, Stamp, case_subject
from clerk_app.duty.authority import act_by, may
from clerk_app.duty.standing import standing_of
from clerk_app.office.counter.assigning_acts import ASSIGNING_ACTS
from clerk_app.office.counter.case_act import ActKind, Answers, Ask, CaseAct
from clerk_app.office.counter.certificates import CERTIFICATE_ACTS
from clerk_app.office.counter.chief_acts import CHIEF_ACTS
from clerk_app.office.counter.intake_acts import INTAKE_ACTS
from clerk_app.office.counter.issued import NOT_PRINTED
from clerk_app.office.counter.issuing import issue
from clerk_app.office.counter.review_acts import REVIEW_ACTS
from clerk_app.office.counter.sharing_acts import SHARING_ACTS
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books

KINDS: dict[str, ActKind] = {
    kind.key: kind
    for kind in (*INTAKE_ACTS, *REVIEW_ACTS, *ASSIGNING_ACTS, *CHIEF_ACTS, *CERTIFICATE_ACTS, *SHARING_ACTS)
}


@dataclass(frozen=True)
class ActDone:
    """办成了 and what is to be said of its paper, if that did not come out."""

    sentence: str
    good: bool


def acts_of(office: Office, case_id: str) -> tuple[CaseAct, ...]:
    """In the order of the house: the next step of its course first. Not for the screen's thread."""
    case = office.read(lambda books: books.case(case_id))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None or office.session is None:
        return ()
    stamp = office.stamp()
    lawful = office.read(lambda books: [kind for kind in KINDS.values() if _lawful(kind, case, item, stamp, books)])
    held = office.read(lambda books: _not_now(case_id, books))
    return tuple(_act(office, kind, case, item, held) for kind in lawful)


def _act(office: Office, kind: ActKind, case: Case, item: Item, held: str) -> CaseAct:
    asks = kind.asks(office, case, item)
    return CaseAct(
        key=kind.key,
        word=kind.word,
        sentence=kind.sentence,
        asks=asks,
        refusal=("" if kind.unheld else held) or _unanswerable(asks),
        paper=kind.paper,
    )


def _unanswerable(asks: tuple[Ask, ...]) -> str:
    """A choice among nothing cannot be made."""
    empty = next((ask for ask in asks if ask.kind == "choice" and not ask.choices and not ask.optional), None)
    return f"{empty.label}：还没有可选的。{empty.hint}" if empty else ""


def _lawful(kind: ActKind, case: Case, item: Item, stamp: Stamp, books: Books) -> bool:
    if not _reachable(kind, case.state) or not kind.offered(case, item):
        return False
    act = act_by(stamp, kind.action, case_subject(case.id))
    if isinstance(may(act, books), Refusal) or not kind.offered_in(case, item, stamp, books):
        return False
    return kind.hand != "chief" or _stands_for_chief(stamp, case.department, books)


def _reachable(kind: ActKind, state: CaseState) -> bool:
    """An accepted case is taken into review by the act itself."""
    if kind.event is None:
        return state in OPEN or state in kind.also or kind.key == "seen"
    sources = moves[kind.event].sources
    return state in sources or (state == "accepted" and "review" in sources)


def _stands_for_chief(stamp: Stamp, department: str, books: Books) -> bool:
    post = books.roster.chief_posts.get(department)
    return post is not None and standing_of(books, stamp.actor, post, stamp.at).side is not None


def _not_now(case: str, books: Books) -> str:
    if (sheet := unchecked_sheet(case, books)) is not None:
        return f"照 {sheet.id} 补录，还没有第二个人核对。在补录页核对了再办。"
    holder = books.holder(case_subject(case))
    return "" if holder in (None, books.device) else "这件在别的窗口手上，只能看。让经办人交到席上，或凭交接码接手。"


def do_act(office: Office, case_id: str, key: str, answers: Answers) -> ActDone | Refusal:
    """办一步 the act, then its paper; a paper that did not come out is said, and the act stands. Not for the screen's thread."""
    case = office.read(lambda books: books.case(case_id))
    kind = KINDS.get(key)
    if case is None or kind is None:
        return Refusal("unknown-case", "没有这件办件，什么都没改。刷新一下再看。")
    done = kind.do(office, case, answers)
    if not isinstance(done, Done):
        return done
    return (
        _with_paper(kind, issue(office, case_id, kind.paper)) if kind.paper else ActDone(f"{kind.word}：办好了。", True)
    )


def _with_paper(kind: ActKind, paper: Outcome) -> ActDone:
    if isinstance(paper, Done):
        return ActDone(f"{kind.word}：办好了，{kind.paper}已经出好。", True)
    if paper.type == NOT_PRINTED:
        return ActDone(paper.sentence, False)
    return ActDone(f"{kind.word}：办好了。{kind.paper}没有出：{paper.sentence}", False)
