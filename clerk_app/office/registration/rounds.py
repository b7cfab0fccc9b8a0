"""补正这一轮 all that is to be mended on the form, gathered for one notice; after it, what may be changed and how far each point is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from clerk_app.cases.life import Gap
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.names import names_at_hand
from clerk_app.office.registration.naming import value_words
from clerk_app.office.registration.reference import company_form
from clerk_app.ports import Books
from clerk_app.registration.document import Document
from clerk_app.registration.findings import Finding, errors_of
from clerk_app.registration.form import Repeat
from clerk_app.registration.joint import FormPoint, point_subject
from clerk_app.registration.keyed_places import keyed_place, plain_place, there
from clerk_app.registration.model import FormDraft, Missing, missing, person_name, row_name
from clerk_app.registration.opening import Opened, form_place, opened
from clerk_app.registration.points import told
from clerk_app.registration.shown import masked_text

GONE = "这一行已删去"


@dataclass(frozen=True, kw_only=True)
class PointMark:
    """补正点的样子 one point as a page shows it: `place` is where it stands now, empty when its row is gone.

    `round`: by which notice it was told, 0 for none yet. Values are in words, masked where the field is.
    """

    id: str
    place: str
    department: str
    label: str
    opinion: str
    basis: str
    round: int
    unread: bool
    corrected: bool
    before: str
    now: str
    explained: str

    @property
    def settled(self) -> bool:
        """Nothing is left to do about it."""
        return not self.unread and (self.corrected or bool(self.explained))


def gaps_of_round(office: Office, case_id: str) -> tuple[Gap, ...]:
    """补正这一轮 everything one notice has to say of a case: the papers that lack, every department's points, what a check finds."""
    case = office.read(lambda books: books.case(case_id))
    if case is None:
        return ()
    return (*(Gap(what=name) for name in case.missing), *form_gaps(office, case))


def form_gaps(office: Office, case: Case) -> tuple[Gap, ...]:
    """Of the form alone: one sentence each, with its place; nothing for a case without a form that was begun."""
    draft, points = office.read(lambda books: (books.form(case.id), books.points_of(case.id)))
    if draft is None:
        return ()
    names = names_at_hand(office, draft.document)
    registered = names.names if names else None
    as_of, region = case.received_at.date(), office.hall.region
    found = errors_of(check_form(draft.document, as_of, registered, record=draft.base, region=region))
    return _merged((*_point_gaps(case, draft, points), *_check_gaps(case, draft, found)))


def with_places(office: Office, case_id: str, gaps: Iterable[Gap]) -> tuple[Gap, ...] | Refusal:
    """认出告知里的点 the gaps of a notice, each knowing what of the form it speaks of; refused when a department's point was left out."""
    given = tuple(gaps)
    case = office.read(lambda books: books.case(case_id))
    known = {gap.what: gap for gap in form_gaps(office, case)} if case else {}
    named = {gap.what.strip() for gap in given}
    left = [gap for gap in known.values() if _of_point(gap) and gap.what not in named]
    if left:
        return Refusal("points-left-out", f"还有部门提的没写进告知里，没有告知：{left[0].what}一次性告知要一次写全。")
    return tuple(replace(gap, about=known[gap.what].about) if gap.what in known else gap for gap in given)


def marks_of(office: Office, case_id: str) -> tuple[PointMark, ...]:
    """补正点 of a case, oldest first: who says what where, whether it was read, mended, explained."""

    def ask(books: Books) -> tuple[PointMark, ...]:
        case, draft = books.case(case_id), books.form(case_id)
        if case is None or draft is None:
            return ()
        return marks_in(case, draft.document, books.points_of(case_id))

    return office.read(ask)


def marks_in(case: Case, document: Document, points: Iterable[FormPoint]) -> tuple[PointMark, ...]:
    """The same for a document that is being typed."""
    return tuple(_mark(case, document, point) for point in points if point.stands)


def by_place(marks: Iterable[PointMark]) -> Mapping[str, tuple[PointMark, ...]]:
    """The marks at each place there still is."""
    found: dict[str, tuple[PointMark, ...]] = {}
    for mark in marks:
        if mark.place:
            found[mark.place] = (*found.get(mark.place, ()), mark)
    return found


