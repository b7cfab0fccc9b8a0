"""Make the bundled screen fonts: `python resources/fonts/make.py [FOLDER OF THE NOTO CJK TTCs]` (needs fonttools).

The outlines are Noto CJK's (OFL 1.1, © Adobe); the licence lets nobody use its reserved name for a changed font,
so the subsets carry names of their own: Desk Sans SC and Desk Serif SC.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
DEBIAN = Path("/usr/share/fonts/opentype/noto")
FACES = (
    ("NotoSansCJK-Regular.ttc", "Desk Sans SC", "Regular", "DeskSansSC-Regular.otf"),
    ("NotoSansCJK-Bold.ttc", "Desk Sans SC", "Bold", "DeskSansSC-Bold.otf"),
    ("NotoSerifCJK-Bold.ttc", "Desk Serif SC", "Bold", "DeskSerifSC-Bold.otf"),
)
# Characters of real names that GB 2312 lacks and windows meet every month, and those the training hall uses.
RARE_NAMES = "㛃䶮㙦䲟镕堃喆瑄珺璟赟翀祎昇晞暐煊煜玥珞琤璠甯竑粲芃茜葳薇蕙袆赒迦郄郗鄢钇钰铤铷锜锳镠闫隺雱韫颋頔飏馭骐骢髙鸢麴黟〇㐂㑇㒨㧑㬎㳚㴋㵑㸌㺸"
SIGNS = (
    "─━│┃┄┅┆┇┈┉┊┋┌┐└┘├┤┬┴┼═║╱╲╳■□▪▬▲△▶▷▼▽◆◇○◉◎●◐◑★☆☎☐☑☒✓✔✕✗⊘⊙⌫⏎←↑"
    "→↓↔↕⇧⇨∞≈≠≤≥≪≫±×÷√°℃℅№™′″‰∶∥①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬"
    "⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ¥￥㎡㎏㎜㎝㏄"
)


def wanted_characters() -> set[int]:
    """GB 2312 whole, ASCII, Latin-1, general and CJK punctuation, full-width forms, signs, rare names."""
    wanted = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | set(range(0x2010, 0x2040)) | {0x20AC, 0x2060, 0x200B}
    wanted |= set(range(0x3000, 0x3020)) | set(range(0xFF01, 0xFF5F)) | set(range(0xFFE0, 0xFFE7))
    for lead in range(0xB0, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                wanted.add(ord(bytes((lead, trail)).decode("gb2312")))
            except UnicodeDecodeError:
                continue  # the five empty places after 座
    return wanted | {ord(char) for char in RARE_NAMES + SIGNS}


def simplified_face(collection: Path) -> TTFont:
    """The proportional SC face of a Noto CJK collection."""
    for font in TTCollection(str(collection), lazy=True).fonts:
        family = font["name"].getDebugName(1) or ""
        if family.endswith("CJK SC") and "Mono" not in family:
            return font
    raise SystemExit(f"{collection} 里没有简体字面")


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the subset its own name everywhere; copyright (0) and licence (13, 14) stay."""
    postscript = f"{family.replace(' ', '')}-{style}"
    texts = {1: family, 2: style, 3: f"{postscript};subset", 4: f"{family} {style}", 6: postscript}
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 13, 14)]
    for name_id, text in texts.items():
        names.setName(text, name_id, 3, 1, 0x409)
    table = font["CFF "].cff
    table.fontNames = [postscript]
    top = table.topDictIndex[0]
    top.FullName, top.FamilyName = f"{family} {style}", family


def make(folder: Path) -> None:
    options = Options()
    options.layout_features = ["ccmp", "kern", "mark", "mkmk"]
    options.name_IDs = ["*"]
    options.drop_tables += ["DSIG", "VORG", "vhea", "vmtx", "BASE"]
    options.notdef_outline = True
    options.hinting = True
    for source, family, style, target in FACES:
        font = simplified_face(folder / source)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted_characters())
        subsetter.subset(font)
        rename(font, family, style)
        font.save(str(HERE / target))
        size = (HERE / target).stat().st_size
        sys.stdout.write(f"{target}: {size:,} bytes, {len(font.getBestCmap())} characters\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else DEBIAN)
