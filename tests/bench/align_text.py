"""How well a clean text takes the times of a rough one: a real pair, and the same pair spoilt in known ways."""

from __future__ import annotations

import csv
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from index import formats
from index.align.merge import merge
from index.align.outcome import WrongTextError
from index.align.tokens import forms_of
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript, WordRange
from tests.bench.report import Row

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "seeds"
MACHINE = SEEDS / "gradient-dissent-catanzaro-whisper.txt"
EPISODES = SEEDS / "gradient-dissent-episodes.csv.txt"
_LATE_MS = 1000
_LATE = 0.003  # The share of words that may be so late.
_DRAWS = 10
_TIMES = 13  # About ten hours.
_SURE = 0.5


def clean_text(row: int = 0) -> Transcript:
    """An episode's text with its speakers, as the table of episodes has it; its damaged dashes repaired."""
    csv.field_size_limit(1 << 30)
    text = EPISODES.read_text("utf-8")
    rows = list(csv.DictReader(text[text.index("Unnamed: 0,") :].splitlines(keepends=True)))
    said = rows[row]["transcript"].replace("β€”", "—").replace("Β·", "·")
    names = {name for name in re.findall(r"([A-Z]\w+): ", said) if said.count(f"{name}: ") > 5}
    turns = re.sub(rf"(?:(?<=[.!?…\"”)\]—-]) |^)({'|'.join(sorted(names))}): ", r"\n\n\1: ", said)
    return formats.read_bytes(turns.strip().encode(), "clean").transcript


def machine_text() -> Transcript:
    """What a recogniser heard of the first episode, cue by cue."""
    return formats.read(MACHINE).transcript


def rows(quick: bool = False) -> list[Row]:
    """The real pair, and what must hold when one side is spoilt."""
    if not EPISODES.exists() or not MACHINE.exists():
        return [Row("merge of a real pair", "not measured", "", "needs the two seed transcripts", None)]
    clean, machine = clean_text(), machine_text()
    times = []
    for _ in range(3):
        begun = time.process_time()
        merged = merge(clean, machine)
        times.append(time.process_time() - begun)
    result = merged.transcript
    heard = [word for word in result.all_words if result.timings[word] != Timing.UNHEARD]
    empty = sum(result.ends[word] <= result.starts[word] for word in heard)
    right = sum(turn_is_right(result, machine, turn) for turn in range(result.turn_count))
    best = min(times)
    return [
        Row(
            "merge, real pair: words matched",
            f"{merged.found:.1%}",
            ">= 98.5 %",
            "difflib: 97.9 %",
            merged.found >= 0.985,
        ),
        Row("merge, real pair: words without length", f"{empty}", "0", f"{len(result):,} words", not empty),
        Row("merge, real pair: turns in the right cue", f"{right} of {result.turn_count}", "72", "", right >= 72),
        Row("merge, real pair: time", f"{best:.2f} s", "<= 0.3 s", "difflib: 0.64 s", best <= 0.3),
        *_spoilt(clean, machine, result),
        _wrong(machine),
        *([] if quick else [_long(clean, machine)]),
    ]


def turn_is_right(result: Transcript, machine: Transcript, turn: int) -> bool:
    """Whether the turn begins in the cue where its first words stand, or in the one before it."""
    words = result.turn(turn).words
    first = words.first
    if result.timings[first] == Timing.UNHEARD:
        return False
    opening = [form for word in list(words)[:5] for form in forms_of(result.word_text(word))][:3]
    at = machine.word_at(result.starts[first])
    cue = machine.cue_of(at) if at is not None else 0
    near = WordRange(machine.cue(cue).words.first, machine.cue(min(cue + 1, machine.cue_count - 1)).words.end)
    said = [form for word in near for form in forms_of(machine.word_text(word))]
    return sum(form in said for form in opening) * 2 > len(opening)


# The same pair, spoilt


