"""统一社会信用代码 unified credit codes by GB 32100: 18 of 31 signs, the last a check sign modulo 31; N, Y and A may begin one."""

from __future__ import annotations

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""No I, O, S, V, Z."""
LENGTH = 18
_VALUES = {sign: value for value, sign in enumerate(SIGNS)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def well_formed(code: str) -> bool:
    """18 signs of the 31."""
    return len(code) == LENGTH and all(sign in _VALUES for sign in code)


def check_sign(body: str) -> str:
    """Of the first 17 signs: weights are powers of 3 modulo 31."""
    total = sum(_VALUES[sign] * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return SIGNS[-total % 31]


def check_holds(code: str) -> bool:
    """Whether the last of the 18 is the check sign of the others."""
    return well_formed(code) and check_sign(code[:-1]) == code[-1]


def credit_code_fault(code: str) -> str:
    """What is wrong with a code, to be said in a sentence; empty for a good one."""
    if not well_formed(code):
        return "要 18 位数字和大写字母，没有 I、O、S、V、Z"
    return "" if check_holds(code) else "最后一位与前 17 位对不上"
