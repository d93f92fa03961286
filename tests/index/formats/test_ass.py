import shutil
import subprocess

import pytest
from hypothesis import given, settings
from reading import cues, read, turns
from test_round_trips import _WORDS, again, said, transcripts

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import WriteOptions
from index.transcript import Transcript

ASS = """[Script Info]
; A comment
Title: Tides
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour
Style: Default,Arial,not a number,&Hnonsense

[Fonts]
fontname: a.ttf
Dialogue of a font!

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not said
Dialogue: 0,0:00:01.00,0:00:03.50,Default,Alice,0,0,0,,Salt, {\\i1}and{\\i0}\\Nsea\\h{\\an8}water
Dialogue: 0,0:00:04.00,0:00:05.50,Default,Bob Lee,0,0,0,,{\\p1}m 0 0 l 9 9{\\p0}Here's: {\\pos(1,2)}it
Dialogue: 0,0:00:06.00,0:00:07.00,Default,,0,0,0,,an { open brace
"""


def test_ass() -> None:
    result = read(ASS, "tides.ass")
    assert result.format == "ASS"
    assert result.warnings == ()
    assert cues(result.transcript) == [
        (1000, 3500, "Salt, and sea water"),
        (4000, 5500, "Here's: it"),
        (6000, 7000, "an { open brace"),
    ]
    assert turns(result.transcript) == [
        ("Alice", "Salt, and sea water"),
        ("Bob Lee", "Here's: it"),
        (None, "an { open brace"),
    ]
    assert result.transcript.begins_line(2)


def test_ssa_and_names_in_the_text() -> None:
    text = """[Script Info]
ScriptType: v4.00

[Events]
Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: Marked=0,0:00:01.00,0:00:02.00,Default,,0000,0000,0000,,Ann: Yes
Dialogue: Marked=0,0:00:03.00,0:00:04.00,Default,,0000,0000,0000,,Bob: No
"""
    assert turns(read(text).transcript) == [("Ann", "Yes"), ("Bob", "No")]


def test_fields_in_another_order() -> None:
    text = "[Events]\nFormat: End, Actor, Start, Text\nDialogue: 0:00:02.00,Ann,0:00:01.00,One, two"
    transcript = read(text).transcript
    assert cues(transcript) == [(1000, 2000, "One, two")]
    assert transcript.speakers == ("Ann",)


def test_dialogue_without_its_sections_and_damage() -> None:
    lines = ASS[ASS.index("Dialogue: 0") :]
    result = read(lines + "Dialogue: 0,0:00:0x.00,0:00:09.00,,,,,,,lost\nDialogue: 0,0:00:08.00")
    assert result.transcript.cue_count == 3
    assert result.warnings == ("2 damaged lines were left out.",)


@pytest.mark.parametrize("text", ["[Events of the day]", "Dialogue: a, b", "Title: x\n[Events]", "[INFORMATION]"])
def test_other_texts_are_not_taken(text: str) -> None:
    found = formats.sniff(text)
    assert found is None or found.name != "ASS"


EVENT = "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a"


@pytest.mark.parametrize(
    "text",
    [
        EVENT + "{" * 900_000,
        EVENT + "{}" * 400_000,
        EVENT + "{\\p1" * 200_000,
        EVENT + "{\\p1}" * 150_000,
        EVENT + "\\N" * 400_000,
        EVENT + "," * 900_000,
        "[Events]\nFormat: " + "text," * 150_000 + "\n" + EVENT * 100,
        "[Events]\n" + "Dialogue:" * 100_000,
        ";\n" * 500_000,
        EVENT + "\nDialogue: 0,99999:00:00.00,9:00:00.00,,,,,,,b",
    ],
)
def test_hostile_text_costs_little(text: str) -> None:
    try:
        assert len(read(text, "hostile.ass").transcript)
    except TranscriptError as error:
        assert str(error).startswith("“hostile.ass” ")  # noqa: PT017


# Writing

_ASS_WORDS = _WORDS.map(lambda word: word.replace("{", "x").replace("}", "y").replace("\\", "z"))


@settings(deadline=None)
@given(transcripts(_ASS_WORDS))
def test_round_trip(transcript: Transcript) -> None:
    read_again = again(transcript, "ass")
    assert said(read_again) == said(transcript)
    assert read_again.joints == transcript.joints
    for word in transcript.all_words:
        assert read_again.speaker_of(word) == transcript.speaker_of(word)
        assert abs(read_again.starts[word] - transcript.starts[word]) <= 12
        assert abs(read_again.ends[word] - transcript.ends[word]) <= 12


