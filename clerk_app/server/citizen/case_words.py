"""办件的话 what a case's page says of where it stands, what follows and what to do: one short true sentence each, no outcome."""

from __future__ import annotations

from clerk_app.receipts.words import full_day
from clerk_app.server.citizen.case_form import CaseDetails, SideRow
from clerk_app.server.citizen.form import CitizenRow, CitizenState
from clerk_app.server.citizen.rows import Found
from clerk_app.server.citizen.words import state_words

NO_DETAILS = CaseDetails()
OPEN: tuple[CitizenState, ...] = ("received", "correction", "accepted", "examined", "department", "paused", "decided")
RUNNING: tuple[CitizenState, ...] = ("accepted", "examined", "department", "decided")
ANSWERED: tuple[CitizenState, ...] = ("delivered", "answered", "not_required", "lapsed", "terminated")
"""What somebody may object to: how is told whatever the answer was, so that the page does not tell it."""

_ask = "具体情况，带受理回执到大厅总服务台问，或打下面的电话。"
_fetch = "领取时带受理回执和身份证件；别人代领，还要带授权委托书。"
_next: dict[CitizenState, str] = {
    "draft": "窗口还在登记。打出收件凭证，才算收件。",
    "advised": "这次没有收件，也没有收材料。按告知单备齐后，到大厅重新取号。",
    "not_required": "告知书上写了为什么不用办。不清楚，带着告知书到大厅总服务台问。",
    "received": "受理之后，这里会显示哪天之前办结。",
    "answered": "结果写在给您的通知书上。看不明白，带着通知书到大厅总服务台问。",
    "lapsed": "补正的日子过了，申请视为撤回。还要办，备齐材料到大厅重新取号。",
    "accepted": "先审查，再作出决定。",
    "examined": "审查完作出决定，再制作文书。",
    "department": "材料送到部门审查，期限照算。部门定了以后送回窗口制作文书。",
    "decided": "文书盖好章、可以领取时，这里会写到哪里领。",
    "delivered": "文书已经交给领的人。不是您或您托的人领的，马上打下面的电话。",
    "withdrawn": "申请已经撤回，不再往下办。还要办，到大厅重新取号。",
    "terminated": "为什么终止，写在给您的通知书上。还要办，到大厅重新取号。",
    "void": _ask,
    "ended": _ask,
}
_papers = {
    "checked": ("文书在核对，先不要来领", "核对好了，这里会写“可以领取”。"),
    "posted": ("文书已寄出，在路上", "注意收件和快递电话。运单号不在网上显示；很久没收到，打下面的大厅电话问。"),
    "to_post": ("文书已做好，等着寄出", "按您选的邮寄，寄出以后这里会写，不用来领。"),
    "coming": ("文书已做好，还没到出件窗口", "到了窗口，这里会写“可以领取”，先不用来。"),
    "here": (state_words["ready"], _fetch),
    "returned": ("信被退回，文书在窗口，可以领取", _fetch + "要再寄一次，打下面的大厅电话。"),
}


def details_of(found: Found) -> CaseDetails:
    """Its details; none were sent of a case from before there were any."""
    return found.row.details or NO_DETAILS


def paper_of(found: Found) -> SideRow | None:
    """出件 where this decision's paper is; of an older decision's paper nothing is said."""
    paper = next((side for side in found.sides if side.kind == "paper"), None)
    known = details_of(found).paper
    if paper is None or (paper.paper and known and paper.paper != known):
        return None
    return paper


def where_paper(found: Found) -> str:
    """How a ready result reaches the citizen: a key of the words above; empty before it is ready."""
    if found.row.state != "ready":
        return ""
    details, paper = details_of(found), paper_of(found)
    if details.checked:
        return "checked"
    if paper is None or paper.state in ("expected", "back", "out"):
        return _not_here(found, paper)
    if paper.state == "posted":
        return "posted"
    if paper.returned:
        return "returned"
    return "to_post" if paper.by_post else "here"


def _not_here(found: Found, paper: SideRow | None) -> str:
    """On no shelf: the window that made it hands it out itself, unless another does, or a letter is wanted."""
    wanted = next((side for side in found.sides if side.kind == "paper"), None)
    if wanted is not None and wanted.by_post:
        return "to_post"
    back = paper is not None and paper.state == "back"
    return "coming" if details_of(found).carried or back else "here"


