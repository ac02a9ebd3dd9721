"""Every rule of every lexicon is tested by its own examples and rejects; a new rule needs no new test."""

import pytest

from app.languages import Rule, languages, lexicon
from app.timex import tag

RULES = [(language, rule) for language in languages() for rule in lexicon(language).rules]
EXAMPLES = [
    pytest.param(language, rule, text, values, id=f"{language} {rule.id} {text}")
    for language, rule in RULES
    for text, values in rule.examples
]
REJECTS = [
    pytest.param(language, rule, text, id=f"{language} {rule.id} {text}")
    for language, rule in RULES
    for text in rule.rejects
]


@pytest.mark.parametrize(("language", "rule", "text", "values"), EXAMPLES)
def test_an_example_has_its_values(language: str, rule: Rule, text: str, values: tuple[str, ...]) -> None:
    found = tag(text, language)
    assert tuple(expression.value for expression in found) == values
    assert not values or rule.id in {expression.rule for expression in found}


@pytest.mark.parametrize(("language", "rule", "text"), REJECTS)
def test_a_reject_is_not_read(language: str, rule: Rule, text: str) -> None:
    assert [x for x in tag(text, language) if x.rule == rule.id and not x.doubt] == []


@pytest.mark.parametrize("language", languages())
def test_rule_ids_are_unique_and_every_rule_has_an_example(language: str) -> None:
    rules = lexicon(language).rules
    assert len({rule.id for rule in rules}) == len(rules)
    assert [rule.id for rule in rules if not rule.examples] == []


@pytest.mark.parametrize("language", languages())
def test_absent_rules_belong_to_another_language_and_say_why(language: str) -> None:
    everywhere = {rule.id for _, rule in RULES}
    own = {rule.id for rule in lexicon(language).rules}
    absent = lexicon(language).absent
    assert set(absent) <= everywhere - own
    assert all(absent.values())
