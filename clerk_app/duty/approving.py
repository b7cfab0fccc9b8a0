"""准假权限 which ranks an absence needs, who holds a rank, and whose paper is received for it."""

from __future__ import annotations

from clerk_app.command import Command, Refusal
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.guards import Span
from clerk_app.duty.model import Post
from clerk_app.duty.records import Absence
from clerk_app.duty.rules import ON_PAPER, Rank, rank_words
from clerk_app.duty.standing import standing_of


def needed(row: Absence, books: DutyBooks) -> tuple[Rank, ...]:
    """All ranks by the length of the absence and by who leaves."""
    roster, span = books.roster, Span(row.start, row.end)
    chief = any(post.chief for post in roster.held_posts.get(row.person, ()))
    return roster.rules.ranks_for(span.minutes, span.days, chief=chief)


def still_needed(row: Absence, books: DutyBooks) -> tuple[Rank, ...]:
    """Those that have not approved yet, in order."""
    given = {one.rank for one in row.approvals}
    return tuple(rank for rank in needed(row, books) if rank not in given)


def approval_refusal(
    row: Absence, rank: Rank, actor: str, paper: tuple[str, str], books: DutyBooks, command: Command
) -> Refusal | None:
    """Why this approval cannot be given by this person in this rank."""
    if actor == row.person:
        return Refusal("second-person", "本人不能批自己的离岗，没有批。请有权的人来批。")
    wanted = needed(row, books)
    if not wanted:
        return Refusal("rank-unknown", "大厅资料没有写这么长的离岗由谁批，没有批。请办公室先定，再批。")
    if rank not in still_needed(row, books):
        words = "、".join(rank_words[one] for one in still_needed(row, books))
        return Refusal("rank-wrong", f"这条离岗还要{words}批，{rank_words[rank]}批不了，没有批。报{words}。")
    if rank in ON_PAPER:
        return _paper_refusal(row, rank, actor, paper, books)
    if not holds_rank(books, actor, rank, row, command):
        return Refusal("rank-wrong", f"您不是这条离岗的{rank_words[rank]}，没有批。报{rank_words[rank]}。")
    if any(one.by == actor and one.rank not in ON_PAPER for one in row.approvals):
        return Refusal("second-person", "前一道也是您批的，这一道须另一人，没有批。")
    return None


def _paper_refusal(row: Absence, rank: Rank, actor: str, paper: tuple[str, str], books: DutyBooks) -> Refusal | None:
    """The paper of somebody without an account: by the name the hall file has, recorded by a duty manager who is not on it."""
    ranks = books.roster.rules.ranks
    person = books.roster.people.get(row.person)
    names = {
        "hall_office": ranks.hall_office,
        "hall_leader": ranks.hall_leader,
        "dept_head": ranks.dept_head.get(person.department if person else "", ""),
    }
    name, document_no = paper
    recorder = books.roster.people.get(actor)
    if recorder is None or "duty_manager" not in recorder.roles:
        return Refusal("rank-wrong", f"{rank_words[rank]}的批件由值班长收下登记，这里没有登记。交值班长。")
    if not names[rank] or name.strip() != names[rank]:
        said = f"要{names[rank]} 的批件" if names[rank] else "大厅资料里没有这一级的人"
        return Refusal("paper-name", f"批件署名对不上，{said}，没有批。核对纸件。")
    if not document_no.strip():
        return Refusal("paper-number", "还没写批件文号，没有批。照纸件写上文号。")
    return None


def holds_rank(books: DutyBooks, actor: str, rank: Rank, row: Absence, command: Command) -> bool:
    """Whether the actor has the rank for this person's absence, as he stands now."""
    roster = books.roster
    person, leaver = roster.people.get(actor), roster.people.get(row.person)
    if person is None or leaver is None:
        return False
    if rank == "duty_manager":
        return "duty_manager" in person.roles
    if rank == "window_head":
        return actor in _window_heads(books, row.person)
    return rank == "chief_rep" and is_chief_of(books, actor, leaver.department, command)


def is_chief_of(books: DutyBooks, actor: str, department: str, command: Command) -> bool:
    """The department's chief representative, or the deputy who stands for him; not provisionally."""
    post = books.roster.chief_posts.get(department)
    standing = standing_of(books, actor, post, command.at) if post else None
    if standing is None or standing.side is None:
        return False
    return standing.substitution is None or not standing.substitution.provisional


def arranges(books: DutyBooks, actor: str, department: str, command: Command) -> bool:
    """Who arranges cover in a department: a duty manager anywhere, a chief representative in his own."""
    person = books.roster.people.get(actor)
    return person is not None and ("duty_manager" in person.roles or is_chief_of(books, actor, department, command))


def may_refuse(row: Absence, actor: str, books: DutyBooks, command: Command) -> bool:
    """Whoever might approve it in a rank that is still wanted; for ranks on paper the duty manager."""
    person = books.roster.people.get(actor)
    if person is not None and "duty_manager" in person.roles:
        return True
    ranks = (rank for rank in still_needed(row, books) if rank not in ON_PAPER)
    return any(holds_rank(books, actor, rank, row, command) for rank in ranks)


def other_department(books: DutyBooks, post: Post) -> Refusal:
    """Somebody else's chief arranges nothing here."""
    department = books.roster.departments.get(post.department)
    name = department.name if department else post.department
    return Refusal("other-department", f"{post.name}是{name}的岗，由它的首席代表或值班长安排，没有改。找值班长。")


def _window_heads(books: DutyBooks, person: str) -> set[str]:
    """By the queue letters of the windows where he holds a post."""
    roster = books.roster
    places = (roster.window_of_post.get(post.id) for post in roster.held_posts.get(person, ()))
    letters = {letter for place in places if place for letter in place.letters}
    heads = roster.rules.ranks.window_head
    return {heads[letter] for letter in letters if letter in heads}
