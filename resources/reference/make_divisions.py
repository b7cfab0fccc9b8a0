"""Make the tables of divisions: `python resources/reference/make_divisions.py FOLDER`.

FOLDER holds the unpacked packages named in SOURCES.md: `china-division/`, `gb2260/` (npm) and `stdnum/` (PyPI).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
LATER = {
    "500157": "两江新区",
    "653228": "和康县",
    "653229": "和安县",
    "460302": "西沙区",
    "460303": "南沙区",
    "460300": "三沙市",
    "710000": "台湾省",
    "810000": "香港特别行政区",
    "820000": "澳门特别行政区",
}
"""What came after the statistical bureau's table of 2023, or never stood in it."""
ENDED = {"500105": "2025", "500112": "2025", "460321": "2020", "460322": "2020", "460323": "2020"}
NO_CITY = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
SIMPLER = str.maketrans("達區齊爾濱縣陽龍橋東雞黃慶賓陝寧臺灣員會稜嶺", "达区齐尔滨县阳龙桥东鸡黄庆宾陕宁台湾员会棱岭")


def current(folder: Path) -> dict[str, str]:
    """Today's divisions, by code."""
    dist = folder / "china-division" / "dist"
    found: dict[str, str] = {}
    for name in ("provinces", "cities", "areas"):
        for row in json.loads((dist / f"{name}.json").read_text(encoding="utf-8")):
            found[row["code"].ljust(6, "0")] = row["name"]
    real = {code: name for code, name in found.items() if name not in NO_CITY}
    return {code: name for code, name in (real | LATER).items() if code not in ENDED}


def listed(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Code, name and last year of every division that once was."""
    for file in sorted((folder / "gb2260" / "lib").glob("20*.json")):
        for code, name in json.loads(file.read_text(encoding="utf-8")).items():
            yield code, name, ""
    province = ""
    for line in (folder / "stdnum" / "cn" / "loc.dat").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"(\d\d) ", line):
            province = head[1]
        elif row := re.match(r'\s+(\d{4}) county="(.*)"', line):
            last = row[2].split(",")[-1]
            years = re.match(r"\[(\d*)-(\d*)\](.*)", last)
            yield province + row[1], (years[3] if years else last).translate(SIMPLER), years[2] if years else ""


def former(folder: Path, today: dict[str, str]) -> dict[str, tuple[str, str]]:
    """What is no more: name and last year where it is known."""
    found: dict[str, tuple[str, str]] = {}
    for code, name, until in listed(folder):
        if code not in today and name not in NO_CITY and code[2:] != "0000":
            before = found.get(code, ("", ""))
            found[code] = (before[0] or name, until or before[1])
    return {code: (name, ENDED.get(code, until)) for code, (name, until) in found.items()}


def main(folder: Path) -> None:
    """Write both tables."""
    today = current(folder)
    lines = [f"{code}\t{name}" for code, name in sorted(today.items())]
    (HERE / "divisions.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    past = sorted(former(folder, today).items())
    rows = [f"{code}\t{name}\t{until}" for code, (name, until) in past]
    (HERE / "divisions_former.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