def stands(found: Found) -> str:
    """The state word; of a ready result what becomes of its paper, of a pause its ground in the law's word."""
    key, details = where_paper(found), details_of(found)
    if key:
        return _papers[key][0]
    if found.row.state == "paused" and details.pause:
        return f"{details.pause}中，期限暂停"
    return state_words[found.row.state]


def follows(found: Found) -> str:
    """接下来."""
    key, details = where_paper(found), details_of(found)
    if key:
        return _papers[key][1]
    if found.row.state == "paused":
        what, until = details.pause or "特别程序", details.pause_until
        planned = f"预计{full_day(until)}前结束。" if until else ""
        return f"{planned}{what}的时间不算在期限里；结束以后接着审查，新的办结日会写在这里。"
    if found.row.state == "received" and details.answer_by:
        return f"{full_day(details.answer_by)}前告诉您受理，还是要补材料。{_next['received']}"
    if found.row.state == "correction":
        return _after_correction(details)
    if found.row.state in RUNNING:
        return _next[found.row.state] + _meanwhile(found)
    return _next.get(found.row.state, _ask)


def _meanwhile(found: Found) -> str:
    """Whether he has to come before it is done."""
    asked = [
        "答应补来的按日子送来" if details_of(found).promised else "",
        "要缴的费按下面写的缴" if owed(found) else "",
    ]
    told = "，".join(words for words in asked if words)
    return f"{told}；别的不用您来。" if told else "这期间不用您来。"


def _after_correction(details: CaseDetails) -> str:
    come = "再来时重新取号。" if details.requeue else "再来时不用重新取号，直接到下面写的窗口。"
    if not details.bring_by:
        return f"没有定日子，早补早办。{come}"
    late = "逾期不补，视为撤回申请。" if details.lapses else "到期没补齐，这件先留着，可以接着补。"
    return f"{late}{come}"


def lacking(found: Found) -> tuple[str, ...]:
    """缺什么 by the catalogue's names, then how much more stands on the paper."""
    details, row = details_of(found), found.row
    rest = details.lacks_more
    others = f"{'另有 ' if details.lacks else ''}{rest} 样写在{_paper_of_gaps(row)}上" if rest else ""
    return tuple(line for line in (*details.lacks, others) if line)


def _paper_of_gaps(row: CitizenRow) -> str:
    return "告知单" if row.state == "correction" else "收件凭证"


def promised(found: Found) -> tuple[str, ...]:
    """容缺 the papers promised for later, each with its day."""
    return tuple(f"{one.name}，{full_day(one.by)}前补来" for one in details_of(found).promised)


def remedies(found: Found) -> str:
    """救济 how to object to whatever was answered: the days count from the paper (行政复议法 20, 23; 行政诉讼法 46)."""
    details = details_of(found)
    if found.row.state not in ANSWERED:
        return ""
    if not (details.review_body and details.court):
        return "怎样申请行政复议、提起行政诉讼，写在给您的文书上；也可以到大厅总服务台问。"
    if details.review_first:
        return (
            f"收到文书之日起 60 日内，先向{details.review_body}申请行政复议；"
            f"对复议决定仍不服的，收到复议决定书之日起 15 日内可以向{details.court}提起行政诉讼。"
        )
    return (
        f"收到文书之日起 60 日内，可以向{details.review_body}申请行政复议；"
        f"也可以在 6 个月内向{details.court}提起行政诉讼。"
    )


def owed(found: Found) -> int:
    """待缴 in fen, over every bill that is open."""
    return sum(side.amount for side in found.sides if side.kind == "fee" and side.state == "open")


def pay_at(found: Found) -> str:
    """到哪里缴."""
    return next((side.place for side in found.sides if side.kind == "fee" and side.state == "open"), "")


def paid(found: Found) -> bool:
    """Whether something was to be paid and nothing is any more; what was only withdrawn is not said to be paid."""
    return not owed(found) and any(side.kind == "fee" and side.state == "paid" for side in found.sides)
