"""一章一查 all that is known of one use of a seal, on one page: what, which seal, by whom, where, when, and what came of it.

A look into the register, no paper of the case: it bears no seal, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.cases.life import VoidedStamp
from clerk_app.cases.model import Applicant, Case
from clerk_app.command import ClockWord
from clerk_app.duty.model import Letter, Roster, Seal
from clerk_app.duty.records import Substitution
from clerk_app.sealing.model import SealEvent, SealGrant, SealUse, seal_event_words
from clerk_app.sealing.paper import SealFace
from clerk_app.sealing.seal_then import SealThen, seal_then
from clerk_app.sealing.usecases import BEFORE

TITLE = "一章一查"
SAMPLE = "图样"
"""Laid across the face on this page, which is no seal."""
NOTE = "这一页是用印登记的查阅件，不是文书，上面的印面只是图样。打印件是复印件，二维码只证明这几项，不证明印迹。"
NO_SCAN = "没有扫描件"
clock_words: dict[ClockWord, str] = {
    "centre": "中心时间",
    "kept": "本机时间（按最后一次对时算）",
    "unknown": "本机时间（当时没有把握）",
}
NONE = "——"

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class JournalPlace:
    """流水的位置 which machine's journal has the use, at which place, under which hash (SM3)."""

    device: str
    incarnation: int
    seq: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class LetterScan:
    """授权书扫描件 its bytes, as they were scanned (PDF or a picture)."""

    title: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Known:
    """查到的 one use and whatever the books here hold around it. `here` is the machine one looks it up at."""

    use: SealUse
    roster: Roster
    hall: str
    now: datetime
    by: str
    here: str
    training: bool = False
    case: Case | None = None
    item_name: str = ""
    seal: Seal | None = None
    valid: tuple[datetime, datetime] | None = None
    """证书有效期 of the very certificate it was put on by; None where nobody here knows it."""
    events: tuple[SealEvent, ...] = ()
    grant: SealGrant | None = None
    letter: Letter | None = None
    scan: LetterScan | None = None
    no_scan: str = NO_SCAN
    substitution: Substitution | None = None
    place: JournalPlace | None = None
    lawful: bool = False
    query: str = ""

    @property
    def voided(self) -> VoidedStamp | None:
        """作废 of this very use: asked, perhaps agreed."""
        rows = self.case.life.voided if self.case else ()
        return next((one for one in reversed(rows) if one.seal_use == self.use.id), None)


@dataclass(frozen=True, kw_only=True)
class OneSealPart:
    """一栏 a head and its labelled lines; a pair alone takes the whole width."""

    head: str
    rows: tuple[tuple[Pair, ...], ...]


@dataclass(frozen=True, kw_only=True)
class OneSealPaper:
    """一章一查的内容 before it is a page: head words, labelled parts, the seal's face as a sample, the paper's own code."""

    title: str
    document_no: str
    lead: str
    parts: tuple[OneSealPart, ...]
    hall: str
    asked: str
    day: date
    face: SealFace | None = None
    query: str = ""
    note: str = NOTE
    scan: LetterScan | None = None
    training: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """All words that will be drawn."""
        pairs = (pair for part in self.parts for row in part.rows for pair in row)
        scan = (self.scan.title,) if self.scan else ()
        heads = (part.head for part in self.parts)
        own = (self.title, self.document_no, self.lead, self.hall, self.asked, self.note)
        return (*own, *heads, *scan, *(text for pair in pairs for text in pair))


def one_seal(known: Known) -> OneSealPaper:
    """The page of one use."""
    use, then = known.use, seal_then(known.use, known.events)
    makers: tuple[tuple[str, Callable[[Known, SealThen], tuple[tuple[Pair, ...], ...]]], ...] = (
        ("文书", _paper),
        ("印章", _seal),
        ("谁批的", _authorised),
        ("谁盖的", _stamped),
        ("送达", _handed),
        ("后来", _later),
        ("核对", _prints),
    )
    return OneSealPaper(
        title=use.title,
        document_no=use.document_no,
        lead=_lead(known, then),
        parts=tuple(OneSealPart(head=head, rows=make(known, then)) for head, make in makers),
        hall=known.hall,
        asked=f"{known.roster.name_of(known.by)}，{_moment(known.now)} 查",
        day=known.now.date(),
        face=_face(known.seal),
        query=known.query,
        scan=known.scan,
        training=known.training,
    )


