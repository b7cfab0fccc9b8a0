"""用印登记的说法 the words of a register line: by which clock, by what power, how, with what result. Nobody from outside by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from clerk_app.cases.decision import HandedOver
from clerk_app.cases.life import VoidedStamp
from clerk_app.command import ClockWord
from clerk_app.duty.model import Letter, Roster
from clerk_app.sealing.model import SealGrant, SealIntent, SealUse
from clerk_app.sealing.usecases import BEFORE

NOT_TAKEN = frozenset({"conflict", "refused", "quarantined", "set_aside"})
VOID = "作废"
CASE_AWAY = "办件不在这台机器上，作废没作废到中心查"
_clocks: dict[ClockWord, str] = {
    "centre": "中心时间",
    "kept": "本机时间，按上次对时推算",
    "unknown": "钟不可信",
}
_arrivals = {
    "pending": "还没送到中心",
    "held": "中心收着，等前一步",
    "conflict": "中心另有说法，等人定",
    "refused": "中心没收",
    "quarantined": "中心读不了",
    "set_aside": "跟着前一步放下了",
}


def moment(at: datetime | None) -> str:
    """2026-11-20 10:42:07."""
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else ""


def clock(word: ClockWord) -> str:
    """By which clock a time was taken."""
    return _clocks[word]


ARRIVED = "中心已收"


def arrival(untold: str | None, heard_at: datetime | None = None) -> str:
    """Whether the centre has it, as this machine's journal knows; and when it took it in, where the centre has said so."""
    if untold is not None:
        return _arrivals.get(untold, untold)
    return f"{ARRIVED} {moment(heard_at)}" if heard_at else ARRIVED


def window(number: int) -> str:
    """4号窗口."""
    return f"{number}号窗口" if number else ""


def masked(name: str) -> str:
    """卢*珍: a person's name keeps its first character, and its last where there are three or more."""
    return name if len(name) < 2 else name[0] + "*" + (name[-1] if len(name) > 2 else "")


def handed(done: HandedOver, roster: Roster) -> str:
    """When, by whom, on what proof."""
    by = roster.name_for(done.by, done.acting_for)
    return (
        f"{moment(done.at)}，{window(done.window)} {by}，凭{done.proof}" if done.proof else f"{moment(done.at)}，{by}"
    )


def power(number: str, letters: Mapping[str, Letter]) -> str:
    """The letter with its scope and its days; one that is not known here by its number alone."""
    letter = letters.get(number)
    if letter is None:
        return f"授权书 {number}" if number else ""
    return f"授权书 {number}，列明 {len(letter.items)} 项，{letter.start} 至 {letter.end}"


def granted(grant: SealGrant | None) -> str:
    """By whose PINs a grant lets a seal be put on."""
    if grant is None:
        return ""
    batch = f"，一批 {len(grant.papers)} 份" if len(grant.papers) > 1 else ""
    keeper = "保管人就是授权人" if grant.keeper == grant.chief else "保管人 PIN 开印章"
    return f"批准人 PIN 授权{batch}，{keeper}"


def how(use: SealUse, grant: SealGrant | None, *, intake: bool) -> str:
    """PIN, on site, or by hand."""
    if use.electronic:
        return "批准人 PIN（还没有授权书文）" if use.grant == BEFORE else granted(grant) or "PIN，授权还没有到本机"
    if intake:
        return "窗口当场手工盖"
    said = "批准人 PIN 授权，" if use.approver and not use.document else "批准人在场，" if use.approver else ""
    return f"{said}手工盖" + ("，事后补登" if use.entered_at else "")


def result_of(use: SealUse, stamp: VoidedStamp | None, untold: str) -> tuple[str, str]:
    """The result and why: voided before flagged before sealed."""
    taken = f"{arrival(untold)}，找值班长" if untold in NOT_TAKEN else ""
    why = joined(*use.flags, taken, "钟不可信" if use.clock == "unknown" else "")
    if stamp is not None and stamp.agreed_at is not None:
        return VOID, joined(stamp.reason, why)
    if stamp is not None:
        return "用印，有人请作废", joined(stamp.reason, why)
    return ("用印，有疑" if why else "用印"), why


def begun(intent: SealIntent | None) -> str:
    """What stands with an intent that has its result: when it began, and what was said of it meanwhile."""
    if intent is None:
        return ""
    return joined(f"{intent.at:%H:%M:%S} 开始", intent.note)


def voided(stamp: VoidedStamp | None, roster: Roster) -> str:
    """By which two persons, when, and what became of the paper."""
    if stamp is None:
        return ""
    asked = f"{moment(stamp.asked_at)} {roster.name_of(stamp.asked_by)}提：{stamp.reason}，{stamp.paper}"
    if stamp.agreed_at is None:
        return f"{asked}；等第二人"
    return f"{asked}；{moment(stamp.agreed_at)} {roster.name_of(stamp.agreed_by)}同意"


def joined(*parts: str) -> str:
    """What there is of it."""
    return "；".join(part for part in parts if part)
