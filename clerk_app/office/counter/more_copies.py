"""多次补打 the third further print of one paper, and each after it, needs the duty manager's agreement by his PIN."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.duty.authority import act_by, may
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.countersigning import stamp_of, unlock
from clerk_app.office.office import Office
from clerk_app.receipts.paper import FREE_COPIES, needs_agreement


def agreed_by(office: Office, copy_no: int, by: Countersigner | None) -> str | Refusal:
    """Whose agreement goes with this print; empty where none is needed. Not for the screen's thread: it may ask the centre."""
    if not needs_agreement(copy_no):
        return ""
    if by is None:
        return Refusal(
            "copies-agreed", f"这张纸已补打 {FREE_COPIES} 次，须值班长同意，没有打。请值班长在打印任务里输 PIN。"
        )
    if office.session is None or by.person.id == office.session.person.id:
        return Refusal("same-person", "第三次起的补打要另一个人同意，没有打。请值班长来。")
    key = unlock(office, by.person, by.pin, None)
    if isinstance(key, Refusal):
        return key
    act = act_by(stamp_of(office, by.person, ""), "copies")
    said = office.read(lambda books: may(act, books))
    return said if isinstance(said, Refusal) else by.person.name
