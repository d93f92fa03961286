from dataclasses import replace

import pytest
import webvtt
from reading import cues, exact, read, turns, words

from index.builder import TranscriptBuilder
from index.formats import read_bytes, to_text
from index.formats.base import WriteOptions
from index.formats.webvtt_cues import parse_cues
from index.transcript import Timing, Transcript

TIMED = WriteOptions(word_times=True)


def build(*parts: tuple[str | None, str]) -> Transcript:
    builder = TranscriptBuilder()
    for number, (speaker, text) in enumerate(parts):
        builder.add_cue(number * 1000, number * 1000 + 900)
        builder.set_speaker(speaker)
        builder.add_text(text)
    return builder.build()


def test_a_whole_file() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(860, 7380, id="1", settings="align:start line:0")
    builder.set_speaker("Mara & <Co>")
    builder.add_text("It took\nsixty years")
    builder.add_cue(7380, 9000)
    builder.add_text("more, and")
    builder.set_speaker(None)
    builder.add_text("[waves]")
    assert to_text(builder.build(), "vtt", WriteOptions(language="en-GB")) == (
        "WEBVTT\nLanguage: en-GB\n\n"
        "1\n00:00:00.860 --> 00:00:07.380 align:start line:0\n<v Mara &amp; &lt;Co&gt;>It took\nsixty years\n\n"
        "00:00:07.380 --> 00:00:09.000\n<v Mara &amp; &lt;Co&gt;>more, and</v> [waves]\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a < b & c > d",
        "AT&T &amp; &amp;lt; &nbsp &#0;",
        "<v Bob>x</v> <i>y</i>",
        "x --> y",
        "-->",
        "NOTE",
        "STYLE",
        "1 2",
    ],
)
def test_text_reads_back_as_it_was(text: str) -> None:
    written = to_text(build(("Ann", text)), "vtt")
    assert read(written).transcript.text == text
    assert written.count("-->") == 1


def test_ids_and_settings_cannot_break_the_file() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 1000, id="a ---> b\n\n00:00.000 --> 00:01.000\nfoo", settings="x\n\ny --> z")
    builder.add_text("text")
    (cue,) = parse_cues(to_text(builder.build(), "vtt"), strict=True)
    assert cue.text == "text"
    assert "-->" not in cue.id + cue.settings


def test_names_cannot_break_the_file() -> None:
    for name in ("Ann --", "-->", "a --> b", "<v Bob>", "&amp;", "A\nB\n\nC"):
        written = to_text(build((name, "text")), "vtt")
        assert turns(read(written).transcript) == [(" ".join(name.split()), "text")]


def test_a_voice_is_ended_where_nobody_follows() -> None:
    written = to_text(build(("Ann", "a"), ("Ann", "b"), (None, "c"), ("Bob", "d")), "vtt")
    assert "<v Ann>a\n" in written
    assert "<v Ann>b</v>\n" in written
    assert turns(read(written).transcript) == [("Ann", "a b"), (None, "c"), ("Bob", "d")]


def test_turns_without_names_and_turns_of_one_speaker_are_told_apart() -> None:
    builder = TranscriptBuilder()
    for number, speaker in enumerate([None, None, "Ann", "Ann", None]):
        builder.add_cue(number * 1000, number * 1000 + 900)
        builder.set_speaker(speaker, new_turn=True)
        builder.add_text(f"word{number}")
    transcript = builder.build()
    assert transcript.turn_count == 5
    assert turns(read(to_text(transcript, "vtt")).transcript) == turns(transcript)


def test_no_speakers_if_so_wished() -> None:
    assert "<v" not in to_text(build(("Ann", "a"), ("Bob", "b")), "vtt", WriteOptions(speakers=False))


# Word times


def test_exact_times_are_stamps_and_so_are_the_ends_before_a_silence() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(1000, 5000)
    for text, start_ms, end_ms in (("So", 1000, 1500), ("here", 1500, 2000), ("we", 3000, 3500)):
        builder.add_word(text, start_ms, end_ms)
    transcript = builder.build()
    written = to_text(transcript, "vtt", TIMED)
    stamps = "<00:00:01.000>So <00:00:01.500>here<00:00:02.000> <00:00:03.000>we<00:00:03.500>"
    assert written == f"WEBVTT\n\n00:00:01.000 --> 00:00:05.000\n{stamps}\n"
    assert exact(read(written).transcript) == exact(transcript)
    assert "<0" not in to_text(transcript, "vtt")


