"""填表 the acts on the one form of a case: reading what is kept, saving what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from clerk_app.command import Conflict, Refusal
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.registration.naming import place_name, value_words
from clerk_app.office.registration.reference import company_form
from clerk_app.patching import Clash, accepted, clashes, diff
from clerk_app.registration.model import FormDraft
from clerk_app.registration.usecases import SaveForm


@dataclass
class FormSaver:
    """存表的手 one page's saving of one case: `seen` is the document as the page last knew it in the books."""

    office: Office
    case: str
    seen: Mapping[str, Any] | None = None

    def save(self, document: Mapping[str, Any], prefilled: str = "") -> Outcome:
        """Only what was typed since goes into the journal; what another window changed meanwhile is told, not overwritten.

        `prefilled`: the ticket whose prefill this takes over.
        """
        draft = self.office.read(lambda books: books.form(self.case))
        outcome = self.office.do(replace(self._command(draft, document), prefilled=prefilled))
        if isinstance(outcome, Done):
            self.seen = document
        elif isinstance(outcome, Conflict) and draft is not None:
            found = clashes(diff(self._before(draft), document), draft.document)
            self.seen = accepted(self._before(draft), found)
            return told_at_once(found, draft) if found else outcome
        return outcome

    def _before(self, draft: FormDraft | None) -> Mapping[str, Any]:
        if draft is None:
            return {}
        return draft.document if self.seen is None else self.seen

    def _command(self, draft: FormDraft | None, document: Mapping[str, Any]) -> SaveForm:
        patch = diff(self._before(draft), document)
        return SaveForm(
            **self.office.stamp().fields(self.office.parts.new_id),
            case=self.case,
            form_version=company_form().version,
            patch=dict(patch.merge),
            touched=dict(patch.touched),
            base=draft.saved_at if draft else None,
        )


def told_at_once(found: tuple[Clash, ...], draft: FormDraft) -> Refusal:
    """The clerk sits before it: what the other said is shown, and typing on is his answer."""
    first = found[0]
    label = place_name(company_form(), draft.document, first.path)
    more = f"等 {len(found)} 处" if len(found) > 1 else ""
    return Conflict(
        "field-conflict",
        f"“{label}”{more}别的窗口刚改成“{value_words(first.theirs)}”，您改的还没存。要用您的，再存一次就好。",
    )


def save_form(office: Office, case: str, document: Mapping[str, Any]) -> Outcome:
    """存表 all at once, over whatever is kept: an import, or a document nobody else has open."""
    return FormSaver(office, case).save(document)
