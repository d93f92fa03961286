"""Thirty-five ways in which files are damaged or made to harm, a test for each, numbered as where they are listed.

What each format makes of the worst has tests of its own; where a case needs more than a file, a note says where it is.
"""

import gzip
import json
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from index import formats
from index.builder import MAX_WORDS
from index.errors import TranscriptError
from index.filenames import safe_name
from index.formats.base import ReadResult, WriteOptions
from index.formats.rawcue import MAX_CUES, MAX_LINE
from index.transcript import Transcript

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n"
SRT = "1\n00:00:00,000 --> 00:00:02,000\n"


def read(data: str | bytes, name: str = "talk.vtt") -> ReadResult:
    return formats.read_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data, name)


def transcript(data: str | bytes) -> Transcript:
    return read(data).transcript


def times(data: str | bytes) -> list[tuple[int, int]]:
    return [(cue.start_ms, cue.end_ms) for cue in transcript(data).cues()]


def refusal(data: str | bytes) -> str:
    with pytest.raises(TranscriptError) as refused:
        read(data)
    sentence = str(refused.value)
    assert re.fullmatch(r"“talk\.vtt” .{5,250}\.", sentence), sentence
    return sentence


def written_again(text: str, suffix: str) -> str:
    whole = transcript(text)
    return formats.read_bytes(formats.to_bytes(whole, suffix), f"again{suffix}").transcript.text


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\n\n \n", b"\0\0"])
def test_01_nothing(data: bytes) -> None:
    assert "no transcript" in refusal(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"error": "not found"}', "is JSON, but of no kind"),
        (b"<!DOCTYPE html><html><title>404</title><h1>Not Found</h1>", "is a web page"),
        (gzip.compress(VTT.encode(), mtime=0), "is a gzip archive"),
    ],
)
def test_02_something_else_named_vtt(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


@pytest.mark.parametrize("signature", ["WEBVTTfoo", "webvtt", "\ufeff WEBVTT"])
def test_03_misspelt_signatures(signature: str) -> None:
    result = read(f"{signature}\n\n00:00.000 --> 00:02.000\nlow\n")
    assert (result.transcript.text, len(result.warnings)) == ("low", 1)


def test_04_seconds_alone_for_the_first_minute() -> None:
    cues = "".join(f"{n}.860 --> {n + 1}.380\nword\n\n" for n in range(59)) + "1:00.860 --> 1:07.38\nlast\n"
    result = read("WEBVTT\n\n" + cues)
    assert result.transcript.cue_count == 60
    assert result.transcript.cue(59).start_ms == 60_860
    assert result.warnings


def test_05_commas_for_points() -> None:
    result = read("WEBVTT\n\n00:00:01,000 --> 00:00:02,500\nlow\n\n00:00:03,000 --> 00:00:04,000\ntide\n")
    assert [cue.start_ms for cue in result.transcript.cues()] == [1000, 3000]
    assert len(result.warnings) == 1


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_06_line_ends(end: str) -> None:
    text = "WEBVTT\n\n00:00.000 --> 00:01.000\na\u2028b\u0085c\fd\n\n00:01.000 --> 00:02.000\ne\n".replace("\n", end)
    assert transcript(text).cue_count == 2
    mixed = "WEBVTT\r\n\r00:00.000 --> 00:01.000\na\n\r\n00:01.000 --> 00:02.000\r\ne"
    assert transcript(mixed).cue_count == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_07_wide_encodings(encoding: str) -> None:
    assert transcript(f"{VTT}Größe, ŁÓDŹ, Привет\n".encode(encoding)).text == "Größe, ŁÓDŹ, Привет"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1250", "Zażółć gęślą jaźń"), ("cp1251", "Если бы да кабы"), ("latin-1", "Größe und Süße, señor")],
)
def test_07_old_encodings_are_told(encoding: str, text: str) -> None:
    result = read(f"{VTT}{text}\n".encode(encoding))
    assert result.transcript.text == text
    assert "was read as" in result.warnings[0]


