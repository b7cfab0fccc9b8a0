"""统一社会信用代码 the 18 characters of GB 32100: form and check character (mod 31). The kinds of authority are never judged."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100: no I, O, S, V, Z."""
_weights = tuple(pow(3, place, 31) for place in range(17))


def check_character(body: str) -> str:
    """The 18th of the first 17, which must be of the alphabet."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, _weights, strict=True))
    return ALPHABET[-total % 31]


def is_formed(code: str) -> bool:
    """18 characters of the alphabet."""
    return len(code) == 18 and all(char in ALPHABET for char in code)


def credit_code_fault(code: str) -> str:
    """What is wrong with it, in words; empty when nothing is."""
    if not is_formed(code):
        return "要 18 位数字和大写字母，没有 I、O、S、V、Z"
    return "" if check_character(code[:17]) == code[17] else "最后一位校验码对不上，多半是抄错了一位"
