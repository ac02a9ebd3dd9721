"""One form for what scripts write in several ways, so that one pattern finds all: character for character.

Offsets stay those of the stored text, which is never changed.
"""

from __future__ import annotations

import re
from typing import Final

from app.documents.layout import NO_WIDTH

_FIGURES: Final = str.maketrans(
    dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９（）．／", "0123456789" * 3 + "()./", strict=True))
)
_DROPPED: Final = str.maketrans(dict.fromkeys(f"{NO_WIDTH}ـ", ""))
_UNEVEN: Final = re.compile(f"[٠-٩۰-۹０-９（）ـ{NO_WIDTH}]")
_HAN_FIGURES: Final = re.compile("[〇零○一二三四五六七八九]{4,8}")
"""Figures written one by one, as years and numbers of meetings are: 一九七七, 二〇五九."""
_HAN_DIGITS: Final = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SIMPLIFIED: Final = str.maketrans(
    "會議決聯國濟經號過屆錄備規則報務員長請達開將區題調查繼續實現關於為從與這還並對應權問際組織團體條約協個們來時間週歲業計劃進鄉"
    "認識記憶顧審強調滿歡贊讚賞譴責遺憾銘慮遵循憂堅確邀勸籲構設單獨領選擇響應導處據執優發佈總統當項視觀點謀儘爾賽維護環採"
    "傳準協訂簽創辦擬聽採納紀慶",
    "会议决联国济经号过届录备规则报务员长请达开将区题调查继续实现关于为从与这还并对应权问际组织团体条约协个们来时间周岁业计划进乡"
    "认识记忆顾审强调满欢赞赞赏谴责遗憾铭虑遵循忧坚确邀劝吁构设单独领选择响应导处据执优发布总统当项视观点谋尽尔赛维护环采"
    "传准协订签创办拟听采纳纪庆",
)
"""Traditional characters, as simplified ones, of the words that classify documents (Unihan)."""


def level_text(text: str, language: str, *, drop: bool = False) -> str:
    """Return ``text`` with one form of its figures, brackets and characters.

    The length stays the same unless ``drop`` is set.

    ``drop`` also leaves out marks without width. English, French, Spanish and Russian have no variants here.

    >>> level_text("一九七七年五月", "zh")
    '1977年五月'
    """
    if language == "zh":
        text = _HAN_FIGURES.sub(lambda run: run[0].translate(_HAN_DIGITS), text.translate(_SIMPLIFIED))
    elif language != "ar":
        return text
    if not _UNEVEN.search(text):
        return text
    text = text.translate(_FIGURES)
    return text.translate(_DROPPED) if drop else text
