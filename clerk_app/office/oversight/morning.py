"""开门前 one look before the first ticket: whether everything is there, what is due today, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from clerk_app.cases.finding import CaseLine
from clerk_app.duty.letters import in_force, letters_at
from clerk_app.duty.model import Post, Seal
from clerk_app.duty.records import Absence
from clerk_app.duty.standing import absence_of, acting
from clerk_app.office.events import LineState, PrinterState
from clerk_app.office.line.blocks import OF_PAPERS, RETURNED, blocks_wanted
from clerk_app.office.line.line_words import line_words
from clerk_app.office.office import Office
from clerk_app.ports import Books

MarkKind = Literal["line", "printer", "seal", "letters", "b_role", "numbers"]
mark_words: dict[MarkKind, str] = {
    "line": "线路",
    "printer": "打印机",
    "seal": "印章钥匙",
    "letters": "授权书",
    "b_role": "B角",
    "numbers": "号段",
}
SHOWN = 60
_LOW = 5
"""A fifth of a block is the floor."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """一格 one thing that must be there in the morning: whether it is, one sentence, and the remedy with its page."""

    kind: MarkKind
    good: bool
    said: str
    remedy: str = ""
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class BPost:
    """我的B角岗 a post whose B角 I am: who is its A角, whether he is there, and how many cases are open on it."""

    post: str
    name: str
    a: str
    away: str
    open_cases: int
    mine_now: bool
    """Whether I stand in on it at this moment."""


@dataclass(frozen=True, kw_only=True)
class Morning:
    """开门前 marks, what is due today (`overdue` among them), what waits for who is signed in, his B posts."""

    day: date
    marks: tuple[Mark, ...]
    due: tuple[CaseLine, ...] = ()
    due_more: bool = False
    waiting: tuple[CaseLine, ...] = ()
    waiting_more: bool = False
    to_authorise: bool = False
    """`waiting` is what waits for signature 2."""
    b_posts: tuple[BPost, ...] = ()

    @property
    def troubles(self) -> tuple[Mark, ...]:
        """What is not there."""
        return tuple(mark for mark in self.marks if not mark.good)


def morning(office: Office, line: LineState, printer: PrinterState) -> Morning:
    """Read it for who is signed in. Raises `SignedOut`."""
    stamp = office.stamp()
    now, finder = stamp.at, office.parts.vault.finder
    person = stamp.actor
    roles = set(office.hall.roster.people[person].roles)
    marks, posts = office.read(lambda books: (tuple(_of_books(office, books, now)), _b_posts(office, books, now)))
    whose = {post.id: post.a for post in office.hall.roster.posts.values()}
    counted = (finder.counts((whose[one.post],), now.date())["mine"] for one in posts)
    b_posts = tuple(replace(one, open_cases=count) for one, count in zip(posts, counted, strict=True))
    due = finder.listed("due", (), now.date(), SHOWN * 4)
    all_due = bool(roles & {"duty_manager", "chief_rep"})
    own_due = tuple(one for one in due.lines if all_due or one.handler == person or one.window == office.window)
    to_authorise = "chief_rep" in roles
    waiting = finder.listed("authorise" if to_authorise else "mine", (person,), now.date(), SHOWN)
    return Morning(
        day=now.date(),
        marks=(line_mark(line), printer_mark(printer), *marks, *_numbers(office)),
        due=own_due[:SHOWN],
        due_more=due.more or len(own_due) > SHOWN,
        waiting=waiting.lines,
        waiting_more=waiting.more,
        to_authorise=to_authorise,
        b_posts=b_posts,
    )


def before_first_ticket(office: Office) -> bool:
    """Whether this window has called nobody yet today: then a sign-in begins with this page."""
    day, window = office.parts.clock.now().date(), office.window
    place = office.hall.roster.windows.get(window)
    letters = place.letters if place else ()
    return not office.read(lambda books: any(one.window == window for one in books.tickets_of(day, letters)))


def line_mark(line: LineState) -> Mark:
    """Up, with nothing that waits for a person."""
    good = line.connected and not (line.paused or line.store or line.update_wanted or line.troubled)
    if good:
        return Mark(kind="line", good=True, said="已连接，办的事马上到中心")
    words = line_words(line)
    remedy = "有中心没收的，到“同步”里一条一条定" if line.connected and line.troubled else words.stops or words.goes
    return Mark(kind="line", good=False, said=_briefly(line, words.head), remedy=remedy.rstrip("。"), page="sync")


def _briefly(line: LineState, head: str) -> str:
    """A cut in few words; everything else in its own."""
    if line.connected or line.paused or line.store or line.since is None:
        return head.rstrip("。")
    return f"{line.since:%H:%M} 起断着，照常办" + (f"，{line.waiting} 条等着送" if line.waiting else "")


def printer_mark(printer: PrinterState) -> Mark:
    """The printer answers and has paper."""
    said = printer.said.removeprefix("打印机").strip()
    if printer.ready:
        return Mark(kind="printer", good=True, said=said or "就绪，有纸")
    remedy = "看电源、连线和纸；票都排着队，好了自己打"
    return Mark(kind="printer", good=False, said=(said or "没有回话").rstrip("。"), remedy=remedy, page="printing")


def _of_books(office: Office, books: Books, now: datetime) -> Iterator[Mark]:
    yield from _seal_keys(office)
    yield from _letters(office, books, now)
    yield from _my_b(office, books, now)


def _own_departments(office: Office) -> tuple[str, ...]:
    """Whose items this window takes in; of a seat that takes in none, the person's own."""
    here = {item.department: None for item in office.hall.items_at(office.window) if not item.external}
    session = office.session
    return tuple(here) or ((session.person.department,) if session else ())


