"""一表的话 from the form, what is typed and what was found to what the page shows. Pure: no widget, no book."""

from __future__ import annotations

from decimal import Decimal

from clerk_app.registration.deriving import shares
from clerk_app.registration.document import get
from clerk_app.registration.reading_values import amount_of
from ui.language import tr
from ui.registration.sheet import REVIEW_STEP, Sheet
from ui.registration.telling_blocks import Teller
from ui.registration.telling_points import Points, mark_of, points_of
from ui.registration.telling_review import tell_review
from ui.registration.view import REVIEW, Block, FormView, StepMark
from ui.widgets.strip import StripView

CONFIRM = tr("自检并确认")
CAPITAL = "capital"


def tell_form(sheet: Sheet, *, strip: StripView | None = None) -> FormView:
    """The whole page."""
    document, points = sheet.document, points_of(sheet)
    step = sheet.steps[sheet.place]
    company = [str(v) for v in (get(document, "/company/name"), get(document, "/company/company_type")) if v]
    last = step.id == REVIEW
    return FormView(
        case=sheet.case.id,
        title=step.name,
        note="·".join(company) or sheet.case.item_name,
        sums=_sums(sheet) if step.id == CAPITAL else ("", ""),
        steps=(
            *(mark_of(points, one) for one in sheet.form.steps),
            _review_mark(sheet, points),
        ),
        step=step.id,
        blocks=() if last else Teller(sheet, points).blocks(step),
        points=points.rows,
        checking=sheet.checking,
        review=tell_review(sheet) if last else None,
        saved=sheet.saved,
        next_words=_next_words(sheet),
        next_reason=_reason(points) if last and sheet.shown and not sheet.locked else "",
        first=sheet.place == 0,
        locked=bool(sheet.locked),
        strip=StripView(sheet.locked, kind="info", icon="lock") if sheet.locked else strip,
    )


def tell_ahead(sheet: Sheet) -> tuple[str, tuple[Block, ...]]:
    """The step after this one, and what will stand there; empty after the last that is filled in."""
    following = sheet.steps[sheet.place + 1 : sheet.place + 2]
    if not following or following[0].id == REVIEW:
        return "", ()
    return following[0].id, Teller(sheet, points_of(sheet)).blocks(following[0])


def _next_words(sheet: Sheet) -> str:
    if sheet.back_to:
        return tr("填好这一位，回去")
    if sheet.step != REVIEW:
        return tr("下一步：{name}", name=sheet.steps[sheet.place + 1].name)
    return tr("回到办件") if sheet.checked or sheet.locked else CONFIRM


def _reason(points: Points) -> str:
    """Why it cannot be confirmed yet, once everything was told."""
    left = points.count("error") + points.count("missing") + points.count("warning")
    return tr("右边还有 {left} 处，Ctrl+H 去第一处", left=left) if left else ""


def _review_mark(sheet: Sheet, points: Points) -> StepMark:
    if sheet.checked:
        return StepMark(id=REVIEW, name=REVIEW_STEP.name, state="done", note=tr("自检过了"))
    open_ = points.count("error") + points.count("missing")
    return StepMark(id=REVIEW, name=REVIEW_STEP.name, note=tr("前面还没填好") if open_ else tr("没自检"))


def _sums(sheet: Sheet) -> tuple[str, str]:
    """注册资本 beside 认缴合计, and what they differ by."""
    capital = amount_of(get(sheet.document, "/company/registered_capital"))
    held = sum((one for one in shares(sheet.document) if one is not None), Decimal(0))
    words = sheet.aids.in_words(str(capital)) if capital is not None else ""
    said = (
        tr("注册资本 {plain} 万元{value}", plain=_plain(capital), value=tr("（{words}）", words=words) if words else "")
        if capital is not None
        else tr("注册资本还没填")
    )
    differs = capital is not None and capital != held
    apart = tr("，差 {plain} 万元", plain=_plain(abs(capital - held))) if capital is not None and differs else ""
    return tr("{said}\u3000认缴合计 {plain} 万元", said=said, plain=_plain(held)), apart.removeprefix("，")


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount.normalize(), "f") if amount else "0"
