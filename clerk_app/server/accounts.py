"""账号 sign-in judged at the centre: Argon2id, five wrong tries lock for ten minutes, the person's key is kept per device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, func, literal, select, update

from clerk_app.server import wrapped_keys
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, check_public_key
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import accounts, person_keys
from clerk_app.server.wrapped_keys import Welcome
from clerk_app.store.cabinet import upsert
from clerk_app.store.columns import Moment

TRIES = 5
LOCKED_FOR = timedelta(minutes=10)
a = accounts

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
training_hasher = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
"""Invented people, passwords that stand on the page: quick rather than strong."""

_nobody = training_hasher.hash("nobody")


@dataclass(frozen=True)
class Rules:
    """试错规矩 how often a secret may be wrong, and the sentences."""

    word: str
    tries: int
    nobody: str
    wrong: str
    locked: str


PASSWORD_RULES = Rules(
    "password",
    TRIES,
    "工号或密码不对，没有登录。核对后再试。",
    "密码不对，还可试 {left} 次。",
    "连续输错 {tries} 次，已锁到 {until}。到时再试，急用找值班长。",
)
PIN_RULES = Rules(
    "pin",
    3,
    "这个人没有设授权 PIN，没有授权，办件没有变化。找管理员设 PIN。",
    "PIN 不对，还可试 {left} 次。没有用印，办件没有变化。",
    "PIN 连续输错 {tries} 次，已锁到 {until}。没有用印，办件没有变化。",
)


@dataclass(frozen=True)
class Attempt:
    """登录请求 as a person typed it."""

    account: str
    password: str
    public_key: str
    pin: bool = False

    @property
    def rules(self) -> Rules:
        """Passwords and PINs are counted apart."""
        return PIN_RULES if self.pin else PASSWORD_RULES


def pin_account(person: str) -> str:
    """The account row that holds a person's countersigning PIN."""
    return f"{person}#pin"


def sign_in(office: CentreOffice, device: Device, attempt: Attempt) -> Welcome:
    """The person, or a problem; his key counts at this device from now on."""
    check_public_key(attempt.public_key)
    welcome: list[Welcome] = []

    def register(connection: Connection, person: str) -> None:
        key = {"person": person, "public_key": attempt.public_key, "since": office.now()}
        upsert(connection, person_keys, [{"hall": device.hall, "device": device.id, **key}])
        slot = pin_account(person) if attempt.pin else person
        welcome.append(wrapped_keys.welcome(office, connection, device, person, slot))

    recognise(office, device, attempt, register)
    return welcome[0]


def recognise(
    office: CentreOffice,
    device: Device,
    attempt: Attempt,
    then: Callable[[Connection, str], None] = lambda connection, person: None,
) -> str:
    """The person, or a problem. The password is tried outside any transaction: it takes its time on purpose."""
    with office.database.reading() as connection:
        person = office.hall_in_force(connection, device.hall).roster.find_person(attempt.account)
        key_name = pin_account(person.id) if person and attempt.pin else person.id if person else ""
        account = _account(connection, device.hall, key_name) if person else None
    right = _fits(account.verifier if account else _nobody, attempt.password)
    if person is None or account is None:
        raise ProblemError(401, f"{attempt.rules.word}-wrong", attempt.rules.nobody)
    with office.database.writing() as connection:
        problem = _judge(connection, office.now(), (device.hall, key_name), attempt.rules, right=right)
        if problem is None:
            then(connection, person.id)
    if problem is not None:
        raise problem
    return person.id


def _fits(verifier: str, password: str) -> bool:
    try:
        return _hasher.verify(verifier, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _account(connection: Connection, hall: str, person: str) -> Row[str, bool, int, datetime] | None:
    query = select(a.c.verifier, a.c.disabled, a.c.failures, a.c.locked_until).where(
        a.c.hall == hall, a.c.person == person
    )
    return connection.execute(query.with_for_update()).one_or_none()


def _judge(
    connection: Connection, now: datetime, key: tuple[str, str], rules: Rules, *, right: bool
) -> ProblemError | None:
    """Counted under the row's lock, so that tries side by side are all counted."""
    account = _account(connection, *key)
    if account is None or account.disabled:
        return ProblemError(403, "account-disabled", "这个工号已停用，没有登录。找管理员核对。")
    if account.locked_until is not None and account.locked_until > now:
        return _locked(rules, account.locked_until)
    if right:
        _write(connection, *key, 0, None)
        return None
    failures = account.failures + 1
    if failures >= rules.tries:
        _write(connection, *key, 0, now + LOCKED_FOR)
        return _locked(rules, now + LOCKED_FOR)
    _write(connection, *key, failures, None)
    return ProblemError(401, f"{rules.word}-wrong", rules.wrong.format(left=rules.tries - failures))


def _locked(rules: Rules, until: datetime) -> ProblemError:
    return ProblemError(423, "account-locked", rules.locked.format(tries=rules.tries, until=until.strftime("%H:%M")))


def _write(connection: Connection, hall: str, person: str, failures: int, until: datetime | None) -> None:
    change = update(a).where(a.c.hall == hall, a.c.person == person)
    connection.execute(change.values(failures=failures, locked_until=until))


def set_password(connection: Connection, hall: str, person: str, password: str) -> None:
    """A new verifier; the account is open and unlocked afterwards."""
    fresh = {"verifier": _hasher.hash(password), "disabled": False, "disabled_at": None, "failures": 0}
    upsert(connection, accounts, [{"hall": hall, "person": person, "locked_until": None, **fresh}])


def disable(connection: Connection, hall: str, person: str, now: datetime) -> bool:
    """Ended now, with the person's PIN; said twice, the first time counts. False when there is no such account."""
    both = (person, pin_account(person))
    ended = {"disabled": True, "disabled_at": func.coalesce(a.c.disabled_at, literal(now, Moment))}
    change = update(a).where(a.c.hall == hall, a.c.person.in_(both)).values(**ended)
    return person in connection.execute(change.returning(a.c.person)).scalars().all()