def _seal_keys(office: Office) -> Iterator[Mark]:
    """Electronic seals a decision of this window may need."""
    known, departments = office.hall.roster.seals, _own_departments(office)
    wanted = {item.seal for item in office.hall.items_at(office.window) if item.seal}
    wanted |= {seal.id for seal in known.values() if seal.window == office.window and office.window}
    if office.session and "chief_rep" in office.session.person.roles:
        wanted |= {seal.id for seal in known.values() if seal.department in departments and not seal.window}
    seals = [known[key] for key in sorted(wanted) if key in known and known[key].electronic]
    if not seals:
        return
    keys = office.parts.seal_keys
    away: list[Seal] = [seal for seal in seals if keys is None or keys.card(seal.id) is None]
    if not away:
        yield Mark(kind="seal", good=True, said=f"{len(seals)} 枚都在" if len(seals) > 1 else f"{seals[0].name}在")
        return
    yield Mark(
        kind="seal",
        good=False,
        said=f"没有{away[0].name}的钥匙" + (f"，等 {len(away)} 枚" if len(away) > 1 else ""),
        remedy="插上印章钥匙；插不上就盖实体章并登记",
        page="sealing",
    )


def _letters(office: Office, books: Books, now: datetime) -> Iterator[Mark]:
    """Each department of this window has somebody who may decide today."""
    letters, today = letters_at(books, now), now.date()
    roster, wanted = office.hall.roster, _own_departments(office)
    deciding = [one for one in letters if in_force(one, today) and "decide" in one.powers]
    without = [
        key for key in wanted if key in roster.departments and not any(one.department == key for one in deciding)
    ]
    here = [one for one in deciding if one.department in wanted]
    if not here and not without:
        return
    if without:
        names = "、".join(roster.departments[key].name for key in without)
        remedy = "报局办公室补授权书；在那之前收件、受理照常，决定送局里"
        yield Mark(kind="letters", good=False, said=f"{names}今天没有有效的授权书", remedy=remedy, page="board")
        return
    first = min(one.end for one in here)
    if (first - today).days <= 1:
        said = "今天最后一天" if first == today else "明天到期"
        yield Mark(kind="letters", good=False, said=f"授权书{said}", remedy="今天就报局办公室续办", page="board")
        return
    yield Mark(kind="letters", good=True, said=f"今天有效，到 {first.month}月{first.day}日")