def talk() -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(504, 2000, id="one")
    builder.set_speaker("Vale, Mara")
    builder.add_text("{Salt} and\nC:\\New")
    builder.set_speaker(None)
    builder.add_text("water")
    builder.add_cue(36_000_000, 36_000_000)
    builder.set_speaker("Ann")
    builder.add_text("So, yes")
    return builder.build()


LINES = [
    "Dialogue: 0,0:00:00.50,0:00:02.00,Default,Vale Mara,0,0,0,,(Salt) and\\NC:/New",
    "Dialogue: 0,0:00:00.50,0:00:02.00,Default,,0,0,0,,water",
    "Dialogue: 0,10:00:00.00,10:00:00.01,Default,Ann,0,0,0,,So, yes",
]


def test_what_is_written() -> None:
    text = formats.to_text(talk(), "ass")
    assert text.startswith("[Script Info]\n")
    assert text.splitlines()[-3:] == LINES
    assert "Mara" not in formats.to_text(talk(), "ass", WriteOptions(speakers=False))


def test_other_readers_read_it() -> None:
    pysubs2 = pytest.importorskip("pysubs2")
    text = formats.to_text(talk(), "ass")
    events = pysubs2.SSAFile.from_string(text).events
    assert [(event.start, event.end, event.name, event.plaintext) for event in events] == [
        (500, 2000, "Vale Mara", "(Salt) and\nC:/New"),
        (500, 2000, "", "water"),
        (36_000_000, 36_000_010, "Ann", "So, yes"),
    ]


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg")
def test_ffmpeg_reads_it() -> None:
    command = ["ffmpeg", "-loglevel", "error", "-f", "ass", "-i", "pipe:0", "-f", "srt", "pipe:1"]
    ass = formats.to_text(talk(), "ass").encode()
    srt = subprocess.run(command, input=ass, capture_output=True, check=True, timeout=60).stdout
    assert cues(read(srt).transcript) == [
        (500, 2000, "(Salt) and C:/New"),
        (500, 2000, "water"),
        (36_000_000, 36_000_010, "So, yes"),
    ]


# Words with times of their own

KARAOKE = "[Events]\nDialogue: 0,0:00:01.00,0:00:05.00,Default,Ann,0,0,0,,"


def timed(text: str) -> list[tuple[str, int, int]]:
    transcript = read(KARAOKE + text, "karaoke.ass").transcript
    assert transcript.timing == "exact"
    return [(word.text, word.start_ms, word.end_ms) for word in map(transcript.word, transcript.all_words)]


def test_syllables_make_words_with_times() -> None:
    assert timed("{\\k20}{\\k35}Ear{\\kf25}mark {\\K10}is {\\an8\\ko30}a {\\k0}\\N{\\k40}player{\\k100}") == [
        ("Earmark", 1200, 1800),
        ("is", 1800, 1900),
        ("a", 1900, 2200),
        ("player", 2200, 2600),
    ]
    assert timed("{\\kt150\\k20}So {\\kt300}{\\k10}late") == [("So", 2500, 2700), ("late", 4000, 4100)]


@pytest.mark.parametrize("text", ["So late", "{\\k}So late", "{\\kern}So late", "{k20}So late", "So {\\k20"])
def test_other_tags_are_no_times(text: str) -> None:
    assert read(KARAOKE + text).transcript.timing == "estimated"


def test_words_before_the_first_syllable_are_estimated() -> None:
    assert read(KARAOKE + "Too {\\k50}late").transcript.timing == "mixed"


@settings(deadline=None)
@given(transcripts(_ASS_WORDS))
def test_round_trip_with_word_times(transcript: Transcript) -> None:
    text = formats.to_text(transcript, "ass", WriteOptions(word_times=True))
    read_again = read(text).transcript
    assert said(read_again) == said(transcript)
    if transcript.timing == "estimated":
        assert "; Word times are estimated." in text
        assert read_again.timing == "estimated"


def test_what_is_written_with_word_times() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(1000, 4000)
    for word, start, end in (("So", 1504, 1700), ("very", 1700, 2000), ("late", 2500, 3000)):
        builder.add_word(word, start, end)
    text = formats.to_text(builder.build(), "ass", WriteOptions(word_times=True))
    assert text.endswith(",,{\\k50}{\\k20}So {\\k30}very {\\k50}{\\k50}late\n")
    assert timed(text.rsplit(",,", 1)[1].strip())[2] == ("late", 2500, 3000)
