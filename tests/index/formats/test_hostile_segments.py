"""Input that is made to hang or to crash the readers of services' JSON, tables, labels and tiers."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import read

from index import formats
from index.errors import TranscriptError
from index.formats.base import WriteOptions

MANY = 30_000
GRID = 'File type = "ooTextFile"\nObject class = "TextGrid"\n0 1 <exists> 1 "IntervalTier" '
EAF = "<ANNOTATION_DOCUMENT>"
PHRASE = {"word": "b", "offset": "PT1S", "duration": "PT1S"}


def azure(display: str) -> str:
    return json.dumps({"recognizedPhrases": [{"nBest": [{"display": display, "words": [PHRASE] * MANY}]}]})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("0.5\t1.0\t" + "[[" * MANY, id="brackets in a label"),
        pytest.param("0.5\t1.0\tx\n" * 500_001, id="too many labels"),
        pytest.param('start,end,text\n1,2,"' + '""' * MANY, id="quotation marks in a cell"),
        pytest.param("start,end,text\n1,2,x" + ",2" * MANY, id="many cells"),
        pytest.param("start,text," + "a," * MANY + "\n1,2\n", id="many columns"),
        pytest.param("a 1 1.0 0.1 x\n" * 30 + "a" + " " * 900_000 + "\n", id="spaces in CTM"),
        pytest.param("a 1 1.0 0.1 x\n" * 30 + "a 1 " + "9" * 900_000, id="digits in CTM"),
        pytest.param(f'{GRID}"' + 'a""' * MANY, id="a text that never closes"),
        pytest.param(f'{GRID}"a" 0 1 9' + "9" * 900_000, id="digits for a count"),
        pytest.param(f'{GRID}"{"- " * MANY}words" 0 1 1 0 1 "x"', id="a long name of a tier"),
        pytest.param(EAF + "<TIER>" * 200_000, id="nested tiers"),
        pytest.param(EAF + "<!--" * MANY, id="comments in comments"),
        pytest.param(EAF + '<TIME_SLOT TIME_SLOT_ID="t"/>' * MANY, id="slots without times"),
        pytest.param(json.dumps({"text": "<p><b>x</b>" * MANY, "media": ""}), id="bold paragraphs"),
        pytest.param(json.dumps({"text": "<![CDATA[" * MANY + "x", "media": ""}), id="sections of HTML"),
        pytest.param(json.dumps({"text": "&" * MANY + "<" * MANY + "x", "media": ""}), id="cut references in HTML"),
        pytest.param(azure("a " * MANY), id="a text that is not what was heard"),
        pytest.param(azure("漢" * MANY), id="ideographs that are not what was heard"),
        pytest.param('{"results":' * MANY, id="nested results"),
        pytest.param(
            json.dumps({"results": {"items": [{"type": "punctuation", "alternatives": [{"content": "."}]}] * MANY}}),
            id="nothing but punctuation",
        ),
    ],
)
def test_costs_little_and_ends_well(text: str) -> None:
    try:
        words, sentence = len(read(text, "hostile.x").transcript), ""
    except TranscriptError as error:
        words, sentence = 0, str(error)
    assert words or sentence.startswith("“hostile.x” ")
    assert len(sentence) < 300


_STARTS = [
    b"0.500000\t1.000000\t",
    b"start\tend\ttext\n1\t2\t",
    b'start,end,speaker,text\n0,3760,0," a"\n',
    b"a 1 0.5 0.2 word 0.9\n",
    GRID.encode() + b'"Ann" 0 1 2 0 1 "x" ',
    b'<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/></TIME_ORDER><TIER TIER_ID="A">'
    b'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts1"><ANNOTATION_VALUE>',
    b'{"media":"","text":"',
    b'[{"start_ms":1,"text":"a"},{"start_ms":',
]
_PARTS = rb"""0.5|1|99|,|;|"|""|x|\t|[[A]]|nan|1e999|-1|-0.5|0:01|sp|"IntervalTier"|<b>|</b>|<p>|:|<i>
|</ANNOTATION_VALUE>|</ALIGNABLE_ANNOTATION>|<TIER|&amp;|&|<|>|null|"text":|{|}|]|Ann| words|*|<ALT>|;;""".split(b"|")


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.sampled_from(_STARTS),
    st.lists(st.one_of(st.sampled_from([*_PARTS, b"\n", b"\t"]), st.binary(max_size=9)), max_size=30),
)
def test_any_bytes_are_a_transcript_or_an_error_with_one_sentence(start: bytes, parts: list[bytes]) -> None:
    sentence = ""
    try:
        transcript = read(start + b"".join(parts), "any.x").transcript
    except TranscriptError as error:
        sentence = str(error)
    if sentence:
        assert sentence.startswith("“any.x” ")
        assert "\n" not in sentence
        return
    assert all(0 <= transcript.starts[word] <= transcript.ends[word] for word in transcript.all_words)
    for format in ("Podcast JSON", "Whisper JSON", "csv", "tsv", "aud", "eaf", "textgrid"):
        if transcript.timed:
            text = formats.to_text(transcript, format, WriteOptions(word_times=True))
            text.encode("utf-8")
            again = read(text, "again.x").transcript
            assert len(again) == len(transcript)
