import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import cues, exact, read, read_json, turns, words
from sniffing import takers

from index.errors import TranscriptError
from index.formats.cloud_json import respelt
from index.formats.segments import TimedWord
from index.transcript import Timing

DEEPGRAM: dict[str, Any] = {
    "metadata": {"channels": 1},
    "results": {
        "channels": [
            {
                "alternatives": [
                    {
                        "transcript": "The tide turned. When?",
                        "words": [
                            {"word": "the", "punctuated_word": "The", "start": 0.5, "end": 0.7, "speaker": 0},
                            {"word": "tide", "punctuated_word": "tide", "start": 0.7, "end": 1.1, "speaker": 0},
                            {"word": "turned", "punctuated_word": "turned.", "start": 1.1, "end": 1.6, "speaker": 0},
                            {"word": "when", "punctuated_word": "When?", "start": 2.0, "end": 2.4, "speaker": 1},
                        ],
                    }
                ]
            }
        ]
    },
}
ASSEMBLYAI: dict[str, Any] = {
    "id": "x1",
    "status": "completed",
    "audio_url": "lake.mp3",
    "text": "The tide turned. When?",
    "words": [],
    "utterances": [
        {
            "speaker": "A",
            "start": 500,
            "end": 1600,
            "text": "The tide turned.",
            "words": [
                {"text": "The", "start": 500, "end": 700, "speaker": "A"},
                {"text": "tide", "start": 700, "end": 1100, "speaker": "A"},
                {"text": "turned.", "start": 1100, "end": 1600, "speaker": "A"},
            ],
        },
        {
            "speaker": "B",
            "start": 2000,
            "end": 2400,
            "text": "When?",
            "words": [{"text": "When?", "start": 2000, "end": 2400}],
        },
    ],
}


def aws_word(text: str, start: str | None, end: str | None, **more: str) -> dict[str, Any]:
    times = {} if start is None else {"start_time": start, "end_time": end}
    return {"type": "pronunciation", "alternatives": [{"content": text}], **times, **more}