@dataclass(frozen=True)
class _Case:
    """A spoilt pair: the texts, which clean word each of its words was, and which words are not in the sound."""

    name: str
    clean: Transcript
    machine: Transcript
    origin: Sequence[int]
    absent: frozenset[int]
    limit: float  # The share of words that may be more than a second off.


def _spoilt(clean: Transcript, machine: Transcript, truth: Transcript) -> list[Row]:
    every = list(clean.all_words)
    five = machine.range_between(1_500_000, 1_800_000)
    lost = [word for word in every if 1_500_000 <= truth.starts[word] < 1_800_000]
    extra = list(every[2000:2072])
    third = every[2 * len(every) // 3 :]
    cases = [
        _Case(
            "a teaser in the text only",
            _words(clean, extra + every),
            machine,
            extra + every,
            frozenset(range(72)),
            _LATE,
        ),
        _Case("five minutes not heard", clean, _without(machine, five), every, frozenset(lost), _LATE),
        _Case(
            "five minutes not in the text",
            *_cut(clean, machine, [word for word in every if word not in set(lost)]),
            frozenset(),
            _LATE,
        ),
        _Case("three ads of 300 words", clean, _with_ads(machine, clean_text(1)), every, frozenset(), _LATE),
        _Case("the last third of the text", *_cut(clean, machine, third), frozenset(), _LATE),
    ]
    misheard = [
        _misheard_row(clean, machine, truth, share, limit)
        for share, limit in ((0.2, _LATE), (0.3, _LATE), (0.4, 0.006))
    ]
    return [*misheard, *(_judged(case, truth) for case in cases)]


def _misheard_row(clean: Transcript, machine: Transcript, truth: Transcript, share: float, limit: float) -> Row:
    """Ten draws of the words that are wrong: one may be lucky."""
    found = []
    for seed in range(_DRAWS):
        spoilt = _misheard(machine, share, random.Random(seed))
        found.append(_measured(_Case("", clean, spoilt, list(clean.all_words), frozenset(), limit), truth))
    late, sure = sorted(each.late for each in found), sum(each.sure_late for each in found)
    held = sum(each <= limit for each in late)
    told = f"median {median(late):.2%}, at worst {late[-1]:.2%} > 1 s off, {sure} sure ones > 5 s"
    against = f"{held} of {_DRAWS} draws hold"
    name = f"merge, {100 * share:.0f} % of words wrong"
    return Row(name, told, f"<= {limit:.1%}, 0", against, held == _DRAWS and not sure)


def _cut(clean: Transcript, machine: Transcript, words: list[int]) -> tuple[Transcript, Transcript, list[int]]:
    return _words(clean, words), machine, words


@dataclass(frozen=True)
class _Measured:
    """Of the words placed the share that is late, how many of them are sure, and how many absent words are claimed."""

    counted: int
    late: float
    sure_late: int
    claimed: int


def _measured(case: _Case, truth: Transcript) -> _Measured:
    result = merge(case.clean, case.machine).transcript
    late = sure_late = counted = 0
    for word, origin in enumerate(case.origin):
        known = truth.timings[origin] != Timing.UNHEARD and (truth.confidence(origin) or 0) > 0.8
        if word in case.absent or not known or result.timings[word] == Timing.UNHEARD:
            continue
        off = abs(result.starts[word] - truth.starts[origin])
        counted += 1
        late += off > _LATE_MS
        sure_late += off > 5000 and (result.confidence(word) or 0) >= _SURE
    claimed = sum(
        result.timings[word] != Timing.UNHEARD and (result.confidence(word) or 0) >= _SURE for word in case.absent
    )
    return _Measured(counted, late / max(1, counted), sure_late, claimed)


def _judged(case: _Case, truth: Transcript) -> Row:
    found = _measured(case, truth)
    told = f"{found.late:.2%} > 1 s off, {found.sure_late} sure ones > 5 s"
    if case.absent:
        told += f", {found.claimed} of {len(case.absent)} absent claimed"
    ok = found.late <= case.limit and not found.sure_late and not found.claimed
    return Row(f"merge, {case.name}", told, f"<= {case.limit:.1%}, 0, 0", f"{found.counted:,} words placed", ok)


def _wrong(machine: Transcript) -> Row:
    try:
        merged = merge(clean_text(1), machine)
    except WrongTextError as error:
        return Row("merge, a wrong episode", "refused", "refused", str(error).split(",")[0], True)
    return Row("merge, a wrong episode", f"taken, {merged.found:.0%}", "refused", "", False)


def _long(clean: Transcript, machine: Transcript) -> Row:
    """About ten hours: the pair again and again, so that nothing in it stands just once, with a tenth misheard."""
    builder = TranscriptBuilder()
    spoilt = _misheard(machine, 0.1, random.Random(0))
    for repeat in range(_TIMES):
        for cue in spoilt.cues():
            past = repeat * machine.end_ms
            builder.add_cue(past + cue.start_ms, past + cue.end_ms)
            for word in cue.words:
                builder.add_word(spoilt.word_text(word), past + spoilt.starts[word], past + spoilt.ends[word])
    text = _words(clean, list(clean.all_words) * _TIMES)
    timed = builder.build()
    begun = time.process_time()
    found = merge(text, timed).found
    took = time.process_time() - begun
    return Row("merge, ten hours", f"{took:.1f} s", "<= 2 s", f"{len(text):,} words, {found:.1%} matched", took <= 2)


def _rebuilt(machine: Transcript, keep: Callable[[TranscriptBuilder, int], None]) -> Transcript:
    builder = TranscriptBuilder()
    for number, cue in enumerate(machine.cues()):
        builder.add_cue(cue.start_ms, cue.end_ms)
        keep(builder, number)
    return builder.build()


def _misheard(machine: Transcript, share: float, draw: random.Random) -> Transcript:
    """A share of the words left out, replaced or followed by others, in equal parts."""
    texts = [machine.word_text(word) for word in machine.all_words]

    def spoil(builder: TranscriptBuilder, cue: int) -> None:
        for word in machine.cue(cue).words:
            what = draw.choice("xsi") if draw.random() < share else ""
            if what != "x":
                said = draw.choice(texts) if what == "s" else texts[word]
                builder.add_word(said, machine.starts[word], machine.ends[word])
            if what == "i":
                builder.add_word(draw.choice(texts), machine.ends[word], machine.ends[word])

    return _rebuilt(machine, spoil)


def _without(machine: Transcript, words: WordRange) -> Transcript:
    def keep(builder: TranscriptBuilder, cue: int) -> None:
        for word in machine.cue(cue).words:
            if word not in words:
                builder.add_word(machine.word_text(word), machine.starts[word], machine.ends[word])

    return _rebuilt(machine, keep)


def _with_ads(machine: Transcript, other: Transcript) -> Transcript:
    """Three stretches of another episode's words between the cues, where there is no time for them."""
    places = {machine.cue_count * part // 4: part for part in (1, 2, 3)}

    def insert(builder: TranscriptBuilder, cue: int) -> None:
        if part := places.get(cue):
            builder.add_text(other.text_of(WordRange(part * 1000, part * 1000 + 300)))
        for word in machine.cue(cue).words:
            builder.add_word(machine.word_text(word), machine.starts[word], machine.ends[word])

    return _rebuilt(machine, insert)


def _words(clean: Transcript, words: Sequence[int]) -> Transcript:
    builder = TranscriptBuilder()
    builder.forget_times()
    turn = None
    for word in words:
        if clean.turn_of(word) != turn:
            turn = clean.turn_of(word)
            builder.add_cue(0, 0)
            builder.set_speaker(clean.speaker_of(word), new_turn=True)
        builder.add_text(clean.word_text(word))
    return builder.build()