def test_08_damaged_utf8_in_json() -> None:
    data = b'{"result":{"language":"en"},"transcription":[{"offsets":{"from":0,"to":900},"text":" the \xe2\x82 tide"}]}'
    result = read(data)
    assert result.transcript.text == "the � tide"
    assert "damaged character" in result.warnings[0]


def test_09_controls_and_surrogates() -> None:
    data = json.dumps({"segments": [{"speaker": "A\ud800\0", "start": 0, "end": 1, "text": "x\ud800y\u0000z\u001b"}]})
    whole = transcript(data)
    for format in formats.writable_formats():
        formats.to_bytes(whole, format).decode("utf-8" if format.write else "latin-1")
    assert not set(whole.text + "".join(whole.speakers)) & {"\ud800", "\0", "\x1b"}


@pytest.mark.parametrize(
    "line", ["00:00:01.0x0 --> 00:00:02.000", "0:1.5 --> 0:2", "00:60.000 --> 00:61.000", "x --> y"]
)
def test_10_damaged_times_are_counted(line: str) -> None:
    result = read(f"{VTT}low\n\n{line}\ngone\n\n00:05.000 --> 00:06.000\ntide\n")
    assert result.transcript.text == "low tide"
    assert "damaged time" in result.warnings[0]


def test_11_hours() -> None:
    cue = "{}:00:00.000 --> {}:00:01.000\nx\n\n"
    numbers = ("100", "1000", "1" * 11, "9" * 10_000)
    assert times("WEBVTT\n\n" + "".join(cue.format(n, n) for n in numbers)) == [
        (360_000_000, 360_001_000),
        (3_600_000_000, 3_600_001_000),
    ]


@pytest.mark.parametrize("end", ["0", "-5", "NaN", "Infinity", "null", "1e999", '"x"'])
def test_12_ends_before_starts(end: str) -> None:
    segments = (
        f'{{"segments": [{{"start": 1.0, "end": {end}, "text": "low"}}, {{"start": 9, "end": 10, "text": "tide"}}]}}'
    )
    whole = transcript(segments)
    assert all(0 <= cue.start_ms <= cue.end_ms < 20_000 for cue in whole.cues())
    again = times(formats.to_text(whole, "vtt"))
    assert all(start < end for start, end in again)


def test_13_unsorted_and_double_times() -> None:
    whole = transcript(
        "WEBVTT\n\n00:05.000 --> 00:09.000\nc\n\n00:01.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb\n"
    )
    assert whole.text == "a b c"
    assert list(whole.cue_starts) == [1000, 1000, 5000]
    assert whole.word_at(1500) is not None


@pytest.mark.parametrize("cut", ["\n\n00:05.000 --> 00:0", "\n\n00:05.000 -->", "\n\n00:05.000 --> 00:06.000", ""])
def test_14_cut_off(cut: str) -> None:
    assert transcript(f"{VTT}low tide{cut}").text == "low tide"
    assert transcript(f"{VTT}low <b") is not None


@pytest.mark.parametrize("text", ["NOTE this", "STYLE", "WEBVTT", "REGION", "1984", "a --> b"])
@pytest.mark.parametrize("suffix", [".vtt", ".srt", ".sbv", ".ttml", ".json"])
def test_15_text_that_means_something(text: str, suffix: str) -> None:
    segments = json.dumps({"segments": [{"start": 0, "end": 2, "text": text}, {"start": 3, "end": 4, "text": "end"}]})
    again = written_again(segments, suffix)
    assert again in (f"{text} end", f"{text.replace('-->', '->')} end")


@pytest.mark.parametrize("text", ["a < b & c > d", "AT&T", "&amp;lt;", "&#0;", "&nbsp", "<b>x</b>"])
@pytest.mark.parametrize("suffix", [".vtt", ".ttml", ".json", ".html", ".eaf", ".textgrid", ".csv", ".md"])
def test_16_signs_of_markup(text: str, suffix: str) -> None:
    assert written_again(json.dumps({"segments": [{"start": 0, "end": 2, "text": text}]}), suffix) == text


