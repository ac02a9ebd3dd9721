"""The arithmetic of dates as sentences, in the reader's language."""

import re

import pytest

from app.i18n.explanations import SENTENCES, explain_proof, explain_step, format_duration
from app.model import LANGUAGES, Step


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        ("P1D", "1 day"),
        ("P20WD", "20 working days"),
        ("P2W", "2 weeks"),
        ("P1M", "1 month"),
        ("P3Y", "3 years"),
        ("P1Y6M", "P1Y6M"),
        ("soon", "soon"),
    ],
)
def test_format_duration_words_one_unit(duration: str, words: str) -> None:
    assert format_duration(duration, "en") == words


def test_explain_step_words_its_facts() -> None:
    step = Step("offset.after", {"duration": "P60D", "from": "2017-12-24", "day": "2018-02-22"})
    assert explain_step(step, "en") == "60 days counted from the day after 24 December 2017: 22 February 2018"
    assert len({explain_step(step, language) for language in LANGUAGES}) == 6


def test_explain_step_without_sentence_or_fact_shows_the_rule() -> None:
    assert explain_step(Step("no.rule", {"a": "b", "c": ""}), "fr") == "no.rule a=b"
    assert explain_step(Step("offset.after", {"day": "2018-02-22"}), "en") == "offset.after day=2018-02-22"


def test_explain_proof_joins_its_steps() -> None:
    proof = [Step("pending.tbd"), Step("recurrence.session")]
    assert explain_proof(proof, "en") == "the date is left to a later decision; at each session"
    assert explain_proof([], "en") == ""


def test_sentences_have_slots_that_are_plain_names() -> None:
    slots = {slot for sentence in SENTENCES.values() for slot in re.findall(r"\{([^}]*)\}", sentence)}
    assert all(slot.isidentifier() or slot == "from" for slot in slots)
