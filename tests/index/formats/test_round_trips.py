from hypothesis import given, settings
from hypothesis import strategies as st

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats import read_bytes, to_text
from index.formats.base import WriteOptions
from index.transcript import Transcript

# Any text that is a word: no white space, and not a mark of a speaker (an arrow, or something before a colon).
_CHARACTERS = st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), blacklist_characters=":：\ufeff")
_WORDS = st.text(_CHARACTERS, min_size=1, max_size=12).filter(lambda w: not w.startswith(">") and w.split() == [w])
_PLAIN_WORDS = st.text("abcdeéñżЖ漢字-'.,&", min_size=1, max_size=8).filter(lambda word: not word.startswith("-"))
_NAMES = st.sampled_from(["Ann", "Bob Lee", "SPEAKER_01", "the host", "Tom & Jerry <x>", "A: B", "张三"])
_SPEAKERS = st.one_of(st.none(), _NAMES)


@st.composite
def transcripts(draw: st.DrawFn, words: st.SearchStrategy[str], timed: bool = False) -> Transcript:
    """Cues in order that do not overlap; words with times follow each other inside theirs, with gaps or without."""
    builder = TranscriptBuilder()
    at = 0
    for _ in range(draw(st.integers(1, 6))):
        at += draw(st.integers(0, 3000))
        drawn = draw(st.lists(words, min_size=1, max_size=6))
        texts = [f"{word}{at}.{n}" for n, word in enumerate(drawn)]  # Each once, lest the lines look as if they rolled.
        lengths = [(draw(st.integers(0, 400)), draw(st.integers(50, 900))) for _ in texts]
        end = at + sum(pause + length for pause, length in lengths) + draw(st.integers(0, 500))
        builder.add_cue(at, end)
        builder.set_speaker(draw(_SPEAKERS), new_turn=draw(st.booleans()))
        for text, (pause, length) in zip(texts, lengths, strict=True):
            if draw(st.integers(0, 4)) == 0:
                builder.set_speaker(draw(_SPEAKERS), new_turn=draw(st.booleans()))
            if timed:
                builder.add_word(text, at + pause, at + pause + length)
            else:
                builder.add_text(text)
            at += pause + length
        at = end
    return builder.build()


def told(transcript: Transcript) -> list[tuple[object, ...]]:
    """Everything about each word."""
    return [(transcript.word(word), transcript.speaker_of(word)) for word in transcript.all_words]


def said(transcript: Transcript) -> list[str]:
    return [transcript.word_text(word) for word in transcript.all_words]


def again(transcript: Transcript, format: str, options: WriteOptions = WriteOptions()) -> Transcript:  # noqa: B008
    return read_bytes(to_text(transcript, format, options).encode(), f"again.{format}").transcript


@given(transcripts(_WORDS))
def test_webvtt(transcript: Transcript) -> None:
    read = again(transcript, "vtt")
    assert told(read) == told(transcript)
    assert list(read.turn_firsts) == list(transcript.turn_firsts)
    assert list(read.cues()) == list(transcript.cues())


@given(transcripts(_WORDS, timed=True))
def test_webvtt_with_word_times(transcript: Transcript) -> None:
    read = again(transcript, "vtt", WriteOptions(word_times=True))
    assert told(read) == told(transcript)
    assert list(read.turn_firsts) == list(transcript.turn_firsts)


@given(transcripts(_WORDS))
def test_webvtt_with_estimated_word_times(transcript: Transcript) -> None:
    assert told(again(transcript, "vtt", WriteOptions(word_times=True))) == told(transcript)


@given(transcripts(_PLAIN_WORDS))
def test_srt(transcript: Transcript) -> None:
    read = again(transcript, "srt")
    assert said(read) == said(transcript)
    assert [(cue.start_ms, cue.end_ms) for cue in read.cues()] == [(c.start_ms, c.end_ms) for c in transcript.cues()]
    assert [read.speaker_of(w) for w in read.all_words] == [transcript.speaker_of(w) for w in transcript.all_words]


@given(transcripts(_WORDS))
def test_what_was_written_twice_is_the_same(transcript: Transcript) -> None:
    once = to_text(transcript, "vtt")
    assert to_text(read_bytes(once.encode(), "once.vtt").transcript, "vtt") == once


_STARTS = [
    b"",
    b"WEBVTT\n\n",
    b"WEBVTT\n\n00:01.000 --> 00:02.000\n",
    b"1\n00:00:01,000 --> 00:00:02,000\n",
    b"[0.00s -> 1.00s] ",
    b'{"segments":[',
    b'{"words":[{"word":"a","start":0}',
    b'[{"start":0,"end":1,"text":"',
    b"\xff\xfe",
]
_PARTS = b"""00:01.000 | --> |-->|<v Ann>|</v>|<|>|&amp;|<00:00:01.500>|<u>|>> |Ann: |[A]: |1|99|:|,|.|"|{|}|[|]|\0|\x80
|NOTE|"start":|"end":|"text":"a"|"word":" b"|NaN|1e999|null|[SPEAKER_TURN]|\x1b[0m|\n\n|\r| |a""".split(b"|")


@settings(max_examples=300)
@given(st.sampled_from(_STARTS), st.lists(st.one_of(st.sampled_from(_PARTS), st.binary(max_size=9)), max_size=30))
def test_any_bytes_are_a_transcript_or_an_error_with_one_sentence(start: bytes, parts: list[bytes]) -> None:
    sentence = ""
    try:
        transcript = read_bytes(start + b"".join(parts), "any.vtt").transcript
    except TranscriptError as error:
        sentence = str(error)
    if sentence:
        assert sentence.startswith("“any.vtt” ")
        assert "\n" not in sentence
        return
    assert len(transcript) > 0
    assert all(transcript.starts[word] <= transcript.ends[word] for word in transcript.all_words)
    for format in ("vtt", "srt", "txt") if transcript.timed else ("txt",):
        to_text(transcript, format, WriteOptions(word_times=True)).encode("utf-8")
