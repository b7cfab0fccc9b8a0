"""他当时有权吗 asked of the same `may()` that judged the act, for that past moment, by the hall version the act names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, Yes, may
from clerk_app.duty.matrix import Cell, action_words, column_words
from clerk_app.hall import Hall, read_hall
from clerk_app.office.office import Office
from clerk_app.office.oversight.audit_basis import basis_words
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.ports.audit import AuditLine

_in_hand = re.compile(r"，(这一步)?(还)?没有办.*")
_cell_words: dict[Cell, str] = {
    "propose": "只能提，由首席代表定",
    "own": "只办自己的",
    "named": "指定的人才行",
    "second": "作第二人",
    "send_up": "只能上报",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """答 `lawful` yes or no, or None when it cannot be told here; the reason; and what it really rested on."""

    lawful: bool | None
    reason: str
    basis: str = ""


def may_then(office: Office, line: AuditLine) -> Answer:
    """For an event the centre itself was the judge; an unknown kind or hall version cannot be told. Asks the net."""
    if not line.hall_version:
        return Answer(lawful=None, reason="登录由中心核对口令，不问权限表。")
    use_case = office.parts.register.get(line.kind)
    if use_case is None:
        return Answer(lawful=None, reason="这一步的种类这一版程序不认识，说不上。装新版再看。")
    hall = _hall_then(office, line.hall_version)
    if hall is None:
        return Answer(lawful=None, reason="本机没有当时那一版大厅资料，说不上。线路恢复后再看。")
    act = Act(
        actor=line.actor,
        action=use_case.action,
        at=line.at,
        post=line.post,
        window=line.window,
        subjects=line.subjects,
        basis=line.basis,
    )
    with office.parts.vault.unit(hall) as work:
        return _answer(may(act, work.books), line, act, work.books, fact=use_case.command.fact)


def _hall_then(office: Office, version: str) -> Hall | None:
    if version == office.hall.version:
        return office.hall
    document = office.parts.vault.keep.hall_document(version)
    if document is None:
        try:
            document = office.parts.centre.hall_document(version)
        except (CentreAway, CentreProblem):
            return None
    return read_hall(dict(document), version)


def _answer(found: Yes | Refusal, line: AuditLine, act: Act, books: Books, *, fact: bool) -> Answer:
    tail = "事实照实记录，不因无权而不记。" if fact else ""
    if isinstance(found, Refusal):
        return Answer(lawful=False, reason=f"{_as_of_then(found.sentence)}{tail}")
    said = line.acting_for or None
    if said != found.acting_for:
        name = books.roster.name_of
        then, told = (f"代 {name(one)}" if one else "不代谁" for one in (found.acting_for, said))
        return Answer(lawful=False, reason=f"当时他是{then}，这一步写的是{told}，对不上。{tail}")
    limits = _cell_words.get(found.cell, "")
    what = action_words[act.action]
    reason = f"当时他是{column_words[found.column]}，可以{what}{f'（{limits}）' if limits else ''}。"
    return Answer(lawful=True, reason=reason, basis=basis_words(_resting(line, found.basis), books))


def _as_of_then(sentence: str) -> str:
    """The refusal speaks of an act in hand; what it says of the person is what is asked here."""
    return f"{_in_hand.sub('', sentence).rstrip('。').replace('现在', '当时')}。"


def _resting(line: AuditLine, basis: str) -> AuditLine:
    return AuditLine(**{**vars(line), "basis": basis})
