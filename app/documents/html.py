"""The text of an HTML page: its blocks as paragraphs, its lists numbered, its superscripts raised."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from app.documents.extracted import ExtractedText
from app.errors import DocumentError, message
from app.model import DocumentWarning, WarningCode

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_SILENT = frozenset((
    "head", "script", "style", "noscript", "template", "nav", "button", "select", "textarea", "iframe", "object", "svg",
))  # fmt: skip
_STRUCK = frozenset({"del", "s", "strike"})
_HIDING = re.compile(
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}(?:hidden|collapse)"
    r"|text-decoration[a-z-]{0,8}\s{0,4}:[^;]{0,40}line-through"
    r"|font-size\s{0,4}:\s{0,4}0(?![.0-9]*[1-9])|opacity\s{0,4}:\s{0,4}0(?![.0-9]*[1-9])",
    re.IGNORECASE,
)
"""Declarations of a style by which words are struck or not shown."""
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_SELECTOR = re.compile(r"(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,15})?(?:\.(?P<name>[\w-]{1,60})|#(?P<id>[\w-]{1,60}))?")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIGURES = re.compile(r"\s*\[?([0-9]{1,3})\]?\s*")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SHEET = 200_000
"""Characters of a style sheet that are looked at."""
_HINT = message("save the page again, or give its text")


def read_html(source: bytes, *, name: str = "") -> ExtractedText:
    """Return the text of an HTML page; every block is a line, with a blank one after it.

    Words that the page strikes or does not show are left out: ``del``, ``s``, ``strike``, the attribute ``hidden``,
    and styles of the element or of the page's own sheet (selectors of one element, class or identifier).

    The page is read without network, entities of its own or trees beyond the parser's bound. Raises DocumentError
    for a page that cannot be read or holds no text.
    """
    try:
        source.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None  # the page says its own, or the parser takes it as Latin-1
    parser = lxml_html.HTMLParser(
        encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(message("the HTML page cannot be read"), where=name, hint=_HINT) from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise DocumentError(message("the HTML page is nested too deeply"), where=name, hint=_HINT)
    blocks = BlockCollector(_hiding_selectors(root))
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            blocks.start(element)
        else:
            blocks.end(element)
    text = "\n\n".join(blocks.done())
    if not text.strip():
        raise DocumentError(message("the page contains no text"), where=name, hint=_HINT)
    left_out = (DocumentWarning(WarningCode.LEFT_OUT),) if blocks.left_out else ()
    return ExtractedText(text + "\n", left_out)


def _hiding_selectors(root: etree._Element) -> frozenset[tuple[str, str, str]]:
    """Return the selectors (element, class, identifier) that the page's own styles hide."""
    found = set()
    for sheet in root.iter("style"):
        for rule in _RULE.finditer((sheet.text or "")[:_SHEET]):
            if not _HIDING.search(rule[2]):
                continue
            for selector in rule[1].split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match and match[0]:
                    found.add(((match["tag"] or "").lower(), match["name"] or "", match["id"] or ""))
    return frozenset(found)


class BlockCollector:
    """Gathers the words of a page block by block while its elements are walked through."""

    def __init__(self, hiding: frozenset[tuple[str, str, str]] = frozenset()) -> None:
        self._hiding = hiding
        self.left_out = False
        """Words were left out because the page strikes or hides them."""
        self._blocks: list[str] = []
        self._words: list[str] = []
        self._silent = 0
        self._raised = 0
        self._counts: list[int | None] = []

    def start(self, element: etree._Element) -> None:
        """Open ``element``: begin a block, number a list item, take its text."""
        tag = str(element.tag)
        if tag in _SILENT:
            self._silent += 1
        elif self._hides(element, tag):
            self._silent += 1
            self.left_out = self.left_out or any(str(words).strip() for words in element.itertext())
        if self._silent:
            return
        if tag in _BLOCKS:
            self._close("\t" if tag in ("td", "th") else "")
        if tag in ("ol", "ul"):
            start = str(element.get("start", "1"))
            self._counts.append(
                int(start) - 1 if tag == "ol" and start.isascii() and start.isdigit() and len(start) < 6 else None
            )
        elif tag == "li" and self._counts:
            count = self._counts[-1]
            if count is not None:
                self._counts[-1] = count + 1
                self._words.append(f"{count + 1}. ")
        elif tag == "br":
            self._words.append("\n")
        elif tag == "sup":
            self._raised += 1
        self._say(element.text)

    def end(self, element: etree._Element) -> None:
        """Close ``element``: end its block, take the text after it."""
        tag = str(element.tag)
        if tag in _SILENT or self._hides(element, tag):
            self._silent -= 1
        elif not self._silent:
            if tag in _BLOCKS and tag not in ("td", "th"):
                self._close("")
            if tag in ("ol", "ul") and self._counts:
                self._counts.pop()
            elif tag == "sup":
                self._raised -= 1
        if not self._silent:
            self._say(element.tail)

    def _hides(self, element: etree._Element, tag: str) -> bool:
        """Return whether the page strikes ``element`` or does not show it."""
        if tag in _STRUCK or element.get("hidden") is not None:
            return True
        style = element.get("style")
        if style and _HIDING.search(str(style)[:2000]):
            return True
        if not self._hiding or tag in ("html", "body"):
            return False
        names = ("", *str(element.get("class", "")).split())
        ids = ("", str(element.get("id", "")))
        return any((t, n, i) in self._hiding for t in ("", tag) for n in names for i in ids)

    def done(self) -> list[str]:
        """Return the blocks, without empty ones."""
        self._close("")
        return self._blocks

    def _say(self, words: str | None) -> None:
        if not words:
            return
        figures = _FIGURES.fullmatch(words) if self._raised else None
        self._words.append(figures[1].translate(_RAISED) if figures else _SPACE.sub(" ", words))

    def _close(self, joint: str) -> None:
        """End the block, or between the cells of a row put ``joint``."""
        if joint and self._words:
            self._words.append(joint)
            return
        block = "\n".join(line.strip(" ") for line in "".join(self._words).split("\n")).strip()
        if block:
            self._blocks.append(block)
        self._words.clear()
