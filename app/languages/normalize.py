"""What the scripts need before words can be compared: the one place for it.

Blanks and hyphens of every kind count as one kind, figures of other scripts as ASCII figures, Arabic and Cyrillic
letters that writers interchange as one letter: all of it one character for one. ``plain`` writes a text so; it is for
short texts. A long one goes through ``strip``, which evens blanks and hyphens and leaves out marks without width
(right-to-left marks, tatweel, vowel signs, soft hyphens), keeping account of offsets; its letters and figures stay as
they are, and ``loosen`` teaches a pattern to find them, at no cost.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

import re2

HAN = re.compile(r"[\u3400-\u9fff]")
"""A character of Chinese writing: its words have no blanks between them."""
_EVERYWHERE = {
    **dict.fromkeys("\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2015\u2e3a\u2e3b", "—"),
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4", "'"),
    **dict.fromkeys("\u2044\u2215", "/"),
}
_EVEN = str.maketrans(_EVERYWHERE)
# Traditional characters of resolutions from before 1971, and of documents from elsewhere, with the simplified ones.
_TRADITIONAL = (
    "屆會議於後兩個週間開結報決請長書將應舉擧關對為與內從來時號聯務際國經濟組織員處發設計劃過這還進達遲續審閱歷點總"
    "統條約權級紀歲歐語說讓認調論證識變責貫資賦費質購輪轉辦邊運選遞適隊階險難電響頁項順須領題額願類顧驗黨齊備傳價億"
    "優儘別劇動勞協單參叢吳問喪啟團圍園圖場塊壓壞執堅夠獎婦學實寧專導層屬島幣廢廣彙徑復態慶憲懷懲戰戶擇擔據擬擴敘數"
    "斷暫業極構標機檢歡歸殘沒減滅滿漢漸準無營爭狀獨獲現環產畢異當盡監眾確礎祕積稱稅穩簡糾純終給維編緩縣縮繼罰習聲職"
    "聽脅腦節範蘇藝蟲術衛補裝見規視親覺覽觀訂訊討訓託記訪許訴診評詞試詢該詳誠誌諮諾謀謝講謹譯護讀"
)
_SIMPLIFIED = (
    "届会议于后两个周间开结报决请长书将应举举关对为与内从来时号联务际国经济组织员处发设计划过这还进达迟续审阅历点总"
    "统条约权级纪岁欧语说让认调论证识变责贯资赋费质购轮转办边运选递适队阶险难电响页项顺须领题额愿类顾验党齐备传价亿"
    "优尽别剧动劳协单参丛吴问丧启团围园图场块压坏执坚够奖妇学实宁专导层属岛币废广汇径复态庆宪怀惩战户择担据拟扩叙数"
    "断暂业极构标机检欢归残没减灭满汉渐准无营争状独获现环产毕异当尽监众确础秘积称税稳简纠纯终给维编缓县缩继罚习声职"
    "听胁脑节范苏艺虫术卫补装见规视亲觉览观订讯讨训托记访许诉诊评词试询该详诚志咨诺谋谢讲谨译护读"
)
_OF_SCRIPT: Mapping[str, Mapping[str, str]] = {
    "latin": {},
    "cyrillic": {"ё": "е", "Ё": "Е"},
    # Alef with and without hamza, alef maksura and yeh, teh marbuta and heh are written for one another.
    "arabic": {
        **{chr(0x0660 + n): str(n) for n in range(10)},
        **{chr(0x06F0 + n): str(n) for n in range(10)},
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىی", "ي"),
        "ة": "ه",
        "ک": "ك",
    },
    "han": {
        **{chr(0xFF10 + n): str(n) for n in range(10)},
        **dict(zip("（）／．～〜○", "()/.~~〇", strict=True)),
        **dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)),
    },
}
SCRIPTS = tuple(_OF_SCRIPT)
"""The scripts that a lexicon may be of."""

_MARKS = "\u00ad\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_WITHOUT_WIDTH = re.compile(f"[{_MARKS}]+")
_STUCK = re.compile("(?<=[0-9٠-٩])(?=[ء-غف-ي])|(?<=[ء-غف-ي])(?=[0-9٠-٩])")
_STICKS = re2.compile("[0-9٠-٩][ء-غف-ي]|[ء-غف-ي][0-9٠-٩]".encode())
"""Arabic letters and figures stand apart; printed pages lose the blank between them."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_QUICK = re2.compile(f"[{_MARKS}]".encode())


@dataclass(frozen=True, slots=True)
class Stripped:
    """A text with even blanks and hyphens and no zero-width marks, with offsets."""

    text: str
    starts: tuple[int, ...] = (0,)
    sources: tuple[int, ...] = (0,)

    def place(self, offset: int) -> int:
        """Return the offset in the given text of ``offset`` in the stripped text."""
        run = bisect_right(self.starts, offset) - 1
        return self.sources[run] + offset - self.starts[run]


