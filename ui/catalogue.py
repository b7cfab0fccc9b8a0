"""词条 what a catalogue answers: a sentence of the source, or one the rooms have already put together from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

CHINESE = re.compile("[\u3001\u3002\u4e00-\u9fff\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
_run = re.compile(
    "[\u4e00-\u9fff](?:[\u3001\u3002\u4e00-\u9fff\uff01-\uff1f\u201c\u201d\u2018\u2019]*[\u4e00-\u9fff\u3002\uff1f\uff01])?"
)
_hanzi = re.compile("[一-鿿]")
_sentence = re.compile(r"(?<=[。？！\n])")
_hole = re.compile(r"\{(\w+)(?:![rsa])?(?::[^{}]*)?\}")


JOINTS = (("；", "; "), ("，", ", "), ("：", ": "), ("、", ", "), ("　", "  "), (" ", " "))
"""What the rooms join words by, the widest first."""


def sentences(text: str) -> Iterator[str]:
    """句 one after another, each with the stop it ends in."""
    return (part for part in _sentence.split(text) if part)


def holes(text: str) -> list[str]:
    """占位 the `{name}` a sentence is filled at, in order; `{{` is a brace."""
    return _hole.findall(text.replace("{{", "").replace("}}", ""))


def _says_enough(source: str) -> bool:
    """“{a}、{b}” would be found in every name."""
    return len(_hanzi.findall(_hole.sub("", source))) > 1


class _Shape:
    """句式 a sentence with holes, read back from what it was filled to."""

    def __init__(self, source: str, told: str) -> None:
        parts = re.split(_hole.pattern.replace(r"(\w+)", r"\w+"), source)
        self.names, self.told = holes(source), told
        self.anchor = max(parts, key=len)
        self._pattern = re.compile("(.*?)".join(re.escape(part) for part in parts), re.DOTALL)

    @property
    def weight(self) -> int:
        return len(self._pattern.pattern)

    def read(self, text: str) -> dict[str, str] | None:
        if self.anchor not in text:
            return None
        found = self._pattern.fullmatch(text)
        return dict(zip(self.names, found.groups(), strict=True)) if found else None


class Catalogue:
    """词条 of one language: `own` by the window's own sentences, `rooms` by the sentences of the rooms below it."""

    def __init__(self, own: Mapping[str, str], rooms: Mapping[str, str]) -> None:
        self._own = own
        # One character is part of a name more often than a word.
        self._whole = {source: words for source, words in {**rooms, **own}.items() if len(source) > 1}
        told = ((source, words) for source, words in self._whole.items() if holes(source) and _says_enough(source))
        # The one that says most is tried first: “{name}离岗” would match nearly everything.
        self._shapes = sorted((_Shape(*pair) for pair in told), key=lambda shape: -shape.weight)
        self.said = lru_cache(maxsize=8192)(self._said)

    def word(self, source: str) -> str:
        """词 the translation of one of the window's own sentences, or the sentence."""
        return self._own.get(source) or source

    def _said(self, text: str) -> str:
        if not CHINESE.search(text):
            return text
        if (whole := self._one(text)) is not None:
            return whole
        parts = list(sentences(text))
        if len(parts) > 1:
            return " ".join(self.said(part).rstrip(" ") for part in parts).replace("\n ", "\n")
        return self._by_clauses(text) or _run.sub(lambda run: self._one(run[0]) or run[0], text)

    def _by_clauses(self, text: str) -> str:
        """What was joined below: each part for itself; empty when none of them is known."""
        stop = "." if text.endswith("。") else ""
        for joint, told in JOINTS:
            parts = text.rstrip("。").split(joint)
            if len(parts) > 1 and (said := [self.said(part) for part in parts]) != parts:
                return told.join(said).strip() + stop
        return ""

    def _one(self, text: str) -> str | None:
        if (found := self._whole.get(text)) is not None:
            return found
        if text != (bare := text.rstrip("。")) and (found := self._whole.get(bare)) is not None:
            return f"{found}."
        for shape in self._shapes:
            if (values := shape.read(text)) is not None:
                return fill(shape.told, {name: self.said(value) for name, value in values.items()})
        return None


def fill(told: str, values: Mapping[str, str]) -> str:
    """填 a translated sentence with what stood in the original's holes, whatever they were formatted by."""
    return _hole.sub(lambda hole: values.get(hole[1], hole[0]), told).replace("{{", "{").replace("}}", "}")
