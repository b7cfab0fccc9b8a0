"""可否用印 every reason why a seal is not put on a paper, asked before each use and again where it is replayed (行政审批专用章管理).

The electronic seal goes on nothing but what a grant names; a paper seal on what was authorised. Neither is the agency's own
seal: what revokes or changes a licence, and what leaves the hall's approvals, is not sealed here.
"""

from __future__ import annotations

from datetime import datetime

from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.duty.letters import in_force, letters_at
from clerk_app.duty.model import Seal
from clerk_app.sealing.books import SealBooks
from clerk_app.sealing.custody import keeps, serves, unusable
from clerk_app.sealing.grants import GrantedPaper
from clerk_app.sealing.issuing import stands_for_chief
from clerk_app.sealing.model import SealGrant

_kept = "没有用印，办件没有变化"


def cannot_use(grant: SealGrant, digest: str, at: datetime, device: str, books: SealBooks) -> Refusal | None:
    """Why the paper of this digest is not sealed by this grant, at this moment, on this machine."""
    paper = grant.paper(digest)
    if paper is None:
        return Refusal("other-bytes", f"要盖的不是授权的那份，{_kept}。重新成文、授权，再来。")
    if digest in grant.used:
        return Refusal("grant-used", f"这份授权用过了，{_kept}。一次授权盖一次，要再盖先作废。")
    if at < grant.issued:
        return Refusal("grant-not-begun", f"本机的时间比授权的那台慢，{_kept}。等一会儿再来；总这样请管理员对时。")
    if at > grant.expires:
        return Refusal("grant-over", f"授权过了 {grant.expires:%H:%M:%S}，{_kept}。请首席代表重新授权。")
    if grant.device != device:
        return Refusal("grant-elsewhere", f"这份授权是给另一台机器的，{_kept}。到印章所在的那台用印。")
    return (
        _seal_refusal(grant, at, books)
        or _keeper_refusal(grant, at, books)
        or paper_refusal(paper, grant.seal, books)
        or _person_refusal(grant, paper, at, books)
        or _hold_refusal(grant, paper, books)
    )


def _seal_refusal(grant: SealGrant, at: datetime, books: SealBooks) -> Refusal | None:
    seal = books.roster.seals.get(grant.seal)
    if seal is None:
        return Refusal("unknown-seal", f"大厅的印章名单里没有 {grant.seal}，{_kept}。找管理员核对名单。")
    if not seal.electronic:
        return Refusal("paper-seal-only", f"{seal.name}没有电子印章，{_kept}。盖实体章，登记用印。")
    return unusable(seal, at, books, electronic=True)


def _keeper_refusal(grant: SealGrant, at: datetime, books: SealBooks) -> Refusal | None:
    seal = books.roster.seals[grant.seal]
    if not keeps(grant.keeper, seal, at, books):
        name = books.roster.name_of(grant.keeper)
        return Refusal("not-the-keeper", f"{seal.name}现在不由{name}保管，{_kept}。请保管人来，或先登记交接。")
    return keeper_refusal(grant.keeper, grant.chief, books)


def keeper_refusal(keeper: str, chief: str, books: SealBooks) -> Refusal | None:
    """谁管印谁不授权 unless the hall allows it; the register says so then."""
    if keeper == chief and not books.keeper_may_authorise:
        return Refusal("keeper-authorises", f"本大厅管印的人不能给自己授权，{_kept}。请另一位保管人开印章。")
    return None


