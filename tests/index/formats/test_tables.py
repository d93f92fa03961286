import csv
import io

import pytest
from reading import cues, read, turns
from sniffing import takers

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import WriteOptions

TSV = 'start\tend\ttext\n0\t3760\t"And so" he said\n3760\t5000\t=1+1, "x"\n'
CPP = 'start,end,text\n0,3760," And so my ""fellow"""\n3760,7000," ask, not"\n'
CPP_SPEAKERS = 'start,end,speaker,text\n0,3760,0," And so"\n3760,7000,1," ask"\n7000,7600,?," who"\n'


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        (TSV, "TSV", [(0, 3760, '"And so" he said'), (3760, 5000, '=1+1, "x"')]),
        (CPP, "CSV", [(0, 3760, 'And so my "fellow"'), (3760, 7000, "ask, not")]),
        ("0\t3760\tAnd so\n3760\t4000\task\n", "TSV", [(0, 3760, "And so"), (3760, 4000, "ask")]),
        (
            'Start Time;End Time;Speaker;Text\n00:00:01,500;00:00:03,000;Ann;"one; two"\n0:03;0:04;Bob;"three\nfour"\n',
            "CSV",
            [(1500, 3000, "one; two"), (3000, 4000, "three four")],
        ),
        ("start_ms,duration_ms,sentence\n1,2,yes\n3,2,no\n", "CSV", [(1, 3, "yes"), (3, 5, "no")]),
        ("start (s),text\n1.5,one\n12,two\n13,three\n", "CSV", [(1500, 12000, "one"), (12000, 13000, "two")]),
        ("start,end,text\n0,4,it rained\n4,400,all of the day\n400,402,and\n", "CSV", [(0, 4000, "it rained")]),
        ("begin\tend\tword\n1,5\t1,9\tone\n", "TSV", [(1500, 1900, "one")]),
    ],
)
def test_tables_of_many_makers(text: str, name: str, told: list[tuple[int, int, str]]) -> None:
    assert takers(text) == [name]
    result = read(text, "talk.csv")
    assert result.format == name
    assert result.warnings == ()
    assert cues(result.transcript)[: len(told)] == told


def test_speakers() -> None:
    assert turns(read(CPP_SPEAKERS).transcript) == [("Speaker 0", "And so"), ("Speaker 1", "ask"), (None, "who")]
    text = "start,end,text\n1,2,Ann: yes\n2,3,Bob: no\n"
    assert turns(read(text).transcript) == [("Ann", "yes"), ("Bob", "no")]


@pytest.mark.parametrize(
    "text",
    [
        "title,url,length,date,transcript\nA,b,3:00,2020,words\n",
        "from,to,text\nann@example.org,bob@example.org,hello 1\n",
        "start,end\n1,2\n",
        "start,text\n",
        "start of the text, which goes on\nin 2 lines\n",
        "name\tage\n1\t2\n",
    ],
)
def test_other_tables_are_none_of_captions(text: str) -> None:
    assert not {"CSV", "TSV"} & set(takers(text))


def test_damaged_rows_are_counted() -> None:
    result = read("start,end,text\n1.0,2.0,one\n,,\nx,3.0,lost\n3.0,nan,two\n" + "9" * 300 + ",1,lost\n5,6\n", "a.csv")
    assert cues(result.transcript) == [(1000, 2000, "one"), (3000, 5000, "two")] or len(result.transcript) == 2
    assert "3 rows without a time were left out." not in result.warnings
    assert any("rows without a time" in warning for warning in result.warnings)


def test_a_quotation_mark_that_never_closes() -> None:
    with pytest.raises(TranscriptError, match="damaged table"):
        read('start,end,text\n1.0,2.0,"one\n' + "2.0,3.0,two\n" * 20_000, "a.csv")


def injected() -> formats.ReadResult:
    return read('start,end,speaker,text\n0,3760,=cmd," =HYPERLINK(""x"")"\n3760,7000,+1," -2 @x"\n', "a.csv")


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_nothing_that_is_written_is_a_formula_and_the_words_stay(suffix: str) -> None:
    transcript = injected().transcript
    text = formats.to_text(transcript, suffix)
    rows = list(csv.reader(io.StringIO(text), delimiter="," if suffix == ".csv" else "\t"))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    again = read(text, "b").transcript
    assert turns(again) == turns(transcript) == [("=cmd", '=HYPERLINK("x")'), ("+1", "-2 @x")]


def test_written_as_the_programs_do() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 3760)
    builder.add_text('And "so"\nit goes')
    plain = builder.build()
    assert formats.to_text(plain, "csv") == 'start,end,text\n0,3760," And ""so"" it goes"\n'
    assert formats.to_text(plain, "tsv") == 'start\tend\ttext\n0\t3760\tAnd "so" it goes\n'
    named = read(CPP_SPEAKERS).transcript
    assert formats.to_text(named, "tsv").splitlines()[0] == "start\tend\ttext\tspeaker"
    assert formats.to_text(named, "tsv", WriteOptions(speakers=False)).splitlines()[1] == "0\t3760\tAnd so"
