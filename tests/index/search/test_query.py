import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.query import FIELDS, Chip, Clause, Filter, Kind, Query, Term, parse
from tests.index.making import quick


def word(text: str) -> Clause:
    return Clause((Term(Kind.WORD, text),))


def phrase(text: str) -> Clause:
    return Clause((Term(Kind.PHRASE, text),))


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("", ()),
        ("slow tide", (word("slow"), word("tide"))),
        ('"slow tide" sand', (phrase("slow tide"), word("sand"))),
        ("“slow tide”", (phrase("slow tide"),)),
        ("tide -sand", (word("tide"), Clause((Term(Kind.WORD, "sand"),), left_out=True))),
        ('-"slow tide"', (Clause((Term(Kind.PHRASE, "slow tide"),), left_out=True),)),
        ("tide OR flood sea", (Clause((Term(Kind.WORD, "tide"), Term(Kind.WORD, "flood"))), word("sea"))),
        ("or", (word("or"),)),
        ("tid* sand~", (Clause((Term(Kind.PREFIX, "tid"),)), Clause((Term(Kind.NEARLY, "sand"),)))),
        ("open-source well - known", (word("open-source"), word("well"), word("known"))),
        ("speaker:sarah", (Filter("speaker", "sarah"),)),
        ('Speaker:"Sarah Lind" show:x', (Filter("speaker", "Sarah Lind"), Filter("show", "x"))),
        ("-tag:old", (Filter("tag", "old", left_out=True),)),
        ("date:2023..2024", (Filter("date", "2023..2024"),)),
        ("date:..2024-05", (Filter("date", "..2024-05"),)),
        ("before:2023-05-01 after:2020", (Filter("before", "2023-05-01"), Filter("after", "2020"))),
        ("at 10:30", (word("at"), word("10:30"))),
        ("see https://a.b/c?d", (word("see"), word("https://a.b/c?d"))),
        ("…", ()),
        ("今日 天気", (word("今日"), word("天気"))),
    ],
)
def test_is_understood(typed: str, items: tuple[Clause | Filter, ...]) -> None:
    assert parse(typed) == Query(items)


@pytest.mark.parametrize(
    ("typed", "items", "said"),
    [
        ('"slow tide', (word("slow"), word("tide")), "not closed"),
        ("OR tide", (word("OR"), word("tide")), "OR stands between"),
        ("tide OR", (word("tide"), word("OR")), "OR stands between"),
        ("a*", (word("a"),), "two letters"),
        ("* tide", (word("tide"),), "needs a word"),
        ("date:soon", (word("date"), word("soon")), "is no date; write date:2023"),
        ("date:..", (word("date"), word("..")), "no date"),
        ("before:2023-5", (word("before"), word("2023-5")), "before:2023-05"),
    ],
)
def test_what_is_malformed_is_searched_as_plain_words(
    typed: str, items: tuple[Clause | Filter, ...], said: str
) -> None:
    found = parse(typed)
    assert [item for item in found.items if str(item) != ".."] == [item for item in items if str(item) != ".."]
    assert said in found.hint


def test_an_unknown_field_is_words() -> None:
    assert parse('topic:"slow tide"').items == (word("topic"), phrase("slow tide"))
    assert parse("speaker: sarah").items == (word("speaker:"), word("sarah"))


def test_chips_can_be_taken_away_one_by_one() -> None:
    query = parse('slow "open source" -sand speaker:"Sarah Lind" -tag:old date:2023')
    assert query.chips == (
        Chip("words", "slow", 0),
        Chip("words", '"open source"', 1),
        Chip("without", "sand", 2),
        Chip("speaker", "Sarah Lind", 3),
        Chip("-tag", "old", 4),
        Chip("date", "2023", 5),
    )
    assert str(query.without(3)) == 'slow "open source" -sand -tag:old date:2023'
    assert str(query.without(0).with_filter("show", "Sea talks")).endswith('date:2023 show:"Sea talks"')


PIECES = st.one_of(
    st.sampled_from(
        'a tide "slow tide" " -x - OR or x* ~ y~ * "" date:2023 date:x before:2023-01 speaker:sarah speaker: '
        'show:"a b" tag:"" : é 今日 -"a b" -tag:x “ ” x" 10:30 -OR OR*'.split(" ")
    ),
    st.text(max_size=6),
    st.sampled_from([f"{field}:" for field in FIELDS]),
)


@quick
@given(st.lists(PIECES, max_size=8))
def test_what_is_printed_is_understood_as_the_same(pieces: list[str]) -> None:
    query = parse(" ".join(pieces))
    printed = str(query)
    assert str(parse(printed)) == printed
    assert parse(printed).filters == query.filters
    assert len(query.chips) == len(query.items)
