"""账号 who somebody is, judged at the centre: Argon2id, five wrong tries lock for ten minutes.

The order is fixed: ended, locked, wrong password, old password, second factor. Only what is right to the end wipes the
count: half a right answer never buys more tries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, func, literal, select, update

from clerk_app.duty.model import Person
from clerk_app.duty.rules import DutyRules
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.problems import ProblemError
from clerk_app.server.sign_in_events import EventKind, Place, note
from clerk_app.server.tables import accounts
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
    """登录请求 as a person typed it; a second factor and a new password when the centre asked for them."""

    account: str
    password: str
    public_key: str
    pin: bool = False
    signs_in: bool = True
    code: str = ""
    new_password: str = ""

    @property
    def rules(self) -> Rules:
        """Passwords and PINs are counted apart."""
        return PIN_RULES if self.pin else PASSWORD_RULES


class Row(NamedTuple):
    """账号行 one account as it stands, locked while it is judged."""

    verifier: str
    disabled: bool
    failures: int
    locked_until: datetime | None
    password_at: datetime | None
    totp: bytes | None
    totp_step: int


@dataclass(frozen=True)
class Candidate:
    """来人 who it would be, by which account row, and the hall's rules."""

    hall: str
    person: Person
    key: str
    row: Row
    rules: DutyRules


@dataclass(frozen=True)
class Judged:
    """裁决 of one try: the problem, if any, and what is written about it; `event` empty leaves no trace of its own."""

    problem: ProblemError
    event: EventKind | None = "sign_in_failed"
    counts: bool = False


Further = Callable[[Connection, Candidate, Row], Judged | None]
"""What is asked beyond the password, under the account's lock."""


def pin_account(person: str) -> str:
    """The account row that holds a person's countersigning PIN."""
    return f"{person}#pin"


def recognise(
    office: CentreOffice,
    device: Device,
    attempt: Attempt,
    then: Callable[[Connection, str], None] = lambda connection, person: None,
    further: Further = lambda connection, candidate, row: None,
) -> str:
    """The person, or a problem. The password is tried outside any transaction: it takes its time on purpose."""
    candidate = _candidate(office, device.hall, attempt)
    right = fits(candidate.row.verifier if candidate else _nobody, attempt.password)
    place, judged = Place(device, office.now()), None
    with office.database.writing() as connection:
        if candidate is None:
            judged = Judged(ProblemError(401, f"{attempt.rules.word}-wrong", attempt.rules.nobody))
        else:
            judged = _judge(connection, place, candidate, attempt.rules, right=right, further=further)
            if judged is None:
                write(connection, candidate, 0, None)
                then(connection, candidate.person.id)
        if judged is not None and judged.event is not None:
            words = "PIN" if attempt.pin else "" if candidate else "没有这个账号"
            note(connection, place, judged.event, candidate.person.id if candidate else "", words)
    if judged is not None:
        raise judged.problem
    assert candidate is not None  # noqa: S101 (nobody has been judged above)
    return candidate.person.id


def fits(verifier: str, password: str) -> bool:
    """Whether the password is the one behind this verifier."""
    try:
        return _hasher.verify(verifier, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def fresh_verifier(password: str) -> str:
    """For keeping: Argon2id with a salt of its own."""
    return _hasher.hash(password)


def _candidate(office: CentreOffice, hall: str, attempt: Attempt) -> Candidate | None:
    with office.database.reading() as connection:
        roster = office.hall_in_force(connection, hall).roster
        person = roster.find_person(attempt.account)
        if person is None:
            return None
        key = pin_account(person.id) if attempt.pin else person.id
        row = account_row(connection, hall, key)
    return None if row is None else Candidate(hall, person, key, row, roster.rules)


def account_row(connection: Connection, hall: str, key: str) -> Row | None:
    """The account, locked for judging where the transaction writes."""
    columns = (a.c.verifier, a.c.disabled, a.c.failures, a.c.locked_until, a.c.password_at, a.c.totp, a.c.totp_step)
    query = select(*columns).where(a.c.hall == hall, a.c.person == key)
    found = connection.execute(query.with_for_update()).one_or_none()
    return None if found is None else Row(*found)


def _judge(
    connection: Connection, place: Place, who: Candidate, rules: Rules, *, right: bool, further: Further
) -> Judged | None:
    """Counted under the row's lock, so that tries side by side are all counted."""
    account = account_row(connection, who.hall, who.key)
    if account is None or account.disabled:
        return Judged(ProblemError(403, "account-disabled", "这个工号已停用，没有登录。找管理员核对。"))
    if account.locked_until is not None and account.locked_until > place.at:
        return Judged(locked(rules, account.locked_until))
    if not right:
        return count(connection, place, who, account, rules)
    judged = further(connection, who, account)
    if judged is not None and judged.counts:
        return count(connection, place, who, account, rules, judged)
    return judged


def count(
    connection: Connection, place: Place, who: Candidate, account: Row, rules: Rules, wrong: Judged | None = None
) -> Judged:
    """One try fewer; the last one locks. `wrong` is what is said instead of the secret's own sentence."""
    failures = account.failures + 1
    if failures >= rules.tries:
        write(connection, who, 0, place.at + LOCKED_FOR)
        return Judged(locked(rules, place.at + LOCKED_FOR), "locked")
    write(connection, who, failures, None)
    left = rules.tries - failures
    if wrong is not None:
        problem = wrong.problem
        return Judged(ProblemError(problem.status, problem.type, problem.sentence.format(left=left)), wrong.event)
    return Judged(ProblemError(401, f"{rules.word}-wrong", rules.wrong.format(left=left)))


def locked(rules: Rules, until: datetime) -> ProblemError:
    """Until when nothing is judged."""
    return ProblemError(423, "account-locked", rules.locked.format(tries=rules.tries, until=until.strftime("%H:%M")))


def write(connection: Connection, who: Candidate, failures: int, until: datetime | None) -> None:
    """How often it was wrong, and until when it is locked."""
    change = update(a).where(a.c.hall == who.hall, a.c.person == who.key)
    connection.execute(change.values(failures=failures, locked_until=until))


def set_password(connection: Connection, hall: str, person: str, password: str, at: datetime | None = None) -> None:
    """A new verifier; the account is open and unlocked afterwards.

    Without a moment it is an initial password: somebody else chose it, and it leads to changing it, nowhere else.
    """
    fresh = {"verifier": _hasher.hash(password), "disabled": False, "disabled_at": None, "failures": 0}
    row = {"hall": hall, "person": person, "locked_until": None, "password_at": at, **fresh}
    upsert(connection, accounts, [row])


def disable(connection: Connection, hall: str, person: str, now: datetime) -> bool:
    """Ended now, with the person's PIN; said twice, the first time counts. False when there is no such account."""
    both = (person, pin_account(person))
    ended = {"disabled": True, "disabled_at": func.coalesce(a.c.disabled_at, literal(now, Moment))}
    change = update(a).where(a.c.hall == hall, a.c.person.in_(both)).values(**ended)
    return person in connection.execute(change.returning(a.c.person)).scalars().all()
