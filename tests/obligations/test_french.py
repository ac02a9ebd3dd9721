"""What French says in its own way, on sample paragraphs of our own."""

import pytest

from tests.obligations.sample import dated

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
        "Décide que, jusqu’au 29 janvier 2037, tous les États doivent continuer d’éteindre les phares ;",
        [("mandate", "../2037-01-29")],
    ),
    (
        "Entend réexaminer le mandat du Groupe et prendre les mesures voulues concernant sa reconduction le "
        "29 janvier 2036 au plus tard ;",
        [("review", "../2036-01-29")],
    ),
    (
        "Décide d’affecter des crédits au fonctionnement de la Mission au titre de l’exercice allant du "
        "1er juillet 2036 au 30 juin 2037 ;",
        [("period", "2036-07-01/2037-06-30")],
    ),
    (
        "Salue les travaux de la vingt et unième session de la Conférence des Parties, tenue à Lisbonne "
        "du 4 au 8 mai 2034 ;",
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


def test_yearly_body_recommends_to_assembly_by_session_number() -> None:
    paragraph = "Prie le Secrétaire général de lui présenter un rapport à sa quatre-vingt-douzième session ;"
    assert dated(paragraph, symbol="E/RES/2036/4", language="fr") == [("report", "GA92")]


def test_themes_of_years_in_a_list() -> None:
    paragraphs = (
        "Décide que les thèmes retenus seront les suivants :",
        "(a) Pour 2037 : Éclairer les côtes ;",
        "(b) Pour 2038 : Guider les navires ;",
    )
    assert dated(*paragraphs, language="fr") == [("period", "2037"), ("period", "2038")]
