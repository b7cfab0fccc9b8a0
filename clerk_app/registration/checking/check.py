"""自检 all rules over one application, at once: what blocks, what wants a word, what is told, in the order of the form."""

from __future__ import annotations

from clerk_app.registration.checking.agents import agent_rules
from clerk_app.registration.checking.capital import capital_rules
from clerk_app.registration.checking.governance import governance_rules
from clerk_app.registration.checking.grounds import Grounds
from clerk_app.registration.checking.names import name_rules
from clerk_app.registration.checking.papers import paper_rules
from clerk_app.registration.checking.people import people_rules
from clerk_app.registration.checking.places import levels_without, place_rules
from clerk_app.registration.checking.required import lacking, order_of
from clerk_app.registration.checking.scope import scope_rules
from clerk_app.registration.checking.sheet import Rule, Sheet
from clerk_app.registration.document import Document, keys_of
from clerk_app.registration.findings import Finding

RULES: tuple[Rule, ...] = (
    *name_rules,
    *place_rules,
    *scope_rules,
    *people_rules,
    *capital_rules,
    *governance_rules,
    *agent_rules,
    *paper_rules,
)


def check(application: Document, grounds: Grounds) -> tuple[Finding, ...]:
    """Every point, each once; a rule not in force on the day is silent. Never raises, whatever the application holds."""
    sheet = Sheet(application, grounds)
    found = [one for rule in RULES for one in rule(sheet) if sheet.holds(one.rule)]
    told = {one.pointer for one in found if one.severity == "error"} | levels_without(sheet)
    found += [one for one in lacking(sheet) if one.pointer not in told]
    if sheet.partial:
        found = [one for one in found if _concerns(sheet, one.pointer)]
    # A stable sort: of one place, the rules keep their order.
    return tuple(sorted(found, key=lambda one: order_of(sheet.form, one.pointer)))


def _concerns(sheet: Sheet, place: str) -> bool:
    """Whether this type of application is asked for the place; of the people, only who acts for it."""
    keys = keys_of(place)
    if keys[0] == "persons":
        return len(keys) > 1 and keys[1] == sheet.people.get(str(sheet.get("/agent/person")))
    name = ".".join(key for key in keys if isinstance(key, str))
    return any(sheet.form.types.asked(sheet.type, ask) for ask in (name, f"{name}[]"))
