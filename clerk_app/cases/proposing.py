"""提与定的关口 what must be there before a case is proposed or decided, beside the states: site check, partners, reasons, remedies.

Pure over the case and its item; the spot case walks through the same gates.
"""

from __future__ import annotations

from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import Decision, Outcome, Proposal
from clerk_app.cases.life import PartnerOpinion
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.model import Roster


def cannot_propose(case: Case, item: Item, proposal: Proposal, roster: Roster) -> Refusal | None:
    """Why this opinion cannot be signature 1 yet."""
    refusal = not_ready(case, item, proposal.outcome, proposal.at, roster, "没有提")
    return refusal or cannot_decide(case, item, proposal.outcome, proposal.opinion, (proposal.by,))


def cannot_authorise(case: Case, item: Item, decision: Decision, roster: Roster) -> Refusal | None:
    """Why this cannot be the last signature: the same gates again, and never a name alone (不得只签署姓名)."""
    signers = (decision.by, case.proposal.by if case.proposal else "")
    if refusal := cannot_decide(case, item, decision.outcome, decision.opinion, signers):
        return refusal
    if not decision.opinion.strip():
        return Refusal(
            "opinion-missing", "光签名不算，还没写审查意见，没有授权，件还在等待里。写一句为什么可以办再定。"
        )
    return not_ready(case, item, decision.outcome, decision.at, roster, "没有授权")


def not_ready(case: Case, item: Item, outcome: Outcome, at: datetime, roster: Roster, done: str) -> Refusal | None:
    """Before either signature: two have seen the place, and every partner has spoken."""
    if item.site_check and case.life.site_check is None:
        said = f"这个事项要两人以上现场核查，还没有核查记录，{done}。"
        return Refusal("site-check-missing", said + "记上谁去、哪天、结果再来。")
    return _partners_refusal(case, item, outcome, at, roster, done)


def cannot_decide(case: Case, item: Item, outcome: Outcome, reasons: str, signers: tuple[str, ...]) -> Refusal | None:
    """Why a refusal cannot be written: reasons, remedies by name, and for safety items a second reader beside the signers."""
    if outcome == "grant":
        return None
    if not reasons.strip():
        return Refusal("reason-missing", "不予要写明理由，没有办，件还在原处。写上依据哪一条、哪里不符合再办。")
    if refusal := remedies_refusal(item):
        return refusal
    if item.safety and not any(opinion.by not in signers for opinion in case.life.opinions):
        return Refusal(
            "second-reader-missing", f"{item.name}关系安全，不予要另一人看过，没有办。请第三人写下审查意见再办。"
        )
    return None


def remedies_refusal(item: Item) -> Refusal | None:
    """A refusal has to say by name where it can be taken to (行政许可法 38)."""
    if item.remedies.named:
        return None
    return Refusal(
        "remedies-missing",
        f"不能打不予决定书：{item.name}没有写明复议机关和法院，没有办，件还在原处。请管理员在大厅资料里补上救济途径。",
    )


def asked_partners(case: Case, item: Item) -> tuple[PartnerOpinion, ...]:
    """Those asked, and those of the item who were not asked yet: they are silent too."""
    known = {partner.department for partner in case.life.partners}
    at = case.accepted_at or case.received_at
    unasked = (partner for partner in item.partners if partner not in known)
    return (*case.life.partners, *(PartnerOpinion(department=p, asked_at=at, due=at.date()) for p in unasked))


def passed_over(case: Case, partner: PartnerOpinion, item: Item, at: datetime) -> bool:
    """By a local rule alone, and only when he was asked and his own limit is over."""
    ruled = partner.silent and bool(item.partner_silence)
    return ruled and partner in case.life.partners and at.date() > partner.due


def _partners_refusal(
    case: Case, item: Item, outcome: Outcome, at: datetime, roster: Roster, done: str
) -> Refusal | None:
    partners = asked_partners(case, item)
    silent = [p for p in partners if p.silent and not passed_over(case, p, item, at)]
    if silent:
        said = f"{_names(silent, roster)}还没有意见，{done}。"
        return Refusal("partner-silent", said + "不说话不等于同意：催一下，意见回来记上再来。")
    against = [p for p in partners if p.outcome == "disagree"]
    if against and outcome == "grant":
        said = f"{_names(against, roster)}不同意，不能准予，{done}。"
        return Refusal("partner-disagrees", said + "协商一致后记新的意见，或者不予、送审。")
    return None


def _names(partners: list[PartnerOpinion], roster: Roster) -> str:
    named = (roster.departments.get(partner.department) for partner in partners)
    return "、".join(dict.fromkeys(d.name if d else p.department for d, p in zip(named, partners, strict=True)))
