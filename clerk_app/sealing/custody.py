"""印章保管 who keeps a seal, whether it may be used, and the rows of its book: handover, stop, loss, resuming, destruction, its key.

Stopping and losing are facts anybody signed in may enter, at once; to take a seal up again the chief asks and another agrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.model import Seal
from clerk_app.duty.standing import absence_of, standing_of
from clerk_app.sealing.books import CustodyBooks
from clerk_app.sealing.model import SealEvent, SealEventKind, SealStanding, SealState, seal_state_words

seal_subject = "seal:{}".format
LONGEST = 2000
NEVER = datetime.min.replace(tzinfo=UTC)
"""Since when a seal stands that nobody has said anything of."""


@dataclass(frozen=True, kw_only=True)
class SealCommand(Command):
    """印章变动命令 an act on one seal: it writes where the seal stands, and a row of its book."""

    seal: str
    reason: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The seal, and the row of its book (named by the act itself)."""
        return (seal_subject(self.seal), f"seal_event:{self.id}")


@dataclass(frozen=True, kw_only=True)
class HandOverSeal(SealCommand):
    """印章交接 the receiver's act (his PIN): from now on he keeps it; `giver` stood beside him."""

    kind: ClassVar[str] = "hand_over_seal"
    giver: str


@dataclass(frozen=True, kw_only=True)
class StopSeal(SealCommand):
    """停用印章 it is not put on anything from this moment on; by anybody signed in."""

    kind: ClassVar[str] = "stop_seal"
    fact: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ReportSealLoss(SealCommand):
    """印章挂失 lost, stolen or its key in other hands; `reason` is what goes into the written report."""

    kind: ClassVar[str] = "report_seal_loss"
    fact: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class AskResumeSeal(SealCommand):
    """请恢复印章 the chief asks, with the reason; nothing changes until another person agrees."""

    kind: ClassVar[str] = "ask_resume_seal"


@dataclass(frozen=True, kw_only=True)
class AgreeResumeSeal(SealCommand):
    """同意恢复印章 the second person."""

    kind: ClassVar[str] = "agree_resume_seal"


@dataclass(frozen=True, kw_only=True)
class DestroySeal(SealCommand):
    """销毁印章 for good; a new one is another seal of the hall's list."""

    kind: ClassVar[str] = "destroy_seal"


@dataclass(frozen=True, kw_only=True)
class SeatSeal(SealCommand):
    """登记印章钥匙 its key was found in this machine, with this certificate: here is its seat from now on."""

    kind: ClassVar[str] = "seat_seal"
    fact: ClassVar[bool] = True
    certificate: str
    valid_from: datetime
    valid_to: datetime
    issuer: str


def standing_of_seal(seal: Seal, books: CustodyBooks) -> SealStanding:
    """印章现状 as the books say, else as the hall's list does."""
    return books.seal_standing(seal.id) or SealStanding(id=seal.id, state="in_use", since=NEVER, keeper=seal.custodian)


def serves(seal: Seal, wanted: Seal) -> bool:
    """同一种印章 the one an item names, or another numbered one of the same department and kind."""
    return seal.id == wanted.id or (
        (seal.department, seal.kind) == (wanted.department, wanted.kind) and not seal.window
    )


def keepers(seal: Seal, standing: SealStanding) -> tuple[str, ...]:
    """保管人 the one who keeps it now first, then the others who may."""
    return tuple(dict.fromkeys(one for one in (standing.keeper, seal.custodian, seal.backup) if one))


def keeps(person: str, seal: Seal, at: datetime, books: CustodyBooks) -> bool:
    """The keeper himself; another of its keepers while he is away, or stands in for him."""
    standing = standing_of_seal(seal, books)
    if person == standing.keeper:
        return True
    if person not in keepers(seal, standing):
        return False
    if absence_of(books, standing.keeper, at) is not None:
        return True
    post = books.roster.chief_posts.get(seal.department)
    stands = standing_of(books, person, post, at) if post else None
    return stands is not None and stands.acting_for == standing.keeper


