"""两个人办 who asked and, where the hall wants two, who agreed: recognised by his own secret, never the same person."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.duty.high_risk import Step, step_words
from clerk_app.duty.passwords import PIN_DIGITS
from clerk_app.ports.machines import Second
from clerk_app.server.accounts import Attempt, recognise
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.problems import ProblemError
from clerk_app.server.recovering import answerable


@dataclass(frozen=True)
class Agreed:
    """说定的两个人 `second` is empty where one is enough."""

    first: str
    second: str


def agreed_by(office: CentreOffice, device: Device, step: Step, first: str, second: Second | None) -> Agreed:
    """Raises a problem, and nothing has been done. A second person who is there although nobody asked for one counts."""
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, device.hall)
    word = step_words[step]
    if second is None or not second.account.strip():
        if hall.high_risk.wants_two(step):
            sentence = f"{word}要两个人，没有办，什么都没动。请值班长、首席代表或另一位管理员输他的工号和密码。"
            raise ProblemError(403, "second-wanted", sentence)
        return Agreed(first, "")
    office.limits.sign_ins.take(device.id)
    pin = (
        len(second.secret) == PIN_DIGITS and second.secret.isascii() and second.secret.isdigit()
    )  # no password is so short
    attempt = Attempt(second.account, second.secret, public_key="", pin=pin, signs_in=False)
    person = recognise(office, device, attempt)
    if person == first:
        raise ProblemError(403, "same-person", f"两次是同一个人，{word}没有办，什么都没动。请另一个人输他自己的。")
    if not answerable & set(hall.roster.people[person].roles):
        sentence = f"第二个人要是值班长、首席代表或管理员，{word}没有办，什么都没动。请他来输。"
        raise ProblemError(403, "not-answerable", sentence)
    return Agreed(first, person)
