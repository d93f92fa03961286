from player.models.import_rows import ImportRow

ROW = ImportRow(
    "k",
    "Tides",
    "tides.mp3",
    "tides.vtt",
    "WebVTT",
    "English",
    ("Mara", "Ives"),
    9412,
    "mixed",
    60_000,
    ("One cue had no end.",),
    ("The words go on after the sound has ended.",),
    "â€” → —",
)


def test_a_row_tells_what_it_is_and_what_to_look_at():
    assert ROW.about() == "WebVTT · English · 2 speakers · 9,412 words · 1:00"
    assert ROW.doubts() == "The words go on after the sound has ended. · damaged letters (â€” → —) · 1 repaired"
    assert ROW.line().startswith("Tides, WebVTT")


def test_facts_leave_out_what_is_not_known():
    assert ImportRow("k", "Tides", "tides.mp3").facts() == [("Sound", "tides.mp3")]
    assert ("Word times", "partly estimated") in ROW.facts()
    assert ("Repaired", "One cue had no end.") in ROW.facts()


def test_what_is_refused_says_why():
    assert ImportRow("k", "x", refused="x.vtt holds no cue.").about() == "x.vtt holds no cue."


def test_sound_alone():
    assert ImportRow("k", "x", "x.mp3").about() == "sound only"
