"""大厅有什么 what the hall holds of an applicant: the papers of his own earlier cases, and what it gave him itself, by class, as long as they are good.

Whose they are is said by the number of his identity card or his company's code, whole and exact; never by a name alone.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from clerk_app.cases.attachments import Attachment
from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Applicant, Case
from clerk_app.cases.sharing.issued import LEAST_NUMBER, IssuedPaper, folded_number, is_issued_as
from clerk_app.cases.sharing.rules import ShareRules
from clerk_app.cases.states import CaseState

GOOD: frozenset[CaseState] = frozenset(
    {
        "accepted",
        "review",
        "suspended",
        "to_authorise",
        "with_department",
        "granted",
        "refused",
        "sealed",
        "delivered",
        "archived",
    }
)
"""Accepted, and neither withdrawn, ended nor voided since: what was looked through stands."""
TO_CHECK, RENAMED = "没有定有效期，看一眼再用", "名称和那时不一样，看一眼再用"
_citizen = re.compile(r"\d{17}[\dX]")
_copies = re.compile(r"[\s\-_]*(?:[（(](?:副本|正本|原件|复印件|扫描件|\d{1,2})[）)])?[\s\-_]*(?:第?\d{1,2}页?)?")
"""What may stand behind a paper's name in the name of its file: which copy, which page."""
Source = tuple[Case, tuple[Attachment, ...], IssuedPaper | None]
"""A case, what was taken in for it, and what was given out by it."""


@dataclass(frozen=True, kw_only=True)
class HeldPaper:
    """大厅已有 one paper for one line of the list; nothing of its content. `check`: why it is to be looked at first.

    `attachment` is a file of its case or, where the hall `issued` it itself, its line in the seal register; `issued` is its number then.
    """

    material: str
    source: str
    source_no: str
    source_item: str
    attachment: str
    digest: str
    taken_on: date
    check: str = ""
    issued: str = ""


def same_person(one: Applicant, other: Applicant) -> bool:
    """The same whole number; with a citizen's number the same name too: a slip of the pen must not open a stranger's papers."""
    number = folded_number(one.id_number)
    if len(number) < LEAST_NUMBER or number != folded_number(other.id_number):
        return False
    return not _citizen.fullmatch(number) or not _renamed(one, other)


def _renamed(one: Applicant, other: Applicant) -> bool:
    return "".join(one.name.split()) != "".join(other.name.split())


def is_class(attachment: Attachment, material: str) -> bool:
    """Whether a file is this very class of paper: 营业执照（副本）-2.pdf is 营业执照, 营业执照遗失声明 is not."""
    stem = unicodedata.normalize("NFC", attachment.name).rpartition(".")[0] or attachment.name
    return stem.startswith(material) and bool(_copies.fullmatch(stem[len(material) :]))


def good_until(taken_on: date, months: int) -> date:
    """The same day so many months on, or the month's last."""
    years, month = divmod(taken_on.month - 1 + months, 12)
    year, month = taken_on.year + years, month + 1
    return date(year, month, min(taken_on.day, monthrange(year, month)[1]))


def expired(taken_on: date, material: str, rules: ShareRules, today: date) -> bool:
    """By the hall's data; a class nothing is said of never expires by itself."""
    months = rules.valid_months.get(material)
    return months is not None and today > good_until(taken_on, months)


def may_stand(case: Case, source: Case) -> bool:
    """Whether papers of that case may stand for a line of this one: the same person's, another case, and a good one."""
    return source.id != case.id and source.state in GOOD and same_person(case.applicant, source.applicant)


def may_be_his(case: Case, source: Case, paper: IssuedPaper) -> bool:
    """Whether what that case gave out is this applicant's, and not this very case's."""
    return source.id != case.id and _is_his(case.applicant, source, paper)


def _is_his(who: Applicant, source: Case, paper: IssuedPaper) -> bool:
    by_code = bool(paper.holder) and folded_number(who.id_number) == paper.holder
    return by_code or same_person(who, source.applicant)


def held_for(
    who: Applicant, lines: Iterable[str], item: Item, rules: ShareRules, sources: Iterable[Source], today: date
) -> tuple[HeldPaper, ...]:
    """For each of these lines of the list that may be shared, in the list's order; of one line the newest first."""
    known = tuple(sources)
    found: list[HeldPaper] = []
    for line in lines:
        if not rules.may_share(item, line):
            continue
        papers = [*_taken_in(who, line, known, rules), *_given_out(who, line, known, rules)]
        good = (one for one in papers if not expired(one.taken_on, line, rules, today))
        found += sorted(good, key=lambda one: (one.taken_on, one.attachment), reverse=True)
    return tuple(found)


def _taken_in(who: Applicant, line: str, sources: Iterable[Source], rules: ShareRules) -> Iterator[HeldPaper]:
    """收过的."""
    for source, papers, _ in sources:
        if source.state not in GOOD or not same_person(who, source.applicant):
            continue
        for paper in papers:
            if paper.case == source.id and is_class(paper, line):
                named = {"attachment": paper.id, "digest": paper.digest, "taken_on": paper.at.date()}
                yield _held(who, line, source, rules, **named)


def _given_out(who: Applicant, line: str, sources: Iterable[Source], rules: ShareRules) -> Iterator[HeldPaper]:
    """发过的: the newest alone, because what was made anew takes the place of what was before."""
    his = [
        (source, paper)
        for source, _, paper in sources
        if paper is not None and is_issued_as(paper, line) and _is_his(who, source, paper)
    ]
    if his:
        source, paper = max(his, key=lambda one: (one[1].on, one[1].id))
        named = {"attachment": paper.id, "digest": paper.digest, "taken_on": paper.on, "issued": paper.number or "—"}
        yield _held(who, line, source, rules, **named)


def _held(who: Applicant, material: str, source: Case, rules: ShareRules, **named: Any) -> HeldPaper:
    check = RENAMED if _renamed(who, source.applicant) else ""
    return HeldPaper(
        material=material,
        source=source.id,
        source_no=source.case_no,
        source_item=source.item_name,
        check=check or ("" if material in rules.valid_months else TO_CHECK),
        **named,
    )
