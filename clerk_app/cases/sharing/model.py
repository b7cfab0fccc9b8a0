"""同意 one word of one applicant on named papers for one case, and whoever used or looked at them by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from clerk_app.cases.model import Case

ShareState = Literal["asked", "agreed", "refused", "withdrawn"]
share_state_words: dict[ShareState, str] = {
    "asked": "问了，还没答",
    "agreed": "同意",
    "refused": "不用，自己带来",
    "withdrawn": "同意已撤回",
}
GivenBy = Literal["applicant", "agent"]
given_words: dict[GivenBy, str] = {"applicant": "申请人本人", "agent": "经办人，凭委托书"}

share_subject = "share:{}".format


@dataclass(frozen=True, kw_only=True)
class ShareUse:
    """用了一份 which paper of which case stood for a line, proved by its digest; by whom, when and where."""

    material: str
    source: str
    attachment: str
    digest: str
    by: str
    at: datetime
    window: int
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class ShareLook:
    """看了一份 somebody opened the content, because of this word."""

    material: str
    source: str
    attachment: str
    digest: str
    by: str
    at: datetime
    window: int
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class ShareConsent:
    """同意 asked for named papers and one purpose, answered yes or no, withdrawn; it is good for its one case and no other."""

    id: str
    case: str
    materials: tuple[str, ...]
    purpose: str
    state: ShareState
    asked_by: str
    asked_at: datetime
    window: int
    acting_for: str = ""
    way: str = ""
    given_by: str = ""
    giver: str = ""
    letter: str = ""
    """委托书 an agent's."""
    scan: str = ""
    """SHA-256 of the signed slip, or of what was written on the pad."""
    answered_by: str = ""
    answered_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    uses: tuple[ShareUse, ...] = ()
    looks: tuple[ShareLook, ...] = ()

    @property
    def in_force(self) -> bool:
        """Whether anything may be opened or used by it."""
        return self.state == "agreed"

    def covers(self, case: str, material: str) -> bool:
        """Whether it is a yes, not withdrawn, for this very line of this very case."""
        return self.in_force and self.case == case and material in self.materials

    def use_of(self, material: str) -> ShareUse | None:
        """The newest use for a line."""
        return next((use for use in reversed(self.uses) if use.material == material), None)


def covering(rows: Iterable[ShareConsent], case: str, material: str) -> ShareConsent | None:
    """The word a line may rest on now."""
    return next((row for row in rows if row.covers(case, material)), None)


def taken_away(case: Case) -> tuple[str, ...]:
    """撤回了同意 essential lines a withdrawn word left empty: nobody brought the paper since."""
    return tuple(m.name for m in case.materials if m.share and m.essential and m.brought_at is None)
