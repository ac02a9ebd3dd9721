"""The parts of a text: preambular, operative and annexed paragraphs put together from its lines.

Numbers count up: a line opens the paragraph after the last only if it bears the next number, so that dates, cited
articles and quoted lists at the start of a line part nothing. Numbering restarts at 1 under a new heading.
"""

from __future__ import annotations

import re

from app.documents.layout import Line, LineKind, PageLayout, ends_sentence
from app.documents.numbering import (
    BEHIND,
    BROKEN,
    DIGITS,
    DOTTED,
    FORMULA,
    JUNK,
    LETTER,
    MARKED,
    MISREAD,
    NUMBER,
    ONE,
    QUOTED,
    SECTION,
    ParagraphDraft,
    fill_lost_numbers,
    section_label,
    subparagraph_path,
    withdraw_inferred,
)
from app.documents.vocabulary import Vocabulary
from app.model import Role


class ParagraphParser:
    """Parser of the lines of one instrument, from its opening formula on."""

    def __init__(
        self, vocabulary: Vocabulary, layout: PageLayout, label: str = "", formulas: frozenset[int] | None = None
    ) -> None:
        self.vocabulary = vocabulary
        self.formulas = formulas
        """The places of the lines that name the body; None to tell them by their words."""
        self.layout = layout
        self.parts: list[ParagraphDraft] = []
        self.current: ParagraphDraft | None = None
        self.role = Role.PREAMBULAR
        self.last = 0
        """The last number of the running list; 0 before the first."""
        self.begun = 0
        """The first part of the preamble that stands under the last heading."""
        self.nested = 0
        """The last number of a list within a paragraph."""
        self.sections = [""]
        """The labels of the parts within which the numbers run."""
        self.heading: str | None = label or None
        """The label of a heading since the last numbered paragraph; empty for a heading without one."""
        self.letters: tuple[str, ...] = ()
        self.over = False  # the text has ended; only an annex or another part may follow
        self.body: list[Line] = []
        self.at = -1
        """The place in the body of the line that is being read."""
        self.broken = self.torn = False
        """Furniture stands before this line; or anywhere since the last number, so that one may be lost."""
        self.alone = 0  # the number that stood on a line of its own just above

    def read(self, lines: list[Line]) -> list[ParagraphDraft]:
        """Return the parts of ``lines``, headings and signatures left out."""
        self.body = [line for line in lines if line.kind is LineKind.BODY]
        for place, line in enumerate(lines):
            if line.kind is not LineKind.BODY:
                if self._stands_alone(line, lines[place + 1] if place + 1 < len(lines) else None):
                    self.alone = self.last + 1
                else:
                    self.broken = self.torn = True
                continue
            self.at += 1
            if self.alone:
                self._open_number(line, 0, self.alone)
                self.alone = 0
            else:
                self._line(line)
            self.broken = False
        for part in self.parts if len(self.sections) > 1 else ():
            part.section = self.sections[part.run]
        fill_lost_numbers(self.parts, self._verb)
        return [part for part in self.parts if not part.heading and part.pieces]

    def _stands_alone(self, line: Line, after: Line | None) -> bool:
        """Return whether a line is the next number, set alone above its paragraph."""
        bare = line.text.rstrip(".")
        return (
            after is not None
            and after.kind is LineKind.BODY
            and self.last > 0
            and bare.isdecimal()
            and int(bare) == self.last + 1
            and (self.current is None or ends_sentence(self.current.words))
            and self._verb(after.text)
        )

    def _line(self, line: Line) -> None:
        row, words = line.text, self.vocabulary
        if len(row) < 80:
            if self._is_formula(line):
                self._formula()
                return
            if self._apart(line) and words.annex.fullmatch(row):
                self.role, self.current, self.over = Role.ANNEX, None, False
                return
            if self._closing(row):
                self.over, self.current = True, None
                return
        if self.over or self.role is Role.ANNEX:
            label = SECTION.fullmatch(row) if len(row) < 30 else None
            if label and not label["title"]:
                self.heading = section_label(label["label"])
            elif self.role is Role.ANNEX and not self.over:
                self.heading = None
                self._plain(line)
            elif self.heading and words.preambular.match(row):
                self._formula()  # its line is missing or misread
                self._plain(line)
            return
        first = row[0]
        if (first.isdigit() or first in '-–—(“"«') and self._numbered(line):
            return
        if (
            first in "(（㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩①②③④⑤⑥⑦⑧⑨⑩" or row[1:2] in ")）" or row[2:3] in ")）" or row[3:4] in ")）"
        ) and self._lettered(line, LETTER):
            return
        if self.last and first.islower() and first.isascii() and "." in row[1:6] and self._lettered(line, DOTTED):
            return
        if len(row) < 90 and self._apart(line):
            label = SECTION.fullmatch(row)
            if label and not (label["title"] and ends_sentence(row) and row[-1] in ";,"):
                self._heading(line, section_label(label["label"]))
                return
        if self._misprinted(line):
            return
        self._plain(line)

    def _is_formula(self, line: Line) -> bool:
        """Return whether a line names the adopting body and nothing else."""
        if self.formulas is not None:
            return line.start in self.formulas
        return self.vocabulary.formula.fullmatch(line.text) is not None

    def _apart(self, line: Line) -> bool:
        """Return whether a paragraph can begin at ``line``: nothing unfinished runs on into it."""
        current = self.current
        return line.gap > 0 or self.broken or current is None or current.heading or ends_sentence(current.words)

    def _formula(self) -> None:
        """Begin a preamble, the first or that of another part, after a line that names the body."""
        if self.role is Role.ANNEX and not self.heading:
            return
        self.role, self.current, self.over, self.letters = Role.PREAMBULAR, None, False, ()
        if self.last:
            self.begun = len(self.parts)
            self._restart()
        self.last = 0

    def _restart(self) -> None:
        """Restart the numbering under the last heading."""
        self.sections.append(self.heading or "")
        self.heading = None
        for part in self.parts[self.begun :]:
            part.run = len(self.sections) - 1
        self.begun = len(self.parts)

    def _closing(self, row: str) -> bool:
        words = self.vocabulary
        if words.closing.match(row) or words.voting.match(row):
            return self.current is None or self.last > 0 or self.role is not Role.PREAMBULAR
        dated = words.dated.match(row)
        return (
            dated is not None
            and len(row) - dated.end() < 3
            and (self.current is None or ends_sentence(self.current.words))
        )

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _numbered(self, line: Line) -> bool:
        row = line.text
        match = NUMBER.match(row) or (BEHIND.match(row) if not self.vocabulary.cased else None)
        if not match:
            return self._damaged(line) or self._misprinted(line)
        number = int(match["number"].translate(DIGITS))
        opened = match.groupdict().get("open") or ""
        if opened and (opened[0] in QUOTED or opened[0] == "("):
            return False
        apart = self._apart(line)
        verb = self.vocabulary.operative.match(row, match.end()) is not None
        if self.nested and number == self.nested + 1 and not verb:
            self.nested = number
            return False
        if number == self.last + 1:
            fits = apart or verb
            fits = fits and (number > 1 or self.role is not Role.PREAMBULAR or verb or self._may_begin())
        elif number == 1:
            fits = apart and self.heading is not None and (bool(self.heading) or verb)
            if fits:
                self._restart()
            else:
                self.nested = 1
        elif self.last == 0:
            fits = number == 2 and apart and self._began(verb=verb)
        else:
            lost = self.torn and self.last < number <= self.last + 3 and line.text[match.end() :][:1].isupper()
            fits = (verb or lost) and apart
            if fits and not self.last < number <= self.last + 3:
                number = self._settled(number)
        if not fits:
            return False
        self._open_number(line, match.end(), number)
        return True

    def _settled(self, number: int) -> int:
        """Return the number of a paragraph whose printed one does not follow the last.

        The printed one holds where the numbers against it were inferred, or where the next one confirms it.
        """
        if number <= self.last:
            if withdraw_inferred(self.parts, len(self.sections) - 1, number):
                return number
        else:
            numbers = (NUMBER.match(line.text) for line in self.body[self.at + 1 :])
            following = next((int(one["number"].translate(DIGITS)) for one in numbers if one), 0)
            if following == number + 1:
                return number
        return self.last + 1  # misprinted or misread

    def _damaged(self, line: Line) -> bool:
        """Open the next number where its figures are apart or a footnote mark follows it."""
        match = BROKEN.match(line.text) or MARKED.match(line.text)
        figures = match["number"].replace(" ", "").replace("O", "0") if match else ""
        if not match or not self.last or not self._apart(line) or int(figures) != self.last + 1:
            return False
        self._open_number(line, match.end(), self.last + 1)
        return True

    def _began(self, *, verb: bool) -> bool:
        """Return whether the first number was lost or misread; number its paragraph 1."""
        for first in reversed(self.parts[-3:]):
            lost = first.role is Role.OPERATIVE and not first.heading
            if first.number is None and not first.letters and (lost or ONE.match(first.opening)):
                first.role, first.number, first.heading = Role.OPERATIVE, "1", False
                return True
        return verb

    def _may_begin(self) -> bool:
        """Return whether a 1 without an operative verb opens the operative part, not a list."""
        return self.current is None or self.current.words[-1] not in ":："

    def _misprinted(self, line: Line) -> bool:
        """Open the next number where a scan has a stray sign, a stop and an operative verb for it."""
        if not self.vocabulary.cased or not self._apart(line):
            return False
        match = JUNK.match(line.text)
        if not match or not self.vocabulary.operative.match(line.text, match.end()):
            return False
        bare = match["bare"]
        if self.last == 0 and (bare or match["number"] not in "IlL|!i"):
            return False
        if bare and int(bare) != self.last + 1:
            return False
        if not bare and (match["number"].isdigit() or not self.vocabulary.operative.match(line.text, match.end())):
            return False
        self._open_number(line, match.end(), self.last + 1)
        # "S." for "5." is that number, a letter of no such shape is not.
        self.parts[-1].inferred = not bare and match["number"].translate(MISREAD) != str(self.last)
        return True

    def _open_number(self, line: Line, skip: int, number: int) -> None:
        if self.heading and self.last == 0:
            self.sections[-1] = self.sections[-1] or self.heading
            if self.sections[-1] != self.heading:
                self._restart()
        self.role, self.last, self.letters, self.heading, self.nested = Role.OPERATIVE, number, (), None, 0
        self.torn = False
        inner = LETTER.match(line.text, skip)
        if (
            inner
            and subparagraph_path(inner, self.letters, self.vocabulary.letters) == ("a",)
            and line.text[skip] in "(（"
        ):
            self.letters, skip = ("a",), inner.end()
        self._open(line, skip)
        self.parts[-1].printed = True
        self.begun = len(self.parts)

    # --- letters ----------------------------------------------------------------------------------------------------

    def _lettered(self, line: Line, form: re.Pattern[str]) -> bool:
        match = form.match(line.text)
        if not match or not self._apart(line):
            return False
        path = subparagraph_path(match, self.letters, self.vocabulary.letters)
        if path is None:
            return False
        self.letters = path
        self._open(line, match.end())
        return True

    # --- plain lines ------------------------------------------------------------------------------------------------

    def _heading(self, line: Line, label: str) -> None:
        if label and label != self.heading and self.role is Role.OPERATIVE:
            self.begun = len(self.parts)
        self.heading, self.letters = label, ()
        part = ParagraphDraft(
            self.role,
            heading=True,
            opening=line.text,
            words=line.text,
            pieces=[(line.start, line.end)],
            length=len(line.text),
        )
        self.parts.append(part)
        self.current = part

    def _plain(self, line: Line) -> None:
        current = self.current
        if current is not None and not self._parts(current, line):
            self._extend(current, line)
            return
        if self.vocabulary.cased and self.role is Role.PREAMBULAR and self._verb(line.text):
            self.role = Role.OPERATIVE
        elif self.heading and self.role is Role.OPERATIVE and self.last and self._begins_part(line):
            self._formula()
            if self._verb(line.text):
                self.role = Role.OPERATIVE
        elif self.heading and self.role is Role.OPERATIVE and self.vocabulary.preambular.match(line.text):
            self.role, self.begun = Role.PREAMBULAR, len(self.parts)
        if self.role is not Role.ANNEX and self._is_heading(line):
            self._heading(line, self.heading or "")
            return
        self._open(line, 0)

    def _begins_part(self, line: Line) -> bool:
        """Return whether the line under a part's label opens it: a body's name or an act."""
        row = line.text
        if not ((len(row) < FORMULA and row[-1] in ",،，") or self._verb(row)):
            return False
        numbers = (NUMBER.match(one.text) for one in self.body[self.at + 1 :])
        following = next((int(one["number"].translate(DIGITS)) for one in numbers if one), 1)
        return following != self.last + 1

    def _verb(self, row: str) -> bool:
        """Return whether a line without a number opens an operative paragraph."""
        return self.vocabulary.operative.match(row) is not None and self.vocabulary.preambular.match(row) is None

    def _is_heading(self, line: Line) -> bool:
        """Return whether a line is a heading: short, apart, without a stop."""
        row = line.text
        if len(row) > 110 or ends_sentence(row) or not (line.gap > 0 or self.current is None) or row[0] in QUOTED:
            return False
        if self.role is Role.PREAMBULAR and (self.vocabulary.preambular.match(row) or not self.layout.whole):
            return False
        if self.vocabulary.operative.match(row) or row[0].islower():
            return False
        # Narrow; or as wide as the page, alone, and a number follows.
        after = self.body[self.at + 1] if self.at + 1 < len(self.body) else None
        alone = after is not None and after.gap > 0 and NUMBER.match(after.text) is not None
        return self.layout.whole or alone or len(row) < self.layout.width * 4 // 5

    def _open(self, line: Line, skip: int) -> None:
        number = str(self.last) if self.role is Role.OPERATIVE and self.last else None
        part = ParagraphDraft(
            self.role, number=number, letters=self.letters if skip else (), run=len(self.sections) - 1
        )
        if not skip:
            self.letters = self.letters if self.role is Role.OPERATIVE else ()
        self.parts.append(part)
        self.current = part
        part.opening = part.words = line.text
        part.length = len(line.text) - skip
        if skip < len(line.text):
            part.pieces.append((line.start + skip, line.end))

    def _extend(self, part: ParagraphDraft, line: Line) -> None:
        if part.pieces and not self.broken:
            part.pieces[-1] = (part.pieces[-1][0], line.end)
        else:
            part.pieces.append((line.start, line.end))
        part.words = line.text
        part.length += len(line.text)

    def _parts(self, current: ParagraphDraft, line: Line) -> bool:
        """Return whether ``line``, without number or letter, opens a paragraph after ``current``."""
        row, layout, words = line.text, self.layout, self.vocabulary
        if not current.pieces:
            return False
        stop = ends_sentence(current.words)
        if current.heading:
            return line.gap > 0 or self.broken or words.preambular.match(row) is not None
        if words.cased and row[0].islower():
            return stop and current.words[-1] == "." and line.gap > 0 and not self.broken
        if self.broken or layout.doubled:
            if not stop:
                return False
            if layout.indented:
                return line.indent > 0
            return current.words[-1] not in ",，،" or self._opens(row)
        if layout.gapped:
            if line.gap == 0:
                return stop and words.cased and self._opens(row) and len(current.words) < layout.width * 9 // 10
            if stop or layout.whole:
                return True
            return len(current.words) < layout.width * 3 // 4
        if not stop:
            return False
        return (layout.indented and line.indent > 0) or self._opens(row)

    def _opens(self, row: str) -> bool:
        preambular = self.role is Role.PREAMBULAR and self.vocabulary.preambular.match(row) is not None
        return preambular or self.vocabulary.operative.match(row) is not None
