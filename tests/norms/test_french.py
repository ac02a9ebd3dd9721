"""What French says in its own way, on sample paragraphs of our own."""

import pytest

from tests.norms.sample import dated

PARAGRAPHS = [
    (
        "Décide d’inscrire à son ordre du jour annuel la question intitulée « La situation des phares » ;",
        [("agenda", "R/P1Y")],
    ),
    (
        "Prie le Secrétaire général de lui présenter une étude à sa quatre-vingt-onzième session, "
        "avant la tenue d’un dialogue ;",
        [("report", "GA91"), ("meeting", "GA91")],
    ),
    (
        "Prie le Secrétaire général d’établir un rapport sur les phares, qu’elle examinera à sa "
        "quatre-vingt-onzième session ;",
        [("report", "GA91")],
    ),
    (
        "Décide d’examiner, à sa quatre-vingt-quinzième session, l’application de la présente résolution ;",
        [("review", "GA95")],
    ),
    (
        "Attend avec intérêt la Conférence des Nations Unies sur les phares de 2038 pour accélérer "
        "la réalisation de l’objectif ;",
        [("meeting", "2038")],
    ),
    ("Prie le Comité de mettre au point, d’ici à trois mois, un plan d’action ;", [("deadline", "adoption+P3M")]),
    ("Invite les États à éclairer leurs côtes à l’horizon 2040 ;", [("deadline", "../2040-12-31")]),
    ("Se félicite des résultats obtenus dix ans après le Sommet ;", []),
    ("Prend note des objectifs intitulés « Des phares pour tous d’ici à 2040 » ;", []),
    ("Estime qu’il faut investir 8 milliards de dollars par an pour entretenir les phares ;", []),
    ("Rappelle la décision de prolonger le mandat du Forum pour une période de dix ans ;", []),
    (
        "Se félicite de la tenue au quatrième trimestre de 2036 de la treizième réunion du Forum ;",
        [("meeting", "2036-10/2036-12")],
    ),
    (
        "Prie le Comité de présider, avant la fin de juin 2036, une audition consacrée aux phares ;",
        [("meeting", "../2036-06-30")],
    ),
    (
        "Prie l’Office de dresser une liste de phares et de la présenter comme il convient à l’Assemblée "
        "générale à sa quatre-vingt-onzième session ;",
        [("report", "GA91")],
    ),
    (
        "Approuve l’ordre du jour provisoire finalisé par la Commission de statistique à sa soixante-sixième session ;",
        [],
    ),
    (
        "Se félicite de la tenue de la Journée mondiale des phares, célébrée chaque année le 17 mai ;",
        [("observance", "R/--05-17")],
    ),
]


@pytest.mark.parametrize(("paragraph", "items"), PARAGRAPHS, ids=[paragraph[:60] for paragraph, _ in PARAGRAPHS])
def test_a_paragraph(paragraph: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph, language="fr") == items


def test_what_a_council_that_counts_by_years_recommends_to_the_assembly() -> None:
    paragraph = "Prie le Secrétaire général de lui présenter un rapport à sa quatre-vingt-douzième session ;"
    assert dated(paragraph, symbol="E/RES/2036/4", language="fr") == [("report", "GA92")]
