"""执照、公积金、受益所有人、承诺与材料 L-*, HF-*, BO-*, K-*, M-*."""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.registration.checking.capital import NATURAL, SHAREHOLDERS, abroad, plain
from clerk_app.registration.checking.required import shortened
from clerk_app.registration.checking.sheet import Rule, Sheet
from clerk_app.registration.findings import Finding
from clerk_app.registration.reading_values import amount_of, text_of, whole_of
from clerk_app.registration.types import FOUNDING


def copies(sheet: Sheet) -> Iterator[Finding]:
    """L-COPIES."""
    count, least = whole_of(sheet.get("/company/duplicate_count")), int(sheet.number("L-COPIES", "least"))
    if sheet.get("/company/paper_licence") is True and count is not None and count < least:
        yield sheet.found("L-COPIES", "/company/duplicate_count", count=count, least=least)


def rates(sheet: Sheet) -> Iterator[Finding]:
    """HF-RATE: of a fund that is opened; what is no number is outside too."""
    if sheet.get("/housing_fund/need_open") is not True:
        return
    least, most = sheet.number("HF-RATE", "least"), sheet.number("HF-RATE", "most")
    for name, label in (("employer_rate", "单位比例"), ("employee_rate", "个人比例")):
        value = sheet.get(f"/housing_fund/{name}")
        rate = amount_of(value)
        if value is None or value == "" or (rate is not None and least <= rate <= most):
            continue
        words = {"label": label, "value": shortened(value), "least": plain(least), "most": plain(most)}
        yield sheet.found("HF-RATE", f"/housing_fund/{name}", **words)


def owners(sheet: Sheet) -> Iterator[Finding]:
    """BO-EXEMPT, BO-MISSING."""
    place = "/beneficial_owners/exempt_promise"
    if sheet.get(place) is not True:
        if not sheet.rows("/beneficial_owners/items"):
            yield sheet.found("BO-MISSING", "/beneficial_owners/items")
        return
    kinds = [text_of(row.get("kind")) for row in sheet.rows(SHAREHOLDERS)]
    capital, most = sheet.amount("/company/registered_capital"), sheet.number("BO-EXEMPT", "most")
    if any(kind and kind != NATURAL for kind in kinds):
        yield sheet.found("BO-EXEMPT", place)
    elif capital is not None and capital > most:
        yield sheet.found("BO-EXEMPT", place, "capital", capital=plain(capital), most=plain(most))


def signature(sheet: Sheet) -> Iterator[Finding]:
    """K-SIGN."""
    if sheet.get("/commitments/applicant_signed") is not True:
        yield sheet.found("K-SIGN", "/commitments/applicant_signed")


def materials(sheet: Sheet) -> Iterator[Finding]:
    """M-MISSING, one for each paper that is asked for and not attached."""
    attached = {text_of(row.get("code")) for row in sheet.rows("/materials") if row.get("attached") is True}
    usual, names = usual_papers(sheet), _paper_names(sheet)
    for code, name in usual.items():
        if code not in attached:
            yield sheet.found("M-MISSING", "/materials", code=code, name=name, why="")
    for code, why in asked_for(sheet):
        if code not in attached:
            yield sheet.found("M-MISSING", "/materials", code=code, name=names[code], why=f"（{why}）")


def _paper_names(sheet: Sheet) -> dict[str, str]:
    return dict(line.split(" ", 1) for line in sheet.words("M-MISSING", "names"))


def usual_papers(sheet: Sheet) -> dict[str, str]:
    """What every application of this type brings, by its code: a change and an end have papers of their own."""
    rules = sheet.form.types.of.get(sheet.type)
    if rules is not None and rules.materials:
        return {row["code"]: row["name"] for row in rules.materials}
    names = _paper_names(sheet)
    return {code: names[code] for code in sheet.words("M-MISSING", "always")}


def asked_for(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Which papers not everybody needs, and why; a change brings the papers of its own list."""
    if sheet.type != FOUNDING:
        return
    if any(row.get("approval_kind") == "前置" for row in sheet.rows("/company/scope")):
        yield "M07", "有前置审批的经营项目"
    if "募集" in sheet.text("/company/establish_mode"):
        yield "M08", "募集设立"
    if sheet.text("/governance/supervision_mode") == "不设":
        yield "M09", "不设监事"
    bodies = [row for name in ("directors", "supervisors") for row in sheet.rows(f"/governance/{name}")]
    if any(row.get("is_employee_rep") is True for row in bodies):
        yield "M10", "有职工代表"
    if any(abroad(row) for row in sheet.rows(SHAREHOLDERS)):
        yield from (("M11", "有境外股东"), ("M12", "有境外股东"))


paper_rules: tuple[Rule, ...] = (copies, rates, owners, signature, materials)
