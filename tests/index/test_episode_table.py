import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.episode_table import EpisodeRow, read_table, repaired_table
from index.errors import TranscriptError

TALK = "Mara: The tide was low that morning.\nBen: So we walked out.\nMara: Too far."
ROW = {
    "Episode Title": "Salt, sand",
    "Link": "https://example.org/1",
    "durationSeconds": "4584",
    "publish_date": "2 Feb 2023",
    "Transcript": TALK,
    "show notes": "About tides.\n0:00 One\n3:10 Two",
    "questions": "['What is a tide?', \"Who's low?\"]",
    "audio": "talk.mp3",
    "unknown": "x",
}
EPISODE = EpisodeRow(
    title="Salt, sand",
    url="https://example.org/1",
    date="2023-02-02",
    length_ms=4_584_000,
    notes="About tides.\n0:00 One\n3:10 Two",
    questions=("What is a tide?", "Who's low?"),
    sound="talk.mp3",
    text=TALK,
)


def as_csv(*rows: dict[str, str], delimiter: str = ",") -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(ROW), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def table(tmp_path: Path, text: str, name: str = "episodes.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8", newline="")
    return path


@pytest.mark.parametrize(
    "text",
    [
        as_csv(ROW),
        "\ufeff" + as_csv(ROW),
        as_csv(ROW, delimiter="\t"),
        as_csv(ROW, delimiter=";"),
        "a repository\nraw\n\n167 kB\n" + as_csv(ROW),
        json.dumps([ROW]),
        json.dumps({"episodes": [ROW]}),
        json.dumps(ROW) + "\n",
        json.dumps([{**ROW, "questions": ["What is a tide?", "Who's low?"], "durationSeconds": 4584}]),
    ],
    ids=["csv", "mark", "tsv", "semicolons", "junk above", "json", "json object", "json lines", "json values"],
)
def test_every_kind_of_table(tmp_path: Path, text: str) -> None:
    assert read_table(table(tmp_path, text)).rows == (EPISODE,)


def test_transcripts_in_cells_are_read(tmp_path: Path) -> None:
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mara>Low."
    found = read_table(table(tmp_path, as_csv(ROW, {**ROW, "Transcript": captions}, {**ROW, "Transcript": ""})))
    first, second, third = (row.transcript() for row in found.rows)
    assert first is not None
    assert (first.format, first.transcript.speakers, first.transcript.timed) == ("Plain text", ("Mara", "Ben"), False)
    assert second is not None
    assert (second.format, second.transcript.start_ms) == ("WebVTT", 1000)
    assert third is None


def test_line_ends_in_cells(tmp_path: Path) -> None:
    row = {**ROW, "Transcript": TALK.replace("\n", "\r\n")}
    reading = read_table(table(tmp_path, json.dumps(row))).rows[0].transcript()
    assert reading is not None
    assert reading.transcript.turn_count == 3


def test_what_was_repaired_is_told(tmp_path: Path) -> None:
    bad = {**ROW, "durationSeconds": "long", "publish_date": "3/2/2023"}
    lines = "one\ntwo\n" + as_csv(ROW, bad, {"unknown": "only"}) + "\n\n"
    assert read_table(table(tmp_path, lines)).warnings == (
        "2 lines above the table were left out.",
        "One row without a title and a transcript was left out.",
        "One date could not be read.",
        "One length could not be read.",
    )
    damaged = json.dumps(ROW) + "\n{broken\n" + json.dumps(ROW)
    assert read_table(table(tmp_path, damaged)).warnings == ("One damaged line was left out.",)


def test_damage_is_told_and_repaired_on_request(tmp_path: Path) -> None:
    broken = {**ROW, "Episode Title": "Salt β€” sand", "Transcript": "JosΓ³: itβ€™s β€” low."}
    found = read_table(table(tmp_path, as_csv(broken)))
    assert found.damaged
    assert found.rows[0].title == "Salt β€” sand"
    assert found.damage is not None
    assert (found.damage.places, found.damage.samples[0]) == (4, ("β€”", "—"))
    mended = repaired_table(found)
    assert not mended.damaged
    assert (mended.rows[0].title, mended.rows[0].text) == ("Salt — sand", "Josó: it’s — low.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no table of episodes"),
        ("just some words\nand more", "is no table of episodes"),
        ("start,end,text\n0,1,hello", "is no table of episodes"),
        ("title,year\nx,1", "is no table of episodes"),
        ("title,url\n", "has no episodes in it"),
        ('title,ti\0tle,"\n', "is no table of episodes"),
        ("[]", "is JSON, but no table"),
        ("[1]", "is JSON, but no table"),
        ('{"segments": [{"start": 0, "text": "x"}]}', "is JSON, but no table"),
        ("{broken", "is damaged JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('title,url\n"' + "x" * (9 << 20), "damaged table"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = table(tmp_path, text)
    with pytest.raises(TranscriptError, match=r"^“episodes\.csv” .*\.\Z") as refused:
        read_table(path)
    assert reason in str(refused.value)
    with pytest.raises(TranscriptError, match="is not there"):
        read_table(tmp_path / "gone.csv")


@given(st.text("title,url\n\"'{}[]:;\t transcript", max_size=120))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text("title,url\n" + text, "utf-8", errors="replace", newline="")
    try:
        for row in read_table(path).rows:
            assert "\n" not in row.title + row.url + row.sound
    except TranscriptError:
        pass
