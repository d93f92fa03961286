"""Where the times of a transcript are not to be trusted: words that were not heard, or hardly."""

from index.transcript import Timing, Transcript, WordRange

UNSURE = 0.5
"""A word found in the sound with less confidence than this counts as estimated."""

_NEAR = 2  # So few sure words between two doubtful ones are heard with them.


def seen_timing(transcript: Transcript, word: int) -> Timing:
    """How the time of a word is known, to be shown to people: a word that was hardly found counts as estimated."""
    timing = Timing(transcript.timings[word])
    if timing in (Timing.ALIGNED, Timing.APPROXIMATE) and transcript.confidences:
        return Timing.ESTIMATED if transcript.confidences[word] < 255 * UNSURE else timing
    return timing


def doubtful(transcript: Transcript) -> tuple[WordRange, ...]:
    """The stretches worth listening to, in order: words not heard or hardly, and those estimated among words heard.

    In a transcript without any word of its own time there is nothing to be sure of, so nothing to doubt either.
    """
    if not transcript.timed or not any(timing.is_own for timing in map(Timing, set(transcript.timings))):
        return ()
    stretches: list[WordRange] = []
    for word in transcript.all_words:
        if seen_timing(transcript, word) in (Timing.ESTIMATED, Timing.UNHEARD):
            if stretches and word - stretches[-1].end <= _NEAR:
                stretches[-1] = WordRange(stretches[-1].first, word + 1)
            else:
                stretches.append(WordRange(word, word + 1))
    return tuple(stretches)