def _my_b(office: Office, books: Books, now: datetime) -> Iterator[Mark]:
    session = office.session
    post = office.hall.roster.posts.get(session.seat.post) if session else None
    if session is None or post is None:
        return
    if post.a != session.person.id:
        yield Mark(kind="b_role", good=True, said=f"您代 {office.hall.roster.name_of(post.a)}")
        return
    name = office.hall.roster.name_of(post.b)
    away = absence_of(books, post.b, now)
    if away is not None:
        remedy = "您要离岗时请别人顶；到“岗位AB角”看谁能顶"
        yield Mark(kind="b_role", good=False, said=f"{name} {away_words(away)}", remedy=remedy, page="board")
        return
    here = [row for row in books.open_sign_ins(post.b) if row.at is not None and row.at.date() == now.date()]
    if not here:
        remedy = "等他签到；您要离开时到“岗位AB角”请人顶"
        yield Mark(kind="b_role", good=False, said=f"{name} 还没签到", remedy=remedy, page="board")
        return
    yield Mark(kind="b_role", good=True, said=f"{name} 在 {here[-1].window}号窗口")


def _b_posts(office: Office, books: Books, now: datetime) -> tuple[BPost, ...]:
    """Posts whose B角 is signed in here, those whose A角 is away first; their cases are counted afterwards."""
    person = office.session.person.id if office.session else ""
    posts = (post for post in office.hall.roster.posts.values() if post.b == person)
    found = (_b_post(office, books, post, now) for post in posts)
    return tuple(sorted(found, key=lambda one: (not one.away, one.post)))


def _b_post(office: Office, books: Books, post: Post, now: datetime) -> BPost:
    absence = absence_of(books, post.a, now)
    stands = acting(books, post, now).person == post.b
    name = office.hall.roster.name_of(post.a)
    return BPost(post=post.id, name=post.name, a=name, away=away_words(absence), open_cases=0, mine_now=stands)


def away_words(absence: Absence | None) -> str:
    """离岗到 14:00; empty for who is there."""
    if absence is None:
        return ""
    same = absence.until.date() == absence.start.date()
    return f"离岗到 {absence.until:%H:%M}" if same else f"请假到 {absence.until.month}月{absence.until.day}日"


def _numbers(office: Office) -> Iterator[Mark]:
    """The shortest of the three kinds decides; with the line up they are topped up by themselves."""
    if not office.hall.roster.windows[office.window].letters and not office.hall.items_at(office.window):
        return
    low: list[str] = []
    told: dict[str, int] = {}
    today = office.parts.clock.now().date().isoformat()
    returned = office.parts.vault.keep.meta(RETURNED) == today
    for kind, size in blocks_wanted(office).items():
        if returned and kind.startswith(OF_PAPERS):
            continue
        draw = office.parts.vault.keep.next_serial(kind)
        left, word = draw.left + 1 if draw else 0, _number_word(kind, today)
        told[word] = min(told.get(word, left), left)
        if left < size // _LOW or left == 0:
            low.append(f"{word}还剩 {left} 个" if left else f"{word}没有了")
    if low:
        remedy = "线路一通自动领；断着线用完了，先登记在纸上，恢复后补录"
        yield Mark(kind="numbers", good=False, said="，".join(dict.fromkeys(low)), remedy=remedy, page="sync")
        return
    yield Mark(kind="numbers", good=True, said="、".join(f"{word} {left}" for word, left in told.items()))


def _number_word(kind: str, today: str) -> str:
    word = {"case_no": "办件编号", "doc_no": "文号", "paper_no": "文号"}.get(kind.partition(":")[0])
    return word or ("备用号" if kind.endswith(today) else "次日备用号")
