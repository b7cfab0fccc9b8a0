"""自助预填 the citizen's side: a self-fill place knows a ticket and what is typed, nobody's name and no case.

What is typed lives in memory until it is handed in. With the line cut it waits, encrypted, in this machine's own file and is
sent when the line is back; then it is gone from here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.reference import company_form
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.prefills import PrefillCentre, PrefillSent
from clerk_app.queueing.citizen_token import TICKET, is_token, ticket_token
from clerk_app.registration.document import Document, put, storable
from clerk_app.registration.findings import Finding
from clerk_app.registration.fitting import fitted, name_of, steps_filled
from clerk_app.registration.form import Form
from clerk_app.registration.model import empty_document
from clerk_app.registration.self_fill import of_citizen, self_fill_form

ESTABLISHING = "设立"
WAITING = "self-fill-waiting"
MOST_WAITING = 200
KEPT_FOR = timedelta(days=4)
"""Longer than the centre would keep any of them."""
_answers = frozenset({404, 409, 413, 422})
"""Said of what was sent; anything else is said of this machine, and nobody's form is thrown away for that."""
_number = re.compile(r"[A-Z]{1,4}[0-9]{1,8}")
_id = re.compile(r"ticket:([0-9a-f-]{36})")
_address = re.compile(rf"https?://\S+/{TICKET}/([a-z2-7]{{26}})")
_writing = Lock()
"""What waits is read and written anew as a whole, and several threads ask the net."""
_unknown = Refusal("ticket-unreadable", "这不是号票上的码。扫号票上的二维码，或输票上的大号码，如 A023。")
_away = Refusal("line-cut", "现在连不上中心，先填不了。稍等一会儿，或直接到窗口填。")


@dataclass(frozen=True, kw_only=True)
class Begun:
    """开始填 one sitting: the ticket's token or number, the number to be called by if it is known, and an empty form."""

    ticket: str
    number: str
    session: str
    document: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """交上去了 or, with the line cut, kept to be sent; `number` may be empty when only the code is known."""

    number: str
    sent: bool
    filled: int
    steps: int
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    ticket: str
    kept_at: str
    sent: dict[str, Any] = field(repr=False)


def ticket_named(typed: str) -> str:
    """The token or the number that a scan or a typed text names; empty when it names none. What a slip signs stands behind `#`."""
    text = "".join(unicodedata.normalize("NFKC", typed).split()).partition("#")[0]
    if found := _id.fullmatch(text):
        return ticket_token(found[1])
    if found := _address.fullmatch(text):
        return found[1]
    if is_token(text):
        return text
    number = text.upper()
    return number if _number.fullmatch(number) else ""


def begin(office: Office, typed: str) -> Begun | Refusal:
    """Somebody sits down with a ticket. Asks the net; with the line cut one may begin by the code, which is known to be a ticket's."""
    ticket, centre = ticket_named(typed), office.parts.prefills
    if not ticket:
        return _unknown
    session, number = office.parts.new_id(), "" if is_token(ticket) else ticket
    if centre is None:
        return _away
    try:
        number = centre.save(ticket, _sent(session, {})).number or number
    except CentreAway:
        if not is_token(ticket):
            return Refusal("line-cut", "现在连不上中心，认不了手输的号码。扫号票上的二维码就能填。")
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    return Begun(ticket=ticket, number=number, session=session, document=_empty())


def _empty() -> dict[str, Any]:
    """What others are asked for by: a company that is to be set up."""
    return put(empty_document(place_form()), "/application/registration_type", ESTABLISHING)


def place_form() -> Form:
    """The form as a self-fill place shows it."""
    return self_fill_form(company_form())


def findings_of(document: Document, as_of: date, *, region: str = "") -> tuple[Finding, ...]:
    """Of the check only what is said of a place that stands there."""
    form, shown = company_form(), place_form()
    whole = of_citizen(form, fitted(form, document).document)
    for place, value in (("applied_on", as_of.isoformat()), ("registration_type", ESTABLISHING)):
        whole = put(whole, f"/application/{place}", value)
    return tuple(one for one in check_form(whole, as_of, region=region) if shown.by_id.get(name_of(one.pointer)))


def hand_in(office: Office, begun: Begun, document: Document) -> HandedIn | Refusal:
    """交上去. Asks the net; said again by the same sitting, the last one counts. A refusal leaves everything where it is."""
    if not storable(document):
        return Refusal("prefill-unstorable", "有的地方写得太长，还没有交。改短一些再交，填的都还在。")
    sent, centre = _sent(begun.session, document), office.parts.prefills
    try:
        if centre is None:
            raise CentreAway
        kept = centre.save(begun.ticket, sent)
    except CentreAway:
        _keep(office, begun.ticket, sent)
        return HandedIn(number=begun.number, sent=False, filled=sent.filled, steps=sent.steps)
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    number, until = kept.number or begun.number, kept.expires_at
    return HandedIn(number=number, sent=True, filled=sent.filled, steps=sent.steps, until=until)


def send_waiting(office: Office) -> int:
    """What was handed in while the line was cut goes now and is wiped here; answers how many still wait. Asks the net."""
    centre, left = office.parts.prefills, _waiting(office)
    if centre is None or not left:
        return len(left)
    oldest = office.parts.clock.now() - KEPT_FOR
    for one in tuple(left):
        if datetime.fromisoformat(one.kept_at) > oldest and not _went(centre, one):
            break
        left = _drop(office, one)
    return len(left)


def _went(centre: PrefillCentre, one: _Waiting) -> bool:
    """A refusal of this one is an answer too: the ticket is over, or its person handed in elsewhere meanwhile."""
    try:
        centre.save(one.ticket, PrefillSent(**one.sent))
    except CentreAway:
        return False
    except CentreProblem as problem:
        return problem.status in _answers
    return True


def _sent(session: str, document: Mapping[str, Any]) -> PrefillSent:
    form = place_form()
    filled, steps = steps_filled(form, document)
    return PrefillSent(session=session, form_version=form.version, filled=filled, steps=steps, document=document)


def _keep(office: Office, ticket: str, sent: PrefillSent) -> None:
    """The same sitting's earlier one goes."""
    one = _Waiting(ticket=ticket, kept_at=office.parts.clock.now().isoformat(), sent=asdict(sent))
    with _writing:
        others = [one for one in _waiting(office) if one.sent["session"] != sent.session]
        _write(office, [*others, one][-MOST_WAITING:])


def _drop(office: Office, gone: _Waiting) -> list[_Waiting]:
    """Only this one: another person may have handed in while it was on its way."""
    with _writing:
        left = [one for one in _waiting(office) if one != gone]
        _write(office, left)
    return left


def _waiting(office: Office) -> list[_Waiting]:
    return [_Waiting(**row) for row in json.loads(office.parts.vault.keep.meta(WAITING) or "[]")]


def _write(office: Office, rows: list[_Waiting]) -> None:
    office.parts.vault.keep.put_meta(WAITING, json.dumps([asdict(one) for one in rows], ensure_ascii=False))
