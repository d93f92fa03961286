"""Finds the words of a transcript in its sound, in the way that its times and its language allow."""

from collections.abc import Callable

from index.align import espeak
from index.align.approximate import align_approximately, align_text_approximately
from index.align.crew import Cancelled, Crew, Told
from index.align.listen import align_text
from index.align.merge import Merged
from index.align.recogniser import ENGLISH, UNAVAILABLE, is_available, is_english
from index.align.sound import Sound
from index.align.words import align_words
from index.language import guess
from index.transcript import Transcript


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

    `came_in` is given what was found from time to time, if the transcript has times; one that `is_in_step` is not
    looked at for a shift. None once `cancelled` if it had no times, for then there is nothing to keep.

    Raises:
        EarmarkError: the words cannot be looked for here, as `why_not` says.
        WrongTextError: it has no times, and under a fifth of its words were heard.
    """
    if not transcript.timed:
        find_text = align_text if is_english(language) else align_text_approximately
        return find_text(transcript, sound, told, cancelled, crew)
    find_words = align_words if is_english(language) else align_approximately
    found = find_words(transcript, sound, told, cancelled, crew, came_in=came_in, is_in_step=is_in_step)
    return Merged(found, 1.0, "")
