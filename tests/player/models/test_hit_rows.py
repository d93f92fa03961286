"""Rows of hits are made when they are looked at, and only so many of them as anybody goes through."""

from talk import transcript_of

from index.transcript import WordRange
from player.models.hit_rows import HitRows, HitTimes

TALK = transcript_of(("Anna", "the river runs past old houses"), ("Ben", "where the people sit"))


def test_a_row_has_its_words_its_speaker_and_its_time() -> None:
    hits = [WordRange(0, 1), WordRange(7, 8)]
    rows, times = HitRows(TALK, hits), HitTimes(TALK, hits)
    assert len(rows) == len(times) == 2
    last = rows[-1]
    assert (last.number, last.snippet.match, last.snippet.after, last.snippet.speaker) == (
        1,
        "the",
        "people sit",
        "Ben",
    )
    assert [row.start_ms for row in rows] == list(times) == [TALK.starts[0], TALK.starts[7]]
    assert rows[:1] == [rows[0]]
    assert times[1:] == [times[1]]


def test_of_very_many_the_first_are_listed() -> None:
    hits = [WordRange(0, 1)] * 7000
    assert len(HitRows(TALK, hits)) == 5000
    assert len(HitTimes(TALK, hits)) == 7000
