"""事由 what each kind of command is called, on pages and in an export; a test finds a kind that has no words."""

from __future__ import annotations

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
    "send_out": "送审",
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
    "ask_absence": "申请离岗",
    "approve_absence": "批准离岗",
    "refuse_absence": "退回离岗申请",
    "return_to_post": "返岗",
    "step_in": "顶上",
    "confirm_substitution": "确认顶岗",
    "arrange_cover": "安排顶岗",
    "set_noon_roster": "排午间班",
    "nod_handover": "交接点头",
    "pause_window": "暂停窗口",
    "resume_window": "恢复窗口",
    "hand_tickets": "交出号票",
    "take_handed_ticket": "接走号票",
    "ask_consent": "请带教人同意",
    "give_consent": "带教同意",
    "record_letter": "登记授权书",
    "confirm_letter": "复核授权书",
    "end_letter": "停用授权书",
    "ask_roster_change": "提人员岗位变动",
    "confirm_roster_change": "确认人员岗位变动",
    "drop_roster_change": "撤回人员岗位变动",
    "record_export": "导出审计",
    "record_pin_failure": "输错 PIN",
    "record_failed_sign_ins": "没登上的记录",
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

event_words: dict[str, str] = {
    "sign_in": "登录",
    "sign_in_failed": "登录没成",
    "locked": "连错锁住",
    "password_changed": "换密码",
    "second_factor_failed": "第二道验证没过",
}
"""登录留痕 what the centre notes of sign-ins; no commands."""


def audit_word(kind: str) -> str:
    """A command's or an event's word; the bare kind for one that is newer than this program."""
    return kind_words.get(kind) or event_words.get(kind) or kind
