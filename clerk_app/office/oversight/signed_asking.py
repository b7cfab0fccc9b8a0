"""以本人名义问中心 a question signed by whoever sits here, and each way it may stay unanswered as a sentence. Off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.audit import Signer

C = TypeVar("C")
T = TypeVar("T")
_signed_out = Refusal("signed-out", "还没登录，没有办，什么都没动。登录后再办。")


def ask_signed(office: Office, centre: C | None, ask: Callable[[C, Signer], T], away: Refusal) -> T | Refusal:
    """`away` when there is no centre or it does not answer; what it refuses is its own sentence."""
    session = office.session
    if session is None:
        return _signed_out
    if centre is None:
        return away
    try:
        return ask(centre, Signer(session.person.id, session.sign))
    except CentreAway:
        return away
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
