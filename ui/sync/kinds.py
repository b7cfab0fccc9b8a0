"""事由 what each kind of command is called on the page; a test finds a kind that has no words."""

from __future__ import annotations

from collections.abc import Mapping

kind_words: dict[str, str] = {
    "take_ticket": "取号",
    "call_ticket": "叫号",
    "arrive_ticket": "到窗",
    "pass_ticket": "过号",
    "finish_ticket": "办结本号",
    "receive_case": "收件",
    "tick_material": "收材料",
    "accept_case": "受理",
    "save_form": "填登记表",
    "propose_decision": "提审查意见",
    "authorise_decision": "授权",
    "give_back_case": "交出这件",
    "release_case": "按交接码交出",
    "hand_over_case": "送达",
    "correct_case": "改申请人",
    "void_case": "作废",
    "reenter_case": "补录",
    "attach_scan": "加附件",
    "record_seal_use": "用印登记",
    "mark_sealed": "记已用印",
    "record_reveal": "显示证件号",
    "record_paper": "出纸记录",
    "record_sign_in": "签到",
    "record_sign_out": "签退",
    "record_absence": "登记离岗",
    "record_pin_failure": "输错 PIN",
    "rate_visit": "评价",
    "record_cut": "断线记录",
    "close_day": "日结",
    "hand_to_duty_manager": "交值班长",
    "close_task": "了结待办",
    "settle_command": "了结一步",
    "ratify_conflict": "追认",
    "ask_hold_break": "要解除占用",
    "agree_hold_break": "同意解除占用",
}


def told(kinds: Mapping[str, int], most: int = 4) -> str:
    """收件 3 件，叫号 5 个: the most frequent first, the rest as a figure."""
    ordered = sorted(kinds.items(), key=lambda pair: -pair[1])
    parts = [f"{kind_words.get(kind, kind)} {amount}" for kind, amount in ordered[:most]]
    rest = sum(amount for _, amount in ordered[most:])
    return "，".join(parts) + (f"，其余 {rest}" if rest else "")
