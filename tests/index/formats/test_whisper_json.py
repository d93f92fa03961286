import json

import pytest
from reading import cues, exact, read, read_json, turns, words

from index.errors import TranscriptError

NAN, INFINITE = float("nan"), float("inf")


def spoken(text: str, step: float = 0.5) -> list[dict[str, object]]:
    return [{"word": word, "start": n * step, "end": n * step + 0.4} for n, word in enumerate(text.split())]


# openai-whisper and faster-whisper


def test_segments_with_words() -> None:
    result = read(
        json.dumps(
            {
                "text": " And so, my friend.",
                "segments": [
                    {
                        "id": 0,
                        "seek": 0,
                        "start": 0.0,
                        "end": 3.76,
                        "text": " And so, my friend.",
                        "words": [
                            {"word": " And", "start": 0.32, "end": 0.7, "probability": 0.98},
                            {"word": " so,", "start": 0.7, "end": 1.0},
                            {"word": " my", "start": 1.2, "end": 1.5},
                            {"word": " fri", "start": 1.5, "end": 1.6},
                            {"word": "end.", "start": 1.6, "end": 2.0},
                        ],
                    }
                ],
                "language": "en",
            }
        ),
        "talk.json",
    )
    assert result.format == "Whisper JSON"
    assert result.warnings == ()
    assert exact(result.transcript) == [
        ("And", 320, 700),
        ("so,", 700, 1000),
        ("my", 1200, 1500),
        ("friend.", 1500, 2000),
    ]
    assert cues(result.transcript) == [(0, 3760, "And so, my friend.")]
    assert result.transcript.timing == "exact"


def test_segments_without_words() -> None:
    transcript = read_json(
        {"segments": [{"start": 0, "end": 2.5, "text": " One"}, {"start": 2.5, "end": 4, "text": "two"}]}
    )
    assert cues(transcript) == [(0, 2500, "One"), (2500, 4000, "two")]
    assert transcript.timing == "estimated"


def test_a_bare_list_of_segments_is_in_seconds() -> None:
    assert cues(read_json([{"start": 0.0, "end": 5.5, "text": "a"}, {"start": 6, "end": 9, "text": "b"}])) == [
        (0, 5500, "a"),
        (6000, 9000, "b"),
    ]
    assert cues(read_json([{"start": 1, "end": 5, "text": "a"}])) == [(1000, 5000, "a")]


def test_chinese_words_are_glued() -> None:
    told = [{"word": c, "start": n, "end": n + 1} for n, c in enumerate("你好吗")]
    transcript = read_json({"segments": [{"start": 0, "end": 3, "text": "你好吗?", "words": told}]})
    assert transcript.text == "你好吗?"
    assert words(transcript) == ["你", "好", "吗?"]


# OpenAI's API


def test_words_alone_take_their_punctuation_from_the_text() -> None:
    text = "And so, my fellow. Ask “not” well-known – what?"
    transcript = read_json({"text": text, "words": spoken("And so my fellow Ask not well known what")})
    assert transcript.text == text
    assert [cue for *_, cue in cues(transcript)] == ["And so, my fellow.", "Ask “not” well-known – what?"]
    assert exact(transcript)[6] == ("well-known", 3000, 3900)
    assert [word for word in words(transcript) if word not in [text for text, *_ in exact(transcript)]] == ["–"]


def test_words_that_do_not_fit_the_text_stay_as_they_are() -> None:
    transcript = read_json({"text": "Something else altogether", "words": spoken("and so my fellow friends")})
    assert transcript.text == "and so my fellow friends"


def test_one_word_that_does_not_fit_does_not_spoil_the_rest() -> None:
    transcript = read_json({"text": "It cost 5 dollars, friend.", "words": spoken("It cost five dollars friend")})
    assert transcript.text == "It cost five dollars, friend."


def test_segments_beside_words() -> None:
    value = {
        "segments": [{"start": 0, "end": 1, "text": " And so,"}, {"start": 1, "end": 2, "text": " my fellow."}],
        "words": spoken("And so my fellow"),
        "text": "And so, my fellow.",
    }
    transcript = read_json(value)
    assert cues(transcript) == [(0, 1000, "And so,"), (1000, 2000, "my fellow.")]
    assert exact(transcript)[3] == ("fellow.", 1500, 1900)


def test_a_text_with_more_than_its_words_is_kept_whole() -> None:
    transcript = read_json(
        {
            "segments": [
                {"start": 0, "end": 4, "text": "one two three four", "words": [{"word": "three", "start": 2, "end": 3}]}
            ]
        }
    )
    assert words(transcript) == ["one", "two", "three", "four"]


# Hugging Face


def test_chunks() -> None:
    value = {
        "text": "",
        "chunks": [{"timestamp": [0.0, 3.76], "text": " And so"}, {"timestamp": [3.76, None], "text": " on"}],
    }
    assert cues(read_json(value)) == [(0, 3760, "And so"), (3760, 3880, "on")]
    assert cues(read_json(value["chunks"])) == [(0, 3760, "And so"), (3760, 3880, "on")]


def test_chunks_of_words() -> None:
    chunks = [{"timestamp": [n, n + 0.5], "text": f" {w}"} for n, w in enumerate(["And", "so.", "My", "friend"])]
    transcript = read_json({"chunks": chunks})
    assert cues(transcript) == [(0, 1500, "And so."), (2000, 3500, "My friend")]
    assert transcript.timing == "exact"


# WhisperX


