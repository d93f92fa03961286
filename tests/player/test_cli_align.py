import json
from pathlib import Path

import pytest

from index import formats
from player.cli import main

WORDS = (
    "the lighthouse keeper rowed across every morning with bread and letters while gulls argued over the harbour wall "
    "nobody remembered who had painted the boats green or why the bell rang twice before storms came in from the west"
).split()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clean text with speakers, and the same in captions that mishear a word."""
    text = f"Mara: {' '.join(WORDS[:18])}.\n\nTom: {' '.join(WORDS[18:])}.\n"
    (tmp_path / "clean.txt").write_text(text, "utf-8")
    cues = []
    for number in range(0, len(WORDS), 6):
        said = " ".join("keepers" if word == "keeper" else word for word in WORDS[number : number + 6])
        at = number // 6 * 2
        cues.append(f"00:{at:02}.000 --> 00:{at + 2:02}.000\n{said}\n")
    (tmp_path / "timed.vtt").write_text("WEBVTT\n\n" + "\n".join(cues), "utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["align", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_text_takes_the_times_of_captions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, report = folder / "out.vtt", folder / "report.json"
    status, told, err = run(capsys, folder / "clean.txt", "--with", folder / "timed.vtt", "-o", out, "--report", report)
    assert (status, err) == (0, "")
    assert told == f"37 words: 100 % estimated; written to {out}\n".replace("37", str(len(WORDS)))
    result = formats.read(out).transcript
    assert result.speakers == ("Mara", "Tom")
    assert " ".join(result.text.split()) == f"{' '.join(WORDS[:18])}. {' '.join(WORDS[18:])}."
    words = json.loads(report.read_text("utf-8"))["words"]
    assert [word["text"] for word in words] == result.text.split()
    assert words[0] | {"end_ms": 0} == {
        "text": "the",
        "start_ms": 0,
        "end_ms": 0,
        "how": "estimated",
        "confidence": words[0]["confidence"],
    }
    assert all(word["end_ms"] > word["start_ms"] and 0 < word["confidence"] <= 1 for word in words)
    assert [word["start_ms"] for word in words][6::6] == [2000 * n for n in range(1, len(words[6::6]) + 1)]
    assert json.loads(report.read_text("utf-8"))["summary"]["words"] == len(WORDS)


def test_words_that_were_not_heard_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "clean.txt"
    path.write_text(
        path.read_text("utf-8") + "\nTom: " + "Thanks to all who wrote in this week about boats.\n", "utf-8"
    )
    report = folder / "report.json"
    status, told, err = run(capsys, path, "--with", folder / "timed.vtt", "-o", folder / "out.vtt", "--report", report)
    assert status == 0
    assert "not heard" in told
    assert f"Note: 10 words of {path} were not heard." in err
    last = json.loads(report.read_text("utf-8"))["words"][-1]
    assert last == {"text": "boats.", "start_ms": None, "end_ms": None, "how": "unheard", "confidence": 0.0}
    assert "not heard" in (folder / "out.vtt").read_text("utf-8")


def test_a_text_of_something_else_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = folder / "other.txt"
    other.write_text("Somebody entirely different says completely unrelated things here today.\n", "utf-8")
    status, told, err = run(capsys, other, "--with", folder / "timed.vtt", "-o", folder / "out.vtt")
    assert (status, told) == (1, "")
    assert "most likely the text of another episode" in err
    assert not (folder / "out.vtt").exists()


def test_a_transcript_without_times_gives_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, folder / "clean.txt", "--with", folder / "clean.txt", "-o", folder / "out.vtt")
    assert status == 1
    assert "has no times" in err


def test_another_language_without_espeak_has_estimated_times(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pocketsphinx", reason="needs the recogniser")
    monkeypatch.setenv("PATH", str(folder))
    (folder / "a.wav").write_bytes(b"")
    status, _, err = run(
        capsys, folder / "clean.txt", "--with", folder / "a.wav", "--language", "de", "-o", folder / "out.vtt"
    )
    assert status == 1
    assert "with the help of espeak-ng, which is missing" in err
    assert "use --with TIMED" in err
    status, told, err = run(
        capsys,
        *(folder / "clean.txt", "--with", folder / "timed.vtt", "--sound", folder / "a.wav"),
        *("--language", "de-AT", "-o", folder / "out.vtt"),
    )
    assert status == 0
    assert "100 % estimated" in told
    assert "so their times are estimated" in err


def test_what_is_read_is_never_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, folder / "clean.txt", "--with", folder / "timed.vtt", "-o", folder / "timed.vtt")
    assert status == 1
    assert "never changed" in err


def test_a_damaged_sound_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pocketsphinx", reason="needs the recogniser")
    (folder / "a.wav").write_text("no sound")
    status, _, err = run(capsys, folder / "clean.txt", "--with", folder / "a.wav", "-o", folder / "out.vtt")
    assert status == 1
    assert "“a.wav” is not a sound file" in err