def strip(text: str) -> tuple[Stripped, bytes]:
    """Return ``text`` with even blanks and hyphens and no zero-width marks, also in UTF-8.

    Half a surrogate pair, which UTF-8 cannot say, counts as the replacement character.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
        data = text.encode()
    if len(data) == len(text):
        return Stripped(text), data
    # How the characters of _EVERYWHERE and most marks begin in UTF-8; many texts hold none. Quicker than a loop.
    rare = b"\xe2" in data or b"\xc2" in data or b"\xef\xb9" in data or b"\xef\xbb" in data
    rare = rare or b"\xe3\x80\x80" in data or b"\xef\xbc\x8d" in data or b"\xe1\x9a\x80" in data or b"\xca\xbc" in data
    if rare and not _EVERYWHERE.keys().isdisjoint(text):
        text = text.translate(_EVEN)
        data = text.encode()
    if not (rare or b"\xd9" in data) or _QUICK.search(data) is None:
        return Stripped(text), data
    stripped = _rebuilt(text, [mark.span() for mark in _WITHOUT_WIDTH.finditer(text)], "")
    return stripped, stripped.text.encode()


def part(stripped: Stripped, data: bytes) -> tuple[Stripped, bytes]:
    """Return the stripped text with a blank between Arabic letters and figures.

    The blank stands at the place of what follows it.
    """
    if _STICKS.search(data) is None:
        return stripped, data
    apart = _rebuilt(stripped.text, [gap.span() for gap in _STUCK.finditer(stripped.text)], " ")
    places = tuple(stripped.place(source) for source in apart.sources)
    if len(stripped.starts) > 1:
        starts = sorted({*apart.starts, *(_shifted(apart, start) for start in stripped.starts)})
        places = tuple(stripped.place(apart.place(start)) for start in starts)
        return Stripped(apart.text, tuple(starts), places), apart.text.encode()
    return Stripped(apart.text, apart.starts, places), apart.text.encode()


def _rebuilt(text: str, spans: list[tuple[int, int]], instead: str) -> Stripped:
    """``text`` with ``instead`` in the place of each of ``spans``."""
    parts: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length = end = 0
    for first, last in spans:
        if first > end or not starts:
            starts.append(length)
            sources.append(end)
            parts.append(text[end:first])
            length += first - end
        if instead:
            starts.append(length)
            sources.append(last)
            parts.append(instead)
            length += len(instead)
        end = last
    starts.append(length)
    sources.append(end)
    parts.append(text[end:])
    return Stripped("".join(parts), tuple(starts), tuple(sources))


def _shifted(apart: Stripped, offset: int) -> int:
    """Return where the character at ``offset`` of a text is in ``apart``.

    ``apart`` is the text with blanks inserted.
    """
    run = bisect_right(apart.sources, offset) - 1
    return apart.starts[run] + offset - apart.sources[run]


@functools.cache
def _table(script: str) -> dict[int, str]:
    return str.maketrans({**_EVERYWHERE, **_OF_SCRIPT[script]})


@functools.cache
def _odd(script: str) -> frozenset[str]:
    return frozenset({**_EVERYWHERE, **_OF_SCRIPT[script]})


def plain(text: str, script: str) -> str:
    """Return ``text`` with one character for those that writers of ``script`` interchange.

    The length is unchanged.
    """
    if text.isascii() or _odd(script).isdisjoint(text):
        return text
    return text.translate(_table(script))


@functools.cache
def _variants(script: str) -> Mapping[str, str]:
    out: dict[str, str] = {}
    for variant, char in _OF_SCRIPT[script].items():
        out[char] = out.get(char, "") + variant
    return out


_ATOM = re.compile(r"\\(.)|\[((?:\\.|[^\]\\])*)\]|\(\?(?:[a-z-]*:|P<[a-z0-9]+>)|\{[0-9,]+\}|(.)", re.DOTALL)
_RANGE = re.compile(r"(\w)-(\w)")
_META = frozenset(".()[]{}|?*+^$")


def loosen(pattern: str, script: str) -> str:
    """``pattern``, written for ``plain`` text, made to match what ``strip`` makes of a text."""
    variants = _variants(script)

    def within(inner: str) -> str:
        """Return the variants of all characters of a class; of its ranges those of figures."""
        more = ""
        for first, last in _RANGE.findall(inner):
            if first.isdecimal():
                more += "".join(f"{chr(ord(z) + int(first))}-{chr(ord(z) + int(last))}" for z in variants.get("0", ""))
        return more + "".join(variants.get(char, "") for char in _RANGE.sub("", inner))

    def loose(atom: re.Match[str]) -> str:
        escaped, inside, literal = atom.groups()
        if inside is not None:
            more = within(inside)
            head = inside[:-1] + r"\-" if inside.endswith("-") else inside
            return f"[{head}{more}]" if more and not inside.startswith("^") else atom[0]
        char = escaped or ("" if literal in _META else literal)
        more = variants.get(char, "") if char else ""
        return f"[{re.escape(char)}{more}]" if more else atom[0]

    return _ATOM.sub(loose, pattern)


@functools.cache
def _every_table() -> dict[int, str]:
    merged = dict(_EVERYWHERE)
    for variants in _OF_SCRIPT.values():
        merged.update(variants)
    return str.maketrans(merged)


def fold(text: str) -> Stripped:
    """Return ``text`` stripped, and plain in every script at once.

    The result is for comparing its words with those of a lexicon.
    """
    if text.isascii():
        return Stripped(text)
    stripped, _ = strip(text)
    return Stripped(stripped.text.translate(_every_table()), stripped.starts, stripped.sources)
