"""接着填还是重新填 what a form opens on: what a stop left unsaved, a draft of before, or nothing; and the way back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.registration.form import Form
from clerk_app.registration.model import FormDraft
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.unsaved import taken_up
from clerk_app.registration.versions import BroughtUp
from ui.language import tr
from ui.registration.loading import Opened
from ui.widgets.strip import StripView

PUT_BACK = tr("放回去")


@dataclass(frozen=True)
class Offer:
    """接着填还是重新填 the document as it stands, what is said of it, and what the link leads to."""

    document: dict[str, Any]
    strip: StripView | None = None
    other: Offer | None = None


def offered(form: Form, opened: Opened, fresh: Mapping[str, Any], kept: Mapping[str, Any]) -> Offer:
    """Going on is what happens; starting over is one press, and one more takes it back."""
    if opened.locked:
        return Offer(dict(kept))
    plain = _going_on(opened.draft, fresh, kept, opened.shaped)
    up = taken_up(kept, opened.left)
    if not up.places and not up.others:
        return plain
    said = (
        tr("接上了上次没存完的 {places} 处。", places=up.places)
        if up.places
        else tr("上次没存完的，别的窗口后来改过，没有接上。")
    )
    rest = tr("另有 {others} 处别的窗口后来改过，没有动。", others=up.others) if up.others and up.places else ""
    strip = StripView(said, rest, kind="info", icon="undo", link=tr("重来") if up.places else "")
    return Offer(with_row_keys(form, up.document), strip, plain if up.places else None)


def _going_on(
    draft: FormDraft | None, fresh: Mapping[str, Any], kept: Mapping[str, Any], shaped: BroughtUp | None
) -> Offer:
    if draft is None or kept == fresh:
        return Offer(dict(kept))
    rest = "".join(shaped.sentences) if shaped else ""
    going_on = StripView(
        tr("从 {saved_at:%m-%d %H:%M} 存的接着填。", saved_at=draft.saved_at),
        rest,
        kind="info",
        icon="info",
        link=tr("重新填"),
    )
    back = Offer(dict(kept), StripView(tr("放回来了。"), kind="info", icon="info"))
    cleared = StripView(tr("清空了，从头填。"), tr("原来填的还能放回来。"), kind="info", icon="undo", link=PUT_BACK)
    return Offer(dict(kept), going_on, Offer(dict(fresh), cleared, back))
