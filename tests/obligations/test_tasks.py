"""Tasks and appeals: what a named organ is to do, and what only exhorts."""

import pytest

from app.model import Language
from tests.obligations.sample import schedule

CASES: list[tuple[Language, str, list[tuple[str | None, bool]]]] = [
    ("en", "Requests the Secretary-General to ensure that lamps are kept in order;", [("secretary-general", False)]),
    ("en", "Calls upon States to keep their lamps in order;", [("states", True)]),
    ("en", "Requests States to cooperate with the lighthouse keepers;", [("states", True)]),
    ("en", "Requests the specialized agencies to provide information on lamps;", [("specialized-agencies", False)]),
    ("en", "Requests the specialized agencies to intensify their efforts;", [("specialized-agencies", True)]),
    ("en", "Invites the Secretary-General to prepare a study of lamps;", [("secretary-general", False)]),
    ("en", "Encourages the Secretary-General to continue to support keepers;", [("secretary-general", True)]),
    ("en", "Requests the Lamp Safety Board to draw up a list of lamps;", [("lamp-safety-board", False)]),
    ("en", "Calls upon Utopia, the coastal State, to light its coast;", [("utopia", True)]),
    ("en", "Encourages the continued engagement of the Lamp Board to keep lamps;", []),
    ("en", "Encourages increased cooperation between the Board and the Lamp Office to keep lamps;", []),
    ("en", "Requests the Lamp Safety Board to report to it by 3 May 2037;", []),
    ("fr", "Prie le Secrétaire général de veiller à l’entretien des phares ;", [("secretary-general", False)]),
    ("fr", "Engage les États à coopérer avec les gardiens ;", [("states", True)]),
    ("es", "Solicita al Secretario General que vele por los faros;", [("secretary-general", False)]),
    ("es", "Alienta al Secretario General a que apoye a los fareros;", [("secretary-general", True)]),
    ("ru", "просит Генерального секретаря обеспечить содержание маяков;", [("secretary-general", False)]),
    ("ru", "призывает государства сотрудничать со смотрителями;", [("states", True)]),
    ("zh", "请秘书长确保灯塔得到维护；", [("secretary-general", False)]),
    ("zh", "鼓励秘书长加强对守塔人的支持；", [("secretary-general", True)]),
    ("ar", "تطلب إلى الأمين العام كفالة صيانة المنارات؛", [("secretary-general", False)]),
    ("ar", "تهيب بالدول التعاون مع حراس المنارات؛", [("states", True)]),
]


@pytest.mark.parametrize(("language", "paragraph", "asked"), CASES)
def test_obligation_is_a_task_or_an_appeal(
    language: Language, paragraph: str, asked: list[tuple[str | None, bool]]
) -> None:
    found = schedule(paragraph, language=language)
    assert [(event.bearer, event.appeal) for event in found.events if event.when == "undated"] == asked
