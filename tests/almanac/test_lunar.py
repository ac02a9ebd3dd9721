"""Full moons by month."""

from datetime import date

from app.almanac.lunar import full_moon


def test_full_moons() -> None:
    found = [full_moon(year, 5) for year in range(2017, 2026)]
    assert found == [
        date(2017, 5, 10), date(2018, 5, 29), date(2019, 5, 18), date(2020, 5, 7), date(2021, 5, 26),
        date(2022, 5, 16), date(2023, 5, 5), date(2024, 5, 23), date(2025, 5, 12),
    ]  # fmt: skip
    assert full_moon(2018, 2) is None
