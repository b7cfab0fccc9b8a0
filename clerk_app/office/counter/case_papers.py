"""看一件的附件 whoever answers for a case reads what lies in it: by the matrix, each look recorded before anything is seen."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event

from clerk_app.cases.attachments import LOOK, Attachment, LookAtAttachment
from clerk_app.command import Refusal, case_subject
from clerk_app.duty.authority import act_by, may
from clerk_app.office.line.fetching import Told, fetch, stopped
from clerk_app.office.office import Office
from clerk_app.ports import Books

NOT_HIS = Refusal("role-missing", "您的身份不看办件的附件，没有打开。请经办人或首席代表来看。")
UNKNOWN = Refusal("attachment-unknown", "这件里没有这份附件，没有打开。刷新一下再看。")


@dataclass(frozen=True)
class CasePapers:
    """一件的附件 oldest first, and why they are not opened for who sits here."""

    papers: tuple[Attachment, ...] = ()
    refusal: Refusal | None = None


def papers_of(office: Office, case: str) -> CasePapers:
    """What there is to read. Not for the screen's thread."""
    return CasePapers(office.read(lambda books: books.attachments_of(case)), may_look(office, case))


def may_look(office: Office, case: str) -> Refusal | None:
    """谁能看: by the matrix, as for a masked number. Not for the screen's thread."""
    if office.session is None:
        return Refusal("signed-out", "还没登录，附件没有打开。登录后再看。")
    act = act_by(office.stamp(), LOOK, case_subject(case))
    answer = office.read(lambda books: may(act, books))
    if isinstance(answer, Refusal):
        return NOT_HIS if answer.type == "role-missing" else answer
    return None


def look(
    office: Office, case: str, attachment: str, stop: Event, told: Told, *, noted: bool = False
) -> bytes | Refusal:
    """打开 one: fetched and checked, then recorded, then given out; `noted`: this look is in the journal already. Asks the net."""

    def found(books: Books) -> Attachment | None:
        row = books.attachment(attachment)
        return row if row is not None and row.case == case else None

    row = office.read(found)
    if row is None:
        return UNKNOWN
    if refusal := may_look(office, case):
        return refusal
    content = fetch(office, row, stop, told)
    if isinstance(content, Refusal) or noted:
        return content
    if stop.is_set():  # put back before it came: nobody has seen it
        return stopped(row)
    fields = office.stamp().fields(office.parts.new_id)
    done = office.do(LookAtAttachment(**fields, case=case, attachment=row.id, digest=row.digest))
    return done if isinstance(done, Refusal) else content
