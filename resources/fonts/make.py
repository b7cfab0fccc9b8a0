"""Make the bundled fonts: `python resources/fonts/make.py [FOLDER OF THE NOTO CJK TTCs] [FILE …]` (needs fonttools).

The outlines are Noto CJK's (OFL 1.1, © Adobe); the licence lets nobody use its reserved name for a changed font,
so the subsets carry names of their own: Desk Sans SC and Desk Serif SC for the screen, Paper Serif SC for A4 papers.
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
PAPER = ("NotoSerifCJK-Regular.ttc", "Paper Serif SC", "Regular", "PaperSerifSC-Regular.otf")
# Characters of real names that GB 2312 lacks and windows meet every month, and those the training hall uses.
RARE_NAMES = "㛃䶮㙦䲟镕堃喆瑄珺璟赟翀祎昇晞暐煊煜玥珞琤璠甯竑粲芃茜葳薇蕙袆赒迦郄郗鄢钇钰铤铷锜锳镠闫隺雱韫颋頔飏馭骐骢髙鸢麴黟〇㐂㑇㒨㧑㬎㳚㴋㵑㸌㺸"
SIGNS = (
    "─━│┃┄┅┆┇┈┉┊┋┌┐└┘├┤┬┴┼═║╱╲╳■□▪▬▲△▶▷▼▽◆◇○◉◎●◐◑★☆☎☐☑☒✓✔✕✗⊘⊙⌫⏎←↑"
    "→↓↔↕⇧⇨∞≈≠≤≥≪≫±×÷√°℃℅№™′″‰∶∥①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬"
    "⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ¥￥㎡㎏㎜㎝㏄"
)
# Characters of the national table (通用规范汉字表) outside GBK: a name on a decision must never be a box.
TABLE_BEYOND_GBK = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴋㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬"
    "䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌"
    "𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷"
    "𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬"
    "𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
# Qt gives a glyph of a PDF the lowest character that has it: ⼀ for 一, ⻝ for 食, soft hyphen for hyphen.
# Without these twins, and without substitutions, the text that is searched and copied is the text that is seen.
TWINS = frozenset((*range(0x2E80, 0x2FE0), 0xAD, 0x2010, 0x2011, 0x2212))


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


def paper_characters() -> set[int]:
    """All that the screen draws, GBK whole and the national table, without the twins."""
    wanted = wanted_characters() | {ord(char) for char in TABLE_BEYOND_GBK} | set(range(0x9FA6, 0x9FF0))
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                wanted.add(ord(bytes((lead, trail)).decode("gbk")))
            except UnicodeDecodeError:
                continue  # an empty place
    return wanted - TWINS


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


def screen_options() -> Options:
    """What a screen needs: hints and kerning."""
    options = Options()
    options.layout_features = ["ccmp", "kern", "mark", "mkmk"]
    options.name_IDs = ["*"]
    options.drop_tables += ["DSIG", "VORG", "vhea", "vmtx", "BASE"]
    options.notdef_outline = True
    options.hinting = True
    return options


def paper_options() -> Options:
    """What a PDF needs: bare outlines, one character a glyph."""
    options = screen_options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    options.hinting = False
    return options


def make(folder: Path, only: list[str]) -> None:
    for face in (*FACES, PAPER):
        source, family, style, target = face
        if only and target not in only:
            continue
        font = simplified_face(folder / source)
        subsetter = Subsetter(paper_options() if face is PAPER else screen_options())
        subsetter.populate(unicodes=paper_characters() if face is PAPER else wanted_characters())
        subsetter.subset(font)
        rename(font, family, style)
        font.save(str(HERE / target))
        size = (HERE / target).stat().st_size
        sys.stdout.write(f"{target}: {size:,} bytes, {len(font.getBestCmap())} characters\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else DEBIAN, sys.argv[2:])
