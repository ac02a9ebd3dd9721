from app.model import LANGUAGES
from app.services.language_coverage import LanguageCoverage, language_coverage


def test_official_languages_have_every_message() -> None:
    found = language_coverage()
    assert [item.language for item in found] == list(LANGUAGES)
    assert [item.language for item in found if item.messages] == []


def test_gaps_are_counted_and_listed() -> None:
    item = LanguageCoverage("eo", messages=("Report",), names=(), forms=("geneva", "vienna"), rules=("day.text",))
    assert item.line() == "eo: 1 messages, 2 forms, 1 rules missing"
    assert item.lines() == ["eo: message: Report", "eo: form: geneva", "eo: form: vienna", "eo: rule: day.text"]
    assert not item.is_complete
    assert LanguageCoverage("eo", (), (), (), ()).line() == "eo: nothing missing"
