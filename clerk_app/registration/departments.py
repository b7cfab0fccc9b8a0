"""表上的部门 whom the one form is for, by the words the form names them with, and who in the hall speaks for which of them.

A department whose office also sits in the hall is known by its name. Who speaks for it: its own people; and the window that
answers for the case, which writes down what came by telephone or paper. Nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from clerk_app.cases.model import Case
from clerk_app.command import case_subject
from clerk_app.registration.books import FormBooks
from clerk_app.registration.document import Document, get, pointer
from clerk_app.registration.form import Form
from clerk_app.registration.model import visible


@dataclass(frozen=True, kw_only=True)
class FormDepartment:
    """表上的部门 its word on the form, parts of the names it goes by in halls, and the flag it waits for (empty: always)."""

    word: str
    names: tuple[str, ...]
    flag: str = ""


class Acting(Protocol):
    """谁在办 from which post and at which window somebody acts: a command, or the stamp of who sits here."""

    @property
    def post(self) -> str: ...
    @property
    def window(self) -> int: ...


LEAD = FormDepartment(word="市场监管", names=("市场监督管理", "市场监管", "行政审批"))
OTHERS = (
    FormDepartment(word="税务", names=("税务",)),
    FormDepartment(word="人社", names=("人力资源", "社会保障", "社会保险")),
    FormDepartment(word="医保", names=("医疗保障", "医疗保险")),
    FormDepartment(word="统计", names=("统计",)),
    FormDepartment(word="公安", names=("公安",), flag="seals.need"),
    FormDepartment(word="公积金", names=("公积金",), flag="housing_fund.need_open"),
    FormDepartment(word="银行", names=("银行",), flag="bank.need"),
)
WORDS = frozenset(one.word for one in (LEAD, *OTHERS))


def departments_of(form: Form, document: Document) -> tuple[str, ...]:
    """Who gets his part of this application, in the order of the form; the registrar has the whole and no row."""
    return tuple(one.word for one in OTHERS if not one.flag or _wanted(form, document, one.flag))


def _wanted(form: Form, document: Document, flag: str) -> bool:
    field = form.by_id[flag]
    return visible(field, document) and get(document, pointer(flag)) is True


def word_of(name: str) -> str:
    """The word on the form for a department of the hall; empty for one the form does not know."""
    return next((one.word for one in (LEAD, *OTHERS) if any(part in name for part in one.names)), "")


def speaks_for(acting: Acting, word: str, case: Case, books: FormBooks) -> bool:
    """Whether who acts on this post, at this window, may say something in that department's name."""
    post = books.roster.posts.get(acting.post)
    if post is None:
        return False
    mine = books.roster.departments.get(post.department)
    if mine is not None and word_of(mine.name) == word:
        return True
    answers = post.department == case.department or acting.window == case.window
    return answers or books.holder(case_subject(case.id)) == books.device