def unusable(seal: Seal, at: datetime, books: CustodyBooks, *, electronic: bool) -> Refusal | None:
    """Why this seal is not put on anything at this moment; for one before its last change, what its book says of then."""
    standing = standing_of_seal(seal, books)
    if down_at(seal.id, at, books):
        then = at < standing.since
        word = "停着" if then else seal_state_words[standing.state]
        since = at if then else standing.since
        said = f"{seal.name}{since.month}月{since.day}日 {since:%H:%M} {'' if then else '起'}{word}"
        return Refusal("seal-stopped", f"{said}，没有用印，办件没有变化。恢复要首席代表和另一人；急用找值班长。")
    if electronic and standing.valid_from and standing.valid_to:
        inside = standing.valid_from <= at <= standing.valid_to
        if not inside:
            return Refusal("certificate-over", f"{seal.name}的证书不在有效期里，没有用印。换了新证书再来，或盖实体章。")
    return None


def down_at(seal: str, at: datetime, books: CustodyBooks) -> bool:
    """停着 at this moment: by its book for one before its last change, else as it stands (a stop told late outlasts a resume)."""
    standing = books.seal_standing(seal)
    if standing is None:
        return False
    return fell_before(books.seal_events_of(seal), at) if at < standing.since else standing.state != "in_use"


def fell_before(events: Iterable[SealEvent], at: datetime) -> bool:
    """Whether by its book a seal was stopped, lost or destroyed at this moment."""
    fallen = False
    for event in sorted(events, key=lambda one: (one.at, one.id)):
        if event.at > at:
            break
        if event.kind in ("stop", "loss", "destroy"):
            fallen = True
        elif event.kind == "resume":
            fallen = False
    return fallen


def _unknown(seal: str) -> Refusal:
    return Refusal("unknown-seal", f"大厅的印章名单里没有 {seal}，什么都没改。找管理员核对名单。")


def _event(command: SealCommand, books: CustodyBooks, kind: SealEventKind, keeper: str, second: str = "") -> SealEvent:
    known = command.seal in books.roster.seals
    return SealEvent(
        id=command.id,
        seal=command.seal,
        kind=kind,
        by=command.actor,
        acting_for=command.acting_for or "",
        window=command.window,
        device=books.device,
        at=command.at,
        clock=command.clock,
        reason=command.reason.strip()[:LONGEST],
        second=second,
        keeper=keeper,
        certificate=command.certificate if isinstance(command, SeatSeal) else "",
        flags=() if known else ("名单里没有这枚印章",),
    )


def hand_over_seal(command: HandOverSeal, books: CustodyBooks) -> Refusal | None:
    """From who keeps it now, or in his absence from whoever took it from its place, to one of its department."""
    seal = books.roster.seals.get(command.seal)
    if seal is None:
        return _unknown(command.seal)
    standing = standing_of_seal(seal, books)
    if standing.state in ("lost", "destroyed"):
        return Refusal("seal-gone", f"这枚印章已{seal_state_words[standing.state]}，没有交接。")
    if command.actor == standing.keeper:
        return Refusal("keeps-already", "这枚印章本来就在您手上，没有再记。")
    person = books.roster.people.get(command.actor)
    if person is None or person.department != seal.department:
        return Refusal("other-department", "印章不交给别的部门的人，没有交接。请本部门的人来接。")
    if command.giver != standing.keeper and absence_of(books, standing.keeper, command.at) is None:
        name = books.roster.name_of(standing.keeper)
        return Refusal("not-the-keeper", f"印章在 {name} 手上，没有交接。由他本人交，或先登记他离岗。")
    books.put_seal_event(_event(command, books, "handover", command.actor, command.giver))
    books.put_seal_standing(replace(standing, since=_since(standing, command), keeper=command.actor))
    return None


def _since(standing: SealStanding, command: Command) -> datetime:
    """How it stands has not changed: since when it stands so neither."""
    return command.at if standing.since == NEVER else standing.since


def _fall(command: SealCommand, books: CustodyBooks, state: SealState, kind: SealEventKind) -> None:
    """A fact: the book has it whatever is wrong with it; a lost seal does not become a merely stopped one."""
    seal = books.roster.seals.get(command.seal)
    keeper = standing_of_seal(seal, books).keeper if seal else ""
    books.put_seal_event(_event(command, books, kind, keeper))
    if seal is None:
        return
    standing = standing_of_seal(seal, books)
    if standing.state == "destroyed" or (standing.state == "lost" and state == "stopped"):
        return
    since = standing.since if standing.state == state else command.at
    books.put_seal_standing(replace(standing, state=state, since=since, resume_asked_by=""))


def stop_seal(command: StopSeal, books: CustodyBooks) -> Refusal | None:
    """At once."""
    _fall(command, books, "stopped", "stop")
    return None


