"""读票据 the state bill's numbers out of what a scanner typed, or a person: code, number and check code in their order."""

from __future__ import annotations

import re

from clerk_app.receipts.fees.taking import BillNumber

_ebill = re.compile(r"(?<![0-9A-Za-z])([0-9]{8})[^0-9A-Za-z]+([0-9]{10})[^0-9A-Za-z]+([0-9A-Za-z]{6})(?![0-9A-Za-z])")
_yuan = re.compile(r"([0-9]{1,8})(?:\.([0-9]{1,2}))?元?")


def read_ebill(text: str, unit: str) -> BillNumber | None:
    """Wherever they stand in it; None when they are not all there."""
    found = _ebill.search(text)
    return None if found is None else BillNumber(unit=unit, code=found[1], number=found[2], check=found[3])


def read_yuan(text: str) -> int | None:
    """元 as a person writes it → fen, exactly; None when it is no amount, below nought, or finer than a fen."""
    found = _yuan.fullmatch(text.strip().replace("，", "").replace(",", ""))
    return None if found is None else int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
