"""目录变动的核对 what is wrong with these lines: one sentence for each gap, with the line it stands on. Pure, the same at both ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args

from clerk_app.cases.catalogue_lines import CLASSES, FEE_FIELDS, CatalogueKnown, CatalogueLine, What, what_words
from clerk_app.cases.catalogue_shape import fits, how, is_remedies, is_text, is_whole, is_words, row_gaps
from clerk_app.cases.telling_outside import partner_gaps

MOST_LINES = 60
_CODE = re.compile(r"[0-9A-Z]{18}[1-5]\d{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SOURCES = ("law", "page", "memory")
_SEAL_KINDS = ("approval", "register", "receipt", "intake", "fee")
_SEAL_FIELDS = frozenset(
    {"id", "department", "name", "custodian", "electronic", "kind", "backup", "window", "face"}
)  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """缺口 the place of the line in its list (from 0; -1: the whole list), and one sentence."""

    place: int
    sentence: str


def gaps_of(lines: Sequence[CatalogueLine], known: CatalogueKnown) -> tuple[Gap, ...]:
    """Everything that is wrong, line by line; empty when they may be asked for."""
    return tuple(_gaps(lines, known))


def _gaps(lines: Sequence[CatalogueLine], known: CatalogueKnown) -> Iterator[Gap]:
    if not lines:
        yield Gap(-1, "一行变动也没有，没有提。先加一行。")
    if len(lines) > MOST_LINES:
        yield Gap(-1, f"一次最多 {MOST_LINES} 行，这里有 {len(lines)} 行，没有提。分几份提。")
    seen: set[str] = set()
    for place, line in enumerate(lines):
        if line.place in seen:
            yield Gap(place, f"{_called(line)}在这一份里写了两遍，生效日重叠，没有收下。留一行，另一行换一个日子另提。")
        seen.add(line.place)
        if line.what not in get_args(What):
            yield Gap(place, f"不认识这种变动“{str(line.what)[:12]}”，没有收下。")
            continue
        yield from (Gap(place, sentence) for sentence in _checks[line.what](line, known))


def _called(line: CatalogueLine) -> str:
    word = what_words.get(line.what, "")
    return f"{word}“{line.name[:40]}”"


def _item(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    row, name = line.row, _called(line)
    yield from row_gaps(row, name)
    yield from _code(row, name, line.key, known)
    yield from _places(row, name, known)
    yield from _limits(row, name)
    yield from _fees(row, name, known)
    if not _has_remedies(row, known):
        yield f"{name}没有救济途径，驳回时没法告知，没有收下。写上复议机关和法院，或先补部门的救济途径。"
    if "registration_type" in row and not row.get("form"):
        yield f"{name}写了登记类型，没有写登记表，没有收下。补上登记表，或删掉登记类型。"


def _code(row: dict[str, Any], name: str, key: str, known: CatalogueKnown) -> Iterator[str]:
    """31 digits: the department's unified code, its level, twelve of the catalogue."""
    code = row.get("code")
    if not is_text(code):
        return
    if not _CODE.fullmatch(str(code)):
        yield f"{name}的实施编码 {str(code)[:40]} 不是 31 位：前 18 位部门代码，1 位层级（1 到 5），12 位数字，没有收下。对照批文改。"
        return
    if code != key:
        yield f"{name}的实施编码 {code} 和这一行说的 {key[:40]} 不是一个，没有收下。改成一个。"
    owner = known.departments.get(str(row.get("department")))
    if owner and str(code)[:18] != owner:
        yield f"{name}的实施编码前 18 位不是所属部门的代码 {owner}，没有收下。对照批文改编码或部门。"


def _places(row: dict[str, Any], name: str, known: CatalogueKnown) -> Iterator[str]:
    """Windows, letters, departments, seals, people and skills that nobody knows."""
    books: tuple[tuple[str, str, Any], ...] = (
        ("department", "部门", known.departments), ("seal", "印章", known.seals), ("decider", "决定人", known.people),
        ("windows", "窗口", known.windows), ("letters", "业务字母", known.letters),
        ("partners", "协办部门", known.departments), ("skills", "上岗资格", known.skills),
        ("fee_unit", "执收单位", known.departments),
    )  # fmt: skip
    for key, word, book in books:
        if key not in row or not fits(key, row[key]):
            continue
        values = row[key] if isinstance(row[key], list) else [row[key]]
        for value in values:
            if value not in book:
                yield f"{name}的{word} {value} 名单里没有，没有收下。{_MEND.get(key, '对照名单改')}。"


