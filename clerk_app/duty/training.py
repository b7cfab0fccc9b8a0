"""练习口令 the passwords, PINs and recovery halves of the training hall's invented people; both ends make them the same way, pages show them."""

from __future__ import annotations


def training_password(person: str) -> str:
    """练习密码 lian-xi- and the last three characters of the number."""
    return f"lian-xi-{person[-3:].lower()}"


def training_pin(person: str) -> str:
    """练习 PIN six digits: the last three characters twice, letters as 0."""
    digits = "".join(c if c.isdigit() else "0" for c in person[-3:])
    return digits * 2


TRAINING_HALVES = ("lian-xi-qian-ban", "lian-xi-hou-ban")
"""练习恢复口令 the two halves that open the training hall's recovery key, one a person."""
