"""What the readers of speech services' JSON share: a walk through its levels, streams of words, channels."""

from collections.abc import Sequence
from typing import Any

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.json_tools import name_of
from index.formats.segments import CARRY_ON, Segment, TimedWord, feed, lay_out, sentences
from index.wordsplit import is_spaceless

_AHEAD = 12  # Words that are looked through for the place where two spellings meet again.

_LONGEST = 1000  # Characters of a word that marks are still put to.


def inside(value: object, *path: str | int) -> Any:
    """What lies at the end of a path of keys and indexes; None where there is nothing."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def has(value: object, *keys: str) -> bool:
    """Whether it is an object with one of the keys."""
    return isinstance(value, dict) and not value.keys().isdisjoint(keys)


def speaker_of(value: object) -> str | None:
    """A speaker as services tell it: a number or a single letter becomes `Speaker 1`, `Speaker A`."""
    name = name_of(value)
    return f"Speaker {name}" if name and len(name) == 1 and name.isalpha() and name.isascii() else name


def stream(words: Sequence[TimedWord]) -> list[Segment]:
    """Words without spaces in sentences; marks of punctuation go to the word before them."""
    return sentences(lay_out(words) or [])


def glue(words: list[TimedWord], mark: str) -> None:
    """Put a mark without a time of its own behind the last word, unless that is longer than any."""
    if words and len(words[-1].text) < _LONGEST:
        words[-1] = words[-1]._replace(text=words[-1].text + mark)
    elif mark:
        words.append(TimedWord(mark, None, None))


def together(channels: Sequence[list[Segment]], findings: Findings) -> list[Segment]:
    """The segments of several channels in order of time; a channel that says the same as one before is left out.

    Where a file has only one, nothing is changed. Who speaks in a channel that names nobody is `Channel 1`, counted
    from 1.
    """
    kept: list[Segment] = []
    seen: set[str] = set()
    told = [(number, segments) for number, segments in enumerate(channels, 1) if segments]
    if len(told) == 1:
        return told[0][1]
    for number, segments in told:
        said = " ".join(segment.text.strip() for segment in segments)
        if said in seen:
            findings.add("One channel that repeats another was left out.", "{n} channels that repeat were left out.")
            continue
        seen.add(said)
        kept += [_in_channel(segment, number) for segment in segments]
    if len(seen) == 1:
        return told[0][1]
    reached = 0  # A segment without a time follows the one before it.
    places = [reached := segment.start_ms if segment.start_ms is not None else reached for segment in kept]
    return [kept[number] for number in sorted(range(len(kept)), key=places.__getitem__)]


def _in_channel(segment: Segment, number: int) -> Segment:
    def named(speaker: str | None) -> str:
        return f"Channel {number}" if speaker in (None, CARRY_ON) else f"{speaker} (channel {number})"

    words = [word._replace(speaker=named(word.speaker)) for word in segment.words]
    return segment._replace(speaker=named(segment.speaker), words=words)


def respelt(text: str, words: Sequence[TimedWord]) -> list[TimedWord]:
    """Every word of a readable text, with the times of the same words as they were recognised (`twenty` for `20`).

    The text decides which words there are. Words that both have, capitals and marks aside, take the time of their
    own; of those that are written otherwise the first takes the beginning.
    """
    if any(map(is_spaceless, text)):
        return lay_out(words, text) or [TimedWord(text, words[0].start_ms, words[-1].end_ms, words[0].speaker)]
    tokens = text.split()
    keys, heard = [_key(token) for token in tokens], [_key(word.text) for word in words]
    told: list[TimedWord] = []
    token = word = 0
    while token < len(tokens):
        more_tokens, more_words, meets = _meeting(keys, heard, token, word)
        told += _otherwise(tokens[token : token + more_tokens], words[word : word + more_words])
        token, word = token + more_tokens, word + more_words
        if meets:
            told.append(words[word]._replace(text=tokens[token]))
            token, word = token + 1, word + 1
    speaker = words[0].speaker if words else CARRY_ON
    for number, each in enumerate(told):
        if each.speaker == CARRY_ON:
            told[number] = each._replace(speaker=speaker)
        speaker = told[number].speaker
    return [each._replace(text=" " + each.text) for each in told]


def _key(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


def _meeting(keys: Sequence[str], heard: Sequence[str], token: int, word: int) -> tuple[int, int, bool]:
    """How many of each to pass over until both go on with the same word, and whether they do."""
    for passed in range(2 * _AHEAD):
        for tokens in range(max(0, passed - _AHEAD), min(passed, _AHEAD) + 1):
            at, other = token + tokens, word + passed - tokens
            if at < len(keys) and other < len(heard) and keys[at] and keys[at] == heard[other]:
                return tokens, passed - tokens, True
    if token + _AHEAD < len(keys) and word + _AHEAD < len(heard):
        return _AHEAD, _AHEAD, False
    return len(keys) - token, len(heard) - word, False


def _otherwise(tokens: Sequence[str], words: Sequence[TimedWord]) -> list[TimedWord]:
    """Words of the text for other words that were recognised in their place."""
    if len(tokens) == len(words):
        return [word._replace(text=token) for token, word in zip(tokens, words, strict=True)]
    told = [TimedWord(token, None, None) for token in tokens]
    if told and words:
        told[0] = words[0]._replace(text=tokens[0], end_ms=words[-1].end_ms if len(tokens) == 1 else None)
    return told


def tell(segments: Sequence[Segment], texts: Sequence[str], builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the segments to the builder; where there are none, the texts, as a transcript without times.

    Raises:
        TranscriptError: there are no words in either.
    """
    said = [text for text in texts if text.strip()]
    if segments or not said:
        feed(segments, builder, findings)
        return
    for text in said:
        builder.add_cue(0, 0)
        builder.add_text(text)
    builder.forget_times()
