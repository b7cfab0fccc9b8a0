"""新事项还缺什么 before its day: each thing an item still lacks in this hall, and where it is mended. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clerk_app.sealing.documents import PaperKind

Row = Mapping[str, Any]
_ROSTER = "审计 → 人员与岗位变动"
_LETTERS = "岗位 → 授权书"
_HERE = "管理 → 目录变动"
_DECIDING = {"approval": "行政审批专用章", "register": "登记专用章"}


@dataclass(frozen=True)
class Lack:
    """还缺的一样 what is missing, in one sentence, and the page where it is mended."""

    what: str
    sentence: str
    where: str


@dataclass(frozen=True, kw_only=True)
class Around:
    """大厅以外的 what the document does not say: letters recorded at the desk (items by number), templates, forms."""

    day: date
    recorded: Mapping[str, Collection[str]]
    papers: Mapping[str, PaperKind]
    forms: Collection[str]


def lacks_of(document: Row, code: str, around: Around) -> tuple[Lack, ...]:
    """By the document as it will be on that day; nothing for an item that is not in it."""
    item = next((row for row in document["items"] if row["code"] == code), None)
    if item is None or item.get("external"):
        return ()
    looks = (
        _windows(document, item),
        _letters(document, item, around),
        _skills(document, item),
        _seals(document, item),
        _remedies(document, item),
        _fees(item),
        _papers(document, item, around),
    )
    return tuple(lack for look in looks for lack in look)


def _windows_of(document: Row, item: Row) -> list[Row]:
    return [row for row in document["windows"] if row["number"] in item["windows"]]


def _windows(document: Row, item: Row) -> Iterator[Lack]:
    windows = _windows_of(document, item)
    numbers = "、".join(str(row["number"]) for row in windows)
    for letter in item["letters"]:
        if not any(letter in row["letters"] for row in windows):
            words = (
                f"{numbers or '（没有）'}号窗口都不叫业务字母 {letter}，取了号没人叫。换窗口，或换这些窗口叫的字母。"
            )
            yield Lack("窗口", words, _HERE)
    for row in windows:
        if not row["posts"]:
            yield Lack("窗口", f"{row['number']}号窗口没有岗位，没人收件。换窗口，或给窗口配岗位。", _HERE)


def _letters(document: Row, item: Row, around: Around) -> Iterator[Lack]:
    """Without a letter everything goes to the department: said, never guessed."""
    day = around.day.isoformat()
    own = (
        item["code"] in letter["items"]
        for letter in document["authorisations"]
        if letter["department"] == item["department"] and letter["from"] <= day <= letter["to"]
    )
    recorded = (item["code"] in items for items in around.recorded.values())
    if item["chief_scope"] and not any((*own, *recorded)):
        words = "没有一份那天有效的授权书写着它，首席代表不能当场决定，件件要送部门。登记一份写着它的授权书。"
        yield Lack("授权书", words, _LETTERS)


def _skills(document: Row, item: Row) -> Iterator[Lack]:
    people = {row["id"]: row for row in document["people"]}
    posts = {row["id"]: row for row in document["posts"]}
    wanted = set(item.get("skills", ()))
    for window in _windows_of(document, item):
        seated = [people[posts[key][side]] for key in window["posts"] if key in posts for side in ("a", "b")]
        able = [row for row in seated if wanted <= set(row.get("skills", ()))]
        if wanted and seated and not able:
            skills = "、".join(sorted(wanted))
            words = f"{window['number']}号窗口的A角B角都没有上岗资格“{skills}”，这里收不了件。给人写上资格，或换人。"
            yield Lack("人", words, _ROSTER)
        elif wanted and len(able) < len({row["id"] for row in seated}) and seated:
            alone = able[0]["name"]
            words = f"{window['number']}号窗口只有{alone}有上岗资格，他离岗时收不了件。给另一角也写上资格。"
            yield Lack("人", words, _ROSTER)


def _seals(document: Row, item: Row) -> Iterator[Lack]:
    seals = {row["id"]: row for row in document["seals"]}
    seal = seals.get(item["seal"])
    if seal is None or seal["kind"] not in _DECIDING:
        words = f"印章 {item['seal']} 不是行政审批专用章，也不是登记专用章，决定书不能盖。换一枚，或先登记印章。"
        yield Lack("印章", words, _HERE)
    elif seal["department"] != item["department"]:
        yield Lack("印章", f"印章“{seal['name']}”不是这个部门的。核对批文，换成本部门的章。", _HERE)
    intake = {row.get("window") for row in document["seals"] if row["kind"] == "intake"}
    if item["kind"] == "spot" or not intake:
        return
    for window in _windows_of(document, item):
        if window["number"] not in intake:
            words = f"{window['number']}号窗口没有收件专用章，受理通知书没有章盖。登记一枚，写上窗口。"
            yield Lack("印章", words, _HERE)


def _remedies(document: Row, item: Row) -> Iterator[Lack]:
    department: Row = next((row for row in document["departments"] if row["id"] == item["department"]), {})
    told = {**department.get("remedies", {}), **item.get("remedies", {})}
    if not (told.get("review_body") and told.get("court")):
        yield Lack("救济途径", "没有复议机关或法院，不予许可决定书打不出来。补上救济途径。", _HERE)


def _fees(item: Row) -> Iterator[Lack]:
    if not item["fee"] and not item.get("fee_options"):
        return
    if not item.get("fee_unit"):
        yield Lack("收费", "没有写执收单位，缴款单会写本部门。不是本部门收的，写上执收单位。", _HERE)
    if not item.get("fee_code"):
        yield Lack("收费", "没有写收费项目编码，财政票据对不上。写上编码。", _HERE)


def _papers(document: Row, item: Row, around: Around) -> Iterator[Lack]:
    form, title = item.get("form"), item.get("decision_document")
    if form and form not in around.forms:
        yield Lack("样式", f"程序里没有登记表“{form}”，填不了表。换一张有的表，或等新版程序。", _HERE)
    classes = document["seal_rules"]["document_classes"]
    if title and title in classes["procedure"]:
        yield Lack("样式", f"“{title}”归在程序文书里，盖不上审批章。在文书分类里把它改成决定文书。", _HERE)
    kind = around.papers.get(title) if title else None
    if kind is not None and not kind.decided:
        yield Lack("样式", f"“{title}”是另一种文书的样式，不能当决定书。换一个名称。", _HERE)
