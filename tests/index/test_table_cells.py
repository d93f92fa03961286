import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.table_cells import iso_date, length_ms, texts


@pytest.mark.parametrize(
    "cell",
    [
        *("2023-02-03", "20230203", "2023/02/03", "2023-02-03T10:00:00Z", "2023-02-03 10:00", "1675400000"),
        *("1675400000123", "Feb 3, 2023", "3 February 2023", "February 3rd, 2023", "Fri, 03 Feb 2023 10:00:00 GMT"),
        *("Friday, 3. Feb 2023", " 2023.02.03 "),
    ],
)
def test_dates(cell: str) -> None:
    assert iso_date(cell) == "2023-02-03"


def test_dates_of_numbers_alone() -> None:
    assert iso_date("25/12/2022") == iso_date("12/25/2022") == iso_date("25.12.2022") == "2022-12-25"
    assert iso_date("03/02/2023") == ""  # The third of February, or the second of March.


@pytest.mark.parametrize("cell", ["", "soon", "2023-13-40", "99999999999999", "0", "Feb 31, 2023", "2023"])
def test_no_dates(cell: str) -> None:
    assert iso_date(cell) == ""


@pytest.mark.parametrize(
    "cell",
    [
        *("4584", "4584.0", "4,584", "1:16:24", "01:16:24", "PT1H16M24S", "PT76M24S", "pt4584s", "1h 16m 24s"),
        *("1 hr 16 min 24 sec", "4584 s", "4584000 ms"),
    ],
)
def test_lengths(cell: str) -> None:
    assert length_ms(cell) == 4_584_000


def test_lengths_in_ms() -> None:
    assert length_ms("4584000", in_ms=True) == 4_584_000


@pytest.mark.parametrize("cell", ["", "long", "-5", "0", "nan", "inf", "1e999", "9" * 400, "P", "PT", "1:99:99:99"])
def test_no_lengths(cell: str) -> None:
    assert length_ms(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        '["What’s a tide?", "Who said \\"low\\"?"]',
        "['What’s a tide?', 'Who said \"low\"?']",
        '["What’s a tide?", \'Who said \\x22low\\"?\']',
        'What’s a tide?\n\nWho said "low"?',
        '- What’s a tide?\n2. Who said "low"?\n',
    ],
)
def test_lists(cell: str) -> None:
    assert texts(cell) == ("What’s a tide?", 'Who said "low"?')


def test_lists_that_are_none() -> None:
    assert texts("") == texts("[]") == texts("[ ]") == ()
    assert texts("One?") == ("One?",)
    assert texts("[sic]") == ("[sic]",)
    assert texts("[1, 2]") == ("[1, 2]",)
    assert len(texts("['x', " * 50_000 + "]")) == 10_000


@given(st.text("['\\\"x0u2], \n-", max_size=60))
def test_any_cell_is_read(cell: str) -> None:
    texts(cell)
    iso_date(cell)
    length_ms(cell)


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8), min_size=1)
)
def test_lists_as_python_prints_them(items: list[str]) -> None:
    assert texts(repr(items)) == tuple(items)


@pytest.mark.parametrize("piece", ["'", '"', "\\", "['", "1", "1:", "PT", "a ", "3 feb ", "\n- "])
def test_long_cells_cost_nothing(piece: str) -> None:
    for cell in (piece * 200_000, "[" + piece * 200_000 + "]"):
        texts(cell)
        iso_date(cell)
        length_ms(cell)
