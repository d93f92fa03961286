"""Transcripts for tests: short ways to make one by hand, and strategies that make any."""

from hypothesis import settings
from hypothesis import strategies as st

from index.builder import TranscriptBuilder
from index.transcript import Transcript

# The same examples in every run, however slow the machine.
quick = settings(deadline=None, derandomize=True, database=None, max_examples=80)


def spoken(*cues: str | tuple[str | None, str], length_ms: int = 2000) -> Transcript:
    """Cues that follow each other, each a text or a speaker and a text."""
    builder = TranscriptBuilder()
    for number, cue in enumerate(cues):
        speaker, text = (None, cue) if isinstance(cue, str) else cue
        builder.add_cue(number * length_ms, (number + 1) * length_ms)
        builder.set_speaker(speaker)
        builder.add_text(text)
    return builder.build()


def timed(*words: tuple[str, int, int], speaker: str | None = None) -> Transcript:
    """Words with times of their own in one cue."""
    builder = TranscriptBuilder()
    builder.add_cue(words[0][1], max(end for _, _, end in words))
    builder.set_speaker(speaker)
    for text, start_ms, end_ms in words:
        builder.add_word(text, start_ms, end_ms)
    return builder.build()


def counted(words: int) -> Transcript:
    """Words `w0`, `w1` and so on, one a second from 0 on, of 400 ms each, ten to a cue of ten seconds."""
    builder = TranscriptBuilder()
    for word in range(words):
        if word % 10 == 0:
            builder.add_cue(word * 1000, (word + 10) * 1000)
        builder.add_word(f"w{word}", word * 1000, word * 1000 + 400)
    return builder.build()


def texts(transcript: Transcript) -> list[str]:
    """Every word."""
    return [transcript.word_text(word) for word in transcript.all_words]


def lines(transcript: Transcript, cue: int) -> list[str]:
    """The lines of a cue."""
    words = transcript.cue(cue).words
    text = ""
    for word in words:
        if word > words.first:
            text += "\n" if transcript.begins_line(word) else "" if transcript.is_glued(word) else " "
        text += transcript.word_text(word)
    return text.split("\n")


# Words as people say them in many scripts, with what stands around them.
WORDS = st.one_of(
    st.sampled_from(
        "a the and of we it’s don't e-mail open-source well—known café naïve 3.5 1,000 20% U.S. «oui» (yes) … – & <b> "
        "straße İzmir ΟΔΟΣ мʼята שָׁלוֹם مرحبًا नमस्ते สวัสดี 今日は天気 GPT-3, Hello. Really? Well, 🎧 a\u0301".split()
    ),
    st.text("abcdeABÉñ'-.,?", min_size=1, max_size=14),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=6),
).filter(lambda word: word.split() == [word])

SPEAKERS = st.sampled_from([None, None, "Mara", "Tom & Jerry <x>", "张三", "O’Neil, Pat"])


@st.composite
def transcripts(draw: st.DrawFn, *, overlapping: bool = False, words: st.SearchStrategy[str] = WORDS) -> Transcript:
    """Any transcript: cues with gaps or without, words with times or without, turns that begin anywhere.

    With `overlapping`, cues may begin before the one before them has ended, as when people talk over each other.
    """
    builder = TranscriptBuilder()
    at = draw(st.integers(0, 5000))
    for _ in range(draw(st.integers(1, 7))):
        at += draw(st.sampled_from([0, 0, 0, 40, 900, 5000]))
        own = draw(st.booleans())
        drawn = draw(st.lists(words, min_size=1, max_size=14))
        lengths = [draw(st.sampled_from([60, 150, 240, 400, 1500])) for _ in drawn]
        end = at + sum(lengths)
        builder.add_cue(at, end, id=draw(st.sampled_from(["", "", "7", "intro"])))
        builder.set_speaker(draw(SPEAKERS), new_turn=draw(st.sampled_from([False, False, True])))
        begun = at
        for word, length in zip(drawn, lengths, strict=True):
            if draw(st.integers(0, 11)) == 0:
                builder.set_speaker(draw(SPEAKERS))
            if own:
                builder.add_word(word, begun, begun + length)
                begun += length
            else:
                builder.add_text(word)
        at = draw(st.integers(at, end)) if overlapping else end
    return builder.build()
