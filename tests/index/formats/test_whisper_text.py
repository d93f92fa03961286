import pytest
from reading import cues, read, turns

LINES = """
[00:00:00.000 --> 00:00:03.760]   And so my fellow
[00:00:03.760 --> 00:00:07.900]   listeners, ask not
"""


def test_whisper_cpp() -> None:
    result = read(LINES, "talk.txt")
    assert result.format == "Whisper text"
    assert result.warnings == ()
    assert cues(result.transcript) == [(0, 3760, "And so my fellow"), (3760, 7900, "listeners, ask not")]


def test_faster_whisper() -> None:
    assert cues(read("[0.00s -> 3.76s] And so\n[3.76s -> 83.5s]  on").transcript) == [
        (0, 3760, "And so"),
        (3760, 83_500, "on"),
    ]


def test_openai_whisper_and_commas() -> None:
    text = "Detecting language\n[00:00.000 --> 01:03,500]  On\n[01:00:00.000 --> 01:00:01.000] and on"
    assert cues(read(text).transcript) == [(0, 63_500, "On"), (3_600_000, 3_601_000, "and on")]


def test_what_the_program_says_is_no_text() -> None:
    text = f"whisper_init: loading\nmain: 4 threads\n{LINES}\nwhisper_print_timings: total = 1 ms\nThe end."
    result = read(text)
    assert result.transcript.cue_count == 2
    assert result.warnings == ("One line without a time was left out.",)


def test_a_line_that_is_broken_goes_on() -> None:
    text = "[0.00s -> 3.76s] And\nso on\n[4.00s -> 5.00s]\nbelow it\n\nfar away"
    assert cues(read(text).transcript) == [(0, 3760, "And so on"), (4000, 5000, "below it")]


def test_turns() -> None:
    lines = [">> So", "it is [LAUGH] >> and I", ">> JOHN: hope", "you do"]
    text = "\n".join(f"[{n}.00s -> {n}.90s] {line}" for n, line in enumerate(lines))
    assert turns(read(text).transcript) == [
        (None, "So it is [LAUGH]"),
        (None, "and I"),
        ("JOHN", "hope you do"),
    ]


def test_tinydiarize_and_stereo_speakers_and_colours() -> None:
    text = (
        "\x1b[0m[00:00:00.000 --> 00:00:01.000]  \x1b[38;5;71mSo it is [SPEAKER_TURN]\x1b[0m\n"
        "[00:00:01.000 --> 00:00:02.000]  yes\n"
        "[00:00:02.000 --> 00:00:03.000]  (speaker 1) no\n"
        "[00:00:03.000 --> 00:00:04.000]  (speaker ?) maybe"
    )
    assert turns(read(text).transcript) == [
        (None, "So it is"),
        (None, "yes"),
        ("Speaker 1", "no"),
        (None, "maybe"),
    ]


def test_a_damaged_time_is_told() -> None:
    result = read(LINES + "[99999999:00:00.000 --> 99999999:00:01.000] lost")
    assert result.transcript.cue_count == 2
    assert result.warnings == ("One line with a damaged time was left out.",)


@pytest.mark.parametrize("text", ["[MUSIC]", "0.00s -> 3.76s no brackets"])
def test_other_lines_are_not_taken(text: str) -> None:
    with pytest.raises(Exception, match="no transcript that Earmark knows"):
        read(text)