def test_estimates_are_written_as_such() -> None:
    transcript = build(("Ann", "three words here"), ("Bob", "and more"))
    written = to_text(transcript, "vtt", TIMED)
    assert "NOTE Word times are estimated.\n" in written
    assert written.count("<00:") >= 5
    again = read(written).transcript
    assert list(again.starts) == list(transcript.starts)
    assert again.timing == "estimated"
    assert turns(again) == turns(transcript)


def test_estimates_among_exact_times_stay_estimates() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 4000)
    builder.add_word("one", 0, 1000)
    builder.add_text("two")
    builder.add_word("three", 3000, 4000)
    transcript = builder.build()
    again = read(to_text(transcript, "vtt", TIMED)).transcript
    assert [Timing(kind) for kind in again.timings] == [Timing.EXACT, Timing.ESTIMATED, Timing.EXACT]
    assert [again.starts[0], again.starts[2], again.ends[2]] == [0, 3000, 4000]


def test_empty_cues_are_not_written() -> None:
    text = "WEBVTT\n\n00:00.000 --> 00:01.000\n\n00:01.000 --> 00:02.000\nx\n"
    transcript = read(text).transcript
    assert transcript.cue_count == 2
    assert cues(read(to_text(transcript, "vtt")).transcript) == [(1000, 2000, "x")]


def test_lone_surrogates_and_nul_do_not_stop_a_file_from_being_written() -> None:
    transcript = build(("A\ud800\0", "x\ud800 \0 y"))
    written = to_text(transcript, "vtt")
    written.encode("utf-8")
    assert words(read(written).transcript) == ["x\ufffd", "\ufffd", "y"]


def test_words_that_were_not_heard_get_no_stamp_and_are_told() -> None:
    transcript = build((None, "one two three"))
    kinds = [Timing.ALIGNED, Timing.UNHEARD, Timing.APPROXIMATE]
    written = to_text(replace(transcript, timings=bytes(kinds)), "WebVTT", TIMED)
    assert "NOTE 1 word was not heard in the sound" in written
    assert written.count("<00:") == 2
    assert " two" in written
    guessed = replace(transcript, timings=bytes([Timing.ESTIMATED, Timing.UNHEARD, Timing.ESTIMATED]))
    for name in ("WebVTT", "TTML", "LRC"):
        assert "1 word was not heard" in to_text(guessed, name, TIMED)
    assert to_text(guessed, "Whisper JSON", TIMED).count('"start"') == 3  # The segment's, and two words'.


@pytest.mark.parametrize("options", [WriteOptions(language="en-GB"), TIMED, WriteOptions(speakers=False)])
def test_webvtt_py_writes_the_same_file(options: WriteOptions) -> None:
    builder = TranscriptBuilder()
    builder.add_cue(860, 7380, id="1 -->", settings="align:start line:0")
    builder.set_speaker("Mara & <Co>")
    builder.add_text("It took --> sixty\nyears <b>, NOTE")
    builder.add_cue(7380, 36_007_380)
    builder.set_speaker(None)
    builder.add_text("NOTE what\nSTYLE")
    text = to_text(builder.build(), "vtt", options)
    assert webvtt.from_string(text).content.rstrip() == text.rstrip()


SOURCE = """WEBVTT - Tides
Kind: captions
X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0

STYLE
::cue(v) { color: teal }

REGION
id:low
lines:3

NOTE made by hand,
checked twice

one
00:00:00.860 --> 00:00:07.380 region:low align:start
<v Mara>It took sixty years

NOTE a pause

00:00:07.380 --> 00:00:09.000
<v Mara>and more

NOTE the end
"""


def test_what_stands_beside_the_cues_goes_back() -> None:
    result = read_bytes(SOURCE.encode(), "a.vtt")
    options = WriteOptions(asides=result.asides)
    assert to_text(result.transcript, "vtt", options) == SOURCE
    assert "teal" not in to_text(result.transcript, "vtt")
    assert "teal" not in to_text(result.transcript, "srt", options)


def test_a_note_on_estimates_is_told_only_where_it_is_so() -> None:
    result = read_bytes(SOURCE.encode(), "a.vtt")
    timed = to_text(result.transcript, "vtt", WriteOptions(word_times=True, asides=result.asides))
    assert timed.count("Word times are estimated.") == 1
    again = read_bytes(timed.encode(), "a.vtt")
    twice = to_text(again.transcript, "vtt", WriteOptions(word_times=True, asides=again.asides))
    assert twice == timed
    assert "estimated" not in to_text(again.transcript, "vtt", WriteOptions(asides=again.asides))