def _lead(known: Known, then: SealThen) -> str:
    """One line for who only reads one."""
    voided = known.voided
    if voided is not None and voided.agreed_at is not None:
        return f"{_moment(voided.agreed_at)} 作废，不再算数。"
    if known.use.flags:
        return f"登记着疑点：{'；'.join(known.use.flags)}。"
    if then.state != "in_use":
        return f"盖章时这枚印章已{then.word}，要人来核。"
    return "在登记里，没有疑点，没有作废。"


def _face(seal: Seal | None) -> SealFace | None:
    if seal is None:
        return None
    return SealFace(
        name=seal.name, diameter=seal.diameter, star=seal.star, number=seal.number, code=seal.code, mark=SAMPLE
    )


def _paper(known: Known, then: SealThen) -> tuple[tuple[Pair, ...], ...]:
    use, case = known.use, known.case
    number = (case.case_no or f"查询码 {case.query_code}") if case else "这台机器没有这件办件"
    applicant = case.applicant.masked_name if case else NONE
    return (
        (("标题", use.title), ("文号", use.document_no or "没有文号")),
        (("办件编号", number), ("申请人", applicant)),
        (("事项", known.item_name or use.item or NONE),),
        (("页数、份数", f"{use.pages} 页，{use.copies} 份"), ("用印方式", _how(use))),
    )


def _how(use: SealUse) -> str:
    return "电子印章，和文件在一起" if use.electronic else "实体章，盖在纸上"


def _seal(known: Known, then: SealThen) -> tuple[tuple[Pair, ...], ...]:
    use, seal, valid = known.use, known.seal, known.valid
    numbers = [seal.number, f"编码 {seal.code}" if seal.code else ""] if seal else []
    number = "，".join(one for one in numbers if one) or "没有编号"
    state = then.word if then.turned is None else f"{_moment(then.turned.at)} 起{then.word}"
    rows: tuple[tuple[Pair, ...], ...] = (
        (("印章", use.seal_name),),
        (("编号", number), ("盖章时", state)),
    )
    if not use.electronic:
        return rows
    days = f"{_day(valid[0])} 至 {_day(valid[1])}" if valid else "这里没有记那一版的"
    lawful = "在法定名单里" if known.lawful else "不在法定名单里，是非法定电子印章"
    version = f"第 {then.version} 版" if then.version else "没有记"
    return (
        *rows,
        (("证书序号", use.certificate or NONE),),
        (("证书有效期", days), ("版次", version)),
        (("发证机构", lawful if valid else "没有记"),),
    )


def _authorised(known: Known, then: SealThen) -> tuple[tuple[Pair, ...], ...]:
    use, case, name = known.use, known.case, known.roster.name_for
    proposal = case.proposal if case else None
    proposed = f"{name(proposal.by, proposal.acting_for)}，{_moment(proposal.at)}" if proposal else "没有签名一"
    approver = name(use.approver, use.acting_for) if use.approver else "没有授权人"
    rows: list[tuple[Pair, ...]] = [
        (("提出人（签名一）", proposed),),
        (("授权人（签名二）", approver), ("在岗还是顶岗", _on_duty(known))),
        (("授权书", _letter_words(known)),),
        (("授权书扫描件", "附在后页" if known.scan else known.no_scan),),
    ]
    if known.grant is not None:
        rows.append((("这一次的授权", f"{_moment(known.grant.issued)} 至 {known.grant.expires:%H:%M:%S}"),))
        rows.append((("授权编号", known.grant.id),))
    elif use.grant == BEFORE:
        rows.append((("这一次的授权", "那时还没有授权书文，以用印登记为准"),))
    return tuple(rows)


def _on_duty(known: Known) -> str:
    use, sub = known.use, known.substitution
    if not use.approver:
        return NONE
    if not use.acting_for:
        return "在岗"
    if sub is None:
        return f"代 {known.roster.name_of(use.acting_for)}，这里没有那次顶岗的记录"
    return f"顶岗 {_minute(sub.start)} 至 {_minute(sub.end)}"