_MEND = {
    "seal": "先在“印章”里登记这枚章，或改成有的章",
    "skills": "先在人员与岗位变动里给人写上这项资格，或改成有的资格",
    "windows": "改成大厅有的窗口",
    "letters": "改成大厅有的业务字母",
}


def _limits(row: dict[str, Any], name: str) -> Iterator[str]:
    legal: Any = row.get("statutory")
    promised: Any = row.get("promised")
    if not (fits("statutory", legal) and fits("promised", promised)):
        return
    if legal["unit"] == promised["unit"] and promised["n"] > legal["n"]:
        yield f"{name}的承诺时限 {promised['n']} 比法定时限 {legal['n']} 还长，没有收下。承诺时限改短。"


def _fees(row: dict[str, Any], name: str, known: CatalogueKnown) -> Iterator[str]:
    fee, source = row.get("fee"), row.get("fee_source")
    options = row.get("fee_options")
    charged = (is_whole(fee) and bool(fee)) or bool(options)
    if charged and is_text(source) and not _basis(str(source)):
        yield f"{name}收费没有依据，没有收下。在收费依据里写上文号，如“发改价格〔2016〕2559号”。"
    reductions = row.get("fee_reductions")
    if reductions and not charged:
        yield f"{name}不收费，又写了减免，没有收下。删掉减免，或写上收费标准。"
    if reductions and fits("fee_reductions", reductions):
        keys = [one["key"] for one in reductions]
        for key in sorted({one for one in keys if keys.count(one) > 1}):
            yield f"{name}的减免 {key} 写了两遍，没有收下。留一个。"


def _basis(source: str) -> bool:
    """A word that only says how it was checked is no basis."""
    word, colon, rest = source.partition(":")
    return bool(rest.strip()) if word.strip() in _SOURCES else bool(source.strip()) or not colon


def _has_remedies(row: dict[str, Any], known: CatalogueKnown) -> bool:
    own = row.get("remedies")
    told = {**known.remedies.get(str(row.get("department")), {}), **(own if isinstance(own, dict) else {})}
    return is_text(told.get("review_body")) and is_text(told.get("court"))


