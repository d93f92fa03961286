import pytest
from hypothesis import given
from reading import cues, read, turns

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from tests.index.making import quick

OTTER = """Marsh walk

Ana Lopez  0:02  
Thank you for coming out here.

Ben  0:41  
It is cold.
But the herons do not mind.

1:05  
Mm.

Ana Lopez  1:01:21  
So long.

Transcribed by https://otter.example
"""  # noqa: W291
RESOLVE = """[01:00:02:10 - 01:00:05:00]
Speaker 1
There is a heron.

[01:00:05:05 - 01:00:08:24]
Speaker 2
 Where?
"""
TWO = [("Ana Lopez", "There it is."), ("Ben", "Where?")]
SHAPES = {
    "Rev": "Ana Lopez (00:04): There it is.\n\nBen (00:09): Where?\n",
    "Rev, text below": "Ana Lopez (00:04):\nThere it is.\n\nBen (00:09):\nWhere?\n",
    "BBC": "Ana Lopez \t [00:00:04] \t There it is.\n\nBen \t [00:00:09] \t Where?\n",
    "time first": "[00:00:04] Ana Lopez: There it is.\n[00:00:09] Ben: Where?\n",
    "time first, bare": "00:00:04 Ana Lopez: There it is.\n00:00:09 Ben: Where?\n",
    "Markdown": "**[00:00:04]** **Ana Lopez:** There it is.\n\n**[00:00:09]** **Ben:** Where?\n",
    "Markdown links": "[00:04](https://a.example) Ana Lopez: There it is.\n[00:09](https://a.example) Ben: Where?\n",
    "Descript": "Ana Lopez: [00:00:04] There it is.\n\nBen: [00:00:09] Where?\n",
    "Trint": "Ana Lopez [00:00:04] There it is.\n\nBen [00:00:09] Where?\n",
    "name on a line": "[00:00:04.000] - Ana Lopez\nThere it is.\n\n[00:00:09.000] - Ben\nWhere?\n",
    "name alone, one space": "Ana Lopez 00:00:04\nThere it is.\n\nBen 00:00:09\nWhere?\n",
}


def not_timed(text: str) -> bool:
    try:
        return read(text).format != "Timed text"
    except TranscriptError:
        return True


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str) -> None:
    result = read(SHAPES[shape])
    assert result.format == "Timed text"
    assert turns(result.transcript) == TWO
    assert cues(result.transcript)[0] == (4000, 9000, "There it is.")
    assert result.warnings == ()


@pytest.mark.parametrize("sample", [OTTER, RESOLVE, *SHAPES.values()])
def test_nobody_before_takes_it(sample: str) -> None:
    assert next(format.name for format in formats.FORMATS if format.sniff(sample)) == "Timed text"


def test_otter() -> None:
    result = read(OTTER)
    assert cues(result.transcript) == [
        (2000, 41_000, "Thank you for coming out here."),
        (41_000, 65_000, "It is cold. But the herons do not mind."),
        (65_000, 3_681_000, "Mm."),
        (3_681_000, 3_681_480, "So long."),
    ]
    assert [speaker for speaker, _ in turns(result.transcript)] == ["Ana Lopez", "Ben", None, "Ana Lopez"]
    assert result.warnings == (
        "A last line that tells who made the transcript was left out.",
        "One line before the first time was left out.",
    )


def test_ranges_in_frames_from_one_hour() -> None:
    result = read(RESOLVE)
    assert cues(result.transcript) == [(2400, 5000, "There is a heron."), (5200, 8960, "Where?")]
    assert turns(result.transcript) == [("Speaker 1", "There is a heron."), ("Speaker 2", "Where?")]
    assert result.warnings == (
        "The times are in frames; they were read as 25 to a second.",
        "The times begin at one hour, as in a video timeline; that hour was taken off.",
    )


def test_ranges_without_brackets_and_offset() -> None:
    text = "00:00:00:00 - 00:00:06:12\nAna\nHello there.\n\n00:00:06:12 - 00:00:12:20\nBen\nHi.\n"
    result = read(text)
    assert cues(result.transcript) == [(0, 6500, "Hello there."), (6500, 12_833, "Hi.")]
    assert result.transcript.speakers == ("Ana", "Ben")


def test_times_alone_as_a_site_shows_them() -> None:
    result = read("0:00\nwelcome to the marsh\n0:04\nwhere herons stand\n0:09\nall day long\n")
    assert cues(result.transcript)[:2] == [(0, 4000, "welcome to the marsh"), (4000, 9000, "where herons stand")]


def test_texts_that_begin_together_share_their_time() -> None:
    transcript = read("[0:04] one two\n[0:04] three four\n[0:08] five\n").transcript
    assert list(transcript.starts) == sorted(transcript.starts)
    assert cues(transcript)[1] == (4000, 8000, "three four")
    assert transcript.starts[2] > transcript.starts[1]


def test_a_time_that_runs_backwards_is_told_and_keeps_the_order() -> None:
    lines = "".join(f"[0:{second:02}] word{second}\n" for second in range(1, 20))
    result = read(lines + "[0:05] back\n[0:25] on\n")
    assert [text for _, _, text in cues(result.transcript)][-2:] == ["back", "on"]
    assert result.warnings == ("One time that runs backwards was not followed.",)


@pytest.mark.parametrize(
    "text",
    [
        "10:30 Meeting: we talk of herons and other birds.\nThen we all go home.",
        "10:30 Meeting: planning with the whole team\n11:00 Lunch: soup in the hall and a walk afterwards\n",
        "00:00 Intro\n02:15 Herons\n10:45 Outro\nThanks for listening to us today.",
        "(00:00) Intro and news\n(02:15) Herons in the marsh\n(10:45) Outro and thanks\n",
        "3:16 For the river ran so far and long that nobody knew its end\n3:17 And the people sat by it and sang\n",
        "We met at the station (10:30) and left.\nThe boat was late (11:15) as ever.",
        "[0:30] then\n[0:20] back\n[0:10] and back\n",
    ],
)
def test_programmes_and_prose_are_not_timed(text: str) -> None:
    assert not_timed(text)


@quick
@given(...)
def test_any_lines_end_well(starts: list[int], texts: list[str]) -> None:
    lines = [
        f"[{abs(start) % 9000 // 60}:{abs(start) % 60:02}] {text}" for start, text in zip(starts, texts, strict=False)
    ]
    try:
        transcript = read("\n".join(lines)).transcript
    except TranscriptError as error:
        assert str(error).startswith("“talk.vtt” ")  # noqa: PT017
        return
    assert isinstance(transcript.end_ms, int)
    assert all(transcript.starts[word] <= transcript.ends[word] for word in transcript.all_words)


def test_markdown_with_times_comes_back() -> None:
    builder = TranscriptBuilder()
    for number, (speaker, text) in enumerate(
        [("Ana Lopez", "It *is* [cold] & <wet>."), ("Ben", "1. So?"), (None, "Mm.")]
    ):
        builder.add_cue(number * 5000, number * 5000 + 4000)
        builder.set_speaker(speaker)
        builder.add_text(text)
    transcript = builder.build()
    written = formats.to_text(transcript, "md")
    result = read(written)
    assert result.format == "Timed text"
    assert turns(result.transcript) == turns(transcript)
    assert [start for start, _, _ in cues(result.transcript)] == [0, 5000, 10_000]
