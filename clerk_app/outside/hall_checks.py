"""大厅资料核对 what one line of a hall file says about another: names resolve, ids stand once, codes and dates agree.

Tolerant of wrong shapes: those have their own sentence already (`hall_shape`), and a reader wants all lines at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Any

from clerk_app.outside.hall_routing import routing_problems
from clerk_app.outside.hall_shape import LABELS, Place, Problem, is_day

Document = dict[str, Any]

_SECTIONS = {
    "departments": ("部门", "id"), "seals": ("印章", "id"), "windows": ("窗口", "number"), "posts": ("岗位", "id"),
    "people": ("人员", "id"), "items": ("事项", "short"), "authorisations": ("授权书", "document_no"),
    "noon_roster": ("午间排班", "zone"), "ranks": ("审批人", ""), "fees": ("收费规则", ""), "handing": ("出件规则", ""),
    "routing": ("分办规则", ""),
    "inbox": ("收件箱规则", ""),
    "outside": ("对外的平台", ""),
    "sharing": ("共享规则", ""),
}  # fmt: skip

_BOOKS = {
    "people": "人员名单", "departments": "部门名单", "posts": "岗位名单", "windows": "窗口名单",
    "letters": "业务字母表", "seals": "印章名单", "items": "事项目录", "roles": "角色表",
    "zones": "窗口的区域", "keepers": "人员名单",
}  # fmt: skip

_REFERENCES = (
    ("departments.*.chief_rep", "people"), ("departments.*.deputy_rep", "people"),
    ("seals.*.department", "departments"), ("seals.*.custodian", "keepers"), ("seals.*.backup", "people"),
    ("seals.*.window", "windows"),
    ("windows.*.letters.*", "letters"), ("windows.*.posts.*", "posts"),
    ("posts.*.department", "departments"), ("posts.*.a", "people"), ("posts.*.b", "people"),
    ("people.*.department", "departments"), ("people.*.roles.*", "roles"),
    ("ranks.window_head.*", "people"),
    ("people.*.learner.mentor", "people"),
    ("noon_roster.*.post", "posts"), ("noon_roster.*.zone", "zones"),
    ("items.*.department", "departments"), ("items.*.windows.*", "windows"), ("items.*.letters.*", "letters"),
    ("items.*.fee_unit", "departments"), ("fees.cash.*.unit", "departments"),
    ("items.*.seal", "seals"), ("items.*.partners.*", "departments"), ("items.*.decider", "people"),
    ("routing.*.items.*", "items"), ("routing.*.posts.*", "posts"), ("routing.*.department", "departments"),
    ("authorisations.*.department", "departments"), ("authorisations.*.person", "people"),
    ("authorisations.*.deputy", "people"), ("authorisations.*.items.*", "items"),
)  # fmt: skip

_ONCE = (
    "departments.*.id", "seals.*.id", "windows.*.number", "posts.*.id", "people.*.id", "items.*.code",
    "authorisations.*.document_no", "outside.partners.*.id",
)  # fmt: skip

_TWO_PEOPLE = (
    ("departments", "chief_rep", "deputy_rep"), ("seals", "custodian", "backup"), ("posts", "a", "b"),
    ("authorisations", "person", "deputy"),
)  # fmt: skip

_CODE = re.compile(r"[0-9A-Z]{18}[1-5]\d{12}")
_USCC_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WINDOW_CLERK = "window_clerk"


def cross_problems(document: Document) -> Iterator[Problem]:
    """Every line that disagrees with another one, or with a law of codes and dates."""
    yield from _unresolved(document)
    yield from _rank_keys(document)
    yield from _repeated(document)
    yield from _same_person(document)
    yield from _codes(document)
    yield from _limits(document)
    yield from _letters(document)
    yield from _elements(document)
    yield from _registrations(document)
    yield from _reductions(document)
    yield from routing_problems(document)


def uscc_is_right(code: str) -> bool:
    """统一社会信用代码 has its 18 characters and the right check character (GB 32100)."""
    if len(code) != 18 or any(sign not in _USCC_DIGITS for sign in code):
        return False
    total = sum(_USCC_DIGITS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _USCC_DIGITS.index(code[17]) == -total % 31


def _unresolved(document: Document) -> Iterator[Problem]:
    books = _known(document)
    for pattern, book in _REFERENCES:
        for place, value in _values(document, pattern):
            if value not in books[book]:
                yield place, f"{_owner(document, place)}的{_label(place)} {value} 不在{_BOOKS[book]}里。"


def _known(document: Document) -> dict[str, Set[Any]]:
    people = {value for _, value in _values(document, "people.*.id")}
    return {
        "people": people,
        "keepers": people | {_WINDOW_CLERK},
        "departments": {value for _, value in _values(document, "departments.*.id")},
        "posts": {value for _, value in _values(document, "posts.*.id")},
        "windows": {value for _, value in _values(document, "windows.*.number")},
        "zones": {value for _, value in _values(document, "windows.*.zone")},
        "letters": {place[-1] for place, _ in _values(document, "queue.letters.*")},
        "seals": {value for _, value in _values(document, "seals.*.id")},
        "items": {value for _, value in _values(document, "items.*.code")},
        "roles": {value for _, value in _values(document, "roles.*")},
    }


def _rank_keys(document: Document) -> Iterator[Problem]:
    books = _known(document)
    for pattern, book in (("ranks.window_head.*", "letters"), ("ranks.dept_head.*", "departments")):
        for place, _ in _values(document, pattern):
            if place[-1] not in books[book]:
                yield place, f"{LABELS[str(place[1])]}的 {place[-1]} 不在{_BOOKS[book]}里。"


def _repeated(document: Document) -> Iterator[Problem]:
    for pattern in _ONCE:
        seen: set[Any] = set()
        for place, value in _values(document, pattern):
            if value in seen:
                yield place, f"{_SECTIONS[str(place[0])][0]}{_label(place)} {value} 前面已经用过，换一个。"
            seen.add(value)


def _same_person(document: Document) -> Iterator[Problem]:
    for section, first, second in _TWO_PEOPLE:
        for place, row in _rows(document, section):
            if row.get(first) is not None and row.get(first) == row.get(second):
                both = f"{LABELS[first]}和{LABELS[second]}"
                yield (*place, second), f"{_owner(document, place)}的{both}是同一个人 {row[first]}，换一个人。"


def _codes(document: Document) -> Iterator[Problem]:
    owners = {}
    for place, row in _rows(document, "departments"):
        uscc = row.get("uscc")
        if isinstance(uscc, str):
            if uscc_is_right(uscc):
                owners[str(row.get("id"))] = uscc
            else:
                yield (
                    (*place, "uscc"),
                    f"{_owner(document, place)}的统一社会信用代码 {uscc} 校验不过，对照批文再看一遍。",
                )
    for place, row in _rows(document, "items"):
        code = row.get("code")
        if not isinstance(code, str):
            continue
        owner = owners.get(str(row.get("department")), code[:18])
        if not _CODE.fullmatch(code):
            yield (*place, "code"), f"实施编码 {code} 不是 31 位：前 18 位部门代码，1 位层级（1 到 5），12 位数字。"
        elif code[:18] != owner:
            yield (*place, "code"), f"实施编码 {code} 的前 18 位不是{_owner(document, place)}所属部门的代码 {owner}。"


def _limits(document: Document) -> Iterator[Problem]:
    for place, row in _rows(document, "items"):
        legal, promised = row.get("statutory"), row.get("promised")
        if not (isinstance(legal, dict) and isinstance(promised, dict)) or legal.get("unit") != promised.get("unit"):
            continue
        most, n = legal.get("n"), promised.get("n")
        if isinstance(most, int) and isinstance(n, int) and n > most >= 0:
            yield (*place, "promised", "n"), f"{_owner(document, place)}的承诺时限 {n} 比法定时限 {most} 还长。"


def _letters(document: Document) -> Iterator[Problem]:
    departments = {str(row.get("code")): row.get("department") for _, row in _rows(document, "items")}
    for place, row in _rows(document, "authorisations"):
        begins, ends = row.get("from"), row.get("to")
        if is_day(begins) and is_day(ends) and str(begins) > str(ends):
            yield (*place, "to"), f"{_owner(document, place)}从 {begins} 到 {ends}，先后写反了。"
        for inner, code in _values(row, "items.*"):
            if departments.get(str(code), row.get("department")) != row.get("department"):
                yield (*place, *inner), f"{_owner(document, place)}里的事项 {code} 不是这个部门的。"


def _elements(document: Document) -> Iterator[Problem]:
    """五要素: the shape asks for name, papers, limit, fee and its basis; the way an item goes has to be written too."""
    for place, row in _rows(document, "items"):
        if "steps" not in row or row["steps"] == []:
            at = (*place, "steps") if "steps" in row else place
            yield at, f"{_owner(document, place)}没有写审批流程（steps），五要素不齐，不能上目录。写上一步一步怎么走。"


def _registrations(document: Document) -> Iterator[Problem]:
    """登记类型 is said of items with a form only."""
    for place, row in _rows(document, "items"):
        if "registration_type" in row and not row.get("form"):
            at = (*place, "registration_type")
            yield (
                at,
                f"{_owner(document, place)}写了登记类型，没有写表（form）。补上 form: company_registration，或删掉登记类型。",
            )


def _reductions(document: Document) -> Iterator[Problem]:
    """减免 each once, and only where there is something to be taken off."""
    for place, row in _rows(document, "items"):
        seen: set[Any] = set()
        for inner, key in _values(row, "fee_reductions.*.key"):
            if key in seen:
                yield (*place, *inner), f"{_owner(document, place)}的减免 {key} 前面已经用过，换一个。"
            seen.add(key)
        if seen and not row.get("fee"):
            yield (*place, "fee"), f"{_owner(document, place)}不收费，又写了减免。删掉减免，或写上收费标准。"


def _owner(document: Document, place: Place) -> str:
    noun, key = _SECTIONS[str(place[0])]
    row = document[str(place[0])]
    name = row[place[1]].get(key) if isinstance(row, list) and isinstance(place[1], int) else None
    return f"{noun} {name} " if name else noun


def _label(place: Place) -> str:
    key = next(str(part) for part in reversed(place) if part in LABELS)
    return f" {LABELS[key]}" if LABELS[key][0].isascii() else LABELS[key]


def _rows(document: Document, section: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    rows = document.get(section)
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, dict):
            yield (section, index), row


def _values(value: object, pattern: str, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """The words and numbers at a dotted place; `*` stands for every position of a list and every key of a table."""
    head, _, tail = pattern.partition(".")
    if not head:
        if isinstance(value, str | int) and not isinstance(value, bool):
            yield place, value
        return
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items()) if head == "*" else [(head, value[head])] if head in value else []
    elif isinstance(value, list) and head == "*":
        inner = list(enumerate(value))
    for key, item in inner:
        yield from _values(item, tail, (*place, key))