def _item_off(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    yield from _known_item(line, known)
    if line.row:
        yield f"{_called(line)}下线不用写内容，没有收下。只写实施编码。"
    if len(known.items) <= 1:
        yield f"{_called(line)}是目录里最后一项，没有收下。先加别的事项。"


def _known_item(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    if line.key not in known.items:
        yield f"目录里没有实施编码 {line.key[:40]}，没有收下。对照目录改。"


def _known_window(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    if not line.key.isdecimal() or int(line.key) not in known.windows:
        yield f"大厅没有 {line.key[:12]} 号窗口，没有收下。改成有的窗口号。"


def is_span(value: object) -> bool:
    """["09:00", "12:00"], the first before the second."""
    good = (
        isinstance(value, list) and len(value) == 2 and all(isinstance(v, str) and _CLOCK.fullmatch(v) for v in value)
    )
    return good and isinstance(value, list) and value[0] < value[1]


def is_slot(value: object) -> bool:
    """From, to, and how many places."""
    return (
        isinstance(value, dict)
        and set(value) == {"from", "to", "places"}
        and is_span([value["from"], value["to"]])
        and is_whole(value["places"], 1, 999)
    )


def _window(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    yield from _known_window(line, known)
    if set(line.row) - {"hours", "booked"}:
        yield f"{_called(line)}这里只改开窗时间和预约时段，没有收下。别的删掉。"
    hours, booked = line.row.get("hours", []), line.row.get("booked", [])
    if not isinstance(hours, list) or not all(map(is_span, hours)):
        yield f"{_called(line)}的开窗时间没看懂，没有收下。写成 09:00-12:00，先后别写反。"
    elif any(a[1] > b[0] for a, b in pairwise(hours)):
        yield f"{_called(line)}的开窗时间重叠，没有收下。改成前后不重叠的几段。"
    if not isinstance(booked, list) or not all(map(is_slot, booked)):
        yield f"{_called(line)}的预约时段没看懂，没有收下。写成 09:00-10:00 5个。"
    elif any(a["to"] > b["from"] for a, b in pairwise(booked)):
        yield f"{_called(line)}的预约时段重叠，没有收下。改成前后不重叠的几段。"


def _standard(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    yield from _known_window(line, known)
    if set(line.row) != {"standard"} or not is_words(line.row["standard"]):
        yield f"{_called(line)}没看懂，没有收下。一条一条写上承诺做到的事。"


def _remedies(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    if line.key not in known.departments:
        yield f"没有部门 {line.key[:16]}，没有收下。对照部门名单改。"
    if not is_remedies(line.row) or not (line.row.get("review_body") and line.row.get("court")):
        yield f"{_called(line)}要写全复议机关和法院，没有收下。补上再来。"


def _documents(line: CatalogueLine, _: CatalogueKnown) -> Iterator[str]:
    procedure: Any = line.row.get("procedure")
    decision: Any = line.row.get("decision")
    if (
        line.key != CLASSES
        or set(line.row) != {"procedure", "decision"}
        or not (is_words(procedure) and is_words(decision))
    ):
        yield f"{_called(line)}要写程序文书和决定文书两类，没有收下。补上再来。"
        return
    for name in sorted(set(procedure) & set(decision)):
        yield f"文书“{name}”两类里都有，没有收下。留一类。"
    if not procedure or not decision:
        yield f"{_called(line)}有一类是空的，没有收下。每类至少一种。"


def _seal(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    row, name = line.row, _called(line)
    missing = [key for key in ("id", "department", "name", "custodian", "kind") if not is_text(row.get(key))]
    if missing or not isinstance(row.get("electronic"), bool) or set(row) - _SEAL_FIELDS:
        yield f"{name}要写编号、部门、名称、种类、保管人、有没有电子印章，没有收下。补全再来。"
        return
    if row["id"] != line.key:
        yield f"{name}的编号和这一行说的 {line.key[:16]} 不是一个，没有收下。改成一个。"
    if row["department"] not in known.departments:
        yield f"{name}的部门 {row['department']} 名单里没有，没有收下。对照名单改。"
    if row["kind"] not in _SEAL_KINDS:
        yield f"{name}的种类不认识，没有收下。只能是 {'、'.join(_SEAL_KINDS)}。"
    for key, word in (("custodian", "保管人"), ("backup", "代管人")):
        keeper = row.get(key)
        if keeper and (not is_text(keeper) or (keeper not in known.people and keeper != "window_clerk")):
            yield f"{name}的{word} {keeper} 名单里没有，没有收下。写工号。"
    if row.get("backup") and row.get("backup") == row["custodian"]:
        yield f"{name}的保管人和代管人是同一个人，没有收下。换一个人。"


def _issuer(line: CatalogueLine, _: CatalogueKnown) -> Iterator[str]:
    if not _DIGEST.fullmatch(line.key):
        yield "签发机构要写它证书的 SHA-256，64 位小写十六进制，没有收下。对照证书改。"
    if set(line.row) != {"lawful"} or not isinstance(line.row["lawful"], bool):
        yield f"{_called(line)}没说认还是不认，没有收下。写“认”或“不认”。"


def _fee(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    yield from _known_item(line, known)
    name = f"{what_words['fee']}“{known.items.get(line.key, line.key)[:40]}”"
    if set(line.row) - set(FEE_FIELDS):
        yield f"{name}这里只改收费，没有收下。别的删掉。"
    for key, word in (("fee", "收费标准"), ("fee_source", "收费依据")):
        if line.row.get(key) in (None, ""):
            yield f"{name}没有写{word}，没有收下。补上再来。"
    for key in FEE_FIELDS:
        if line.row.get(key) not in (None, "") and not fits(key, line.row[key]):
            yield f"{name}的 {key} 写得不对，没有收下。{how(key)}。"
    yield from _fees(line.row, name, known)
    unit = line.row.get("fee_unit")
    if is_text(unit) and unit not in known.departments:
        yield f"{name}的执收单位 {unit} 名单里没有，没有收下。对照部门名单改。"


def _outside(line: CatalogueLine, known: CatalogueKnown) -> Iterator[str]:
    """Whom the hall tells; an empty row ends it."""
    if not line.row:
        return
    name = _called(line)
    yield from (f"{name}{gap.rstrip('。')}，没有收下。" for gap in partner_gaps(line.row))
    if line.row.get("id") != line.key:
        yield f"{name}的代号和这一行说的 {line.key[:24]} 不是一个，没有收下。改成一个。"
    items = line.row.get("items", [])
    for code in map(str, items) if isinstance(items, list) else ("？",):
        if code not in known.items:
            yield f"{name}只送的事项 {code[:31]} 目录里没有，没有收下。对照目录改。"


_checks: dict[What, Callable[[CatalogueLine, CatalogueKnown], Iterator[str]]] = {
    "item": _item,
    "item_off": _item_off,
    "window": _window,
    "standard": _standard,
    "remedies": _remedies,
    "documents": _documents,
    "seal": _seal,
    "issuer": _issuer,
    "fee": _fee,
    "outside": _outside,
}
