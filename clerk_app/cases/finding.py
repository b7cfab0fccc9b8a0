"""找件 what a clerk types is read as everything it may mean; a case is found when each of its words is met by one meaning.

A case is written down under short words (单字, 双字, initials, halves of the query code, a keyed hash of the applicant's
number), each with a letter before it that says what it is of. The same words are made and looked for at both ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from clerk_app.cases import pinyin
from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case, DueDates
from clerk_app.cases.states import ENDED, OPEN, CaseState, state_words

AllOf = tuple[str, ...]
"""全要有 words that all have to stand in a case."""
Hash = Callable[[str], str]
"""A person's number → what is written down of it."""
Worklist = Literal["due", "mine", "assigned", "authorise", "all"]
LONGEST, MOST_WORDS, MOST_ITEMS = 80, 4, 60
WAITING: tuple[CaseState, ...] = ("draft", "correction", "suspended")
"""停着 the applicant's turn, or a special procedure's: after what runs, before what is done."""
RUNS: tuple[CaseState, ...] = tuple(state for state in OPEN if state not in WAITING)
DONE: tuple[CaseState, ...] = tuple(state for state in state_words if state not in OPEN)

_skipped = ("Z", "P", "S", "Cc", "Cf")
_ascii_word = re.compile(r"[0-9A-Za-z-]+")
_case_no = re.compile(r"[A-Za-z]{1,6}\d{8}-?\d{1,7}")
_ticket = re.compile(r"[A-Za-z]{1,3}\d{2,4}")
_code = re.compile(r"[0-9A-Za-z]{4}(-?[0-9A-Za-z]{4})?")
_id_number = re.compile(r"(?=.*\d)[0-9A-Za-z]{6,24}")
_day = re.compile(r"(?:(\d{4})[-年/])?(\d{1,2})[-月/](\d{1,2})日?")
_late = {"超期", "逾期", "已超期"}
_days = {"今天": 0, "今天到期": 0, "明天": 1, "后天": 2}
_other_state_words: dict[str, tuple[CaseState, ...]] = {
    "受理": ("accepted",),
    "审查": ("review",),
    "补正": ("correction",),
    "待用印": ("granted", "refused"),
    "特别程序": ("suspended",),
    "停表": ("suspended",),
    "送审": ("with_department",),
    "办结": ("sealed", "delivered", "archived"),
    "已办结": ("sealed", "delivered", "archived"),
    "作废": ("void",),
}


@dataclass(frozen=True, kw_only=True)
class Span:
    """到期 open cases due from one day to another, both included."""

    start: date | None
    end: date


@dataclass(frozen=True, kw_only=True)
class Word:
    """一个词 and all it may mean: words a case is written down under, its number, its ticket, its state, its day.

    `person` is a number of the applicant as typed; it is hashed where it is looked for, and never leaves here.
    """

    written: tuple[AllOf, ...] = ()
    case_no: str = ""
    serial: int = 0
    ticket: str = ""
    person: str = ""
    states: tuple[CaseState, ...] = ()
    due: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """要找的 every word has to be met; without words nothing was asked."""

    text: str
    today: date
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """办件一行 one case in a list: the applicant masked, no number of a person, nothing of its content."""

    id: str
    number: str
    applicant: str
    item: str
    item_name: str
    department: str
    state: CaseState
    query_code: str
    received_at: datetime
    window: int
    handler: str
    acting_for: str | None
    due_on: date | None = None
    printed: DueDates | None = None
    sealed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Lines:
    """找到的 in the order of lists; `more` when there are others behind the last."""

    lines: tuple[CaseLine, ...] = ()
    more: bool = False


@dataclass(frozen=True, kw_only=True)
class StatusLine:
    """状态行 all that anybody at a window may know of any case: how it stands, until when, and whom to ask."""

    number: str
    item: str
    state: str
    due: date | None
    window: int
    ask: str


def folded(text: str) -> str:
    """Character by character, so that a part of a name stays a part of it: width and case folded, spaces and signs gone."""
    kept = (unicodedata.normalize("NFKC", character).casefold() for character in text)
    return "".join(c for c in "".join(kept) if not unicodedata.category(c).startswith(_skipped))


def words_of(case: Case, hashed: Hash) -> tuple[str, ...]:
    """What this case is written down under; the number of a person only as `hashed` makes it."""
    name, code = folded(case.applicant.name), folded(case.query_code)
    found = dict.fromkeys(f"n{c}" for c in name)
    found |= dict.fromkeys(f"n{a}{b}" for a, b in pairwise(name))
    for length in (2, 3):
        found |= dict.fromkeys(f"p{run}" for run in sorted(pinyin.initial_strings(name, length)))
    found |= dict.fromkeys(f"y{spelled}" for spelled in sorted(pinyin.spellings(name)))
    found |= dict.fromkeys((f"k{folded(case.item)}", f"d{folded(case.department)}"))
    if code:
        found |= dict.fromkeys((f"q{code}", f"q{code[:4]}", f"q{code[4:]}") if len(code) == 8 else (f"q{code}",))
    if case.applicant.id_number.strip():
        found[hashed(case.applicant.id_number)] = None
    return tuple(found)


def within(groups: Sequence[Sequence[AllOf]], departments: Iterable[str]) -> tuple[tuple[AllOf, ...], ...]:
    """The same, of these departments' cases alone."""
    first, *others = groups
    theirs = [f"d{folded(one)}" for one in departments]
    return tuple((*words, of) for words in first for of in theirs), *map(tuple, others)


