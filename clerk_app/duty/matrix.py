"""权限表 roles × actions as data: what each column may do with each action. The one place where a power is given.

A command names its row by `UseCase.action`; a command without a row is nobody's. The columns are what a person is at a
moment, not what he is called: the B角 has a column only while he substitutes, the deputy only while he stands for the chief.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

Column = Literal[
    "clerk_a", "clerk_b", "chief_rep", "deputy", "duty_manager", "cashier", "dispatcher", "supervisor", "admin"
]
column_words: dict[Column, str] = {
    "clerk_a": "窗口人员（A角）",
    "clerk_b": "窗口人员（B角，顶岗时）",
    "chief_rep": "首席代表",
    "deputy": "副代表（代首席代表时）",
    "duty_manager": "值班长",
    "cashier": "收费员",
    "dispatcher": "出件员",
    "supervisor": "监察员",
    "admin": "管理员",
}
COLUMNS: tuple[Column, ...] = tuple(column_words)

Cell = Literal["yes", "propose", "see", "own", "named", "second", "send_up", "no"]
"""yes ● · propose 只能提 · see ○ 只能看 · own 只办自己的 · named 指定的人才行 · second 只作第二人 · send_up 只能上报 · no –

`propose`, `own`, `named` and `second` let the act through here; the use case holds it to what the word says."""
PASSES: frozenset[Cell] = frozenset({"yes", "propose", "own", "named", "second", "send_up"})

_row_words: dict[str, tuple[str, str]] = {
    # action: (what it is, the cells in the order of the columns)
    "queue": ("取号、叫号、过号、转移", "● ● – – ● ● ● ○ –"),
    "queue_order": ("提前、停一个队", "– – – – ● – – ○ –"),
    "pause": ("暂停和恢复窗口、暂离", "● ● ● ● ● ● ● ● ●"),
    "rate": ("请评价", "● ● – – ● ● ● – –"),
    "receive": ("收件、登记材料和表", "● ● ● ● – – – ○ –"),
    "paper_kit": ("印、领、交回纸质备用件", "● ● ● ● ● – – ○ –"),
    "share": ("问同意，用、看大厅已有的材料", "● ● ● ● – – – ○ –"),
    "back_check": ("核对照纸补录的件", "● ● ● ● ● – – ○ –"),
    "accept": ("受理、一次性告知", "● ● ● ● – – – ○ –"),
    "not_accept": ("不予受理、退件", "P P ● ● ○ – – ○ –"),
    "propose": ("提出意见（签名一）", "P P ● ● – – – ○ –"),
    "decide": ("在授权书内决定（签名二）", "N N ● ● – – – ○ –"),
    "seal": ("用印", "N N ● ● – – – ○ –"),
    "begin_seal": ("开印章、盖实体章", "● ● ● ● – – – ○ –"),
    "keep_seal": ("接管印章", "● ● ● ● – – – ○ –"),
    "stop_seal": ("停用、挂失印章", "● ● ● ● ● ● ● ● ●"),
    "resume_seal": ("恢复印章", "– – ● ● 2 – – ○ –"),
    "destroy_seal": ("销毁印章", "– – ● ● – – – ○ –"),
    "certificate": ("记证照编号", "● ● ● ● – – ● ○ –"),
    "mark_sealed": ("用印后记办结", "● ● ● ● – – – ○ –"),
    "void": ("作废已用印的文书", "– – ● ● 2 – – ○ –"),
    "void_case": ("作废本窗口的办件", "● ● ● ● – – – ○ –"),
    "correct": ("更正登记内容", "● ● ● ● – – – ○ –"),
    "special_procedure": ("特别程序", "P P ● ● – – – ○ –"),
    "extend": ("延期", "P P U U ○ – – ○ –"),
    "send_out": ("送审", "P P ● ● – – – ○ –"),
    "fees": ("定收费项", "● ● ○ ○ – – – – –"),
    "money": ("收款、退款、日结", "– – – – ○ ● – ○ –"),
    "money_second": ("同意当日更正、复核收费日结", "– – – – ● ● – ○ –"),
    "copies": ("同意第三次起的补打", "– – – – ● – – ○ –"),
    "give_back": ("交出手上的办件", "● ● ● ● ● ● ● ○ –"),
    "deliver": ("送达", "O O – – – – ● ○ –"),
    "ask_absence": ("申请离岗、返岗", "● ● ● ● ● ● ● ● ●"),
    "approve_absence": ("批准离岗", "N N ● ● ● – – ○ –"),
    "stand_in": ("顶岗", "● ● ● ● ● ● ● – –"),
    "arrange": ("安排顶岗、排午间班", "– – ● ● ● – – ○ –"),
    "handover": ("交接", "● ● ● ● ● ● ● – –"),
    "consent": ("带教同意", "● ● ● ● – – – – –"),
    "letter": ("登记授权书", "– – – – ● – – ○ ●"),
    "first_asked": ("首问、投诉登记", "● ● ● ● ● ○ ○ ● –"),
    "complaint": ("调查、处置、答复投诉，回访差评", "– – – – ● – – ● –"),
    "card": ("发监察卡、看全部、导出审计", "– – ○ ○ ○ – – ● –"),
    "answer_card": ("答复监察卡", "O O ● ● – O O ● –"),
    "see_rating": ("看评价文字", "● ● ● ● ● – – ● –"),
    "unmask": ("看证件号（留痕）", "● ● ● ● – – ● ● –"),
    "catalogue": ("目录、日历、人员、印章名单", "– – – – – – – ○ ●"),
    "confirm_roster": ("确认人员与岗位变动", "– – – – ● – – ○ ●"),
    "confirm_catalogue": ("确认目录变动", "– – – – ● – – ○ ●"),
    "tasks": ("销待办、追认", "– – ● ● ● – – ○ –"),
    "break": ("请解除占用", "– – – – ● – – ○ –"),
    "agree": ("同意解除占用", "– – ● ● – – – ○ –"),
    "route": ("自动分办", "● ● ● ● ● – – ○ –"),
    "reassign": ("改分办件", "O O ● ● ● – – ○ –"),
    "take_over": ("接手同岗的办件", "● ● – – – – – ○ –"),
    "present": ("登录、退出、断线和日结的记录", "● ● ● ● ● ● ● ● ●"),
    "paper": ("记出纸", "● ● ● ● ● ● ● ● ●"),
    "hand": ("交值班长", "● ● ● ● ● ● ● ● ●"),
    "settle": ("了结没办成的一步", "● ● ● ● ● ● ● ● ●"),
}
_cells: dict[str, Cell] = {
    "●": "yes", "○": "see", "–": "no", "P": "propose", "O": "own", "N": "named", "2": "second", "U": "send_up",
}  # fmt: skip

action_words: dict[str, str] = {action: words for action, (words, _) in _row_words.items()}
matrix: MappingProxyType[str, MappingProxyType[Column, Cell]] = MappingProxyType(
    {
        action: MappingProxyType(dict(zip(COLUMNS, (_cells[mark] for mark in marks.split()), strict=True)))
        for action, (_, marks) in _row_words.items()
    }
)

COUNTERSIGNED: frozenset[str] = frozenset(
    {
        "decide",
        "seal",
        "begin_seal",
        "keep_seal",
        "resume_seal",
        "destroy_seal",
        "agree",
        "void",
        "special_procedure",
        "stand_in",
        "send_out",
        "money_second",
        "copies",
    }
)
"""Given by PIN at whatever window, from one's own post: a countersignature is no sign-in."""
BY_LETTER: frozenset[str] = frozenset({"decide", "seal", "begin_seal", "mark_sealed"})
"""What a letter for the day gives a leader without a chief's post."""
ANYWHERE: frozenset[str] = frozenset(
    {
        "present",
        "paper",
        "hand",
        "settle",
        "keep_seal",
        "stop_seal",
        "ask_absence",
        "stand_in",
        "handover",
        "pause",
        "consent",
    }
)
"""Open to whoever works here, on a post at this moment or not."""
OF_ROLE: frozenset[Column] = frozenset({"duty_manager", "supervisor", "admin"})
"""Columns one has by his role alone; the others need a post."""
NOT_PROVISIONAL: frozenset[str] = frozenset(
    {
        "decide",
        "seal",
        "resume_seal",
        "destroy_seal",
        "void",
        "agree",
        "tasks",
        "approve_absence",
        "arrange",
        "special_procedure",
        "extend",
    }
)
"""With a substitution made while the line was cut: not done, the B角 works as a clerk."""
WITH_MENTOR: frozenset[str] = frozenset({"accept", "not_accept"})
"""A learner needs his mentor's consent."""
