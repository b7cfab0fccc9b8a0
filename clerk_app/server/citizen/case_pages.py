"""办件页 one case: where it stands, by when, what is missing, where to go, what follows, and how to object. Nothing personal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from clerk_app.receipts.words import full_day
from clerk_app.server.citizen import case_words as say
from clerk_app.server.citizen.form import HallCard
from clerk_app.server.citizen.html import Markup, element
from clerk_app.server.citizen.pages import Reading, age, heading, line, panel, size_link, whole_page
from clerk_app.server.citizen.rows import Found
from clerk_app.server.citizen.words import due_words, since_words, window_words

Fact = tuple[str, str]


def case_page(found: Found, now: datetime, reading: Reading = Reading()) -> str:
    """The whole page, in large letters where the reader wants them; printed, it says of when it is."""
    row, card = found.row, found.fed.card
    number, stands = row.number or row.code, say.stands(found)
    remedies = say.remedies(found)
    body = [
        heading(number, card),
        age(found.fed, now),
        _state(found, stands),
        _papers("要补什么" if row.state == "correction" else "还没交的", say.lacking(found)),
        _papers("答应补来的", say.promised(found)),
        panel("接下来", say.follows(found)),
        _facts((*_days(found), *_places(found, card), *_money(found), *_names(found))),
        panel("对答复不服", remedies) if remedies else None,
        element("p", size_link(reading), class_="quiet links"),
    ]
    return whole_page(f"{number} {stands}", body, card, large=reading.large, complaint=say.details_of(found).complaint)


def _state(found: Found, stands: str) -> Markup:
    paper = say.paper_of(found) if say.where_paper(found) in ("posted", "returned", "here", "to_post") else None
    since = paper.at if paper is not None and paper.state != "expected" else found.row.since
    by = f"{paper.carrier}承运" if paper is not None and paper.state == "posted" and paper.carrier else ""
    return element(
        "section",
        element("h2", stands, class_="state"),
        line(by) if by else None,
        line(f"{since_words(since)} 起", "quiet"),
        line(f"截至 {since_words(found.fed.made_at)}", "quiet"),
        class_="panel",
    )


def _papers(title: str, names: tuple[str, ...]) -> Markup | None:
    if not names:
        return None
    listed = element("ul", *(element("li", name) for name in names))
    return element("section", element("h2", title), listed)


def _facts(facts: tuple[Fact, ...]) -> Markup | None:
    if not facts:
        return None
    return element("dl", *(part for label, value in facts for part in (element("dt", label), element("dd", value))))


def _days(found: Found) -> Iterator[Fact]:
    row, details = found.row, say.details_of(found)
    if row.state == "correction" and details.bring_by:
        yield "哪天之前补", f"{full_day(details.bring_by)}前"
    if row.due is None:
        return
    if row.state in say.RUNNING:
        yield "承诺办结", due_words(row.due, provisional=row.provisional)
        if details.statutory:
            yield "法定期限", due_words(details.statutory, provisional=row.provisional)
    elif row.state == "paused":
        yield "承诺办结", "暂停计时，结束后重新算出日子"
    if details.extended and row.state in (*say.RUNNING, "paused"):
        yield "延期", f"批准延长 {details.extended} 个工作日，延期通知书上写了理由"


def _places(found: Found, card: HallCard) -> Iterator[Fact]:
    row, key = found.row, say.where_paper(found)
    where = window_words(row)
    if not where:
        return
    inside = f"{where}{f'（{row.place}）' if row.place else ''}"
    if key in ("here", "returned"):
        paper = say.paper_of(found)
        if paper is not None and paper.state == "shelved" and paper.window is not None:
            inside = f"{paper.window}号窗口{f'（{paper.place}）' if paper.place else ''}"
        yield "到哪里领", f"{card.address}，{inside}"
    elif row.state == "correction":
        yield "送到哪里", f"{card.address}，{inside}"
    elif row.state in say.OPEN:
        yield "受理窗口", inside


def _money(found: Found) -> Iterator[Fact]:
    if owed := say.owed(found):
        yield "要缴的费", f"{owed // 100}.{owed % 100:02d} 元，到{say.pay_at(found)}缴，带缴款通知"
    elif say.paid(found):
        yield "费用", "已缴"


def _names(found: Found) -> Iterator[Fact]:
    if found.row.code:
        yield "查询码", found.row.code
