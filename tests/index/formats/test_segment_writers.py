"""What the writers of segments and labels write is read back, by Earmark and by others."""

import json
import re

import pytest
from hypothesis import given, settings
from reading import exact, read, turns
from test_round_trips import _WORDS, again, said, transcripts

from index import formats
from index.builder import TranscriptBuilder
from index.formats.base import WriteOptions
from index.transcript import Timing, Transcript

NAMED = WriteOptions()
WORDS = WriteOptions(word_times=True)


def sample() -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(500, 2000)
    builder.set_speaker("Ann")
    for word, start, end in (("Hello", 500, 900), ("=you", 900, 1200), ("“there”", 1400, 2000)):
        builder.add_word(word, start, end)
    builder.add_cue(2000, 3500)
    builder.add_text("well\nand")
    builder.set_speaker("Bob Lee")
    builder.add_text("so")
    builder.set_speaker(None)
    builder.add_cue(3500, 3500)
    builder.add_text("(laughs)")
    return builder.build()


def spoken_by(transcript: Transcript) -> list[str | None]:
    return [transcript.speaker_of(word) for word in transcript.all_words]


def cue_times(transcript: Transcript) -> list[tuple[int, int]]:
    return [(cue.start_ms, cue.end_ms) for cue in transcript.cues()]


def is_one_speaker_a_cue(transcript: Transcript) -> bool:
    return all(len({transcript.speaker_of(word) for word in cue.words}) == 1 for cue in transcript.cues())


WITH_CUES = ["Whisper JSON", "CSV", "TSV", "Audacity labels", "ELAN", "TextGrid"]


@pytest.mark.parametrize("format", ["Podcast JSON", *WITH_CUES])
@settings(max_examples=80, deadline=None, derandomize=True)
@given(transcript=transcripts(_WORDS))
def test_cues_come_back(format: str, transcript: Transcript) -> None:
    read = again(transcript, format)
    assert said(read) == carried(transcript, format)
    assert spoken_by(read) == spoken_by(transcript)
    if is_one_speaker_a_cue(transcript) and format in WITH_CUES:
        assert cue_times(read) == cue_times(transcript)


@pytest.mark.parametrize("format", ["Podcast JSON", "Whisper JSON", "ELAN", "TextGrid"])
@settings(max_examples=80, deadline=None, derandomize=True)
@given(transcript=transcripts(_WORDS, timed=True))
def test_words_come_back_with_their_times(format: str, transcript: Transcript) -> None:
    read = again(transcript, format, WORDS)
    assert said(read) == carried(transcript, format)
    assert spoken_by(read) == spoken_by(transcript)
    alone = [word for word in transcript.all_words if format != "Podcast JSON" or not in_a_run(transcript, word)]
    assert [(read.starts[word], read.ends[word]) for word in alone] == [
        (transcript.starts[word], transcript.ends[word]) for word in alone
    ]


def carried(transcript: Transcript, format: str) -> list[str]:
    """The words; two characters have no place in XML."""
    return [re.sub("[\ufffe\uffff]", "\ufffd", word) if format == "ELAN" else word for word in said(transcript)]


def in_a_run(transcript: Transcript, word: int) -> bool:
    """Whether the word goes on with one beside it, so that Podcast JSON may give them one segment."""
    return any(transcript.is_glued(each) for each in (word, word + 1) if each < len(transcript))


def test_podcast_json() -> None:
    value = json.loads(formats.to_text(sample(), ".json"))
    assert value["version"] == "1.0.0"
    assert value["segments"][0] == {"speaker": "Ann", "startTime": 0.5, "endTime": 2.0, "body": "Hello =you “there”"}
    assert value["segments"][3] == {"speaker": "", "startTime": 3.5, "endTime": 3.501, "body": "(laughs)"}
    assert all(segment["startTime"] < segment["endTime"] for segment in value["segments"])
    assert [segment["body"] for segment in value["segments"]] == ["Hello =you “there”", "well and", "so", "(laughs)"]
    bare = json.loads(formats.to_text(sample(), ".json", WriteOptions(speakers=False)))
    assert not any("speaker" in segment for segment in bare["segments"])


def test_podcast_json_word_by_word() -> None:
    value = json.loads(formats.to_text(sample(), ".json", WORDS))
    assert value["segments"][:2] == [
        {"speaker": "Ann", "startTime": 0.5, "endTime": 0.9, "body": "Hello"},
        {"speaker": "Ann", "startTime": 0.9, "endTime": 1.2, "body": "=you"},
    ]
    assert len(value["segments"]) == 7


def test_words_that_stand_alone_or_go_on_keep_their_spaces() -> None:
    builder = TranscriptBuilder()
    for start, text in ((0, "a – b"), (1000, "今日は天気"), (2000, "今 日GPT漢"), (3000, "– , ? x")):
        builder.add_cue(start, start + 1000)
        builder.add_text(text)
    transcript = builder.build()
    for options in (NAMED, WORDS):
        for format in ("Podcast JSON", "Whisper JSON"):
            back = again(transcript, format, options)
            assert said(back) == said(transcript)
            assert back.text == transcript.text


def test_whisper_json() -> None:
    text = formats.to_text(sample(), "Whisper JSON", WriteOptions(word_times=True, language="en"))
    value = json.loads(text)
    assert value["language"] == "en"
    assert value["segments"][0] == {
        "id": 0,
        "start": 0.5,
        "end": 2.0,
        "text": " Hello =you “there”",
        "speaker": "Ann",
        "words": [
            {"word": " Hello", "start": 0.5, "end": 0.9},
            {"word": " =you", "start": 0.9, "end": 1.2},
            {"word": " “there”", "start": 1.4, "end": 2.0},
        ],
    }
    assert value["segments"][1]["words"] == [{"word": " well"}, {"word": " and"}]
    back = read(text, "a.json").transcript
    assert exact(back) == exact(sample())
    assert turns(back) == turns(sample())


def test_estimates_stay_estimates_in_whisper_json() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 3000)
    builder.add_text("all of this is guessed")
    transcript = builder.build()
    text = formats.to_text(transcript, "Whisper JSON", WORDS)
    assert len(json.loads(text)["segments"][0]["words"]) == 5
    back = read(text, "a.json").transcript
    assert set(back.timings) == {Timing.ESTIMATED}
    assert list(back.starts) == list(transcript.starts)


def test_pysubs2_reads_whisper_json() -> None:
    pysubs2 = pytest.importorskip("pysubs2")
    value = json.loads(formats.to_text(sample(), "Whisper JSON"))
    told = [(event.start, event.end, event.text) for event in pysubs2.load_from_whisper(value)]
    assert told[0] == (500, 2000, "Hello =you “there”")
    assert len(told) == 4
