import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pairing import (
    SOUND_SUFFIXES,
    TRANSCRIPT_SUFFIXES,
    find_sound,
    find_transcripts,
    is_sound,
    is_transcript,
    pair_of,
    pair_up,
)


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).touch()


def test_suffixes() -> None:
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SOUND_SUFFIXES + TRANSCRIPT_SUFFIXES)
    assert not set(SOUND_SUFFIXES) & set(TRANSCRIPT_SUFFIXES)
    assert is_sound("Talk.MP3")
    assert not is_sound("talk.vtt")
    assert is_transcript(Path("a/talk.en.VTT"))
    assert not is_transcript("talk.mp3")
    assert not is_transcript("talk")


@pytest.mark.parametrize(
    "name",
    [
        *("talk.chapters.json", "chapters.json", "talk.info.json", "talk.Peaks.JSON", "talk.chapters.vtt"),
        *("talk.mp3.chapters.vtt", "talk.Notes.md", "talk.description.txt"),
    ],
)
def test_sidecars_are_no_transcripts(name: str) -> None:
    assert not is_transcript(name)


@pytest.mark.parametrize("name", ["chapters.vtt", "info.txt", "notes.md", "talk.notes.en.vtt"])
def test_only_a_label_makes_a_sidecar(name: str) -> None:
    assert is_transcript(name)


def test_transcripts_best_first(tmp_path: Path) -> None:
    expected = [
        "talk.json",
        "talk.vtt",
        "talk.SRT",
        "talk.txt",
        "talk.mp3.json",
        "talk.mp3.srt",
        "talk.whisper.json",
        "talk.de.vtt",
        "talk.en.vtt",
    ]
    fill(tmp_path, "talk.mp3", "talk.chapters.json", "talks.vtt", "other.vtt", "talk.jpg", ".vtt", *reversed(expected))
    (tmp_path / "talk.dir.vtt").mkdir()
    assert [path.name for path in find_transcripts(tmp_path / "talk.mp3")] == expected


def test_a_label_that_is_another_sound_belongs_to_that(tmp_path: Path) -> None:
    fill(tmp_path, "talk.mp3", "talk.part2.mp3", "talk.vtt", "talk.part2.vtt", "talk.part2.en.srt")
    assert [path.name for path in find_transcripts(tmp_path / "talk.mp3")] == ["talk.vtt"]
    assert [path.name for path in find_transcripts(tmp_path / "talk.part2.mp3")] == [
        "talk.part2.vtt",
        "talk.part2.en.srt",
    ]
    assert find_sound(tmp_path / "talk.part2.en.srt") == tmp_path / "talk.part2.mp3"


def test_the_sound_of_a_transcript(tmp_path: Path) -> None:
    fill(tmp_path, "talk.mp3", "talk.OPUS", "talk.jpg", "ta.mp3", "song.wav")
    assert find_sound(tmp_path / "talk.vtt") == tmp_path / "talk.mp3"
    assert find_sound(tmp_path / "talk.en.srt") == tmp_path / "talk.mp3"
    assert find_sound(tmp_path / "talk.opus.json") == tmp_path / "talk.OPUS"
    assert find_sound(tmp_path / "song.vtt") == tmp_path / "song.wav"
    assert find_sound(tmp_path / "talks.vtt") is None


def test_what_is_meant_by_files(tmp_path: Path) -> None:
    sound, words, other = (tmp_path / name for name in ("talk.mp3", "talk.vtt", "notes.xyz"))
    sound.touch()
    words.touch()
    assert pair_of([sound]) == pair_of([words]) == pair_of([other, words, sound]) == (sound, words)
    assert pair_of([other]) == (None, other)
    assert pair_of([]) == (None, None)
    words.unlink()
    assert pair_of([sound, other]) == (sound, None)


def test_accents_written_apart(tmp_path: Path) -> None:
    composed, apart = unicodedata.normalize("NFC", "café.vtt"), unicodedata.normalize("NFD", "café.mp3")
    fill(tmp_path, composed, apart)
    assert find_transcripts(tmp_path / apart) == [tmp_path / composed]
    assert find_sound(tmp_path / composed) == tmp_path / apart


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert find_transcripts(tmp_path / "none" / "talk.mp3") == []
    assert find_sound(tmp_path / "none" / "talk.vtt") is None


def test_all_pairs_of_a_folder_at_once(tmp_path: Path) -> None:
    names = (
        "talk.mp3 talk.vtt talk.en.srt talk.mp3.json talk.en.mp3 other.wav other.mp3 other.txt lone.srt lone.vtt x.ogg"
    )
    paths = [tmp_path / name for name in names.split()] + [tmp_path / "deeper" / "talk.vtt"]
    pairs = [(sound and sound.name, [path.name for path in transcripts]) for sound, transcripts in pair_up(paths)]
    assert pairs == [
        (None, ["lone.vtt", "lone.srt"]),
        ("other.mp3", ["other.txt"]),
        ("other.wav", []),
        ("talk.en.mp3", ["talk.en.srt"]),
        ("talk.mp3", ["talk.vtt", "talk.mp3.json"]),
        ("x.ogg", []),
        (None, ["talk.vtt"]),
    ]


NAMES = st.lists(
    st.builds(
        lambda stem, label, suffix: stem + label + suffix,
        st.sampled_from(["a", "b", "a.b", "é", "e\u0301"]),
        st.sampled_from(["", ".en", ".mp3", ".b", ".en.x"]),
        st.sampled_from([".mp3", ".wav", ".vtt", ".json", ".txt", ".srt"]),
    ),
    unique=True,
    max_size=8,
)


@given(NAMES)
def test_pairs_are_those_found_one_by_one(names: list[str]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for each in names:
            (folder / each).touch()
        pairs = pair_up(folder / each for each in names)
        assert sorted(path for sound, found in pairs for path in [*([sound] if sound else []), *found]) == sorted(
            folder / each for each in names if is_sound(each) or is_transcript(each)
        )
        stems = [unicodedata.normalize("NFC", Path(each).stem) for each in names if is_sound(each)]
        for sound, found in pairs:
            if sound and stems.count(unicodedata.normalize("NFC", sound.stem)) == 1:
                assert found == find_transcripts(sound)
            elif sound is None:
                assert all(find_sound(path) is None for path in found)
