"""What an address asks for, in one order whatever order it was asked in."""

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest

from app.errors import PlenaryError, UnknownLanguage, UnknownParameter
from app.feeds import FeedOptions, parse
from app.model import Kind
from tests.feeds import made


def read(query: str) -> FeedOptions:
    return parse(parse_qsl(query, keep_blank_values=True))


def test_every_parameter_is_read() -> None:
    assert read(
        "kind=report,meeting&kind=deadline&actor=secretary-general&body=general-assembly&topic=disarmament&q=nuclear+arms"
        "&from=2018-02-01&to=2018-12&lang=zh&cancelled=mark&windows=span&milestones=yes&alarm=P7D&as=todo&v=3"
    ) == FeedOptions(
        kinds=(Kind.MEETING, Kind.REPORT, Kind.DEADLINE),
        actors=("secretary-general",),
        bodies=("general-assembly",),
        topics=("disarmament",),
        text="nuclear arms",
        start=date(2018, 2, 1),
        end=date(2018, 12, 31),
        language="zh",
        cancelled="mark",
        windows="span",
        milestones=True,
        alarm=timedelta(days=7),
        shape="todo",
    )


def test_order_repetition_and_defaults_do_not_matter() -> None:
    asked = ["kind=report&kind=meeting&lang=en", "cancelled=keep&kind=meeting,report", "kind=report,meeting,report&q="]
    assert {read(query) for query in asked} == {FeedOptions(kinds=(Kind.MEETING, Kind.REPORT))}
    assert {read(query).query() for query in asked} == {"kind=meeting&kind=report"}


def test_a_query_is_read_back_as_it_was_said() -> None:
    choice = read(
        "q=%E6%A0%B8&from=2018&to=2018&alarm=PT12H&windows=none&lang=ar&milestones=yes&as=todo&cancelled=drop"
    )
    assert read(choice.query()) == choice


@pytest.mark.parametrize(
    ("query", "error", "where"),
    [
        ("color=red", UnknownParameter, "query"),
        ("kind=party", UnknownParameter, "kind"),
        ("from=2018-02-30", UnknownParameter, "from"),
        ("to=yesterday", UnknownParameter, "to"),
        ("from=0000", UnknownParameter, "from"),
        ("from=٢٠١٨", UnknownParameter, "from"),
        ("lang=de", UnknownLanguage, "lang"),
        ("alarm=soon", UnknownParameter, "alarm"),
        ("cancelled=hide", UnknownParameter, "cancelled"),
        ("windows=all", UnknownParameter, "windows"),
        ("milestones=maybe", UnknownParameter, "milestones"),
        ("as=journal", UnknownParameter, "as"),
        ("actor=Secretary General", UnknownParameter, "actor"),
        ("q=" + "a" * 201, UnknownParameter, "q"),
        ("actor=" + ",".join(f"a{n}" for n in range(51)), UnknownParameter, "actor"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(query: str, error: type[PlenaryError], where: str) -> None:
    with pytest.raises(error) as caught:
        read(query)
    assert caught.value.where == where
    assert caught.value.hint
    assert caught.value.http_status == 400


def test_an_unknown_parameter_is_told_the_known_ones() -> None:
    with pytest.raises(UnknownParameter) as caught:
        read("kinds=report")
    assert caught.value.hint == (
        "use one of kind, actor, bearer, addressee, body, session, topic, resolution, status, q, from, to, "
        "lang, cancelled, windows, milestones, targets, budget, alarm, as, timed"
    )


@pytest.mark.parametrize(
    ("query", "by_default", "left_out"),
    [("", True, True), ("", False, False), ("targets=yes", True, False), ("targets=no", False, True)],
)
def test_options_leave_out_goals_by_feed_and_wish(query: str, by_default: bool, left_out: bool) -> None:
    goal = replace(made.CONFERENCE, target=True)
    assert read(query).leaves_out(goal, by_default=by_default) is left_out
    assert not read(query).leaves_out(made.CONFERENCE, by_default=by_default)


def test_options_leave_out_budget_periods_by_wish() -> None:
    period = replace(made.CONFERENCE, budget=True)
    assert read("budget=no").leaves_out(period, by_default=False)
    assert not read("budget=yes").leaves_out(period, by_default=True)


def test_tracking_parameters_are_ignored() -> None:
    assert read("kind=report&utm_source=mail&fbclid=x&amp;=") == read("kind=report")
    assert read("kind=report&amp;lang=fr").language == "fr"


def test_reversed_range_is_refused() -> None:
    with pytest.raises(UnknownParameter) as caught:
        read("from=2019&to=2018")
    assert caught.value.where == "to"


def test_resolution_takes_symbols_and_slugs() -> None:
    assert read("resolution=A/RES/72/251,A-RES-73-1").resolutions == ("A-RES-72-251", "A-RES-73-1")
