"""事项卡 what is disclosed of an item at the counter (行政许可法 30): the eight disclosures, the papers, and what to say.

Pure words from the catalogue and the roster; nothing of a citizen is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clerk_app.cases.catalogue import Item, Limit, form_words
from clerk_app.hall import Hall
from clerk_app.sealing.paper import NoticePaper, NoticePart

UNIT_WORDS = {"workday": "个工作日", "day": "天", "month": "个月"}
_RESULT_KINDS = {"certificate": "证照", "decision": "决定文书"}
_SOURCES = ("law", "page", "memory")


@dataclass(frozen=True, kw_only=True)
class ItemGuide:
    """事项卡 one item as it is told: the eight disclosures in their order, its papers, what to ask first and how to say no."""

    code: str
    title: str
    kind: str
    parts: tuple[NoticePart, ...]
    papers: tuple[str, ...]
    ask_first: tuple[str, ...]
    say_no: str
    notes: tuple[str, ...] = ()
    """审查要点, for the clerk."""


def item_guide(hall: Hall, item: Item) -> ItemGuide:
    """The card of an item, by the catalogue in force."""
    return ItemGuide(
        code=item.code,
        title=item.name,
        kind="外部系统办件" if item.external else item.kind_word,
        parts=(
            NoticePart(head="服务内容", lines=_service(hall, item)),
            NoticePart(head="政策依据", lines=(item.basis or "目录里没有写",)),
            NoticePart(head="办事程序", lines=_numbered(item.steps)),
            NoticePart(head="申报条件", lines=_numbered(item.conditions)),
            *_prerequisites(item),
            NoticePart(head="承诺时限", lines=_limits(item)),
            NoticePart(head="收费标准", lines=_fees(item)),
            NoticePart(head="办理结果", lines=_result(item)),
            NoticePart(head="服务人员", lines=_people(hall, item)),
        ),
        papers=tuple(paper_words(item, place) for place in range(len(item.materials))),
        ask_first=item.saying.ask_first,
        say_no=item.saying.say_no,
        notes=item.review_notes,
    )


def guide_paper(hall: Hall, item: Item, day: date, *, training: bool) -> NoticePaper:
    """办事指南 the same on A4, for the applicant: without what only the clerk is told."""
    guide = item_guide(hall, item)
    papers = NoticePart(head="申报材料", lines=guide.papers)
    place = next((at for at, part in enumerate(guide.parts) if part.head == "承诺时限"), len(guide.parts))
    more = (
        NoticePart(head="受理窗口和时间", lines=_where(hall, item)),
        NoticePart(head="咨询和投诉", lines=_whom(hall, item)),
        NoticePart(head="救济途径", lines=_remedies(item)),
    )
    return NoticePaper(
        title=f"{item.name}办事指南",
        subtitle=f"{hall.name}　{guide.kind}　实施编码 {item.code}",
        parts=(*guide.parts[:place], papers, *guide.parts[place:], *more),
        day=day,
        training=training,
    )


def _prerequisites(item: Item) -> tuple[NoticePart, ...]:
    """What is not asked for any more stays in sight, so that nobody asks for it by habit."""
    lines = tuple(f"{one.name}（{one.since} 起不再要）" if one.since else one.name for one in item.prerequisites)
    return (NoticePart(head="前置条件", lines=lines),) if lines else ()


def _where(hall: Hall, item: Item) -> tuple[str, ...]:
    """Each window with its own hours, else the hall's; and what it promises."""
    lines = [f"地址：{hall.address}"]
    for number in item.windows:
        window = hall.roster.windows.get(number)
        hours = "，".join(f"{a}–{b}" for a, b in window.hours) if window and window.hours else hall.hours_words
        booked = "、".join(f"{one.start}–{one.end}" for one in window.booked) if window else ""
        lines.append(f"{number}号窗口：{hours}" + (f"；可预约 {booked}" if booked else ""))
        lines += [f"　{promise}" for promise in window.standard] if window else []
    return tuple(lines)


def _whom(hall: Hall, item: Item) -> tuple[str, ...]:
    return (f"咨询电话 {hall.hotline}", f"监督投诉电话 {item.complaint or hall.hotline}，也可以到总服务台当面说")


def _remedies(item: Item) -> tuple[str, ...]:
    told = item.remedies
    if not told.named:
        return ("目录里没有写",)
    first = "要先申请行政复议，对复议决定不服再起诉。" if told.review_first else ""
    return (
        f"不服决定的，可以自知道之日起 60 日内向{told.review_body}申请行政复议，",
        f"或者自知道之日起 6 个月内向{told.court}提起行政诉讼。{first}",
    )


def paper_words(item: Item, place: int) -> str:
    """公司章程（原件 1 份，必备）."""
    paper = item.materials[place]
    form = form_words.get(paper.form, "复印件" if paper.form == "copy" else paper.form)
    copies = f" {paper.copies} 份" if paper.form != "shared" else ""
    need = "必备" if paper.essential else "可容缺" if item.tolerant else "可不交"
    return f"{paper.name}（{form}{copies}，{need}）"


def limit_words(limit: Limit) -> str:
    """当场, 10 个工作日."""
    return "当场" if limit.n == 0 else f"{limit.n} {UNIT_WORDS[limit.unit]}"


def _service(hall: Hall, item: Item) -> tuple[str, ...]:
    department = hall.roster.departments[item.department].name
    joint = "、".join(hall.roster.departments[key].name for key in item.partners if key in hall.roster.departments)
    return (f"{item.name}（{department}）", *((f"同{joint}一起办",) if joint else ()))


def _numbered(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{place}. {line}" for place, line in enumerate(lines, 1)) or ("目录里没有写",)


def _limits(item: Item) -> tuple[str, ...]:
    lines = [f"承诺 {limit_words(item.promised)}，法定 {limit_words(item.statutory)}"]
    if item.statutory.extend:
        lines.append(f"法定期限可以延长一次，{item.statutory.extend} {UNIT_WORDS[item.statutory.unit]}")
    return tuple(lines)


def _fees(item: Item) -> tuple[str, ...]:
    lines = ["不收费" if item.fee == 0 and not item.fee_options else f"{item.fee / 100:.2f} 元"]
    lines += [f"{option.name} {option.amount / 100:.2f} 元" for option in item.fee_options]
    source = _plain(item.fee_source)
    return (*lines, f"依据：{source}") if source else tuple(lines)


def _plain(source: str) -> str:
    """The source without the word that says how it was checked; a word alone is no source."""
    word, colon, rest = source.partition(":")
    if word.strip() in _SOURCES:
        return rest.strip() if colon else ""
    return source


def _result(item: Item) -> tuple[str, ...]:
    kind = _RESULT_KINDS.get(item.result_kind, "")
    return (f"{item.result}（{kind}）" if kind else item.result or item.decision_document or "目录里没有写",)


def _people(hall: Hall, item: Item) -> tuple[str, ...]:
    """Who takes it in, window by window, and whom to complain to."""
    lines = []
    for number in item.windows:
        window = hall.roster.windows.get(number)
        posts = [hall.roster.posts[key] for key in window.posts if key in hall.roster.posts] if window else []
        people = dict.fromkeys(hall.roster.name_of(key) for post in posts for key in (post.a, post.b))
        lines.append(f"{number}号窗口：{'、'.join(people)}" if people else f"{number}号窗口")
    return (*lines, f"监督电话 {item.complaint or hall.hotline}")
