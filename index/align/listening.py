"""Finds the words of a transcript in its sound, in the way that its times and its language allow."""

from collections.abc import Callable
from dataclasses import replace

from index.align import espeak
from index.align.approximate import align_approximately, align_text_approximately
from index.align.crew import Cancelled, Crew, Told
from index.align.listen import align_text
from index.align.merge import Merged
from index.align.outcome import doubt
from index.align.recogniser import ENGLISH, UNAVAILABLE, is_available, is_english
from index.align.sound import Sound
from index.align.words import align_words
from index.language import guess, name
from index.transcript import Timing, Transcript


def language_of(transcript: Transcript) -> str:
    """The language that its words read as; English where that cannot be told."""
    return guess(transcript.text) or ENGLISH


def why_not(language: str) -> str:
    """A sentence on why words of a language, such as `en` or `de`, cannot be looked for here; "" where they can."""
    if not is_available():
        return UNAVAILABLE
    return "" if is_english(language) or espeak.knows(language) else espeak.UNAVAILABLE


def listen(
    transcript: Transcript,
    sound: Sound,
    told: Told,
    cancelled: Cancelled,
    crew: Crew,
    language: str,
    *,
    came_in: Callable[[Transcript], None] = lambda _: None,
    is_in_step: bool = False,
) -> Merged | None:
    """The transcript with the times at which its words are heard by a crew that knows the language.

    Words that plainly are of another language than that are `APPROXIMATE` at best, and the warning says so; it does
    too where few of them were found. `came_in` is given what was found from time to time, if the transcript has times;
    one that `is_in_step` is not looked at for a shift. None once `cancelled` if it had no times, for then there is
    nothing to keep.

    Raises:
        EarmarkError: the words cannot be looked for here, as `why_not` says.
        WrongTextError: it has no times, and under a fifth of its words were heard.
    """
    foreign = _foreign(transcript, language)

    def labelled(found: Transcript) -> Transcript:
        return _as_approximate(found, transcript) if foreign else found

    def told_of(found: Transcript) -> None:
        came_in(labelled(found))

    merged: Merged | None
    if not transcript.timed:
        find_text = align_text if is_english(language) else align_text_approximately
        merged = find_text(transcript, sound, told, cancelled, crew)
    else:
        find_words = align_words if is_english(language) else align_approximately
        found = find_words(transcript, sound, told, cancelled, crew, came_in=told_of, is_in_step=is_in_step)
        share = sum(Timing(kind).is_own for kind in found.timings) / max(1, len(found))
        merged = Merged(found, share, "" if cancelled() else doubt(share, "the sound"))
    if merged is None:
        return None
    warning = " ".join(filter(None, (merged.warning, foreign)))
    return replace(merged, transcript=labelled(merged.transcript), warning=warning)


def _foreign(transcript: Transcript, language: str) -> str:
    """A sentence where the words read as English but are looked for as another language, or the other way round."""
    reads_as = guess(transcript.text)
    if not reads_as or is_english(reads_as) == is_english(language):  # Others may be called by several names.
        return ""
    called = name(language.partition("-")[0])
    called = f"“{language}”" if called == name("") else called
    return f"The words read as {name(reads_as)} but were looked for as {called}, so their times are approximate."


def _as_approximate(found: Transcript, before: Transcript) -> Transcript:
    """Words found by what was not made for them; those whose times were known before keep them."""
    timings = bytes(
        Timing.APPROXIMATE if now == Timing.ALIGNED and was != Timing.ALIGNED else now
        for now, was in zip(found.timings, before.timings, strict=True)
    )
    return replace(found, timings=timings)
