"""撤回同意的步 on a case's page, and what its page tells of the papers the hall held."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.cases.catalogue import Item
from clerk_app.cases.history import Entry
from clerk_app.cases.model import BroughtAs, Case, brought_words
from clerk_app.cases.sharing.consenting import SHARE, UNDECIDED
from clerk_app.cases.sharing.history import share_entries
from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.office.counter import sharing, visit
from clerk_app.office.counter.case_act import ActKind, Answers, Ask, said
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books

HOW: tuple[BroughtAs, ...] = ("original", "copy", "electronic")


@dataclass(frozen=True)
class ShareTold:
    """一件的共享怎么说 what goes into its course; and by line where its paper came from."""

    entries: tuple[Entry, ...]
    lines: tuple[tuple[str, str], ...]

    def within(self, course: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Among what else happened, in the order it did."""
        return tuple(sorted((*course, *self.entries), key=lambda entry: entry.at)) if self.entries else course


def share_told(office: Office, books: Books, case: Case) -> ShareTold:
    """Of a case nobody asked for, nothing."""
    rows = books.share_consents_of(case.id)
    entries = share_entries(rows, office.hall.roster.name_for, lambda key: _number(books, key))
    return ShareTold(entries, _held_from(books, case, rows))


def _held_from(books: Books, case: Case, rows: tuple[ShareConsent, ...]) -> tuple[tuple[str, str], ...]:
    uses = {row.id: row for row in rows}
    found = []
    for line in case.materials:
        row = uses.get(line.share)
        use = row.use_of(line.name) if row is not None else None
        if use is not None and line.brought_at is not None:
            found.append((line.name, _number(books, use.source)))
        elif row is not None and row.state == "withdrawn":
            found.append((line.name, "撤回了同意，等他补来"))
    return tuple(found)


def _number(books: Books, key: str) -> str:
    case = books.case(key)
    return "" if case is None else case.case_no or f"{case.received_at:%Y-%m-%d} 收的一件"


def _shared(case: Case, _item: Item) -> bool:
    return case.state in UNDECIDED and any(line.share and line.brought_at for line in case.materials)


def _asks(office: Office, case: Case, _item: Item) -> tuple[Ask, ...]:
    rows = office.read(lambda books: books.share_consents_of(case.id))
    choices = tuple((row.id, "、".join(row.materials)) for row in rows if row.in_force)
    return (
        Ask(
            key="consent",
            label="撤回哪一次的同意",
            kind="choice",
            choices=choices,
            proposed=choices[0][0] if choices else "",
        ),
    )


def _withdraw(office: Office, case: Case, answers: Answers) -> Outcome:
    return sharing.withdraw(office, case.id, said(answers, "consent"))


def _gone(case: Case) -> tuple[str, ...]:
    return tuple(line.name for line in case.materials if line.share and line.brought_at is None)


def _gone_asks(_office: Office, case: Case, _item: Item) -> tuple[Ask, ...]:
    names = _gone(case)
    ways = tuple((how, brought_words[how]) for how in HOW)
    return (
        Ask(key="material", label="补来哪一份", kind="choice", choices=tuple((n, n) for n in names), proposed=names[0]),
        Ask(key="how", label="怎么带来的", kind="choice", choices=ways, proposed=ways[0][0]),
    )


def _bring(office: Office, case: Case, answers: Answers) -> Outcome:
    how = next((one for one in HOW if one == said(answers, "how")), HOW[0])
    return take_in_hand(office, case.id) or visit.tick(office, case.id, said(answers, "material"), True, how)


SHARING_ACTS: tuple[ActKind, ...] = (
    ActKind(
        key="withdraw_share",
        word="撤回同意",
        sentence="用的大厅已有的那份不再算数，请他补来；不问原因。",
        action=SHARE,
        offered=_shared,
        asks=_asks,
        do=_withdraw,
    ),
    ActKind(
        key="bring_instead",
        word="收下补来的",
        sentence="撤回同意以后他自己带来的，收下就接着办。",
        action="receive",
        offered=lambda case, item: case.state in UNDECIDED and bool(_gone(case)),
        asks=_gone_asks,
        do=_bring,
    ),
)
