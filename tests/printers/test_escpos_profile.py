"""The two profiles we name are the library's own, without the code pages we never use."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

import resources


@pytest.mark.parametrize("name", ["default", "TM-T20II"])
def test_our_profiles_are_the_librarys_with_one_code_page(name: str) -> None:
    ours = json.loads(resources.path("printers", "escpos.json").read_text("utf-8"))
    theirs = json.loads(files("escpos").joinpath("capabilities.json").read_text("utf-8"))
    mine, whole = ours["profiles"][name], theirs["profiles"][name]
    assert mine.keys() == whole.keys()
    for part in ("features", "fonts", "colors", "media"):
        assert mine[part] == whole[part]
    for number, page in mine["codePages"].items():
        assert whole["codePages"][number] == page
        assert ours["encodings"][page] == theirs["encodings"][page]
