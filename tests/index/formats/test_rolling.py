from reading import cues, exact, read, turns, words

# The blank lines of these files hold a space.
YOUTUBE = """WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:03.429 align:start position:0%
&nbsp;
tides<00:00:00.960><c> rose</c><00:00:01.520><c> over</c><00:00:02.159><c> the</c>

00:00:03.429 --> 00:00:03.439 align:start position:0%
tides rose over the
&nbsp;

00:00:03.439 --> 00:00:06.000 align:start position:0%
tides rose over the
salt<00:00:03.960><c> marsh</c><00:00:04.520><c> again</c>

00:00:06.000 --> 00:00:06.010 align:start position:0%
salt marsh again
&nbsp;

00:00:06.010 --> 00:00:08.000 align:start position:0%
salt marsh again
again

00:00:08.000 --> 00:00:08.010 align:start position:0%
again
&nbsp;

00:00:08.010 --> 00:00:09.000 align:start position:0%
again
and<00:00:08.500><c> again</c>
""".replace("&nbsp;", " ")


def test_youtube_says_each_word_once_with_its_time() -> None:
    result = read(YOUTUBE)
    assert result.transcript.text == "tides rose over the salt marsh again again and again"
    assert exact(result.transcript)[:5] == [
        ("tides", 160, 960),
        ("rose", 960, 1520),
        ("over", 1520, 2159),
        ("the", 2159, 3429),
        ("salt", 3439, 3960),
    ]
    assert result.warnings == ("The captions roll: lines shown again were read once.",)


def test_rolling_srt_as_converters_make_it_of_youtube() -> None:
    text = """1
00:00:00,160 --> 00:00:03,429
tides rose over the

2
00:00:03,429 --> 00:00:03,439
tides rose over the

3
00:00:03,439 --> 00:00:06,000
tides rose over the
salt marsh again
"""
    assert read(text).transcript.text == "tides rose over the salt marsh again"


def test_captions_rolling_up_three_lines() -> None:
    lines = [f"line {number} says" for number in range(8)]
    text = "WEBVTT\n\n" + "".join(
        f"00:{n:02}.000 --> 00:{n + 1:02}.000\n" + "\n".join(lines[max(0, n - 2) : n + 1]) + "\n\n" for n in range(8)
    )
    assert read(text).transcript.text == " ".join(lines)


def test_a_chorus_that_repeats_is_kept() -> None:
    text = "WEBVTT\n\n" + "".join(f"00:{n:02}.000 --> 00:{n + 1:02}.000\nhey now\n\n" for n in range(6))
    result = read(text)
    assert result.transcript.text == " ".join(["hey now"] * 6)
    assert result.warnings == ()


def highlighted(*shown: tuple[str, str]) -> str:
    return "WEBVTT\n\n" + "".join(f"{timing}\n{text}\n\n" for timing, text in shown)


def test_highlighted_words_give_their_times() -> None:
    text = highlighted(
        ("00:00.000 --> 00:00.320", "And so, my"),
        ("00:00.320 --> 00:00.700", "<u>And</u> so, my"),
        ("00:00.700 --> 00:01.000", "And <u>so,</u> my"),
        ("00:01.000 --> 00:01.200", "And so, my"),
        ("00:01.200 --> 00:01.500", "And so, <u>my</u>"),
        ("00:03.000 --> 00:03.500", "<u>other</u> words"),
        ("00:03.500 --> 00:04.000", "other <u>words</u>"),
    )
    transcript = read(text).transcript
    assert exact(transcript) == [
        ("And", 320, 700),
        ("so,", 700, 1000),
        ("my", 1200, 1500),
        ("other", 3000, 3500),
        ("words", 3500, 4000),
    ]
    assert cues(transcript) == [(0, 1500, "And so, my"), (3000, 4000, "other words")]
    srt = text.removeprefix("WEBVTT\n\n").replace(".", ",")
    assert exact(read(srt).transcript)[0] == ("And", 320, 700)


def test_highlighted_words_with_names() -> None:
    text = highlighted(
        ("00:00.000 --> 00:00.500", "[SPEAKER_01]: <u>So</u> it"),
        ("00:00.500 --> 00:01.000", "[SPEAKER_01]: So <u>it</u>"),
    )
    assert turns(read(text).transcript) == [("SPEAKER_01", "So it")]


def test_underlining_alone_is_no_highlight() -> None:
    text = highlighted(("00:00.000 --> 00:00.500", "<u>one</u>"), ("00:00.500 --> 00:01.000", "<u>two</u>"))
    assert words(read(text).transcript) == ["one", "two"]
    assert read(text).transcript.timing == "estimated"
