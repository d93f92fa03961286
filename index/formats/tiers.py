"""What the formats of linguists share: tiers of intervals, of which some hold sentences and others their words."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.formats.base import Findings, WriteOptions
from index.formats.segments import Segment, TimedWord, lay_out, sentences
from index.formats.segments_out import one_line, spoken, timed_words
from index.transcript import Transcript

_MAX_NAME = 300
_NO_SPEECH = re.compile(
    r"(?:\A|[\W_])(?:(?i:phones?|phonemes?|phonetics?|syllables?|lemmas?|gloss(?:es)?)|KAN|MAU|KAN-MAU|IPA|POS)\Z"
)
_WORDS = re.compile(r"(?:(.+) - |(.*?)[ _:-]+)?(?:words?|tokens?|ort|ort-mau)\Z", re.IGNORECASE | re.DOTALL)
_NOBODY = frozenset(
    "default text transcript transcription utterance utterances sentence sentences speech words word tier".split()
)
_SILENCES = frozenset({"sp", "sil", "spn", "<sil>", "<eps>", "<p:>", "#"})


@dataclass(slots=True)
class Tier:
    """A tier by its name: intervals with start and end in ms and a text; `parent` names the tier that it divides."""

    name: str
    speaker: str = ""
    parent: str = ""
    intervals: list[tuple[int, int, str]] = field(default_factory=list)


def segments_of(tiers: Sequence[Tier], findings: Findings) -> list[Segment]:
    """The sentences of all tiers, with the times of their words where a tier of words divides them.

    A tier of words alone makes sentences. Tiers of sounds, and those that divide another one otherwise, are left out.
    """
    words: dict[str, Tier] = {}
    spoken_in: list[Tier] = []
    told = [tier for tier in tiers if any(text.strip() for *_, text in tier.intervals)]
    names = {tier.name for tier in told}
    for tier in told:
        divided = _divided(tier, names)
        if _NO_SPEECH.search(tier.name[-_MAX_NAME:]) or (tier.parent and divided is None):
            findings.add("One tier that is no speech was left out.", "{n} tiers that are no speech were left out.")
        elif divided is not None and divided not in words:
            words[divided] = tier
        else:
            spoken_in.append(tier)
    segments: list[Segment] = []
    for tier in spoken_in:
        own = words.pop(tier.name, None)
        segments += _sentences(tier, own.intervals if own else [])
    for divided, tier in words.items():
        segments += _from_words(tier, divided)
    return sorted(segments, key=lambda segment: segment.start_ms or 0)


def _divided(tier: Tier, names: set[str]) -> str | None:
    """The name of the tier whose words these are, "" for nobody's; None where the tier does not hold words."""
    found = _WORDS.match(tier.name) if len(tier.name) <= _MAX_NAME else None
    if not found:
        return None
    if tier.parent in names:
        return tier.parent
    return found[1] or found[2] or ""


def _speaker(tier: Tier, name: str) -> str | None:
    """Who speaks in a tier: whom it says itself, or whom its name tells, unless that is one that programs give."""
    name = " ".join(name.split())
    return tier.speaker or (None if not name or name.lower() in _NOBODY else name)


def _sentences(tier: Tier, words: Sequence[tuple[int, int, str]]) -> list[Segment]:
    """The intervals, each with those words that lie in it, if they are the same as its text's."""
    speaker = _speaker(tier, tier.name)
    heard = [TimedWord(" " + text.strip(), start, end) for start, end, text in words if text.strip()]
    heard.sort(key=lambda word: word.start_ms or 0)
    starts = [(word.start_ms or 0) for word in heard]
    segments = []
    for start, end, text in tier.intervals:
        text = text.strip()
        if text:
            own = heard[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)] if heard else []
            same = "".join(word.text for word in own).split() == text.split()
            segments.append(Segment(start, end, text, tuple(own) if same or _fit(own, text) else (), speaker))
    return segments


def _fit(words: Sequence[TimedWord], text: str) -> bool:
    """Whether the words, spelt as in the text, are the text's."""
    laid = lay_out(words, text) if words else None
    return laid is not None and "".join(word.text for word in laid).split() == text.split()


def _from_words(tier: Tier, name: str) -> list[Segment]:
    speaker = _speaker(tier, name)
    words = [
        TimedWord(" " + text.strip(), start, end, speaker)
        for start, end, text in sorted(tier.intervals, key=lambda interval: interval[0])
        if text.strip() and text.strip() not in _SILENCES
    ]
    return sentences(lay_out(words) or [])


def written_tiers(transcript: Transcript, options: WriteOptions) -> list[Tier]:
    """A tier for each speaker, in the order of their first word, and where words have times a tier of those after it.

    The intervals of a tier follow each other: where two overlap, the one in front is cut, and where they begin together
    they become one. Words lie in their cue.
    """
    timed = timed_words(transcript, options)
    tiers: dict[str, Tier] = {}
    words: dict[str, Tier] = {}
    for part in spoken(transcript, options):
        speaker = part.speaker or ""
        name = speaker or "default"
        tier = tiers.setdefault(name, Tier(name, speaker))
        _append(tier.intervals, part.start_ms, part.end_ms, one_line(transcript, part.words))
        for word in part.words:
            if word in timed:
                own = words.setdefault(name, Tier(f"{name} - words", speaker, name))
                start = min(max(transcript.starts[word], part.start_ms), part.end_ms - 1)
                end = min(max(transcript.ends[word], start + 1), part.end_ms)
                _append(own.intervals, start, end, transcript.word_text(word))
    return [each for name, tier in tiers.items() for each in (tier, words.get(name)) if each]


def _append(intervals: list[tuple[int, int, str]], start_ms: int, end_ms: int, text: str) -> None:
    if intervals:
        start, end, before = intervals[-1]
        if start_ms <= start:
            intervals[-1] = (start, max(end, end_ms), f"{before} {text}")
            return
        intervals[-1] = (start, min(end, start_ms), before)
    intervals.append((start_ms, end_ms, text))
