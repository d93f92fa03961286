import io

import pytest
import webvtt
from hypothesis import given, settings
from reading import cues, read, turns
from test_round_trips import _PLAIN_WORDS, again, said, transcripts

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import WriteOptions
from index.transcript import Transcript

YOUTUBE = """0:00:00.599,0:00:04.160
>> ALICE: The tide was low
and we walked far out.

0:00:04.160,0:00:06.770

>> JOHN: Too far,

if you ask me.
"""


def test_youtube() -> None:
    result = read(YOUTUBE, "talk.sbv")
    assert result.format == "SBV"
    assert result.warnings == ()
    assert cues(result.transcript) == [
        (599, 4160, "The tide was low and we walked far out."),
        (4160, 6770, "Too far, if you ask me."),
    ]
    assert turns(result.transcript) == [
        ("ALICE", "The tide was low and we walked far out."),
        ("JOHN", "Too far, if you ask me."),
    ]


def test_subviewer() -> None:
    text = "[INFORMATION]\n[TITLE] 0:00\n[END INFORMATION]\n\n00:04:35.03,00:04:38.82\nOne[br]two\n\n"
    transcript = read(text).transcript
    assert cues(transcript) == [(275_030, 278_820, "One two")]
    assert transcript.begins_line(1)


def test_damage_is_told() -> None:
    text = YOUTUBE + "\n0:00:07.0x0,0:00:08.000\nstays\n\n0:00:09.000,\nlost\n\n0:00:10.000,0:00:09.000\nback\n\n0:00:1"
    result = read(text)
    assert result.transcript.cue_count == 3
    assert "stays" in result.transcript.text
    assert "lost" not in result.transcript.text
    assert "One cue with a damaged time was left out." in result.warnings
    assert "One damaged time was repaired." in result.warnings


@pytest.mark.parametrize(
    "text",
    [
        "start,end,text\n0:00:00.000,0:00:01.000,Hello",
        "0,1000,Hello",
        "0:00:01,0:00:02",
        "On 0:00:01.000,0:00:02.000 it was",
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    found = formats.sniff(text)
    assert found is None or found.name != "SBV"


@pytest.mark.parametrize(
    "text",
    [
        "9" * 900_000 + ",",
        "0:00:00.000,0:00:01.000\n" + "\n" * 500_000,
        "0:00:00.000,0:00:01.000\n" + "0:" * 400_000 + ",",
        "0:00:00.000,0:00:01.000\n" + "[br" * 300_000,
        "0:00:00.000,0:00:01.000\n" * 100_000 + "a",
        "0:00:00.000,99999999999:00:01.000\na\n",
    ],
)
def test_hostile_text_costs_little(text: str) -> None:
    try:
        assert len(read(text, "hostile.sbv").transcript)
    except TranscriptError as error:
        assert str(error).startswith("“hostile.sbv” ")  # noqa: PT017


def test_too_many_cues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.rawcue.MAX_CUES", 1000)
    with pytest.raises(TranscriptError, match="1,000 cues"):
        read("0:00:00.000,0:00:01.000\na\n" * 1001)


# Writing


@settings(deadline=None)
@given(transcripts(_PLAIN_WORDS))
def test_round_trip(transcript: Transcript) -> None:
    read_again = again(transcript, "sbv")
    assert said(read_again) == said(transcript)
    assert [(c.start_ms, c.end_ms) for c in read_again.cues()] == [(c.start_ms, c.end_ms) for c in transcript.cues()]
    assert [read_again.speaker_of(w) for w in transcript.all_words] == [
        transcript.speaker_of(w) for w in transcript.all_words
    ]


def talk() -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(500, 2000, id="one", settings="align:start")
    builder.set_speaker("Ann")
    builder.add_text("Salt and\nwater")
    builder.add_cue(36_000_000, 36_000_000)
    builder.set_speaker("Bob")
    builder.add_text("So")
    builder.set_speaker("Bob", new_turn=True)
    builder.add_text("0:00:01.000,0:00:02.000 it\nis")
    return builder.build()


def test_what_is_written() -> None:
    assert formats.to_text(talk(), "sbv") == (
        "0:00:00.500,0:00:02.000\nAnn: Salt and\nwater\n\n"
        "10:00:00.000,10:00:00.001\nBob: So\n>> Bob: 0:00:01.000,0:00:02.000 it\nis\n"
    )


def test_a_text_like_times_stays_a_text() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 1000)
    builder.add_text("0:00:01.000,0:00:02.000")
    text = formats.to_text(builder.build(), "sbv", WriteOptions(speakers=False))
    assert cues(read(text).transcript) == [(0, 1000, "0:00:01.000;0:00:02.000")]


def test_another_reader_reads_it() -> None:
    captions = webvtt.from_buffer(io.StringIO(formats.to_text(talk(), "sbv")), format="sbv").captions
    assert [(caption.start, caption.end, caption.text) for caption in captions] == [
        ("00:00:00.500", "00:00:02.000", "Ann: Salt and\nwater"),
        ("10:00:00.000", "10:00:00.001", "Bob: So\n>> Bob: 0:00:01.000,0:00:02.000 it\nis"),
    ]