def aws_mark(text: str) -> dict[str, Any]:
    return {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": text}]}


AWS: dict[str, Any] = {
    "jobName": "lake",
    "results": {
        "transcripts": [{"transcript": "The tide turned. When?"}],
        "speaker_labels": {
            "speakers": 2,
            "segments": [
                {
                    "start_time": "0.5",
                    "speaker_label": "spk_0",
                    "items": [{"start_time": t, "speaker_label": "spk_0"} for t in ("0.5", "0.7", "1.1")],
                },
                {"start_time": "2.0", "speaker_label": "spk_1", "items": [{"start_time": "2.0"}]},
            ],
        },
        "items": [
            aws_word("The", "0.5", "0.7"),
            aws_word("tide", "0.7", "1.1"),
            aws_word("turned", "1.1", "1.6"),
            aws_mark("."),
            aws_word("When", "2.0", "2.4"),
            aws_mark("?"),
        ],
    },
}


def google_word(text: str, start: object, end: object, tag: int | None = None) -> dict[str, Any]:
    return {"startTime": start, "endTime": end, "word": text} | ({} if tag is None else {"speakerTag": tag})


GOOGLE: dict[str, Any] = {
    "results": [
        {
            "alternatives": [
                {
                    "transcript": "The tide turned.",
                    "words": [
                        google_word("The", "0.500s", "0.700s"),
                        google_word("tide", {"nanos": 700_000_000}, {"seconds": "1", "nanos": 100_000_000}),
                        google_word("turned.", {"seconds": "1", "nanos": 100_000_000}, "1.600s"),
                    ],
                }
            ]
        },
        {"alternatives": [{"transcript": " When?", "words": [google_word("When?", "2s", "2.400s")]}]},
    ]
}
GOOGLE_DIARIZED: dict[str, Any] = {
    "response": {
        "results": [
            *GOOGLE["results"],
            {
                "alternatives": [
                    {
                        "words": [
                            {**word, "speakerTag": tag}
                            for result, tag in zip(GOOGLE["results"], (1, 2), strict=True)
                            for word in result["alternatives"][0]["words"]
                        ]
                    }
                ]
            },
        ]
    }
}


def azure_phrase(display: str, start: int, end: int, *heard: tuple[str, int, int], **more: int) -> dict[str, Any]:
    return {
        "recognitionStatus": "Success",
        "offset": f"PT{start / 1000}S",
        "duration": f"PT{(end - start) / 1000}S",
        "offsetInTicks": float(start * 10_000),
        "durationInTicks": float((end - start) * 10_000),
        "nBest": [
            {
                "lexical": " ".join(word for word, *_ in heard),
                "display": display,
                "words": [
                    {"word": w, "offset": f"PT{a / 1000}S", "duration": f"PT{(b - a) / 1000}S"} for w, a, b in heard
                ],
            }
        ],
        **more,
    }


AZURE: dict[str, Any] = {
    "source": "lake.wav",
    "recognizedPhrases": [
        azure_phrase(
            "The tide turned.", 500, 1600, ("the", 500, 700), ("tide", 700, 1100), ("turned", 1100, 1600), speaker=1
        ),
        azure_phrase("When?", 2000, 2400, ("when", 2000, 2400), speaker=2),
    ],
}
SPEECHMATICS_1: dict[str, Any] = {
    "job": {"id": 1},
    "speakers": [{"duration": "1.1", "name": "M1", "time": "0.5"}, {"duration": "0.4", "name": "F1", "time": "2.0"}],
    "words": [
        {"duration": "0.200", "name": "The", "time": "0.500"},
        {"duration": "0.400", "name": "tide", "time": "0.700"},
        {"duration": "0.500", "name": "turned", "time": "1.100"},
        {"duration": "0.000", "name": ".", "time": "1.600"},
        {"duration": "0.400", "name": "When", "time": "2.000"},
        {"duration": "0.000", "name": "?", "time": "2.400"},
    ],
    "format": "1.0",
}


def speechmatics(kind: str, text: str, start: float, end: float, speaker: str, **more: str) -> dict[str, Any]:
    best = {"content": text, "speaker": speaker}
    return {"type": kind, "start_time": start, "end_time": end, "alternatives": [best], **more}


SPEECHMATICS_2: dict[str, Any] = {
    "format": "2.9",
    "results": [
        speechmatics("word", "The", 0.5, 0.7, "S1"),
        speechmatics("word", "tide", 0.7, 1.1, "S1"),
        speechmatics("word", "turned", 1.1, 1.6, "S1"),
        speechmatics("punctuation", ".", 1.6, 1.6, "S1", attaches_to="previous"),
        speechmatics("word", "When", 2.0, 2.4, "S2"),
        speechmatics("punctuation", "?", 2.4, 2.4, "S2"),
    ],
}
IBM: dict[str, Any] = {
    "results": [
        {
            "result_index": 0,
            "results": [
                {
                    "final": True,
                    "alternatives": [
                        {
                            "transcript": "The tide turned. ",
                            "timestamps": [["the", 0.5, 0.7], ["tide", 0.7, 1.1], ["turned", 1.1, 1.6]],
                        }
                    ],
                },
                {"final": True, "alternatives": [{"transcript": "When? ", "timestamps": [["when", 2.0, 2.4]]}]},
            ],
            "speaker_labels": [{"from": t, "speaker": n} for t, n in ((0.5, 0), (0.7, 0), (1.1, 0), (2.0, 1))],
        }
    ]
}

SAMPLES = {
    "deepgram": (DEEPGRAM, "Deepgram JSON", ("Speaker 0", "Speaker 1")),
    "assemblyai": (ASSEMBLYAI, "AssemblyAI JSON", ("Speaker A", "Speaker B")),
    "aws": (AWS, "AWS Transcribe JSON", ("spk_0", "spk_1")),
    "google": (GOOGLE, "Google speech JSON", None),
    "google diarized": (GOOGLE_DIARIZED, "Google speech JSON", ("Speaker 1", "Speaker 2")),
    "azure": (AZURE, "Azure speech JSON", ("Speaker 1", "Speaker 2")),
    "speechmatics 1": (SPEECHMATICS_1, "Speechmatics JSON", ("M1", "F1")),
    "speechmatics 2": (SPEECHMATICS_2, "Speechmatics JSON", ("S1", "S2")),
    "ibm": (IBM, "IBM Watson JSON", ("Speaker 0", "Speaker 1")),
}


@pytest.mark.parametrize("key", SAMPLES)
def test_each_service_gives_the_same_words_times_and_speakers(key: str) -> None:
    value, name, speakers = SAMPLES[key]
    result = read(json.dumps(value), "talk.json")
    assert takers(json.dumps(value)) == [name]
    assert result.format == name
    assert result.warnings == ()
    transcript = result.transcript
    assert exact(transcript) == [
        ("The", 500, 700),
        ("tide", 700, 1100),
        ("turned.", 1100, 1600),
        ("When?", 2000, 2400),
    ]
    if speakers:
        assert turns(transcript) == [(speakers[0], "The tide turned."), (speakers[1], "When?")]
    else:
        assert turns(transcript) == [(None, "The tide turned. When?")]
    assert cues(transcript) == [(500, 1600, "The tide turned."), (2000, 2400, "When?")]


@pytest.mark.parametrize("key", SAMPLES)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_value_in_any_place_is_read_or_refused(key: str, data: st.DataObject) -> None:
    value = json.loads(json.dumps(SAMPLES[key][0]))
    at, place = value, None
    while isinstance(at, dict | list) and at:
        holder, place = at, data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        at = holder[place]
        if data.draw(st.integers(0, 4)) == 0:
            break
    odd = st.sampled_from([None, [], {}, "", "x", -1, 1e999, 10**30, "1e999", [[]], [{}], True, "PT", "s", ["a", 1]])
    holder[place] = data.draw(odd)
    try:
        transcript = read(json.dumps(value), "talk.json").transcript
    except TranscriptError:
        return
    assert len(transcript) <= 8
    assert all(0 <= transcript.starts[word] <= transcript.ends[word] for word in transcript.all_words)


# Deepgram


def test_deepgram_utterances_without_words() -> None:
    value = {"results": {"utterances": [{"start": 1, "end": 2.5, "transcript": "hello you", "speaker": 3}]}}
    assert cues(read_json(value)) == [(1000, 2500, "hello you")]
    assert turns(read_json(value)) == [("Speaker 3", "hello you")]


def test_deepgram_channels_are_people_unless_one_repeats_the_other() -> None:
    def channel(*told: tuple[str, float]) -> dict[str, Any]:
        return {"alternatives": [{"words": [{"word": w, "start": t, "end": t + 0.3} for w, t in told]}]}

    value = {"results": {"channels": [channel(("hello", 1), ("fine", 6)), channel(("how", 3), ("are", 3.4))]}}
    assert turns(read_json(value)) == [("Channel 1", "hello"), ("Channel 2", "how are"), ("Channel 1", "fine")]
    value = {"results": {"channels": [channel(("hello", 1)), channel(("hello", 1))]}}
    result = read(json.dumps(value), "a.json")
    assert turns(result.transcript) == [(None, "hello")]
    assert result.warnings == ("One channel that repeats another was left out.",)


def test_deepgram_in_chinese_has_no_spaces() -> None:
    told = [{"word": w, "start": n, "end": n + 0.5} for n, w in enumerate("今日は天気")]
    transcript = read_json({"results": {"channels": [{"alternatives": [{"words": told}]}]}})
    assert transcript.text == "今日は天気"
    assert transcript.timing == "exact"


# AssemblyAI


def test_assemblyai_words_without_utterances() -> None:
    told = [{"text": "Hello", "start": 250, "end": 600, "speaker": None}, {"text": "you.", "start": 600, "end": 900}]
    value = {"status": "completed", "audio_url": "a", "utterances": None, "text": "Hello you.", "words": told}
    assert takers(json.dumps(value)) == ["AssemblyAI JSON"]
    assert exact(read_json(value)) == [("Hello", 250, 600), ("you.", 600, 900)]


def test_assemblyai_utterances_without_words() -> None:
    value = {"utterances": [{"speaker": "A", "start": 250, "end": 26950, "text": "all of it"}]}
    assert cues(read_json(value)) == [(250, 26950, "all of it")]


def test_assemblyai_sentences() -> None:
    word = {"text": "Hello.", "start": 250, "end": 600}
    assert exact(read_json({"sentences": [{**word, "words": [word]}]})) == [("Hello.", 250, 600)]


# AWS


def test_aws_words_without_times_are_neither_lost_nor_doubled() -> None:
    items = [
        aws_mark("¿"),
        aws_word("Cost", "1.0", "1.2", speaker_label="spk_1"),
        aws_word("forty", None, None, speaker_label="spk_1"),
        aws_word("dollars", "2.0", "2.4", speaker_label="spk_1"),
        aws_mark(","),
        aws_mark("…"),
        {"type": "pronunciation", "alternatives": []},
        aws_word("ok", "2.5", "nonsense", speaker_label="spk_0"),
    ]
    transcript = read_json({"results": {"items": items}})
    assert words(transcript) == ["¿", "Cost", "forty", "dollars,…", "ok"]
    assert transcript.word(words(transcript).index("forty")).timing is Timing.ESTIMATED
    assert transcript.speaker_of(len(transcript) - 1) == "spk_0"


def test_aws_channels() -> None:
    def channel(label: str, word: str, start: str) -> dict[str, Any]:
        return {"channel_label": label, "items": [aws_word(word, start, str(float(start) + 0.2)), aws_mark(".")]}

    channels = [channel("ch_0", "Hello", "1.0"), channel("ch_1", "Yes", "0.5")]
    items = [item for each in channels for item in each["items"]]
    value = {"results": {"channel_labels": {"channels": channels}, "items": items}}
    assert turns(read_json(value)) == [("Channel 2", "Yes."), ("Channel 1", "Hello.")]


# Google


def test_google_last_result_is_taken_alone_only_if_it_repeats() -> None:
    transcript = read_json(GOOGLE_DIARIZED)
    assert len(transcript) == 4
    tagged = json.loads(json.dumps(GOOGLE))
    tagged["results"][1]["alternatives"][0]["words"][0]["speakerTag"] = 2
    assert words(read_json(tagged)) == ["The", "tide", "turned.", "When?"]


def test_google_repeats_without_tags_and_with_other_marks() -> None:
    value = json.loads(json.dumps(GOOGLE_DIARIZED))
    last = value["response"]["results"][-1]["alternatives"][0]["words"]
    last[0]["word"] = "the"
    assert words(read_json(value)) == ["the", "tide", "turned.", "When?"]
    for word in last:
        del word["speakerTag"]
    last[0]["word"] = "The"
    assert words(read_json(value)) == ["The", "tide", "turned.", "When?"]


def test_google_version_2() -> None:
    told = [
        {"endOffset": "0.400s", "word": "Hello", "speakerLabel": "1"},
        {"startOffset": "0.400s", "endOffset": "0.900s", "word": "you", "speakerLabel": "1"},
    ]
    transcript = read_json({"results": [{"alternatives": [{"transcript": "Hello you", "words": told}]}]})
    assert exact(transcript) == [("Hello", 0, 400), ("you", 400, 900)]
    assert turns(transcript) == [("Speaker 1", "Hello you")]


def test_google_in_japanese_leaves_the_reading_out() -> None:
    told = [google_word("今日|キョウ", "1s", "1.400s"), google_word("は|ワ", "1.400s", "1.600s")]
    assert read_json({"results": [{"alternatives": [{"transcript": "今日は", "words": told}]}]}).text == "今日は"


def test_google_without_word_times() -> None:
    results = [{"alternatives": [{"transcript": "one two"}]}, {"alternatives": [{"transcript": " three"}]}]
    transcript = read_json({"results": results})
    assert not transcript.timed
    assert words(transcript) == ["one", "two", "three"]
    results = [{**result, "resultEndTime": end} for result, end in zip(results, ("2s", "3.500s"), strict=True)]
    assert cues(read_json({"results": results})) == [(0, 2000, "one two"), (2000, 3500, "three")]


# Azure


def test_azure_gives_the_text_to_read_with_the_times_of_the_words_said() -> None:
    heard = [("in", 0), ("twenty", 200), ("twenty", 500), ("three", 800), ("it", 1200), ("rained", 1500)]
    phrase = azure_phrase("In 2023, it — rained!", 0, 2000, *((word, at, at + 200) for word, at in heard))
    transcript = read_json({"recognizedPhrases": [phrase]})
    assert words(transcript) == ["In", "2023,", "it", "—", "rained!"]
    assert exact(transcript) == [("In", 0, 200), ("2023,", 200, 1000), ("it", 1200, 1400), ("rained!", 1500, 1700)]


def test_azure_channels_that_hear_the_same() -> None:
    phrases = [azure_phrase("Yes.", 0, 400, ("yes", 0, 400), channel=number) for number in (0, 1)]
    result = read(json.dumps({"recognizedPhrases": phrases}), "a.json")
    assert words(result.transcript) == ["Yes."]
    assert len(result.warnings) == 1


def test_azure_fast_and_failed_phrases() -> None:
    phrase = {"offsetMilliseconds": 40, "durationMilliseconds": 960, "text": "Good day.", "speaker": 1}
    assert takers(json.dumps({"phrases": [phrase]})) == ["Azure speech JSON"]
    assert cues(read_json({"phrases": [phrase]})) == [(40, 1000, "Good day.")]
    failed = {"recognitionStatus": "Failure", "offset": "PT1H2M3.5S", "nBest": []}
    late = {"offset": "PT1H2M3.5S", "duration": "PT1S", "nBest": [{"display": "Late."}]}
    transcript = read_json({"recognizedPhrases": [azure_phrase("Yes.", 0, 400), failed, late]})
    assert cues(transcript) == [(0, 400, "Yes."), (3_723_500, 3_724_500, "Late.")]


# Speechmatics


def test_speechmatics_marks_attach_to_either_side() -> None:
    value = {
        "results": [
            speechmatics("punctuation", "¿", 0, 0, "UU", attaches_to="next"),
            speechmatics("word", "Qué", 0, 0.3, "UU"),
            speechmatics("punctuation", "?", 0.3, 0.3, "UU", attaches_to="previous"),
            {"type": "speaker_change", "start_time": 1},
            speechmatics("entity", "3 May", 1, 2, "S1"),
        ]
    }
    assert turns(read_json(value)) == [(None, "¿Qué?"), ("S1", "3 May")]


# IBM


def test_ibm_without_the_outer_level_and_with_interim_results() -> None:
    interim = {"final": False, "alternatives": [{"transcript": "the ti"}]}
    value = {"result_index": 0, "results": [interim, *IBM["results"][0]["results"]]}
    assert takers(json.dumps(value)) == ["IBM Watson JSON"]
    assert words(read_json(value)) == ["The", "tide", "turned.", "When?"]


# A text and what was heard


@given(
    st.lists(st.sampled_from("a b c d e–e 20 – Ann's x y".split()), max_size=40),
    st.lists(st.sampled_from("a b c d ee twenty anns x y".split()), min_size=1, max_size=40),
)
def test_the_text_decides_which_words_there_are(tokens: list[str], heard: list[str]) -> None:
    told = respelt(" ".join(tokens), [TimedWord(word, n * 100, n * 100 + 90) for n, word in enumerate(heard)])
    assert [word.text for word in told] == [" " + token for token in tokens]
    starts = [word.start_ms for word in told if word.start_ms is not None]
    assert starts == sorted(set(starts))


def test_texts_that_never_meet_cost_little() -> None:
    count = 60_000
    told = respelt("a " * count, [TimedWord("b", n, n + 1) for n in range(count)])
    assert len(told) == count