def same_words(one: Case, other: Case) -> bool:
    """Whether both are written down alike: a move changes nothing of it."""
    return (one.applicant, one.item, one.department, one.query_code) == (
        other.applicant,
        other.item,
        other.department,
        other.query_code,
    )


def place_of(case: Case) -> int:
    """Where it stands among others, by its receipt: a millisecond, and ten bits that tell two of one apart."""
    spread = sum(ord(c) * (n + 1) for n, c in enumerate(case.id)) & 1023
    return (int(case.received_at.timestamp() * 1000) << 10) | spread


def parse(text: str, items: Mapping[str, Item], today: date) -> Wanted:
    """What was typed, read."""
    said = unicodedata.normalize("NFKC", text[:LONGEST]).split()
    words = (read_word(one, items, today) for one in said[:MOST_WORDS])
    return Wanted(text=text.strip(), today=today, words=tuple(w for w in words if w is not None))


def read_word(text: str, items: Mapping[str, Item], today: date) -> Word | None:
    """One word; None for one that is only signs."""
    plain = folded(text)
    if not plain:
        return None
    written = [*_name(plain), *_items(plain, items)]
    if _ascii_word.fullmatch(text):
        word = Word(written=(*written, *_letters(text, plain)), due=_span(text, today))
        return _with_numbers(word, text)
    states = tuple(state for state, word in state_words.items() if word == text) or _other_state_words.get(text, ())
    return Word(written=tuple(written), states=states, due=_span(text, today))


def _name(plain: str) -> list[AllOf]:
    pairs = tuple(f"n{a}{b}" for a, b in pairwise(plain))
    return [pairs or (f"n{plain}",)]


def _items(plain: str, items: Mapping[str, Item]) -> Iterable[AllOf]:
    found = [
        item.code
        for item in items.values()
        if plain in folded(item.name) or plain in folded(item.short) or _initials_fit(plain, item)
    ]
    return [(f"k{folded(code)}",) for code in found[:MOST_ITEMS]]


def _initials_fit(plain: str, item: Item) -> bool:
    if len(plain) < 2 or not plain.isascii() or not plain.isalpha():
        return False
    return any(plain in pinyin.initials(folded(name)) for name in (item.name, item.short))


def _letters(text: str, plain: str) -> Iterable[AllOf]:
    if plain.isalpha() and len(plain) >= 2:
        length = min(3, len(plain))
        yield tuple(f"p{plain[n : n + length]}" for n in range(len(plain) - length + 1))
        yield (f"y{plain}",)
    if _code.fullmatch(text):
        yield (f"q{plain}",)


def _with_numbers(word: Word, text: str) -> Word:
    serial = int(text) if text.isdecimal() and len(text) <= 7 else 0
    return replace(
        word,
        case_no=_number(text) if _case_no.fullmatch(text) else "",
        serial=serial,
        ticket=text.upper() if _ticket.fullmatch(text) else "",
        person=text if _id_number.fullmatch(text) else "",
    )


def _number(text: str) -> str:
    """JZ20261120-00417, with its stroke or without."""
    head, _, tail = text.upper().partition("-")
    return f"{head}-{tail}" if tail else re.sub(r"(\d{8})(\d+)$", r"\1-\2", head)


def _span(text: str, today: date) -> Span | None:
    if text in _late:
        return Span(start=None, end=today - timedelta(days=1))
    if text in _days:
        day = today + timedelta(days=_days[text])
        return Span(start=day, end=day)
    named = _day.fullmatch(text)
    if named is None:
        return None
    try:
        day = date(int(named[1] or today.year), int(named[2]), int(named[3]))
    except ValueError:
        return None
    return Span(start=day, end=day)


def id_word(key_of: Callable[[bytes], str], number: str) -> str:
    """身份证件号 as it is written down: folded, then through the end's own key."""
    return f"h{key_of(folded(number).encode())}"


def in_order(lines: Iterable[CaseLine]) -> tuple[CaseLine, ...]:
    """Overdue, due, then by date; what stands still after it; what is done last, the newest first."""
    return tuple(sorted(lines, key=_rank))


def _rank(line: CaseLine) -> tuple[int, date, float]:
    if line.state in DONE:
        return 2, date.max, -line.received_at.timestamp()
    waits = line.state in WAITING or line.due_on is None
    return int(waits), line.due_on or date.max, line.received_at.timestamp()


def is_over(state: CaseState) -> bool:
    """Sealed, handed over or ended another way: no clock of a decision runs any more."""
    return state in ENDED or state in ("sealed", "delivered")


def line_of(case: Case) -> CaseLine:
    """A case as lists show it."""
    return CaseLine(
        id=case.id,
        number=case.case_no,
        applicant=case.applicant.masked_name,
        item=case.item,
        item_name=case.item_name,
        department=case.department,
        state=case.state,
        query_code=case.query_code,
        received_at=case.received_at,
        window=case.window,
        handler=case.handler,
        acting_for=case.acting_for,
        due_on=case.due_on,
        printed=case.due,
        sealed_at=case.sealed_at,
    )


def status_of(case: Case, item: Item | None, name_for: Callable[[str, str | None], str]) -> StatusLine:
    """One line of a case for anybody at a window; nothing of its content."""
    return StatusLine(
        number=case.case_no,
        item=item.name if item else case.item_name,
        state=state_words[case.state],
        due=case.due_on,
        window=case.window,
        ask=name_for(case.handler, case.acting_for),
    )