def opened_of(case: Case, document: Document, points: Iterable[FormPoint], found: Iterable[Finding]) -> Opened | None:
    """补正能改哪里 while this case waits for its correction: what was told, and what is wrong now. None: everything is open."""
    if case.state != "correction" or not case.life.notices:
        return None
    form = company_form()
    named = [about for notice in case.life.notices for gap in notice.gaps for about in gap.about]
    places = [plain_place(document, about) for about in named if about.startswith("/")]
    wrong = [finding.pointer for finding in errors_of(found)]
    lacking = [one.pointer for one in missing(form, document)]
    return opened(form, document, told(points, case), [one for one in (*places, *wrong, *lacking) if one])


def place_words(document: Document, place: str) -> str:
    """What a place with row numbers is called: 联系电话, 张三·移动电话, 第 2 位股东."""
    form = company_form()
    name, at = form_place(place)
    row = form.repeat_by_id.get(name.removesuffix("[]"))
    if row is not None and name.endswith("[]"):
        return row_name(form, row.id, document, at)
    found = form.by_id.get(name) or row
    if found is None:
        return "登记表"
    whose = row_name(form, found.repeat, document, at)
    label = found.name if isinstance(found, Repeat) else found.label
    return f"{whose}·{label}" if whose else label


def _point_gaps(case: Case, draft: FormDraft, points: Iterable[FormPoint]) -> Iterator[Gap]:
    for point in points:
        if point.stands and not point.round(case) and not point.answered(draft.document):
            basis = f"依据{point.basis}。" if point.basis else ""
            opinion = _ended(" ".join(point.opinion.split()))
            said = f"登记表“{point.label}”：{opinion}{basis}（{point.department}）"
            yield Gap(what=said, about=(point_subject(point.id),))


def _check_gaps(case: Case, draft: FormDraft, found: tuple[Finding, ...]) -> Iterator[Gap]:
    """What is not filled in, a sentence a step; what is wrong, a sentence each. A paper that lacks is told as a paper."""
    form, document = company_form(), draft.document
    steps: dict[str, list[Missing]] = {}
    for one in missing(form, document):
        steps.setdefault(form.step_of(one.section).name, []).append(one)
    for step, lacking in steps.items():
        names = "、".join(f"{one.where}{'·' if one.where else ''}{one.label}" for one in lacking)
        yield Gap(
            what=f"登记表“{step}”还没填全：{names}。", about=tuple(keyed_place(document, o.pointer) for o in lacking)
        )
    empty = {one.pointer for lacking in steps.values() for one in lacking}
    for finding in found:
        paper = finding.rule == "M-MISSING" and any(name in finding.message for name in case.missing)
        if finding.pointer not in empty and not paper:
            yield Gap(what=f"登记表：{_ended(finding.message)}", about=(keyed_place(document, finding.pointer),))


def _merged(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Two that say the same are one line of the paper."""
    found: dict[str, Gap] = {}
    for gap in gaps:
        before = found.get(gap.what)
        found[gap.what] = gap if before is None else replace(before, about=(*before.about, *gap.about))
    return tuple(found.values())


def _of_point(gap: Gap) -> bool:
    return any(about.startswith(point_subject("")) for about in gap.about)


def _ended(words: str) -> str:
    return words if words.endswith(("。", "！", "？")) else f"{words}。"


def _mark(case: Case, document: Document, point: FormPoint) -> PointMark:
    place = plain_place(document, point.pointer) or ""
    name = form_place(place or _numbered(point.pointer))[0]
    here, value = there(document, point.pointer)
    return PointMark(
        id=point.id,
        place=place,
        department=point.department,
        label=point.label,
        opinion=point.opinion,
        basis=point.basis,
        round=point.round(case),
        unread=point.read_at is None,
        corrected=point.corrected(document),
        before=_words(document, name, point.before),
        now=_words(document, name, value) if here else GONE,
        explained=point.explained,
    )


def _numbered(pointer: str) -> str:
    """A place whose row is gone, by some row: only its field is asked for."""
    parts = pointer.split("/#rows/")
    return parts[0] + "".join(f"/0/{part.partition('/')[2]}" for part in parts[1:])


def _words(document: Document, name: str, value: Any) -> str:
    field = company_form().by_id.get(name)
    if field is None or value in (None, "", []):
        return value_words(value)
    if field.type == "person":
        return person_name(document, value) or "已删去的人"
    return masked_text(str(value)) if field.masked else value_words(value)
