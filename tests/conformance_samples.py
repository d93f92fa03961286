"""Small samples, as other programs give them, of the formats of which what Earmark writes is no sample."""

import json

_TIMED = [
    ("The", 0.5, 0.75, 0),
    ("tide", 0.75, 1.1, 0),
    ("was", 1.1, 1.3, 0),
    ("low.", 1.3, 1.8, 0),
    ("So", 2.5, 2.7, 1),
    ("we", 2.7, 2.85, 1),
    ("walked.", 2.85, 3.4, 1),
]


def _aws() -> object:
    items = [
        {
            "start_time": str(start),
            "end_time": str(end),
            "alternatives": [{"content": word.rstrip("."), "confidence": "0.99"}],
            "type": "pronunciation",
            "speaker_label": f"spk_{speaker}",
        }
        for word, start, end, speaker in _TIMED
    ]
    return {"jobName": "tide", "results": {"transcripts": [{"transcript": "The tide"}], "items": items}}


def _azure() -> object:
    phrases = []
    for speaker, said in enumerate((_TIMED[:4], _TIMED[4:]), 1):
        words = [
            {"word": w.lower().rstrip("."), "offsetInTicks": round(s * 1e7), "durationInTicks": round((e - s) * 1e7)}
            for w, s, e, _ in said
        ]
        phrases.append(
            {
                "offsetInTicks": words[0]["offsetInTicks"],
                "durationInTicks": round((said[-1][2] - said[0][1]) * 1e7),
                "speaker": speaker,
                "nBest": [{"display": " ".join(w for w, *_ in said), "words": words}],
            }
        )
    return {"recognizedPhrases": phrases}


def _google() -> object:
    words = [
        {"startTime": f"{start}s", "endTime": f"{end}s", "word": word, "speakerTag": speaker + 1}
        for word, start, end, speaker in _TIMED
    ]
    return {"results": [{"alternatives": [{"transcript": "The tide was low. So we walked.", "words": words}]}]}


def _ibm() -> object:
    stamps = [[word.rstrip("."), start, end] for word, start, end, _ in _TIMED]
    labels = [{"from": start, "to": end, "speaker": speaker} for _, start, end, speaker in _TIMED]
    return {
        "results": [
            {"final": True, "alternatives": [{"transcript": "The tide was low So we walked", "timestamps": stamps}]}
        ],
        "speaker_labels": labels,
    }


_JSON: dict[str, object] = {
    "Deepgram JSON": {
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {
                            "transcript": "the tide was low so we walked",
                            "words": [
                                {"word": w.lower(), "punctuated_word": w, "start": s, "end": e, "speaker": n}
                                for w, s, e, n in _TIMED
                            ],
                        }
                    ]
                }
            ]
        }
    },
    "AssemblyAI JSON": {
        "utterances": [
            {
                "speaker": "AB"[number],
                "start": round(1000 * said[0][1]),
                "end": round(1000 * said[-1][2]),
                "text": " ".join(word for word, *_ in said),
                "words": [
                    {"text": w, "start": round(1000 * s), "end": round(1000 * e), "speaker": "AB"[n]}
                    for w, s, e, n in said
                ],
            }
            for number in (0, 1)
            for said in ([word for word in _TIMED if word[3] == number],)
        ]
    },
    "AWS Transcribe JSON": _aws(),
    "Azure speech JSON": _azure(),
    "Google speech JSON": _google(),
    "IBM Watson JSON": _ibm(),
    "Speechmatics JSON": {
        "job": {"name": "tide.mp3"},
        "speakers": [
            {"name": "M1", "time": "0.50", "duration": "1.30"},
            {"name": "F1", "time": "2.50", "duration": "0.90"},
        ],
        "words": [{"time": f"{s:.2f}", "duration": f"{e - s:.2f}", "name": w} for w, s, e, _ in _TIMED],
    },
    "Podlove JSON": [
        {
            "start": "00:00:00.500",
            "start_ms": 500,
            "end": "00:00:01.800",
            "end_ms": 1800,
            "speaker": "1",
            "voice": "Mara",
            "text": "The tide was low.",
        },
        {
            "start": "00:00:02.500",
            "start_ms": 2500,
            "end": "00:00:03.400",
            "end_ms": 3400,
            "speaker": "2",
            "voice": "Ben",
            "text": "So we walked.",
        },
    ],
    "BBC DPE JSON": {
        "words": [{"id": n, "start": s, "end": e, "text": w} for n, (w, s, e, _) in enumerate(_TIMED)],
        "paragraphs": [
            {"id": 0, "start": 0.5, "end": 1.8, "speaker": "Mara"},
            {"id": 1, "start": 2.5, "end": 3.4, "speaker": "Ben"},
        ],
    },
    "oTranscribe": {
        "text": '<p><span class="timestamp" data-timestamp="0.5">00:00</span> Mara: The tide was low.</p>'
        '<p><span class="timestamp" data-timestamp="2.5">00:02</span> Ben: So we walked.</p>',
        "media": "tide.mp3",
        "media-time": 3.4,
    },
}

SAMPLES: dict[str, str] = {
    **{name: json.dumps(value) for name, value in _JSON.items()},
    "SAMI": "<SAMI><BODY><SYNC Start=500><P Class=ENCC>The tide was low.<SYNC Start=1800><P Class=ENCC>&nbsp;"
    "<SYNC Start=2500><P Class=ENCC>So we walked.</BODY></SAMI>",
    "MicroDVD": "{1}{1}25\n{13}{45}The tide|was low.\n{63}{85}So we walked.\n",
    "MPL2": "[5][18]The tide|was low.\n[25][34]So we walked.\n",
    "TMPlayer": "00:00:00:The tide|was low.\n00:00:02:So we walked.\n",
    "Whisper text": "[00:00:00.500 --> 00:00:01.800]   The tide was low.\n"
    "[00:00:02.500 --> 00:00:03.400]   So we walked.\n",
    "CTM": "".join(
        f"tide 1 {start:.2f} {end - start:.2f} {word.lower().rstrip('.')} 0.98\n" for word, start, end, _ in _TIMED
    ),
    "Hyperaudio": "<article><section><p>"
    + "".join(
        f'<span data-m="{round(1000 * start)}" data-d="{round(1000 * (end - start))}">{word} </span>'
        for word, start, end, _ in _TIMED
    )
    + "</p></section></article>",
    "Timed text": "Mara  0:00\nThe tide was low.\n\nBen  0:02\nSo we walked.\n\nMara  0:03\nToo far.\n",
    "Markdown": "# Tides\n\n**Mara:** The tide was low.\n\n**Ben:** So we walked.\n\n**Mara:** Too far.\n",
    "Plain text": "Mara: The tide was low.\n\nBen: So we walked.\n\nMara: Too far.\n",
}
