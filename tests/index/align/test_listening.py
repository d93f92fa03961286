import pytest
from oracle import WORD_MS, Oracle, never, nobody, one_after_another, silence, untimed

from index.align import espeak, listening
from index.align.listening import language_of, listen, why_not
from index.align.recogniser import UNAVAILABLE
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript

WORDS = [f"word{number}" for number in range(64)]
SAID = one_after_another(WORDS)
SOUND = silence(64 * WORD_MS)


def captions() -> Transcript:
    """Eight words to a cue, each at its time."""
    builder = TranscriptBuilder()
    for first in range(0, len(WORDS), 8):
        builder.add_cue(first * WORD_MS, (first + 8) * WORD_MS)
        builder.add_text(" ".join(WORDS[first : first + 8]))
    return builder.build()


@pytest.mark.parametrize("talk", [captions(), untimed(WORDS)], ids=["timed", "untimed"])
@pytest.mark.parametrize(
    ("language", "kind"), [("en", Timing.ALIGNED), ("en-us", Timing.ALIGNED), ("de", Timing.APPROXIMATE)]
)
def test_words_are_found_in_the_way_of_their_language(talk: Transcript, language: str, kind: Timing) -> None:
    merged = listen(talk, SOUND, nobody, never, Oracle(SAID), language)
    assert merged is not None
    assert {Timing(each) for each in merged.transcript.timings} == {kind}
    assert merged.transcript.starts.tolist() == [ms for _, ms in SAID]


@pytest.mark.parametrize("language", ["en", "de"])
def test_of_a_search_that_is_stopped_words_with_times_are_kept(language: str) -> None:
    merged = listen(captions(), SOUND, nobody, lambda: True, Oracle(SAID), language)
    assert merged is not None
    assert len(merged.transcript) == len(WORDS)
    assert listen(untimed(WORDS), SOUND, nobody, lambda: True, Oracle(SAID), language) is None


def test_why_words_cannot_be_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "is_available", lambda: False)
    assert why_not("en") == UNAVAILABLE
    monkeypatch.setattr(listening, "is_available", lambda: True)
    monkeypatch.setattr(espeak, "knows", lambda language: language == "de")
    assert [why_not(language) for language in ("en", "de", "xx")] == ["", "", espeak.UNAVAILABLE]


def test_a_language_that_cannot_be_told_is_taken_for_english() -> None:
    assert (
        language_of(untimed("und so war es nicht das Haus in dem die Frau mit ihrem Mann auf ihn wartete".split()))
        == "de"
    )
    assert language_of(untimed(["hm"])) == "en"