def test_17_markup_is_text() -> None:  # No view loads or shows it: tests/player/test_hostile_text.py.
    nasty = '<script>x</script> <img src="file:///etc/passwd"> <a href="javascript:x">y</a>'
    whole = transcript(json.dumps({"segments": [{"speaker": nasty, "start": 0, "end": 2, "text": nasty}]}))
    assert whole.text == nasty
    assert "<script" not in formats.to_text(whole, ".html")
    assert "<script" not in formats.to_text(whole, ".vtt")


@pytest.mark.parametrize("text", ["<v " * 100_000, "<" * 100_000, "<i>" * 100_000 + "x", "\n" * 100_000])
def test_18_floods(text: str) -> None:
    assert transcript(f"{VTT}x\n{text}").text.startswith("x")


def test_19_limits() -> None:
    assert "million characters" in refusal(VTT + "x" * (MAX_LINE + 1))
    assert f"more than {MAX_CUES:,} cues" in refusal("WEBVTT\n\n" + "00:00.000 --> 00:01.000\nx\n\n" * (MAX_CUES + 1))
    refusal("9" * 2_000_000 + " --> ")
    assert f"more than {MAX_WORDS:,} words" in refusal(
        (f"{VTT}" + "x " * 400_000 + "\n\n") + "00:03.000 --> 00:04.000\n" + ("x " * 400_000 + "\n") * 5
    )
    assert "larger than 64 MB" in refusal(bytes(formats.MAX_BYTES + 1))


def test_20_a_cue_that_is_commented_out() -> None:
    text = f"WEBVTT\n\nNOTE 00:00:00.000 --> 00:00:01.000\nhidden\n\n{VTT.removeprefix('WEBVTT')}shown\n"
    assert written_again(text, ".vtt") == "shown"


def test_21_styles_fetch_nothing() -> None:
    text = "WEBVTT\n\nSTYLE\n@import url(http://example.org/x.css);\n\n00:00.000 --> 00:01.000\nshown\n"
    assert transcript(text).text == "shown"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE tt [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE tt [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE tt SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_22_entities_are_refused(head: str) -> None:
    body = '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="0s" end="2s">&a;</p></div></body></tt>'
    refusal(f"<?xml version='1.0'?>{head}{body}")


def test_22_nesting_and_namespaces() -> None:
    spans = "<span>" * 200_000
    refusal(f'<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="0s" end="2s">{spans}')
    assert transcript('<tt><body><div><p begin="0s" end="2s">low</p></div></body></tt>').text == "low"


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '"just a string"', '{"segments": {}}', '{"segments": [{}]}', '{"segments": [1, 2]}', "[{},]", "{"],
)
def test_23_json_of_other_shapes(text: str) -> None:
    refusal(text)


def test_23_numbers_as_strings_and_double_keys() -> None:
    assert times('{"segments": [{"start": "1.5", "start": "2.5", "end": "3", "text": "low"}]}') == [(2500, 3000)]


@pytest.mark.parametrize("name", ["7", "[1, 2]", "null", '"' + "x" * 10_000 + '"', "true", "{}"])
def test_24_speakers_that_are_no_names(name: str) -> None:
    whole = transcript(f'{{"segments": [{{"speaker": {name}, "start": 0, "end": 1, "text": "low"}}]}}')
    assert all(isinstance(speaker, str) and speaker for speaker in whole.speakers)


def test_25_words_without_times() -> None:
    item = {"type": "pronunciation", "start_time": "0.5", "end_time": "0.9", "alternatives": [{"content": "Low"}]}
    stop = {"type": "punctuation", "alternatives": [{"content": "."}]}
    untimed = {"type": "pronunciation", "alternatives": [{"content": "tide"}]}
    assert transcript(json.dumps({"jobName": "x", "results": {"items": [item, untimed, stop]}})).text == "Low tide."
    words = [{"word": "It", "start": 0.1, "end": 0.2}, {"word": "was"}, {"word": "3."}]
    assert (
        transcript(json.dumps({"segments": [{"start": 0, "end": 2, "text": "It was 3.", "words": words}]})).text
        == "It was 3."
    )


