"""The table of roles × actions, cell by cell: asked of `may`, and with a real command of every kind that there is."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, Yes, may
from clerk_app.duty.matrix import COLUMNS, PASSES, Column, action_words, column_words, matrix
from clerk_app.duty.model import Person, role_words
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from tests.duty.everyone import HALL, NOW, PLACES, Place, fill, sample
from tests.memory_books import MemoryBooks
from ui.sync.kinds import kind_words

REGISTER = build_register()
CELLS = {
    "●": "yes", "○": "see", "–": "no", "P": "propose", "O": "own", "N": "named", "2": "second", "U": "send_up",
}  # fmt: skip
TABLE = """
                A  B  chief dep mgr cash disp sup adm
queue           ●  ●  –  –  ●  ●  ●  ○  –
queue_order     –  –  –  –  ●  –  –  ○  –
pause           ●  ●  ●  ●  ●  ●  ●  ●  ●
rate            ●  ●  –  –  ●  ●  ●  –  –
receive         ●  ●  ●  ●  –  –  –  ○  –
paper_kit       ●  ●  ●  ●  ●  –  –  ○  –
share           ●  ●  ●  ●  –  –  –  ○  –
back_check      ●  ●  ●  ●  ●  –  –  ○  –
accept          ●  ●  ●  ●  –  –  –  ○  –
not_accept      P  P  ●  ●  ○  –  –  ○  –
propose         P  P  ●  ●  –  –  –  ○  –
decide          N  N  ●  ●  –  –  –  ○  –
seal            N  N  ●  ●  –  –  –  ○  –
begin_seal      ●  ●  ●  ●  –  –  –  ○  –
keep_seal       ●  ●  ●  ●  –  –  –  ○  –
stop_seal       ●  ●  ●  ●  ●  ●  ●  ●  ●
resume_seal     –  –  ●  ●  2  –  –  ○  –
destroy_seal    –  –  ●  ●  –  –  –  ○  –
certificate     ●  ●  ●  ●  –  –  ●  ○  –
mark_sealed     ●  ●  ●  ●  –  –  –  ○  –
void            –  –  ●  ●  2  –  –  ○  –
void_case       ●  ●  ●  ●  –  –  –  ○  –
correct         ●  ●  ●  ●  –  –  –  ○  –
special_procedure P  P  ●  ●  –  –  –  ○  –
extend          P  P  U  U  ○  –  –  ○  –
send_out        P  P  ●  ●  –  –  –  ○  –
fees            ●  ●  ○  ○  –  –  –  –  –
money           –  –  –  –  ○  ●  –  ○  –
money_second    –  –  –  –  ●  ●  –  ○  –
copies          –  –  –  –  ●  –  –  ○  –
give_back       ●  ●  ●  ●  ●  ●  ●  ○  –
deliver         O  O  –  –  –  –  ●  ○  –
ask_absence     ●  ●  ●  ●  ●  ●  ●  ●  ●
approve_absence N  N  ●  ●  ●  –  –  ○  –
stand_in        ●  ●  ●  ●  ●  ●  ●  –  –
arrange         –  –  ●  ●  ●  –  –  ○  –
handover        ●  ●  ●  ●  ●  ●  ●  –  –
consent         ●  ●  ●  ●  –  –  –  –  –
letter          –  –  –  –  ●  –  –  ○  ●
first_asked     ●  ●  ●  ●  ●  ○  ○  ●  –
complaint       –  –  –  –  ●  –  –  ●  –
card            –  –  ○  ○  ○  –  –  ●  –
answer_card     O  O  ●  ●  –  O  O  ●  –
see_rating      ●  ●  ●  ●  ●  –  –  ●  –
unmask          ●  ●  ●  ●  –  –  ●  ●  –
catalogue       –  –  –  –  –  –  –  ○  ●
confirm_roster  –  –  –  –  ●  –  –  ○  ●
confirm_catalogue –  –  –  –  ●  –  –  ○  ●
tasks           –  –  ●  ●  ●  –  –  ○  –
break           –  –  –  –  ●  –  –  ○  –
agree           –  –  ●  ●  –  –  –  ○  –
route           ●  ●  ●  ●  ●  –  –  ○  –
reassign        O  O  ●  ●  ●  –  –  ○  –
take_over       ●  ●  –  –  –  –  –  ○  –
present         ●  ●  ●  ●  ●  ●  ●  ●  ●
paper           ●  ●  ●  ●  ●  ●  ●  ●  ●
hand            ●  ●  ●  ●  ●  ●  ●  ●  ●
settle          ●  ●  ●  ●  ●  ●  ●  ●  ●
"""
"""As it stands in the rules, written down a second time: whoever changes a power changes it here too."""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()[1:]}
EVERY_CELL = [
    (action, column, CELLS[mark]) for action, marks in ROWS.items() for column, mark in zip(COLUMNS, marks, strict=True)
]
EVERY_COMMAND = list(itertools.product(REGISTER, COLUMNS))
AS_A_CLERK_ONLY = [
    "decide", "seal", "void", "agree", "tasks", "approve_absence", "arrange", "special_procedure", "extend",
    "resume_seal", "destroy_seal",
]  # fmt: skip
OF_AUTHORITY = frozenset(
    {"role-missing", "see-only", "not-on-post", "provisional", "on-leave", "mentor-needed", "acting-for-wrong",
     "post-elsewhere", "unknown-person", "unknown-window"}
)  # fmt: skip
"""What `duty.authority` says; whatever else a command meets comes after it."""


@pytest.fixture(scope="module")
def books() -> MemoryBooks:
    books = MemoryBooks(HALL)
    fill(books)
    return books


def asked(place: Place, action: str, books: MemoryBooks) -> Yes | Refusal:
    return may(Act(actor=place.actor, action=action, at=NOW, post=place.post, window=place.window), books)


def test_the_table_is_the_table_of_the_rules() -> None:
    assert set(ROWS) == set(matrix)
    assert [(a, c, matrix[a][c]) for a, c, _ in EVERY_CELL] == EVERY_CELL


@pytest.mark.parametrize(("action", "column", "cell"), EVERY_CELL)
def test_a_cell(action: str, column: Column, cell: str, books: MemoryBooks) -> None:
    place = PLACES[column]
    found = asked(place, action, books)
    if cell in PASSES:
        assert isinstance(found, Yes), found
        assert found.acting_for in (None, place.acting_for)
        assert found.basis
    else:
        assert isinstance(found, Refusal), found
        assert found.type == ("see-only" if cell == "see" else "role-missing")
        assert "没有办" in found.sentence


@pytest.mark.parametrize("column", ["clerk_b", "deputy"])
def test_who_stands_in_acts_in_the_others_name_and_says_by_what(column: Column, books: MemoryBooks) -> None:
    place = PLACES[column]
    found = asked(place, "propose", books)
    assert isinstance(found, Yes)
    assert (found.column, found.acting_for, found.basis) == (column, place.acting_for, f"substitution:sub-{place.post}")


@pytest.mark.parametrize(("action", "column"), list(itertools.product(ROWS, ["clerk_b", "deputy"])))
def test_with_the_line_cut_the_b_works_as_a_clerk(action: str, column: Column) -> None:
    books = MemoryBooks(HALL)
    fill(books, provisional=True)
    found, with_line = asked(PLACES[column], action, books), CELLS[ROWS[action][COLUMNS.index(column)]]
    if with_line in PASSES and action in AS_A_CLERK_ONLY:
        assert isinstance(found, Refusal)
        assert found.type == "provisional"
    else:
        assert isinstance(found, Yes) == (with_line in PASSES)


@pytest.mark.parametrize(("kind", "column"), EVERY_COMMAND)
def test_a_command_of_every_kind_by_everyone(kind: str, column: Column) -> None:
    """A fact is recorded whoever says it; a move is stopped by the table before anything else is looked at."""
    use_case, numbers = REGISTER[kind], itertools.count()
    command = sample(use_case.command, PLACES[column], lambda: f"{kind}-{column}-{next(numbers)}")
    books = MemoryBooks(HALL)
    fill(books)
    refusal = judge(command, books, REGISTER)
    if use_case.command.fact:
        assert refusal is None
        return
    passes = matrix[use_case.action][column] in PASSES
    said = refusal.type if refusal else ""
    assert (said not in OF_AUTHORITY) == passes, (said, matrix[use_case.action][column])


@pytest.mark.parametrize("kind", list(REGISTER))
def test_a_kind_has_a_row_and_words(kind: str) -> None:
    action = REGISTER[kind].action
    assert action in matrix, f"{kind} 没有定由谁办"
    assert action_words[action]
    assert kind_words[kind]


def test_columns_and_cells_have_words() -> None:
    assert set(column_words) == set(COLUMNS)
    assert {cell for row in matrix.values() for cell in row.values()} <= set(CELLS.values())
    assert all(role_words[role] for person in HALL.roster.people.values() for role in person.roles)


def test_an_action_without_a_row_is_nobodys(books: MemoryBooks) -> None:
    for action, place in itertools.product(("", "QUEUE", "anything"), PLACES.values()):
        found = asked(place, action, books)
        assert isinstance(found, Refusal)
        assert found.type == "role-missing"


def test_who_only_approves_signs_in_and_asks_and_does_nothing_else() -> None:
    leader = Person(id="P191", name="鲁怀谦", department="ZWJ", roles=("hall_leader",))
    roster = replace(HALL.roster, people={**HALL.roster.people, leader.id: leader})
    books = MemoryBooks(replace(HALL, roster=roster))
    for action in ROWS:
        found = asked(Place("P191", "K1", 1), action, books)
        everyones = all(mark == "●" for mark in ROWS[action])
        assert isinstance(found, Yes) == everyones, action
