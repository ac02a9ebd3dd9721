"""Resolutions made by a seeded generator, in the form and the words of real ones; every text is our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

SEED = 20171224
SUBJECTS = (
    "lighthouses", "inland ports", "seed banks", "mountain railways", "river deltas", "map libraries", "salt marshes",
    "weather stations", "small harbours", "night skies", "reading rooms", "footbridges",
)  # fmt: skip
VERBS = ("Reaffirming", "Recalling", "Noting with appreciation", "Bearing in mind", "Recognizing", "Stressing")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
TENS = {5: "fiftieth", 6: "sixtieth", 7: "seventieth", 8: "eightieth", 9: "ninetieth"}
STEMS = {5: "fifty", 6: "sixty", 7: "seventy", 8: "eighty", 9: "ninety"}


def session_name(number: int) -> str:
    """73 as seventy-third."""
    tens, ones = divmod(number, 10)
    return TENS[tens] if ones == 0 else f"{STEMS[tens]}-{ORDINALS[ones - 1]}"


def day_name(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def operative(random: Random, subject: str, adopted: date, session: int) -> Iterator[str]:
    """Paragraphs that schedule something, and some that do not."""
    later = adopted + timedelta(random.randrange(100, 600))
    following = session_name(session + random.randrange(1, 3))
    opens, closes = day_name(later), day_name(later + timedelta(2))
    choices = (
        f"Decides to convene in New York, from {opens} to {closes}, a conference on the preservation of {subject}",
        f"Requests the Secretary-General to submit to the General Assembly at its {following} session a report on the "
        "implementation of the present resolution",
        f"Decides to include in the provisional agenda of its {following} session the item entitled “Preservation of "
        f"{subject}”",
        f"Invites Member States to submit their views on {subject} by {opens}",
        f"Calls upon Member States to share experience in the care of {subject} with those that ask for it",
        f"Encourages the organizations concerned to continue their work on {subject}, within their mandates",
        f"Decides to declare {later.day} {MONTHS[later.month - 1]} the International Day of {subject.title()}, to be "
        "observed every year",
        f"Takes note with appreciation of the report of the Secretary-General on {subject}",
        f"Urges all States that have not yet done so to consider joining the agreements on {subject}",
        "Also requests the Secretary-General to bring the present resolution to the attention of all Member States",
    )
    yield from random.sample(choices, random.randrange(6, 10))


def paper(number: int, seed: int = SEED) -> tuple[str, str]:
    """The file name and the text of the resolution ``number``; equal for equal seeds."""
    random = Random(seed * 1_000_003 + number)
    session = 60 + number // 400
    adopted = date(1945 + session, 12, 1) + timedelta(random.randrange(0, 23))
    subject = SUBJECTS[number % len(SUBJECTS)]
    symbol = f"{session}/{number % 400 + 1}"
    preamble = "\n\n".join(
        f"{verb} the importance of {subject} for the peoples who live with them and for those who come after,"
        for verb in random.sample(VERBS, 3)
    )
    paragraphs = [
        f"{place}. {words}{'.' if last else ';'}"
        for found in [list(operative(random, subject, adopted, session))]
        for place, words in enumerate(found, start=1)
        for last in [place == len(found)]
    ]
    text = f"""United Nations                                                     A/RES/{symbol}

General Assembly                                        Distr.: General
                                                        {day_name(adopted + timedelta(8))}

{session_name(session).capitalize()} session
Agenda item {random.randrange(10, 140)}


Resolution adopted by the General Assembly on {day_name(adopted)}

[without reference to a Main Committee (A/{session}/L.{number % 60 + 1})]


{symbol}. Preservation of {subject}

The General Assembly,

{preamble}

{chr(10).join(f"{words}{chr(10)}" for words in paragraphs)}
{random.randrange(60, 90)}th plenary meeting
{day_name(adopted)}
"""
    return f"A-RES-{symbol.replace('/', '-')}.txt", text


def write(folder: Path, count: int, seed: int = SEED) -> None:
    """Writes ``count`` resolutions into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name, text = paper(number, seed)
        (folder / name).write_text(text, "utf-8")
