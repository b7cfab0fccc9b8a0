"""带教同意 while one learns, accepting, refusing and notices wait for the mentor's word; both names stand in the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Protocol

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.matrix import WITH_MENTOR, action_words
from clerk_app.duty.model import Person
from clerk_app.duty.records import Consent


@dataclass(frozen=True, kw_only=True)
class AskConsent(Command):
    """请带教人同意 by the learner, on one subject."""

    kind: ClassVar[str] = "ask_consent"
    fact: ClassVar[bool] = True
    consent: str
    action: str
    subject: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The consent."""
        return (f"consent:{self.consent}",)

    @property
    def about(self) -> tuple[str, ...]:
        """And what it is asked for."""
        return (*self.subjects, self.subject)


@dataclass(frozen=True, kw_only=True)
class GiveConsent(Command):
    """同意 or not, by the mentor, with a word when not."""

    kind: ClassVar[str] = "give_consent"
    consent: str
    agreed: bool
    note: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The consent."""
        return (f"consent:{self.consent}",)


class Asking(Protocol):
    """要办的一步 what `consented` looks at of an act."""

    @property
    def action(self) -> str: ...

    @property
    def at(self) -> datetime: ...

    @property
    def subjects(self) -> tuple[str, ...]: ...


def consented(act: Asking, learner: Person, books: DutyBooks) -> bool:
    """Whether the mentor had agreed to this very action on every case it writes."""
    cases = [subject for subject in act.subjects if subject.startswith("case:")]
    return bool(cases) and all(_agreed(subject, act, learner, books) for subject in cases)


def _agreed(subject: str, act: Asking, learner: Person, books: DutyBooks) -> bool:
    return any(
        one.learner == learner.id and one.action == act.action and one.agreed_at is not None and one.agreed_at <= act.at
        for one in books.consents_of(subject)
    )


def ask_consent(command: AskConsent, books: DutyBooks) -> Refusal | None:
    """Write the fact; asked twice, the first stands."""
    learner = books.roster.people.get(command.actor)
    if books.consent(command.consent) is None and command.action in WITH_MENTOR:
        books.put_consent(
            Consent(
                id=command.consent,
                learner=command.actor,
                mentor=learner.mentor if learner else "",
                action=command.action,
                subject=command.subject[:48],
                asked_at=command.at,
            )
        )
    return None


def give_consent(command: GiveConsent, books: DutyBooks) -> Refusal | None:
    """By the mentor himself, once; a refusal says why."""
    consent = books.consent(command.consent)
    if consent is None:
        return Refusal("unknown-consent", "没有这条请示，没有同意。刷新一下再看。")
    if command.actor != consent.mentor or command.actor == consent.learner:
        name = books.roster.name_of(consent.mentor)
        return Refusal("not-the-mentor", f"这一步由带教人{name} 同意，您这里没有改。请{name} 来看。")
    if not consent.open:
        return Refusal("consent-closed", "这条请示已经答过，没有再改。")
    if not command.agreed and not command.note.strip():
        return Refusal("note-missing", "还没写为什么不同意，没有退回。写一句，让他知道怎么改。")
    answered = replace(consent, note=command.note.strip()[:500])
    agreed = command.agreed
    books.put_consent(
        replace(answered, agreed_at=command.at if agreed else None, refused_at=None if agreed else command.at)
    )
    return None


def consent_words(consent: Consent, books: DutyBooks) -> str:
    """谁学谁带 both names, for the record line."""
    learner, mentor = books.roster.name_of(consent.learner), books.roster.name_of(consent.mentor)
    return f"{learner}（学习期，{mentor} 同意）·{action_words[consent.action]}"


consent_use_cases = (
    UseCase(AskConsent, ask_consent, "consent"),
    UseCase(GiveConsent, give_consent, "consent"),
)