def test_whisperx_words_without_times_and_with_speakers() -> None:
    segment = {
        "start": 114.488,
        "end": 119.822,
        "text": "Some 42 words said",
        "speaker": "SPEAKER_01",
        "words": [
            {"word": "Some", "start": 114.488, "end": 114.709, "score": 0.579, "speaker": "SPEAKER_03"},
            {"word": "42"},
            {"word": "words", "start": 116.0, "end": 117.0, "speaker": "SPEAKER_01"},
            {"word": "said", "start": 117.0, "end": 118.0, "speaker": "SPEAKER_01"},
        ],
    }
    transcript = read_json({"segments": [segment], "word_segments": segment["words"]})
    assert turns(transcript) == [("SPEAKER_03", "Some 42"), ("SPEAKER_01", "words said")]
    assert transcript.word(1).start_ms == 114_709
    assert transcript.word(1).end_ms == 116_000
    assert transcript.timing == "mixed"


def test_marks_inside_the_texts() -> None:
    told = ["[SPEAKER_00]: One two", "[SPEAKER_01]: three"]
    segments = [{"start": n, "end": n + 1, "text": text} for n, text in enumerate(told)]
    assert turns(read_json({"segments": segments})) == [("SPEAKER_00", "One two"), ("SPEAKER_01", "three")]


# whisper.cpp


def cpp(text: str, tokens: list[tuple[str, int, int]] = [], **more: object) -> dict[str, object]:  # noqa: B006
    return {
        "timestamps": {"from": "00:00:00,000", "to": "00:00:03,760"},
        "offsets": {"from": 0, "to": 3760},
        "text": text,
        "tokens": [{"text": t, "offsets": {"from": a, "to": b}, "id": 1, "t_dtw": -1} for t, a, b in tokens],
        **more,
    }


def test_tokens_become_words() -> None:
    tokens = [
        ("[_BEG_]", 0, 0),
        (" And", 320, 370),
        (" Amer", 370, 500),
        ("icas", 500, 600),
        (",", 600, 620),
        ("[_TT_188]", 0, 0),
    ]
    transcript = read_json({"result": {"language": "en"}, "transcription": [cpp(" And Americas,", tokens)]})
    assert exact(transcript) == [("And", 320, 370), ("Americas,", 370, 620)]
    assert cues(transcript) == [(0, 3760, "And Americas,")]


def test_timestamps_where_offsets_are_missing() -> None:
    segment = cpp(" And")
    del segment["offsets"]
    assert cues(read_json({"transcription": [segment]})) == [(0, 3760, "And")]


def test_characters_torn_between_tokens() -> None:
    tokens = [(" caf\ufffd", 0, 500), ("\ufffd", 500, 600), (" noir", 600, 900)]
    transcript = read_json({"transcription": [cpp(" café noir", tokens)]})
    assert "noir" in words(transcript)
    assert len(words(transcript)) == 2


def test_stereo_speakers_and_turns() -> None:
    value = {
        "transcription": [cpp(" One", speaker="0"), cpp(" two [SPEAKER_TURN]", speaker="?"), cpp(" three", speaker=1)]
    }
    assert turns(read_json(value)) == [("Speaker 0", "One"), (None, "two"), ("Speaker 1", "three")]


def test_invalid_utf_8_and_controls() -> None:
    result = read(b'{"transcription":[{"offsets":{"from":0,"to":10},"text":" caf\xc3\x00 \x1b[1mx\x1b[0m\ty"}]}')
    assert words(result.transcript) == ["caf\ufffd", "x", "y"]
    assert result.warnings == ("One damaged character is shown as �.",)


# Damage


def test_odd_times_are_repaired() -> None:
    segments = [
        {"start": NAN, "end": 1, "text": "a"},
        {"start": 1, "end": INFINITE, "text": "b"},
        {"start": None, "end": None, "text": "c"},
        {"start": 4, "end": 3, "text": "d"},
        {"start": -5, "end": "6.5", "text": "e"},
        {"start": "7", "end": True, "text": "f"},
        {"start": 8, "end": [9], "text": "g"},
    ]
    result = read(json.dumps({"segments": segments}))
    assert [text for *_, text in cues(result.transcript)] == ["a", "e", "b", "c", "d", "f", "g"]
    assert all(start <= end for start, end, _ in cues(result.transcript))
    assert any("repaired" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        (2, "Speaker 2"),
        ("0", "Speaker 0"),
        (["Ann", "Bob"], "Ann, Bob"),
        (None, None),
        ({}, None),
        (True, None),
        (" A\nB ", "A B"),
    ],
)
def test_speakers_of_any_shape(speaker: object, name: str | None) -> None:
    segments = [
        {"start": 0, "end": 1, "text": "a", "speaker": speaker},
        {"start": 1, "end": 2, "text": "b", "speaker": "Z"},
    ]
    assert turns(read_json({"segments": segments}))[0][0] == name


def test_entries_that_are_no_segments_are_told() -> None:
    result = read('{"segments":[3,null,{"start":0,"end":1,"text":"a \\ud800"},{"start":1,"end":2,"text":7}]}')
    assert words(result.transcript) == ["a", "\ufffd"]
    assert result.warnings == ("2 entries that are no segments were left out.",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"segments":[{"start":0,}]}', "is damaged JSON"),
        ('{"segments":[{"start":0', "is damaged JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"segments":' * 50_000, "nested too deeply"),
        ('{"segments":[{"start":' + "9" * 5000 + "}]}", "thousands of digits"),
        ('{"segments":{}}', "no list of segments"),
        ('{"segments":[]}', "no words"),
        ('{"segments":[{"start":0,"end":1}]}', "no words"),
        ('{"a":1}', "no kind of transcript"),
        ("[]", "no kind of transcript"),
        ('["a"]', "no kind of transcript"),
        ('"segments"', "no transcript"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(TranscriptError, match=message) as caught:
        read(text, "talk.json")
    assert str(caught.value).startswith("“talk.json” ")
