"""Errors in the reader's language.

Errors are raised in English, where they happen. Here stand their sentences once more, with slots for what they are
about: an error's words are held against them, and said anew by the catalogue. Words that fit none stay English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from string import Formatter
from typing import Final

from app.errors import PlenaryError
from app.wording.catalog import SOURCE, gettext, message

SENTENCES: Final = (
    message("a character that no text has"),
    message("write it in Unicode, without NUL"),
    message("the source and the target are one"),
    message("name another database"),
    message("the target is not empty"),
    message("name a new database"),
    message("the copy of {name} differs"),
    message("there is such a file already"),
    message("name a new file"),
    message("ask the operator for one: `plenary token create`"),
    message("the token is not valid"),
    message("a token needs a name"),
    message("at most {most} characters"),
    message("no scope {unknown}"),
    message("{days} is no number of days"),
    message("the token does not allow {scope}"),
    message("use a token with the scope {scope}"),
    message("no token {id} that is not revoked"),
    message("`plenary token list` has ids"),
    message("the form is not of this sign-in"),
    message("load the page again"),
    message("this needs a token"),
    message("send it as Authorization: Bearer plenary-…"),
    message("nobody is signed in"),
    message("sign in at /signin"),
    message("the form was sent from another site"),
    message("/calendar lists the events"),
    message("/docs shows the form"),
    message("/openapi.json lists the addresses"),
    message("a body of type {kind}"),
    message("a body too large"),
    message("a cursor that is none"),
    message("a folder, not a file"),
    message("a list was expected here"),
    message("a mapping was expected here"),
    message("a page of the PDF is broken"),
    message("a plain name"),
    message("a query of {query} characters"),
    message("a repetition without the day it was decided on"),
    message("a schedule begins with its symbol"),
    message("a schedule in the store cannot be read"),
    message("a search of more than 200 characters"),
    message("a single value was expected here"),
    message("a span that ends before it begins"),
    message("a table cannot be written to files"),
    message("an amendment without the day it was decided on"),
    message("an empty file"),
    message("an event in the store cannot be read"),
    message("anchors, aliases or nesting beyond what a schedule needs"),
    message("answered {status_code}"),
    message("at most {bytes} are read"),
    message("at most {most} bytes"),
    message("at most {value}"),
    message("cannot be fetched ({error})"),
    message("cannot be made ({strerror})"),
    message("cannot be read ({strerror})"),
    message("cannot be written ({strerror})"),
    message("cannot listen ({error})"),
    message("check PLENARY_DATABASE_URL, and that the place can be written"),
    message("check the address"),
    message("check the path"),
    message("check the target and the days of adoption"),
    message("choose another with --port"),
    message("decided on {decided}, before the event was, on {decided2}"),
    message("derive them into different folders"),
    message("drop one of the amendments"),
    message("each item has a uid of its own"),
    message("events that replace each other in a circle"),
    message("feeds are all.ics and resolution/A-RES-72-251.ics; see /"),
    message("files ending in {jobs}"),
    message("formats are {known}"),
    message("give a smaller document"),
    message("give at least one"),
    message("give at most 50"),
    message("give fewer words"),
    message("give it once"),
    message("give it without its password"),
    message("give its file the adopted: day"),
    message("give its symbol, as in A/RES/72/251"),
    message("give its symbol, as in A/RES/72/251, or name the file after it"),
    message("give one"),
    message("give one of them another ordinal"),
    message("give text, PDF, DOCX or HTML"),
    message("give the document without its pictures, or its text"),
    message("give the file its adopted: day"),
    message("give the new time, or use postpone for a time to be decided"),
    message("give the text of a resolution or decision"),
    message("is it a resolution or decision, in the language {language}?"),
    message("it begins with https://"),
    message("it begins with {slug}."),
    message("it has been logged; try again"),
    message("its text {name} is not there"),
    message("keep the one that stood at the end of the day"),
    message("known are {known}"),
    message("known here: {allowed}"),
    message("lower-case words joined by hyphens: secretary-general"),
    message("mend the line named"),
    message("more than one body"),
    message("more than {bytes} bytes"),
    message("name a file"),
    message("no UTF-8 at byte {start}"),
    message("no document"),
    message("no documents there"),
    message("no event {uid}"),
    message("no feed {name}"),
    message("no format .{extension}"),
    message("no format {extension}"),
    message("no instrument {slug}"),
    message("no one body {bodies}"),
    message("no operative paragraphs are found"),
    message("no schedule of {named}"),
    message("no such event"),
    message("no such file"),
    message("no such file or folder"),
    message("no such folder"),
    message("no symbol in the text"),
    message("no text to unite"),
    message("not YAML ({error})"),
    message("not a database URL"),
    message("not an address on the web"),
    message("plenary derive makes one from its text"),
    message("put it beside the schedule file"),
    message("restore the database from its backup, or delete it to have it loaded anew"),
    message("run the newest version"),
    message("save it again as DOCX, or give its text"),
    message("save it again as a PDF with text, or give its text"),
    message("save it as UTF-8"),
    message("save the page again, or give its text"),
    message("see the Allow header"),
    message("see the files below schedules/"),
    message("see the table of settings in the README"),
    message("send a file, or its text"),
    message("send multipart/form-data"),
    message("set PLENARY_SCHEDULES to the schedules folder"),
    message("slugs are written A-RES-72-251; see /resolutions"),
    message("something went wrong here"),
    message("texts of one instrument only"),
    message("the DOCX file cannot be read"),
    message("the DOCX file cannot be unpacked"),
    message("the HTML page cannot be read"),
    message("the HTML page is nested too deeply"),
    message("the PDF cannot be opened: broken or cut short"),
    message("the PDF has {count} pages"),
    message("the PDF holds no text, only pictures"),
    message("the PDF is encrypted"),
    message("the ZIP file is no DOCX document"),
    message("the document holds no text"),
    message("the document is empty"),
    message("the earlier one has no same_as"),
    message("the feed could not be made"),
    message("the file is not in its canonical form"),
    message("the key {name} is missing"),
    message("the key {name} stands twice"),
    message("the page holds no text"),
    message("the request does not have the form asked for"),
    message("the source {name} is not beside the file"),
    message("the store cannot be used ({reason})"),
    message("the tables are of another version ({error})"),
    message("the text does not say which instrument it is"),
    message("the uid {uid} is not of {symbol}"),
    message("the uid {uid} stands twice"),
    message("try again"),
    message("two decisions of {decided} contradict each other on {uid}"),
    message("two documents would both be written as {name}.{format}"),
    message("two events go by {uid}"),
    message("uids are those that /api/v1/events gives"),
    message("unknown field {unknown}"),
    message("unknown key {name}"),
    message("unknown language {asked}"),
    message("unknown parameter {name}"),
    message("unknown value {value}"),
    message("use 1 to {value}"),
    message("use json, yaml or ics"),
    message("use one of high, medium, low"),
    message("use one of {known}"),
    message("use the value of `next` as it was given"),
    message("write 2018-04-01 or 2018-04-01T12:00:00Z"),
    message("write P7D, P2W or PT12H"),
    message("write each value out"),
    message("write it as 120-134: first offset, and the one after the last"),
    message("write it as 2018-03-28"),
    message("write it as 2018-04-01"),
    message("write it as 2018-04-01T12:00:00Z"),
    message(
        "write it as A/RES/72/251, A/DEC/72/553, S/RES/2334 (2016), S/PRST/2023/1, E/RES/2017/4 or A/HRC/RES/54/27"
    ),
    message("{confidence} is not known here"),
    message("{data} bytes"),
    message("{limit} is no size of a page"),
    message("{name} is given twice"),
    message("{node} is no span"),
    message("{part} is no slug"),
    message("{schedules} is not {first}"),
    message("{schedule} has two files"),
    message("{sources} documents and no folder to write to"),
    message("{start} is after the end, {end}"),
    message("{target} and {path} each say that they repeat the other"),
    message("{text} is no day"),
    message("{text} is no moment"),
    message("{text} is no whole number"),
    message("{values} values"),
    message("{value} is no time before an event"),
    message("{value} needs a when"),
)
"""What the errors of the house say, ``what`` and ``hint`` alike."""


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    """Each sentence with the pattern of its words; the most fixed words first, so that the closest fit wins."""
    made = []
    for sentence in SENTENCES:
        pattern, fixed = "", 0
        for words, slot, _, _ in Formatter().parse(sentence):
            pattern += re.escape(words) + (f"(?P<{slot}>.{{0,400}})" if slot else "")
            fixed += len(words)
        made.append((fixed, sentence, re.compile(pattern, re.DOTALL)))
    return [(sentence, pattern) for _, sentence, pattern in sorted(made, key=lambda item: -item[0])]


def say_fault(words: str, language: str) -> str:
    """``words`` of an error in ``language``, or as they are where no sentence fits them."""
    if language == SOURCE or not words:
        return words
    for sentence, pattern in _patterns():
        match = pattern.fullmatch(words[:2000])
        if match:
            return gettext(sentence, language, **match.groupdict())
    return words


def say_error(error: PlenaryError, language: str) -> tuple[str, str]:
    """What is wrong and what to do about it, in ``language``."""
    return say_fault(error.what, language), say_fault(error.hint, language)
