"""凭什么 under whose authority a line of the audit stands, in words: a post, a substitution with its hours, a letter, a role."""

from __future__ import annotations

from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import role_words
from clerk_app.duty.noon import noon_by_id
from clerk_app.duty.records import Substitution
from clerk_app.ports.audit import AuditLine

BY_CENTRE = "中心核对口令"


def basis_words(line: AuditLine, books: DutyBooks) -> str:
    """As the command itself said; whether it was so is another question (`audit_question`)."""
    if not line.hall_version:
        return BY_CENTRE
    word, _, key = line.basis.partition(":")
    if word == "substitution":
        known = books.substitution(key) or noon_by_id(books, key, line.at)
        return substitution_words(known, books) if known else f"顶岗（本机没有 {key[:8]} 这一次）"
    if word == "letter":
        return f"授权书 {key}"
    if word in ("a_role", "b_role", "present"):
        return f"{_sides[word]} {_post_name(key, books)}".strip()
    if word == "role":
        return role_words.get(key, key)
    return _post_name(line.post, books) or line.basis


_sides = {"a_role": "A角", "b_role": "B角", "present": "在岗"}


def _post_name(key: str, books: DutyBooks) -> str:
    post = books.roster.posts.get(key)
    return post.name if post else key


def substitution_words(known: Substitution, books: DutyBooks) -> str:
    """申屠宁 代 罗文静（顶岗 09:30–13:30，沈启明 准）."""
    name = books.roster.name_of
    hours = f"{known.start:%H:%M}–{known.until:%H:%M}"
    if known.start.date() != known.until.date():
        hours = f"{known.start:%m月%d日 %H:%M}–{known.until:%m月%d日 %H:%M}"
    return f"{name(known.b)} 代 {name(known.a)}（顶岗 {hours}，{_approved(known, books)}）"


def _approved(known: Substitution, books: DutyBooks) -> str:
    if known.provisional and not known.confirmed_by:
        return "断线时顶上，还没人准"
    if known.confirmed_by:
        return f"{books.roster.name_of(known.confirmed_by)} 准"
    absence = books.absence(known.cause)
    if absence is None:
        return "午间排班" if known.cause == "noon" else "没有准假的记录"
    names = [one.name or books.roster.name_of(one.by) for one in absence.approvals]
    if names:
        return f"{'、'.join(names)} 准"
    return f"{books.roster.name_of(absence.said_by)} 登记"
