"""授权登记 the grant is a fact, to begin by it is a move that serves once, and what came of it closes the intent.

A crash between beginning and result leaves an open intent: somebody looks at the tray and says what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase, case_subject
from clerk_app.sealing.books import SealBooks
from clerk_app.sealing.grants import LASTS, MOST_PAPERS, GrantedPaper, GrantTerms
from clerk_app.sealing.model import SealGrant, SealIntent
from clerk_app.sealing.permission import cannot_use

grant_subject = "seal_grant:{}".format
intent_subject = "seal_intent:{}".format


@dataclass(frozen=True, kw_only=True)
class GrantSeal(Command):
    """授权用印 seal_grant as the chief signed it: `grant` is the nonce, `device` may seal by it, until `expires`."""

    kind: ClassVar[str] = "grant_seal"
    fact: ClassVar[bool] = True
    grant: str
    seal: str
    keeper: str
    letter: str
    device: str
    expires: datetime
    papers: tuple[GrantedPaper, ...]
    public: str
    signature: str
    certificate: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The grant."""
        return (grant_subject(self.grant),)

    @property
    def about(self) -> tuple[str, ...]:
        """The cases it is for."""
        return tuple(case_subject(paper.case) for paper in self.papers)

    @property
    def issued(self) -> datetime:
        """To the second, as a PDF says its time: what is sealed in the same second is sealed after it."""
        return self.at.replace(microsecond=0)

    @property
    def terms(self) -> GrantTerms:
        """授权书文 exactly what was signed."""
        return GrantTerms(
            id=self.grant,
            seal=self.seal,
            keeper=self.keeper,
            chief=self.actor,
            acting_for=self.acting_for or "",
            letter=self.letter,
            window=self.window,
            device=self.device,
            issued=self.issued,
            expires=self.expires,
            papers=tuple(paper.entry for paper in self.papers),
            public=self.public,
            certificate=self.certificate,
        )


@dataclass(frozen=True, kw_only=True)
class BeginSealUse(Command):
    """开始用印 the intent: this paper of this grant, now, here. Refused a second time."""

    kind: ClassVar[str] = "begin_seal_use"
    seal_use: str
    grant: str
    digest: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The intent, and the grant it spends."""
        return (intent_subject(self.seal_use), grant_subject(self.grant))


@dataclass(frozen=True, kw_only=True)
class SealNotUsed(Command):
    """没有盖成 somebody looked: the intent had no result. The grant stays spent; the paper is authorised anew."""

    kind: ClassVar[str] = "seal_not_used"
    fact: ClassVar[bool] = True
    seal_use: str
    note: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The intent."""
        return (intent_subject(self.seal_use),)


def grant_seal(command: GrantSeal, books: SealBooks) -> Refusal | None:
    """The first word stands; a nonce said again with other words changes nothing."""
    if books.seal_grant(command.grant) is None:
        books.put_seal_grant(
            SealGrant(
                id=command.grant,
                seal=command.seal,
                keeper=command.keeper,
                chief=command.actor,
                acting_for=command.acting_for or "",
                letter=command.letter,
                window=command.window,
                device=command.device,
                origin=books.device,
                issued=command.issued,
                expires=min(command.expires, command.issued + LASTS),
                papers=command.papers[:MOST_PAPERS],
                public=command.public,
                signature=command.signature,
                certificate=command.certificate,
                flags=_flags(command),
            )
        )
    return None


def _flags(command: GrantSeal) -> tuple[str, ...]:
    flags = []
    if command.expires > command.issued + LASTS:
        flags.append("授权期限太长")
    if len(command.papers) > MOST_PAPERS:
        flags.append("一次授权的太多")
    return tuple(flags)


def begin_seal_use(command: BeginSealUse, books: SealBooks) -> Refusal | None:
    """One use of one paper; everything that could be wrong is asked here, in the transaction that spends it."""
    grant = books.seal_grant(command.grant)
    if grant is None:
        return Refusal("no-grant", "没有这次授权，没有用印，办件没有变化。请首席代表授权。")
    if books.seal_intent(command.seal_use) is not None:
        return Refusal("intent-exists", "这次用印已经开始过，没有再盖。在用印登记里看结果。")
    if refusal := cannot_use(grant, command.digest, command.at, books.device, books):
        return refusal
    paper = grant.paper(command.digest)
    if paper is None:
        raise LookupError("paper")
    books.put_seal_grant(replace(grant, used={**grant.used, command.digest: command.seal_use}))
    books.put_seal_intent(
        SealIntent(
            id=command.seal_use,
            grant=grant.id,
            seal=grant.seal,
            case=paper.case,
            digest=command.digest,
            document_no=paper.document_no,
            title=paper.title,
            by=command.actor,
            window=command.window,
            device=books.device,
            at=command.at,
        )
    )
    return None


def seal_not_used(command: SealNotUsed, books: SealBooks) -> Refusal | None:
    """A result that came meanwhile stands."""
    intent = books.seal_intent(command.seal_use)
    if intent is not None and intent.state == "open" and books.seal_use(intent.id) is None:
        note = command.note.strip()[:2000]
        closed = replace(intent, state="not_used", closed_by=command.actor, closed_at=command.at, note=note)
        books.put_seal_intent(closed)
    return None


def close_intent(use: str, by: str, at: datetime, books: SealBooks) -> None:
    """Its result is in the register."""
    intent = books.seal_intent(use)
    if intent is not None and intent.state != "done":
        books.put_seal_intent(replace(intent, state="done", closed_by=by, closed_at=at))


granting_use_cases = (
    UseCase(GrantSeal, grant_seal, "seal"),
    UseCase(BeginSealUse, begin_seal_use, "begin_seal"),
    UseCase(SealNotUsed, seal_not_used, "begin_seal"),
)
