"""打印登记表文书 a paper of the one form printed: kept with the case as any paper is, without a number and without a seal."""

from __future__ import annotations

import hashlib

from clerk_app.command import Refusal
from clerk_app.office.counter.issued import print_out
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.office.registration.printing import kind_of, made_paper
from clerk_app.ports import Document
from clerk_app.sealing.issuing import IssueDocument


def print_form_paper(office: Office, case: str, key: str) -> Outcome:
    """打一张. Not for the screen's thread. `not-printed` alone says that it is kept and only did not come out."""
    kind, made = kind_of(key), made_paper(office, case, key)
    if isinstance(made, Refusal) or kind is None:
        return made if isinstance(made, Refusal) else Refusal("unknown-paper", "没有这种登记表文书，没有打。")
    digest = hashlib.sha256(made.pdf).hexdigest()
    command = IssueDocument(
        **office.stamp().fields(office.parts.new_id),
        document=office.parts.new_id(),
        case=case,
        paper=kind.name,
        digest=digest,
        pages=made.pages,
        copies=kind.copies,
    )
    kept = Document(digest=digest, case=case, sealed=False, made_at=command.at, content=made.pdf)
    done = office.do(command, beside=Beside((kept,)))
    return done if isinstance(done, Refusal) else print_out(office, made.pdf, kind.title, kind.copies, done)