def paper_refusal(paper: GrantedPaper, seal: str, books: SealBooks) -> Refusal | None:
    """What this seal is not for, whoever authorises it; and the case and bytes the books know."""
    if paper.title in books.not_usable_for:
        return Refusal("agency-seal-wanted", f"{paper.title}要盖机关公章，行政审批专用章不能盖，{_kept}。送局里办。")
    case = books.case(paper.case)
    item = books.item(case.item) if case else None
    if case is None or item is None:
        return Refusal("unknown-case", f"没有这件办件，{_kept}。核对编号，或到中心查一下。")
    if item.agency_seal:
        return Refusal("agency-seal-wanted", f"{item.name}{item.agency_seal}，要盖机关公章，{_kept}。送局里办。")
    if paper.document:
        return _document_refusal(paper, case, seal, books)
    own, wanted = books.roster.seals.get(seal), books.roster.seals.get(item.seal)
    if own is None or wanted is None or not serves(own, wanted):
        return Refusal("other-seal", f"{item.name}不用这枚印章，{_kept}。核对是哪枚印章。")
    decision = case.decision
    if decision is None or case.state not in ("granted", "refused"):
        return Refusal("not-to-seal", f"这件现在不等用印，{_kept}。刷新一下再看。")
    if (decision.digest, decision.document_no) != (paper.sha256, paper.document_no):
        return Refusal("other-bytes", f"要盖的不是授权的那份，{_kept}。重新成文、授权，再来。")
    if sealed_before(case, paper.sha256, books):
        return Refusal("sealed-already", f"这份决定书已经盖过章，{_kept}。要再盖先作废登记着的那一次。")
    return None


def sealed_before(case: Case, digest: str, books: SealBooks, but: str = "") -> bool:
    """盖过章 another clean use of these very bytes that two persons have not voided: a decision is sealed once, however many grants."""
    voided = {one.seal_use for one in case.life.voided if one.agreed_at is not None} | {but}
    return any(
        use.digest_before == digest and not use.document and not use.flags and use.id not in voided
        for use in books.seal_uses_of(case.id)
    )


def _document_refusal(paper: GrantedPaper, case: Case, seal: str, books: SealBooks) -> Refusal | None:
    row, own = books.case_document(paper.document), books.roster.seals.get(seal)
    if row is None or (row.case, row.digest, row.paper) != (case.id, paper.sha256, paper.title):
        return Refusal("other-bytes", f"要盖的不是出的那份文书，{_kept}。重新出文书，再来。")
    if row.sort != "decision" or own is None or own.department != case.department:
        return Refusal("other-seal", f"{row.paper}不用这枚印章，{_kept}。核对是哪枚印章。")
    return None


def _person_refusal(grant: SealGrant, paper: GrantedPaper, at: datetime, books: SealBooks) -> Refusal | None:
    """提的人不授权; and a letter in force that lists the item, unless the department itself has decided."""
    case = books.case(paper.case)
    if case is None:
        return None
    if paper.document:
        if stands_for_chief(grant.chief, case.department, at, books):
            return None
        return Refusal("not-the-chief", f"{paper.title}要本部门首席代表授权用印，{_kept}。请他来。")
    item = books.item(case.item)
    if case.decision is None or case.decision.by != grant.chief:
        return Refusal("not-the-authoriser", f"授权的不是决定这件的人，{_kept}。请决定的人来授权。")
    alone = item is not None and item.signatures == 1
    if not alone and case.proposal is not None and case.proposal.by == grant.chief:
        return Refusal("same-person", f"提和授权不能是同一人，{_kept}。请另一位来授权。")
    if case.decision.letter != grant.letter:
        return Refusal("other-letter", f"授权书和决定时的不是同一份，{_kept}。重新授权。")
    if not grant.letter:
        return None if case.life.department is not None else Refusal("no-letter", f"没有授权书，{_kept}。")
    letter = next((one for one in letters_at(books, at) if one.document_no == grant.letter), None)
    if letter is None or not in_force(letter, at.date()) or case.item not in letter.items:
        return Refusal("beyond-letter", f"授权书现在管不到这个事项，{_kept}。送局里决定，或等新的授权书。")
    return None


def _hold_refusal(grant: SealGrant, paper: GrantedPaper, books: SealBooks) -> Refusal | None:
    """自家的或占着的 the machine the grant was given at has the case in hand."""
    if books.holder(case_subject(paper.case)) != grant.origin:
        return Refusal("not-in-hand", f"这件不在授权的那个窗口手上了，{_kept}。拿到这件再授权。")
    return None


def paper_stamp_flags(seal: Seal | None, keeper: str, at: datetime, books: SealBooks) -> tuple[str, ...]:
    """实体章 what is out of order with a use by hand; it is recorded all the same."""
    if seal is None:
        return ("名单里没有这枚印章",)
    flags = ["印章停用了还盖"] if unusable(seal, at, books, electronic=False) else []
    if not keeps(keeper, seal, at, books):
        flags.append("不是保管人盖的")
    return tuple(flags)
