import pytest

from app.documents.scripts import level_text


@pytest.mark.parametrize(
    ("text", "language", "leveled"),
    [
        ("一九七七年五月二十六日第二〇五九次全體會議", "zh", "1977年五月二十六日第2059次全体会议"),
        ("２１９９（六十二）．鄉村", "zh", "2199(六十二).乡村"),
        ("١٣ أيلول/سبتمبر ١٩٩٩", "ar", "13 أيلول/سبتمبر 1999"),
        ("Одно и то же", "ru", "Одно и то же"),
    ],
)
def test_level_text_keeps_offsets(text: str, language: str, leveled: str) -> None:
    assert level_text(text, language) == leveled
    assert len(leveled) == len(text)


def test_level_text_drop_leaves_out_marks_without_width() -> None:
    assert level_text("الـقرار\u200f ١", "ar", drop=True) == "القرار 1"
