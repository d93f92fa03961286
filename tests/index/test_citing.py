import pytest
from making import spoken, timed

from index.citing import apa, bibtex, chicago
from index.quoting import Origin, Quote, quote_of
from index.transcript import WordRange

TALK = spoken(("Mara Quist", "It took sixty years."), ("Ives Okafor", "And the pilot?"), length_ms=62_000)
ORIGIN = Origin("The harbour that moved", "Salt Lines", "2026-03-18")


def _quote(first: int = 0, end: int = 4, origin: Origin = ORIGIN) -> Quote:
    return quote_of(TALK, WordRange(first, end), origin)


def test_apa() -> None:
    assert apa(_quote()) == (
        "Quist, M. (2026, March 18). The harbour that moved [Audio podcast episode]. In Salt Lines. (0:00–1:02)"
    )
    assert apa(_quote(0, 7)).startswith("Quist, M., & Okafor, I. (2026, March 18). ")


def test_chicago() -> None:
    assert chicago(_quote(0, 7)) == (
        "Mara Quist and Ives Okafor, “The harbour that moved,” March 18, 2026, in Salt Lines, podcast, audio, "
        "0:00–2:04."
    )


def test_bibtex() -> None:
    assert bibtex(_quote()) == (
        "@misc{quist-2026-harbour,\n"
        "  author = {Mara Quist},\n"
        "  title = {The harbour that moved},\n"
        "  booktitle = {Salt Lines},\n"
        "  year = {2026},\n"
        "  month = {03},\n"
        "  day = {18},\n"
        "  howpublished = {Audio podcast episode},\n"
        "  note = {Quoted at 0:00--1:02},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("date", "told"),
    [("", "n.d."), ("2026", "2026"), ("2026-11", "2026, November"), ("2026-99-99", "2026"), ("20.11.2026", "n.d."),
     ("2026-03-18T10:00:00Z", "2026, March 18")],
)  # fmt: skip
def test_a_date_is_told_as_far_as_it_is_known(date: str, told: str) -> None:
    assert f" ({told}). " in apa(_quote(origin=Origin("Tides", date=date)))


def test_who_is_not_named_is_not_made_up() -> None:
    quote = quote_of(spoken("Hello."), WordRange(0, 1), Origin("Tides?", date="2026"))
    assert apa(quote) == "Tides? [Audio podcast episode]. (2026). (0:00–0:02)"
    assert chicago(quote) == "“Tides?” 2026, podcast, audio, 0:00–0:02."
    assert "author" not in bibtex(quote)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Host", "Host."),
        ("张三", "张三."),
        ("Joe de Vries", "Joe de Vries."),
        ("Ann B. Cole", "Cole, A. B."),
    ],
)
def test_a_name_that_cannot_be_turned_round_stays(name: str, told: str) -> None:
    quote = quote_of(timed(("Hi.", 0, 500), speaker=name), WordRange(0, 1), Origin("T"))
    assert apa(quote).startswith(f"{told} (n.d.)")


def test_tex_is_no_command() -> None:
    quote = quote_of(
        timed(("Hi.", 0, 500), speaker="A & B"), WordRange(0, 1), Origin(r"\input{x} 100% #1 $5 a_b ~ ^ NASA", "a\n}b")
    )
    entry = bibtex(quote)
    assert r"\textbackslash{}input\{x\} 100\% \#1 \$5 a\_b \textasciitilde{} \textasciicircum{} {NASA}" in entry
    assert r"booktitle = {a \}b}" in entry
    assert r"author = {A \& B}" in entry