def test_25_google_says_all_words_again_at_last() -> None:
    words = [{"startTime": f"{n}s", "endTime": f"{n}.5s", "word": word} for n, word in enumerate(("the", "tide"))]
    last = [{**word, "speakerTag": 1} for word in words]
    results = [{"alternatives": [{"transcript": "the tide", "words": each}]} for each in (words, last)]
    assert transcript(json.dumps({"results": results})).text == "the tide"


def test_26_rolling_captions_say_each_word_once() -> None:
    lines = [f"line {n} of words" for n in range(20)]
    cues = ["WEBVTT\nKind: captions\n"]
    for n, (before, line) in enumerate(zip([" ", *lines], lines, strict=False)):
        begun, over = f"00:00:{2 * n:02}", f"00:00:{2 * n + 1:02}"
        head, *tail = line.split()
        stamped = head + "".join(f"<{begun}.{1 + place}00><c> {word}</c>" for place, word in enumerate(tail))
        cues.append(f"{begun}.000 --> {over}.990 align:start\n{before}\n{stamped}\n")
        cues.append(f"{over}.990 --> {over}.999\n{line}\n")
    result = read("\n".join(cues))
    assert result.transcript.text == " ".join(lines)
    assert result.transcript.starts[1] == 100


def test_27_srt_as_it_is_found() -> None:
    text = (
        "00:00:01,000 --> 00:00:02,000\nno index\n\n"
        "0\n00:00:03,000 --> 00:00:04,000\nin\n\n1984\n\n"
        "7\n00:00:90,740 --> 00:00:95,000\n<font color=red>red</font> {\\an8}up\n"
    )
    whole = transcript(text)
    assert whole.text == "no index in 1984 red up"
    assert whole.cue(2).start_ms == 90_740


def test_28_what_is_no_speaker() -> None:
    text = f"{VTT}Here's the thing: it was low.\n\n00:03.000 --> 00:04.000\n10:30 Meeting: at the mill.\n"
    assert transcript(text).speakers == ()


def test_29_names_that_turn_or_stack() -> None:  # Views isolate them: tests/player/test_hostile_text.py.
    assert safe_name("a\u202egnp\u200b.exe") == "a gnp .exe"
    assert len(safe_name("e" + "\u0301" * 1000).encode()) <= 120


@pytest.mark.parametrize("name", ["../../x", "C:\\x", "CON", "a/b", "x" * 300, "-rf", ".hidden", ""])
def test_30_names_that_are_ways_out(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{safe_name(name)}.vtt"
    formats.write(transcript(f"{VTT}low"), path)
    assert path.resolve().parent == tmp_path.resolve()
    assert path.name[0] not in ".-"


@pytest.mark.parametrize("member", ["../x", "/etc/x", "word/document.xml"])
def test_31_archives_are_not_unpacked(member: str) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr(member, b" " * 300_000_000 if member.startswith("word") else b"x")
    refusal(file.getvalue())


def test_32_addresses_are_only_text() -> None:  # Feeds have their own tests, where they are read.
    page = "<cite>A:</cite><time>0:00</time><p>low <a href='file:///etc/passwd'>tide</a></p><img src='//host/x'>"
    assert transcript(page).text == "low tide"


def test_33_pages_with_programs() -> None:
    bad = "<script>steal()</script><iframe src='x'>no</iframe><link rel=stylesheet href='http://example.org/x.css'>"
    text = f'<p>{bad}<span class="timestamp" data-timestamp="1.5">00:01</span> low</p>'
    assert transcript(json.dumps({"text": text, "media": "x.mp3", "media-time": 2})).text == "low"


def test_34_what_is_no_file(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "is a folder"), (tmp_path / "gone.vtt", "is not there")):
        with pytest.raises(TranscriptError, match=reason):
            formats.read(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.vtt")
        for path in (tmp_path / "pipe.vtt", Path("/dev/zero")):
            with pytest.raises(TranscriptError, match="is no ordinary file"):
                formats.read(path)


def test_35_a_failed_export_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text("old")

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TranscriptError, match="the disk is full"):
        formats.write(transcript(f"{VTT}low"), path, WriteOptions())
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]
