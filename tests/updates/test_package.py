"""A package is believed whole or not at all: signature, list, every file, every name."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

import pytest

from clerk_app.canonical import canonical
from clerk_app.outside.update_package import (
    FOLDER,
    LIST,
    SIGNED,
    check_folder,
    read_keys,
    read_package,
    unpack,
)
from clerk_app.ports.updates import UpdateTrouble
from tests.updates.programs import KEY, SAID, STRANGER, package

KEYS = (KEY.public,)


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same package with other content under the same names."""
    with zipfile.ZipFile(file) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    change(inside)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    return file


def signed_list(inside: dict[str, bytes], listed: Mapping[str, object], **more: object) -> None:
    """A list of our own key's over whatever files: what only the maker of a release could do wrong."""
    rows = {**asdict(SAID), "kind": "clerk-update", "format": 1, "files": listed, **more}
    inside[LIST] = canonical(rows)
    signature = KEY.sign(b"counter-clerk update list 1\n" + inside[LIST])
    inside[SIGNED] = json.dumps([{"key": KEY.public, "signature": signature}]).encode()


def test_what_was_packed_comes_out_the_same_links_and_modes_too(tmp_path: Path) -> None:
    file = package(tmp_path)
    release = read_package(file, KEYS)
    assert (release.version, release.notes, release.program) == ("0.2.0", "叫号更快。", "counter-clerk")
    unpack(file, release, tmp_path / "out")
    assert os.access(tmp_path / "out" / "counter-clerk", os.X_OK)
    assert os.readlink(tmp_path / "out" / "_internal" / "link") == "data.bin"
    check_folder(tmp_path / "out", release)
    (tmp_path / "out" / "_internal" / "data.bin").write_bytes(b"x")
    with pytest.raises(UpdateTrouble, match="换过"):
        check_folder(tmp_path / "out", release)


def test_nobody_elses_signature_is_good_and_no_key_takes_nothing(tmp_path: Path) -> None:
    file = package(tmp_path, key=STRANGER)
    for keys in (KEYS, (), ("",)):
        with pytest.raises(UpdateTrouble, match="不是发行的人签的"):
            read_package(file, keys)
    assert read_package(file, (KEY.public, STRANGER.public)).version == "0.2.0"


def test_a_changed_list_is_forged_whoever_is_named_as_its_signer(tmp_path: Path) -> None:
    def older(inside: dict[str, bytes]) -> None:
        inside[LIST] = inside[LIST].replace(b'"0.2.0"', b'"0.9.0"')

    with pytest.raises(UpdateTrouble, match="不是发行的人签的"):
        read_package(rewritten(package(tmp_path), older), KEYS)


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_no_package(tmp_path: Path, kept: float) -> None:
    file = package(tmp_path)
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(UpdateTrouble, match="没有取全"):
        read_package(file, KEYS)


@pytest.mark.parametrize("what", ["swapped", "missing", "more", "longer"])
def test_a_file_that_is_not_as_listed_spoils_the_whole(tmp_path: Path, what: str) -> None:
    def change(inside: dict[str, bytes]) -> None:
        name = FOLDER + "_internal/data.bin"
        if what == "missing":
            del inside[name]
        elif what == "more":
            inside[FOLDER + "extra.so"] = b"x"
        else:
            inside[name] = inside[name] + b"x" if what == "longer" else b"y" * len(inside[name])

    file = rewritten(package(tmp_path), change)
    release = read_package(file, KEYS)
    with pytest.raises(UpdateTrouble, match="换过"):
        unpack(file, release, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../out", {"sha256": "", "size": 0}),
        ("/etc/x", {"sha256": "", "size": 0}),
        ("a/../../x", {"sha256": "", "size": 0}),
        ("C:x", {"sha256": "", "size": 0}),
        ("a\\..\\x", {"sha256": "", "size": 0}),
        ("a//b", {"sha256": "", "size": 0}),
        ("out", {"link": "/etc/passwd"}),
        ("a/out", {"link": "../../x"}),
        ("huge", {"sha256": "", "size": 1 << 40}),
    ],
)
def test_no_name_and_no_link_leads_out_of_the_folder_even_signed(
    tmp_path: Path, name: str, said: dict[str, object]
) -> None:
    program = {"sha256": "0" * 64, "size": 1, "runs": True}
    file = rewritten(package(tmp_path), lambda inside: signed_list(inside, {"counter-clerk": program, name: said}))
    with pytest.raises(UpdateTrouble):
        read_package(file, KEYS)


@pytest.mark.parametrize(
    "more", [{"format": 2}, {"program": "nothing"}, {"version": 2}, {"files": {"counter-clerk": {"link": "x"}}}]
)
def test_a_list_of_another_shape_is_not_guessed_at(tmp_path: Path, more: dict[str, object]) -> None:
    program = {"counter-clerk": {"sha256": "0" * 64, "size": 1, "runs": True}}
    file = rewritten(package(tmp_path), lambda inside: signed_list(inside, program, **more))
    with pytest.raises(UpdateTrouble):
        read_package(file, KEYS)


def test_keys_are_lines_and_a_bad_one_is_said() -> None:
    assert read_keys(f"# 谁\n{KEY.public}  # 备用\n\n") == (KEY.public,)
    with pytest.raises(ValueError, match=r"padding|base64|32"):
        read_keys("abc\n")
