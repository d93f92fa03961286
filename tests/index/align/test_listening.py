from collections.abc import Sequence

import pytest
from oracle import WORD_MS, Oracle, never, nobody, one_after_another, silence, untimed

from index.align import espeak, listening, telling
from index.align.listening import language_of, listen, why_not
from index.align.recogniser import UNAVAILABLE
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript

WORDS = [f"word{number}" for number in range(64)]
SAID = one_after_another(WORDS)
SOUND = silence(64 * WORD_MS)


def captions(words: Sequence[str] = WORDS) -> Transcript:
    """Eight words to a cue, each at its time."""
    builder = TranscriptBuilder()
    for first in range(0, len(words), 8):
        builder.add_cue(first * WORD_MS, (first + 8) * WORD_MS)
        builder.add_text(" ".join(words[first : first + 8]))
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


GERMAN = (
    "und dann haben wir das nicht gesehen weil es auch nicht so war wie man sich das vorstellt aber noch ".split() * 4
)
GERMAN_SAID = one_after_another(GERMAN)


@pytest.mark.parametrize("talk", [captions(GERMAN), untimed(GERMAN)], ids=["timed", "untimed"])
def test_words_of_another_language_than_the_one_said_are_approximate_and_told(talk: Transcript) -> None:
    merged = listen(talk, silence(len(GERMAN) * WORD_MS), nobody, never, Oracle(GERMAN_SAID), "en")
    assert merged is not None
    assert Timing.ALIGNED not in merged.transcript.timings
    assert Timing.APPROXIMATE in merged.transcript.timings
    assert merged.warning.startswith("The words read as German but were looked for as English, so ")


def test_what_comes_in_of_another_language_is_approximate_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_TELL_EVERY_S", 0.0)
    came_in: list[Transcript] = []
    sound = silence(len(GERMAN) * WORD_MS)
    listen(captions(GERMAN), sound, nobody, never, Oracle(GERMAN_SAID), "en", came_in=came_in.append)
    kinds = {Timing(kind) for each in came_in for kind in each.timings}
    assert Timing.APPROXIMATE in kinds
    assert Timing.ALIGNED not in kinds


def test_english_words_looked_for_as_others_are_told() -> None:
    english = "and then we have not seen it because it was not so as you thought that it would be but ".split() * 4
    said = one_after_another(english)
    merged = listen(captions(english), silence(len(english) * WORD_MS), nobody, never, Oracle(said), "xq")
    assert merged is not None
    assert "read as English but were looked for as “xq”" in merged.warning


def test_few_words_found_are_told_but_not_where_the_search_was_stopped() -> None:
    sound = silence(64 * WORD_MS)
    merged = listen(captions(), sound, nobody, never, Oracle([]), "en")
    assert merged is not None
    assert merged.warning == "Less than 1 % of the words were found in the sound; check that the text belongs to it."
    stopped = listen(captions(), sound, nobody, lambda: True, Oracle([]), "en")
    assert stopped is not None
    assert stopped.warning == ""
