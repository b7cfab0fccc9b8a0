"""公示 what a window shows the public: who sits here, who decides what by which letter, hours, and whom to complain to.

Names of staff only; nothing of a citizen, a ticket or a case is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.cases.catalogue import Item
from clerk_app.duty.letters import in_force, letters_at
from clerk_app.duty.model import Letter, Post
from clerk_app.duty.standing import acting
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.sealing.paper import NoticePaper, NoticePart


@dataclass(frozen=True, kw_only=True)
class PublicSeat:
    """岗位公示 a post here, its A and B, and who is on it now (a gap: nobody); the number tells namesakes apart."""

    post: str
    a: str
    b: str
    on: str
    number: str


@dataclass(frozen=True, kw_only=True)
class PublicDepartment:
    """部门公示 its chief and deputy, the letters in force, what they let decide on the spot, and what goes to the department."""

    name: str
    chief: str
    deputy: str
    letters: tuple[tuple[str, date], ...]
    decided: tuple[str, ...]
    sent_out: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PublicNotice:
    """公示 of one window at one moment."""

    hall: str
    window: int
    name: str
    at: datetime
    seats: tuple[PublicSeat, ...]
    departments: tuple[PublicDepartment, ...]
    hours: str
    hotline: str
    address: str
    training: bool


def public_notice(office: Office) -> PublicNotice:
    """Read it for this desk's window."""
    hall, now = office.hall, office.parts.clock.now()
    window = hall.roster.windows[office.window]
    posts = [hall.roster.posts[key] for key in window.posts if key in hall.roster.posts]
    chiefs = {post.department for post in posts if post.chief}
    here = hall.items_at(window.number)
    theirs = tuple(item for item in hall.items.values() if item.department in chiefs)
    seats, departments = office.read(
        lambda books: (
            tuple(_seat(books, post, now) for post in posts),
            _departments(books, here or theirs, now, all_items=bool(here)),
        )
    )
    return PublicNotice(
        hall=hall.name,
        window=window.number,
        name=window.name,
        at=now,
        seats=seats,
        departments=departments,
        hours=hall.hours_words,
        hotline=hall.hotline,
        address=hall.address,
        training=office.parts.settings.training,
    )


def _seat(books: Books, post: Post, now: datetime) -> PublicSeat:
    on = acting(books, post, now)
    name_of = books.roster.name_of
    stands_for = on.substitution.a if on.substitution else None
    return PublicSeat(
        post=post.name,
        a=name_of(post.a),
        b=name_of(post.b),
        on=books.roster.name_for(on.person, stands_for) if on.person else "",
        number=on.person,
    )


def _departments(
    books: Books, items: tuple[Item, ...], now: datetime, *, all_items: bool
) -> tuple[PublicDepartment, ...]:
    """Those whose items this window takes in, in the order of the catalogue; at the chiefs' seat only what they decide."""
    found = []
    standing = [one for one in letters_at(books, now) if in_force(one, now.date())]
    for key in dict.fromkeys(item.department for item in items):
        department = books.roster.departments[key]
        letters = [one for one in standing if one.department == key]
        mine = [item for item in items if item.department == key]
        found.append(
            PublicDepartment(
                name=department.name,
                chief=books.roster.name_of(department.chief_rep),
                deputy=books.roster.name_of(department.deputy_rep),
                letters=tuple((one.document_no, one.end) for one in letters),
                decided=tuple(item.name for item in mine if _decided(item, letters)),
                sent_out=tuple(item.name for item in mine if all_items and not _decided(item, letters)),
            )
        )
    return tuple(found)


def _decided(item: Item, letters: list[Letter]) -> bool:
    return any(item.code in one.items and "decide" in one.powers for one in letters)


def notice_paper(notice: PublicNotice) -> NoticePaper:
    """The same on A4, to be put up."""
    parts = [NoticePart(head="在岗人员", lines=tuple(seat_words(seat) for seat in notice.seats))]
    parts += [NoticePart(head=one.name, lines=department_words(one)) for one in notice.departments]
    parts.append(
        NoticePart(
            head="办公时间和监督",
            lines=(notice.hours, f"咨询、投诉：{notice.hotline}", f"地址：{notice.address}"),
        )
    )
    return NoticePaper(
        title=f"{notice.window}号窗口公示",
        subtitle=f"{notice.hall}　{notice.name}",
        parts=tuple(parts),
        day=notice.at.date(),
        training=notice.training,
    )


def seat_words(seat: PublicSeat) -> str:
    """企业开办岗：许可心（P203），A角许可心，B角段明远."""
    on = f"{seat.on}（工号 {seat.number}）" if seat.on else "现在没有人在岗"
    return f"{seat.post}：{on}；A角 {seat.a}，B角 {seat.b}"


def department_words(one: PublicDepartment) -> tuple[str, ...]:
    """Who decides, by which letter, what on the spot and what not."""
    lines = [f"首席代表 {one.chief}，副代表 {one.deputy}"]
    lines += [f"{number}，至{end.year}年{end.month}月{end.day}日" for number, end in one.letters]
    if one.decided:
        lines.append(f"窗口决定：{'、'.join(one.decided)}")
    if one.sent_out:
        lines.append(f"送部门决定：{'、'.join(one.sent_out)}")
    return tuple(lines)