def _letter_words(known: Known) -> str:
    use, letter = known.use, known.letter
    if not use.letter:
        return "没有凭授权书：部门自己决定，或是程序性文书"
    if letter is None:
        return f"{use.letter}（这里没有它的登记）"
    return f"{use.letter}，{_day(letter.start)} 至 {_day(letter.end)}，授权 {known.roster.name_of(letter.person)}"


def _stamped(known: Known, then: SealThen) -> tuple[tuple[Pair, ...], ...]:
    use, name = known.use, known.roster.name_of
    place = f"{use.window}号窗口" if use.window else "没有窗口"
    machine = "就是这台" if use.device == known.here else use.device or "没有记"
    page = f"第 {use.page} 页" if use.page else "没有记"
    rows: list[tuple[Pair, ...]] = [
        (("盖章人", name(use.user)), ("保管人", name(use.keeper) if use.keeper else "窗口自管")),
        (("在哪里", place), ("电脑", machine)),
        (("什么时候", _moment(use.at)), ("谁的钟", _clock(use))),
        (("盖在哪一页", page), ("骑缝", "盖了骑缝章" if use.seam else "没有骑缝章")),
    ]
    if use.entered_at is not None:
        rows.append((("补登", f"{_moment(use.entered_at)} 才登记，上面是当时说的时间"),))
    return tuple(rows)


def _clock(use: SealUse) -> str:
    return "人说的时间" if use.entered_at is not None else clock_words[use.clock]


def _handed(known: Known, then: SealThen) -> tuple[tuple[Pair, ...], ...]:
    handed = known.case.handed_over if known.case else None
    if handed is None:
        return ((("交给谁", "还没有交出的记录"),),)
    receiver = Applicant(name=handed.receiver).masked_name
    return (
        (("交给谁", receiver), ("什么时候", _moment(handed.at))),
        (("谁交的", known.roster.name_for(handed.by, handed.acting_for)), ("在哪里", f"{handed.window}号窗口")),
    )


def _later(known: Known, then: SealThen) -> tuple[tuple[Pair, ...], ...]:
    rows: list[tuple[Pair, ...]] = []
    voided, case, name = known.voided, known.case, known.roster.name_of
    if voided is not None:
        agreed = (
            f"{name(voided.agreed_by)} {_moment(voided.agreed_at)} 同意" if voided.agreed_at else "还没有第二个人同意"
        )
        rows.append((("作废用印", f"{name(voided.asked_by)} {_moment(voided.asked_at)} 提出，{agreed}"),))
        rows.append((("为什么作废", voided.reason), ("纸怎么处理", voided.paper)))
    if case is not None and case.void is not None:
        rows.append((("办件作废", f"{name(case.void.by)} {_moment(case.void.at)}：{case.void.reason}"),))
    if then.later is not None:
        rows.append((("印章后来", f"{_moment(then.later.at)} {seal_event_words[then.later.kind]}，在这一份之后"),))
    rows.append((("登记的疑点", "；".join(known.use.flags) or "没有"),))
    return tuple(rows)


def _prints(known: Known, then: SealThen) -> tuple[tuple[Pair, ...], ...]:
    use, place = known.use, known.place
    rows: list[tuple[Pair, ...]] = [(("授权内容 SHA-256", use.digest_before),)]
    paper = known.grant.paper(use.digest_before) if known.grant else None
    if paper is not None:
        rows.append((("授权内容 SM3", paper.sm3),))
        rows.append((("授权内容在哪", f"盖章后文件的前 {paper.length} 字节"),))
    if use.electronic:
        rows.append((("盖章后 SHA-256", use.digest_after),))
    if place is None:
        rows.append((("流水", f"在另一台电脑（{use.device or '没有记'}）的流水里，到那台电脑或审计里查"),))
    else:
        book = f"第 {place.incarnation} 本" if place.incarnation > 1 else ""
        rows.append((("流水", f"电脑 {place.device}{book}，第 {place.seq} 条"),))
        rows.append((("那一条的指纹 SM3", place.hash),))
    return tuple(rows)


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}" if at is not None else NONE


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _day(at: date | None) -> str:
    return f"{at:%Y-%m-%d}" if at is not None else NONE
