"""自助预填 the clerk's side: whether the ticket's person has filled in the form before, taking it over, and what is not looked at yet.

Which fields he has passed over is kept in this machine's own file; a machine that does not know takes every field as not
looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import Any

from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.registration.importing import Read, read_document
from clerk_app.office.registration.reference import company_form
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.registration.document import get, rows_of
from clerk_app.registration.fitting import filled_places
from clerk_app.registration.keyed_places import keyed_place, plain_place
from clerk_app.registration.model import FormDraft, person_name
from clerk_app.registration.self_fill import of_citizen

_UNCHECKED, _TO_TAKE = "prefill-unchecked:{}", "prefill-to-take"
_MOST_TO_TAKE = 200
_writing = Lock()
"""The list is read and written anew as a whole, and several threads ask the net."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """等着的预填 who filled it in, when, how far, and the form as it was read."""

    ticket: str
    who: str
    saved_at: datetime
    filled: int
    steps: int
    read: Read = field(repr=False)

    @property
    def sentence(self) -> str:
        """张*已自助预填（10:32，12 步里填了 9 步）."""
        return f"{self.who}已自助预填（{self.saved_at:%H:%M}，{self.steps} 步里填了 {self.filled} 步）"


def waiting(office: Office, case: Case, draft: FormDraft | None) -> Waiting | Refusal | None:
    """Asks the centre; None when there is nothing, or when it was taken over before. Not on the GUI thread."""
    session, centre = office.session, office.parts.prefills
    if session is None or centre is None or not case.ticket or (draft is not None and draft.prefilled):
        return None
    try:
        found = centre.read(case.ticket, Signer(session.person.id, session.sign))
    except CentreAway:
        return Refusal("line-cut", "线路断着，看不到有没有自助预填，先照常填。线路恢复后会再看一次。")
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    if found is None or not found.filled:
        return None
    read = read_document(found.document, "自助预填", found.form_version)
    if isinstance(read, Refusal):
        return read
    cut = of_citizen(company_form(), read.fit.document)
    read = replace(read, fit=replace(read.fit, document=cut), of_citizen=True)
    return Waiting(
        ticket=case.ticket,
        who=who_filled(read.fit.document),
        saved_at=found.saved_at,
        filled=found.filled,
        steps=found.steps,
        read=read,
    )


def who_filled(document: Mapping[str, Any]) -> str:
    """The agent if one is named, else the first person; masked."""
    names = [str(one.get("name") or "") for one in rows_of(get(document, "/persons")) if isinstance(one, Mapping)]
    named = person_name(document, get(document, "/agent/person")) or (names[0] if names else "")
    return Applicant(name=named).masked_name or "申请人"


def take(office: Office, ticket: str) -> None:
    """The form stands in the books: the centre marks it taken and wipes it; with the line cut, later. Asks the net."""
    with _writing:
        _remember(office, (*_to_take(office), ticket))
    take_left(office)


def take_left(office: Office) -> None:
    """What the centre has not heard yet. Asks the net when there is something to say."""
    session, centre = office.session, office.parts.prefills
    left = _to_take(office)
    if session is None or centre is None or not left:
        return
    signer = Signer(session.person.id, session.sign)
    for ticket in left:
        try:
            centre.take(ticket, signer)
        except CentreAway:
            break
        except CentreProblem:
            # Not his any more, or over: it ends by itself at the end of the next open day.
            pass
        with _writing:
            _remember(office, (one for one in _to_take(office) if one != ticket))


def unchecked(office: Office, draft: FormDraft) -> frozenset[str]:
    """Pointers, as the rows stand now, of what the citizen filled in and no clerk has looked at."""
    if not draft.prefilled:
        return frozenset()
    kept = office.parts.vault.keep.meta(_UNCHECKED.format(draft.id))
    if kept is None:
        return frozenset(filled_places(company_form(), draft.document))
    places = (plain_place(draft.document, one) for one in json.loads(kept))
    return frozenset(one for one in places if one is not None)


def keep_unchecked(office: Office, case: str, document: Mapping[str, Any], places: Iterable[str]) -> None:
    """What is left to look at; rows are named by their keys, so that it stays true when rows go."""
    kept = sorted(keyed_place(document, one) for one in places)
    office.parts.vault.keep.put_meta(_UNCHECKED.format(case), json.dumps(kept))


def filled_by_citizen(document: Mapping[str, Any]) -> frozenset[str]:
    """All that is to be looked at, right after taking it over."""
    return frozenset(filled_places(company_form(), document))


def _to_take(office: Office) -> tuple[str, ...]:
    return tuple(json.loads(office.parts.vault.keep.meta(_TO_TAKE) or "[]"))


def _remember(office: Office, tickets: Iterable[str]) -> None:
    kept = list(dict.fromkeys(tickets))[-_MOST_TO_TAKE:]
    office.parts.vault.keep.put_meta(_TO_TAKE, json.dumps(kept))
