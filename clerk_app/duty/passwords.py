"""密码 what a new password must be, by the hall's own rules; pure, so that the page says it and the centre holds to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from clerk_app.duty.model import Person
from clerk_app.duty.rules import PasswordRules

LONGEST = 128
_kinds = ("小写字母", "大写字母", "数字", "符号")


def kinds_in(password: str) -> int:
    """几类 small letters, capitals, digits, and everything else (a Chinese character is no letter of these)."""
    found = {
        0 if char.isascii() and char.islower() else
        1 if char.isascii() and char.isupper() else
        2 if char.isascii() and char.isdigit() else 3
        for char in password
    }  # fmt: skip
    return len(found)


def rules_words(rules: PasswordRules) -> str:
    """密码规矩 in one line, for under the field."""
    kinds = f"，{'、'.join(_kinds)}里至少 {rules.classes} 类" if rules.classes > 1 else ""
    return f"至少 {rules.min_length} 位{kinds}，不带工号和姓名。"


def weakness(password: str, old: str, person: Person, rules: PasswordRules) -> str:
    """Why this may not be the new password, as the end of a sentence; empty when it may."""
    if len(password) > LONGEST or not password.isprintable():
        return f"新密码最长 {LONGEST} 位，不用看不见的字"
    if len(password) < rules.min_length:
        return f"新密码太短，至少 {rules.min_length} 位"
    if kinds_in(password) < rules.classes:
        return f"新密码太简单，{'、'.join(_kinds)}里至少用 {rules.classes} 类"
    plain = password.casefold()
    if person.id.casefold() in plain or (person.name and person.name.casefold() in plain):
        return "新密码里带着工号或姓名，容易被猜到"
    if plain == old.casefold():
        return "新密码和现在的一样"
    return ""


PIN_DIGITS = 6


def pin_weakness(pin: str, person: Person) -> str:
    """Why this may not be a PIN, as the end of a sentence; empty when it may: six digits, no run, no repetition, not his number."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return f"PIN 要 {PIN_DIGITS} 位数字"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 or pin == pin[:3] * 2 or pin == pin[:2] * 3:
        return "PIN 太好猜，不用连号、叠号"
    own = "".join(char for char in person.id if char.isdigit())
    return "PIN 里带着工号，容易被猜到" if own and own in pin else ""


def is_old(set_at: datetime | None, now: datetime, rules: PasswordRules) -> bool:
    """到期 an initial password (nobody knows since when), or one older than the hall allows."""
    if set_at is None:
        return True
    return rules.max_age_days > 0 and now - set_at >= timedelta(days=rules.max_age_days)


def needs_second_factor(person: Person, roles: Sequence[str]) -> bool:
    """第二道验证 whether one of the person's roles asks for it."""
    return not set(person.roles).isdisjoint(roles)
