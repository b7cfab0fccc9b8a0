"""登录 at the centre: the password, its age, the second factor, a new password if one is given; all or nothing, in one transaction."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, update

from clerk_app.duty.passwords import is_old, needs_second_factor, weakness
from clerk_app.server import wrapped_keys
from clerk_app.server.accounts import (
    PIN_RULES,
    Attempt,
    Candidate,
    Judged,
    Row,
    account_row,
    count,
    fits,
    fresh_verifier,
    locked,
    pin_account,
    recognise,
    write,
)
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, check_public_key
from clerk_app.server.problems import ProblemError
from clerk_app.server.second_factor import Factor, Kept, right_step, spend
from clerk_app.server.sign_in_events import Place, note
from clerk_app.server.tables import accounts as a
from clerk_app.server.tables import person_keys
from clerk_app.server.wrapped_keys import Welcome
from clerk_app.store.cabinet import upsert

PASSWORD_OLD = ProblemError(403, "password-old", "密码对，但这是初始密码或已经到期，还没有登录。换一个新密码再登录。")
TOTP_NEEDED = ProblemError(
    403, "second-factor-needed", "密码对，这个身份还要第二道验证，还没有登录。输手机上的 6 位动态码。"
)
PIN_NEEDED = ProblemError(403, "second-factor-needed", "密码对，这个身份还要第二道验证，还没有登录。输您的 PIN。")
NO_FACTOR = ProblemError(
    403, "second-factor-missing", "这个身份登录要第二道验证，还没有给您设，没有登录。找管理员设动态码。"
)
CODE_WRONG = ProblemError(401, "second-factor-wrong", "动态码不对或已经用过，还可试 {left} 次。等下一个码再输。")
PIN_WRONG = ProblemError(401, "second-factor-wrong", "PIN 不对，还可试 {left} 次。没有登录。")


def sign_in(office: CentreOffice, device: Device, attempt: Attempt) -> Welcome:
    """The person, or a problem; his key counts at this device from now on."""
    check_public_key(attempt.public_key)
    proofs = _Proofs(Place(device, office.now()), attempt)
    welcome: list[Welcome] = []

    def register(connection: Connection, person: str) -> None:
        if not attempt.pin:
            proofs.write(connection, person)
        key = {"person": person, "public_key": attempt.public_key, "since": office.now()}
        upsert(connection, person_keys, [{"hall": device.hall, "device": device.id, **key}])
        slot = pin_account(person) if attempt.pin else person
        made = wrapped_keys.welcome(office, connection, device, person, slot)
        welcome.append(replace(made, factor=proofs.factor))

    recognise(office, device, attempt, register, proofs.judge)
    return welcome[0]


class _Proofs:
    """佐证 what is asked beyond a right password, and what is written when all of it was right."""

    def __init__(self, place: Place, attempt: Attempt) -> None:
        self._place, self._attempt = place, attempt
        self._step = 0
        self.factor: Factor = ""

    def judge(self, connection: Connection, who: Candidate, account: Row) -> Judged | None:
        """None when everything the hall asks for is there."""
        attempt, rules = self._attempt, who.rules
        if attempt.pin:
            return None
        if not attempt.new_password and is_old(account.password_at, self._place.at, rules.password):
            return Judged(PASSWORD_OLD, event=None)
        if attempt.new_password:
            weak = weakness(attempt.new_password, attempt.password, who.person, rules.password)
            if weak:
                sentence = f"{weak}，没有改，也没有登录。另想一个再试。"
                return Judged(ProblemError(422, "password-weak", sentence), event=None)
        if not needs_second_factor(who.person, rules.second_factor):
            return None
        return self._by_code(account) if account.totp is not None else self._by_pin(connection, who)

    def _by_code(self, account: Row) -> Judged | None:
        if not self._attempt.code:
            return Judged(TOTP_NEEDED, event=None)
        kept = Kept(account.totp or b"", account.totp_step)
        step = right_step(kept, self._attempt.code, self._place.at)
        if step is None:
            return Judged(CODE_WRONG, "second_factor_failed", counts=True)
        self._step, self.factor = step, "totp"
        return None

    def _by_pin(self, connection: Connection, who: Candidate) -> Judged | None:
        """Wrong, it counts as a wrong PIN and as a wrong sign-in."""
        pin = replace(who, key=pin_account(who.person.id))
        row = account_row(connection, pin.hall, pin.key)
        if row is None or row.disabled:
            return Judged(NO_FACTOR)
        if not self._attempt.code:
            return Judged(PIN_NEEDED, event=None)
        if row.locked_until is not None and row.locked_until > self._place.at:
            return Judged(locked(PIN_RULES, row.locked_until))
        if not fits(row.verifier, self._attempt.code):
            judged = count(connection, self._place, pin, row, PIN_RULES)
            return judged if judged.event == "locked" else Judged(PIN_WRONG, "second_factor_failed", counts=True)
        write(connection, pin, 0, None)
        self.factor = "pin"
        return None

    def write(self, connection: Connection, person: str) -> None:
        """All was right: the code is spent, the new password takes the old one's place, and it is on record."""
        hall, attempt = self._place.device.hall, self._attempt
        if self._step:
            spend(connection, hall, person, self._step)
        if attempt.new_password:
            fresh = {"verifier": fresh_verifier(attempt.new_password), "password_at": self._place.at}
            connection.execute(update(a).where(a.c.hall == hall, a.c.person == person).values(**fresh))
            note(connection, self._place, "password_changed", person)
        if not attempt.signs_in:
            return
        words = {"": "", "totp": "密码和动态码", "pin": "密码和 PIN"}[self.factor]
        note(connection, self._place, "sign_in", person, words)
