"""Chains: which item continues which mandate."""

from __future__ import annotations

from datetime import date
from random import Random

from app.mandates import Chain, ChainItem, Identity, Key, link_chains


def mission(name: str, *more: Key) -> Identity:
    return Identity("mission", (Key("name", name.lower()), *more), name.lower())


def item(number: int, identity: Identity, ends: date | None = None, paragraph: str = "1") -> ChainItem:
    day = date(2020, 1, 1).replace(year=2020 + number % 100 // 10, month=1 + number % 10)
    return ChainItem(
        f"S/RES/{number} ({day.year})", day, paragraph, identity, f"S-RES-{number}.{paragraph}.mandate.1", ends
    )


def symbols_of(chains: list[Chain]) -> list[tuple[str, list[tuple[str, bool]]]]:
    return [(chain.root.symbol, [(link.item.symbol, link.sets_end) for link in chain.links]) for chain in chains]


def test_link_chains_follows_a_name_across_missing_texts() -> None:
    items = [item(3001, mission("UNOMR")), item(3042, mission("UNOMR")), item(3013, mission("UNIFIL"))]
    assert symbols_of(link_chains(items)) == [
        ("S/RES/3001 (2020)", [("S/RES/3042 (2024)", True)]),
        ("S/RES/3013 (2021)", []),
    ]


def test_link_chains_gives_the_same_in_any_order() -> None:
    texts = [item(3001 + 11 * n, mission(name)) for n, name in enumerate(("UNOMR", "UNIFIL") * 4)]
    first = symbols_of(link_chains(texts))
    for seed in range(5):
        Random(seed).shuffle(texts)
        assert symbols_of(link_chains(texts)) == first


def test_link_chains_keeps_panels_of_countries_apart() -> None:
    panels = [
        Identity("organ", (Key("organ", f"panel-of-experts:{code}"),), organ="panel-of-experts", country=code)
        for code in ("YE", "SS", "YE")
    ]
    found = link_chains([item(3001 + 10 * n, panel) for n, panel in enumerate(panels)])
    assert symbols_of(found) == [
        ("S/RES/3001 (2020)", [("S/RES/3021 (2022)", True)]),
        ("S/RES/3011 (2021)", []),
    ]


def test_link_chains_continues_every_measure_that_is_cited() -> None:
    first = [item(3001, Identity("measures", (Key("paragraph", f"3001:{p}"),)), paragraph=str(p)) for p in (11, 15)]
    both = Identity("measures", (Key("paragraph", "3001:11"), Key("paragraph", "3001:15")))
    assert symbols_of(link_chains([*first, item(3021, both)])) == [
        ("S/RES/3001 (2020)", [("S/RES/3021 (2022)", True)]),
        ("S/RES/3001 (2020)", [("S/RES/3021 (2022)", True)]),
    ]


def test_link_chains_does_not_take_measures_for_a_panel() -> None:
    measures = Identity("measures", (Key("paragraph", "3001:2"),))
    panel = Identity("organ", (Key("paragraph", "3001:2"),), organ="panel-of-experts")
    assert len(link_chains([item(3001, measures, paragraph="2"), item(3021, panel)])) == 2


def test_link_chains_leaves_the_end_to_what_dates_the_whole() -> None:
    whole = mission("UNOMR")
    part = Identity("mission", (Key("name", "unomr"),), "UNOMR", weight=2)
    found = link_chains([item(3001, whole), item(3021, part)])
    assert symbols_of(found) == [("S/RES/3001 (2020)", [("S/RES/3021 (2022)", False)])]


def test_link_chains_adds_changes_without_an_item() -> None:
    change = ChainItem("S/RES/3021 (2022)", date(2022, 2, 1), "4", mission("UNOMR"))
    assert symbols_of(link_chains([item(3001, mission("UNOMR")), change])) == [
        ("S/RES/3001 (2020)", [("S/RES/3021 (2022)", False)])
    ]
    assert link_chains([change]) == []
