import shutil
import subprocess

import pytest
from hypothesis import given, settings
from reading import cues, exact, read, turns
from test_round_trips import _PLAIN_WORDS, again, said, transcripts

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import WriteOptions
from index.transcript import Transcript

SONG = """[ar:The Tide]
[ti: Salt]
[length: 00:30]

[00:21.10][00:12.00]Salt on the water
[00:17.20]sand on the sea
[00:19.999]
"""


def test_lines_that_are_sung_again() -> None:
    result = read(SONG, "salt.lrc")
    assert result.format == "LRC"
    assert result.warnings == ()
    assert cues(result.transcript) == [
        (12_000, 17_200, "Salt on the water"),
        (17_200, 19_999, "sand on the sea"),
        (21_100, 22_120, "Salt on the water"),
    ]
    assert exact(result.transcript) == []


def test_words() -> None:
    text = "[00:10.00]<00:10.00>Salt <00:10.50>on <00:11.00>the <00:11.50><00:12.25>sea <00:13.00>\n[00:20.00]x"
    transcript = read(text).transcript
    assert cues(transcript) == [(10_000, 13_000, "Salt on the sea"), (20_000, 20_060, "x")]
    assert exact(transcript) == [
        ("Salt", 10_000, 10_500),
        ("on", 10_500, 11_000),
        ("the", 11_000, 11_500),
        ("sea", 12_250, 13_000),
    ]


def test_words_in_brackets_and_syllables() -> None:
    text = "[00:10.00]Salt [00:10.50]wa[00:10.80]ter\n[00:11.20]"
    assert exact(read(text).transcript) == [("Salt", 10_000, 10_500), ("water", 10_500, 11_200)]


def test_words_that_are_sung_again() -> None:
    text = "[00:10.00][00:20.00]<00:10.00>Salt <00:10.50>sea<00:11.00>"
    assert exact(read(text).transcript) == [
        ("Salt", 10_000, 10_500),
        ("sea", 10_500, 11_000),
        ("Salt", 20_000, 20_500),
        ("sea", 20_500, 21_000),
    ]


@pytest.mark.parametrize(("offset", "start"), [("+500", 9500), ("-500", 10_500), ("99999", 0), ("x", 10_000)])
def test_an_offset_makes_lines_come_earlier(offset: str, start: int) -> None:
    text = f"[offset:{offset}]\n[00:10.00]<00:10.00>Salt"
    assert exact(read(text).transcript)[0][:2] == ("Salt", start)


def test_whisper_cpp_and_speakers() -> None:
    text = "[by:whisper.cpp]\n[00:03.76]Ann: ask not\n[00:05.00]what\n[00:06.00]Bob: tides\n[100:07.50]>> do"
    transcript = read(text).transcript
    assert turns(transcript) == [("Ann", "ask not what"), ("Bob", "tides"), (None, "do")]
    assert transcript.cue(3).start_ms == 6_007_500


def test_times_without_fractions_where_tags_tell_what_it_is() -> None:
    assert cues(read("[ti:Salt]\n[00:10]Salt\n[00:12]on").transcript)[0] == (10_000, 12_000, "Salt")


def test_two_languages() -> None:
    text = "[00:10.00]Salt\n[00:10.00]Sel\n[00:12.00]sea"
    assert cues(read(text).transcript)[:2] == [(10_000, 12_000, "Salt"), (10_000, 12_000, "Sel")]


def test_what_is_left_out_is_told() -> None:
    result = read(SONG + "lost\n")
    assert result.warnings == ("One line without a time was left out.",)


@pytest.mark.parametrize(
    "text",
    [
        "[00:01:23] John: This is\n[00:02:23] so",
        "[0:15] one\n[0:20] two",
        "[00:00:00.000 --> 00:00:01.000] x",
        "He said\n[00:10.00] is when\nit was\n",
        "[MUSIC]",
        "[ar:x]\n[ti:y]",
        "1:00.00 x",
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    found = formats.sniff(text)
    assert found is None or found.name != "LRC"


@pytest.mark.parametrize(
    "text",
    [
        "[00:01.00]" * 90_000 + "x" * 9000,
        "[00:01.00]" + "<00:01.00>" * 80_000,
        "[00:01.00]" + "<00:01.00>a" * 80_000,
        "[00:01.00]" + "[00:" * 200_000,
        "[00:01.00]" + "\n[" * 200_000,
        "[ti:" * 200_000,
        "[999:99999:99.00]a\n[00:01.00]b",
        f"[offset:{'9' * 9}]\n[00:01.00]b",
    ],
)
def test_hostile_text_costs_little(text: str) -> None:
    try:
        assert len(read(text, "hostile.lrc").transcript)
    except TranscriptError as error:
        assert str(error).startswith("“hostile.lrc” ")  # noqa: PT017


def test_too_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.rawcue.MAX_CUES", 1000)
    with pytest.raises(TranscriptError, match="1,000 cues"):
        read("[00:01.00]a\n" * 1001)


# Writing


def assert_close(read_again: Transcript, transcript: Transcript, off_ms: int) -> None:
    assert said(read_again) == said(transcript)
    for word in transcript.all_words:
        assert read_again.speaker_of(word) == transcript.speaker_of(word)
        assert abs(read_again.starts[word] - transcript.starts[word]) <= off_ms
        assert abs(read_again.ends[word] - transcript.ends[word]) <= off_ms
        assert read_again.timings[word] == transcript.timings[word]


@settings(deadline=None)
@given(transcripts(_PLAIN_WORDS))
def test_round_trip(transcript: Transcript) -> None:
    assert_close(again(transcript, "lrc"), transcript, 12)


@settings(deadline=None)
@given(transcripts(_PLAIN_WORDS, timed=True))
def test_round_trip_with_word_times(transcript: Transcript) -> None:
    assert_close(again(transcript, "lrc", WriteOptions(word_times=True)), transcript, 6)


@settings(deadline=None)
@given(transcripts(_PLAIN_WORDS))
def test_round_trip_with_estimated_word_times(transcript: Transcript) -> None:
    assert_close(again(transcript, "lrc", WriteOptions(word_times=True)), transcript, 12)


def talk() -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(500, 2000, id="one")
    builder.set_speaker("Ann")
    builder.add_word("Salt", 604, 800)
    builder.add_word("and", 800, 1000)
    builder.add_text("<00:12.00>\nwater")
    builder.add_cue(6_000_000, 6_000_000)
    builder.set_speaker(None)
    builder.add_text("So")
    return builder.build()


def test_what_is_written() -> None:
    assert formats.to_text(talk(), "lrc") == (
        "[00:00.50]Ann: Salt and (00:12.00) water\n[00:02.00]\n[100:00.00]>> So\n"
    )
    assert formats.to_text(talk(), "lrc", WriteOptions(speakers=False, word_times=True)) == (
        "[00:00.50]<00:00.60>Salt <00:00.80>and (00:12.00) water\n[00:02.00]\n[100:00.00]So\n"
    )


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg")
def test_another_reader_reads_it() -> None:
    lrc = formats.to_text(talk(), "lrc").encode()
    command = ["ffmpeg", "-loglevel", "error", "-f", "lrc", "-i", "pipe:0", "-f", "srt", "pipe:1"]
    srt = subprocess.run(command, input=lrc, capture_output=True, check=True, timeout=60).stdout
    assert cues(read(srt).transcript)[0] == (500, 2000, "Salt and (00:12.00) water")
    assert turns(read(srt).transcript) == turns(read(lrc).transcript)