def report_seal_loss(command: ReportSealLoss, books: CustodyBooks) -> Refusal | None:
    """At once."""
    _fall(command, books, "lost", "loss")
    return None


def _to_resume(command: SealCommand, books: CustodyBooks) -> tuple[Seal, SealStanding] | Refusal:
    seal = books.roster.seals.get(command.seal)
    if seal is None:
        return _unknown(command.seal)
    standing = standing_of_seal(seal, books)
    if standing.state not in ("stopped", "lost"):
        return Refusal("seal-not-stopped", f"这枚印章现在{seal_state_words[standing.state]}，没有可恢复的。")
    return seal, standing


def _is_chief(command: Command, seal: Seal, books: CustodyBooks) -> bool:
    post = books.roster.chief_posts.get(seal.department)
    return post is not None and standing_of(books, command.actor, post, command.at).side is not None


def ask_resume_seal(command: AskResumeSeal, books: CustodyBooks) -> Refusal | None:
    """By who stands for the chief of its department."""
    found = _to_resume(command, books)
    if isinstance(found, Refusal):
        return found
    seal, standing = found
    if not _is_chief(command, seal, books):
        return Refusal("not-the-chief", "恢复印章由本部门首席代表提，印章还停着。请他来。")
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写为什么可以恢复（找到了、查清了什么），印章还停着。写一句再提。")
    books.put_seal_event(_event(command, books, "resume_asked", standing.keeper))
    books.put_seal_standing(replace(standing, resume_asked_by=command.actor))
    return None


def agree_resume_seal(command: AgreeResumeSeal, books: CustodyBooks) -> Refusal | None:
    """Another person than who asked."""
    found = _to_resume(command, books)
    if isinstance(found, Refusal):
        return found
    _, standing = found
    if not standing.resume_asked_by:
        return Refusal("nothing-asked", "没有人请恢复这枚印章，印章还停着。先由首席代表提。")
    if standing.resume_asked_by == command.actor:
        return Refusal("own-request", "恢复是您本人提的，要第二个人同意，印章还停着。请值班长来看。")
    asked = standing.resume_asked_by
    books.put_seal_event(_event(command, books, "resume", standing.keeper, asked))
    books.put_seal_standing(replace(standing, state="in_use", since=command.at, resume_asked_by=""))
    return None


def destroy_seal(command: DestroySeal, books: CustodyBooks) -> Refusal | None:
    """Only one that is not in use any more."""
    found = _to_resume(command, books)
    if isinstance(found, Refusal):
        return Refusal("seal-in-use", "在用的印章不能销毁，没有记。先停用，再销毁。")
    seal, standing = found
    if not _is_chief(command, seal, books):
        return Refusal("not-the-chief", "销毁印章由本部门首席代表记，没有记。请他来。")
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写怎么销毁的、谁在场，没有记。写一句再记。")
    books.put_seal_event(_event(command, books, "destroy", ""))
    books.put_seal_standing(replace(standing, state="destroyed", since=command.at, keeper="", resume_asked_by=""))
    return None


def seat_seal(command: SeatSeal, books: CustodyBooks) -> Refusal | None:
    """The last machine that says so is its seat; another certificate is another version."""
    seal = books.roster.seals.get(command.seal)
    keeper = standing_of_seal(seal, books).keeper if seal else ""
    books.put_seal_event(_event(command, books, "seat", keeper))
    if seal is None:
        return None
    standing = standing_of_seal(seal, books)
    version = standing.version + (standing.certificate != command.certificate)
    books.put_seal_standing(
        replace(
            standing,
            since=_since(standing, command),
            seat=books.device,
            certificate=command.certificate,
            valid_from=command.valid_from,
            valid_to=command.valid_to,
            issuer=command.issuer,
            version=version,
        )
    )
    return None


custody_use_cases = (
    UseCase(HandOverSeal, hand_over_seal, "keep_seal"),
    UseCase(StopSeal, stop_seal, "stop_seal"),
    UseCase(ReportSealLoss, report_seal_loss, "stop_seal"),
    UseCase(AskResumeSeal, ask_resume_seal, "resume_seal"),
    UseCase(AgreeResumeSeal, agree_resume_seal, "resume_seal"),
    UseCase(DestroySeal, destroy_seal, "destroy_seal"),
    UseCase(SeatSeal, seat_seal, "stop_seal"),
)
