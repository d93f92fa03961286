import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reading import cues, exact, read, turns
from sniffing import takers

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import WriteOptions
from index.transcript import Transcript


def slot(number: int, ms: int | None) -> str:
    value = "" if ms is None else f' TIME_VALUE="{ms}"'
    return f'<TIME_SLOT TIME_SLOT_ID="ts{number}"{value}/>'


def annotation(first: int, last: int, text: str) -> str:
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{first}" TIME_SLOT_REF1="ts{first}"'
        f' TIME_SLOT_REF2="ts{last}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
    )


def tier(id: str, *annotations: str, more: str = "") -> str:
    return f'<TIER LINGUISTIC_TYPE_REF="x" TIER_ID="{id}" {more}>{"".join(annotations)}</TIER>'


def eaf(slots: list[int | None], *tiers: str, doctype: str = "") -> str:
    times = "".join(slot(number, ms) for number, ms in enumerate(slots, 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<ANNOTATION_DOCUMENT FORMAT="3.0">'
        f"<TIME_ORDER>{times}</TIME_ORDER>{''.join(tiers)}</ANNOTATION_DOCUMENT>"
    )


def test_tiers_are_speakers() -> None:
    text = eaf(
        [500, 1600, 2000, 2400],
        tier("A_Transcription", annotation(1, 2, "The tide &amp; the\nmoon."), more='PARTICIPANT="Ann"'),
        tier("Bob", annotation(3, 4, "When?"), annotation(2, 3, " ")),
        tier("notes", annotation(1, 2, "a note"), more='PARENT_REF="Bob"'),
        tier("loose", '<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="r"><ANNOTATION_VALUE>x</ANNOTATION_VALUE>'),
    ).replace("x</ANNOTATION_VALUE>", "x</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>")
    assert takers(text) == ["ELAN"]
    result = read(text, "talk.eaf")
    assert result.format == "ELAN"
    assert turns(result.transcript) == [("Ann", "The tide & the moon."), ("Bob", "When?")]
    assert cues(result.transcript) == [(500, 1600, "The tide & the moon."), (2000, 2400, "When?")]
    assert result.warnings == (
        "One annotation without times of its own was left out.",
        "One tier that is no speech was left out.",
    )


def test_a_tier_of_words_gives_their_times() -> None:
    words = [annotation(1, 2, "the"), annotation(2, 3, "tide")]
    text = eaf(
        [0, 400, 900], tier("Ann", annotation(1, 3, "The tide.")), tier("w", *words).replace('"w"', '"Ann-words"')
    )
    assert exact(read(text).transcript) in ([("The", 0, 400), ("tide.", 400, 900)], [])
    text = text.replace(">the<", ">The<")
    assert exact(read(text).transcript) == [("The", 0, 400), ("tide.", 400, 900)]
    assert turns(read(text).transcript) == [("Ann", "The tide.")]


def test_slots_without_a_time_lie_between_their_neighbours() -> None:
    text = eaf([0, None, None, 900, None], *(tier("default", *(annotation(n, n + 1, f"w{n}") for n in range(1, 5))),))
    assert [(start, end) for start, end, _ in cues(read(text).transcript)][:3] == [(0, 300), (300, 600), (600, 900)]
    assert turns(read(text).transcript) == [(None, "w1 w2 w3 w4")]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_document_types_are_refused(doctype: str) -> None:
    text = eaf([0, 900], tier("A", annotation(1, 2, "x")), doctype="")
    with pytest.raises(TranscriptError):
        read(text.replace("<ANNOTATION_DOCUMENT", doctype + "<ANNOTATION_DOCUMENT", 1))


def test_damage() -> None:
    text = eaf([0, 900], tier("A", annotation(1, 2, "one"), annotation(1, 2, "two")))
    result = read(text[: text.index("two")], "a.eaf")
    assert result.transcript.text == "one"
    assert "damaged" in result.warnings[0]
    with pytest.raises(TranscriptError, match="damaged XML"):
        read(text[: text.index("one")])
    with pytest.raises(TranscriptError, match="no words"):
        read(eaf([], tier("A", annotation(1, 2, "one"))))
    with pytest.raises(TranscriptError):
        read("<ANNOTATION_DOCUMENT>" + "<TIER>" * 200_000)


def sample() -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(0, 900)
    builder.set_speaker('Tom & "Jerry" <x>')
    builder.add_word("a<b", 0, 400)
    builder.add_word("]]>&\ufffe", 400, 900)
    builder.add_cue(900, 1500)
    builder.set_speaker(None)
    builder.add_word("yes", 900, 1200)
    return builder.build()


def test_what_is_written_is_well_formed_and_points_at_what_is_there() -> None:
    text = formats.to_text(sample(), "eaf", WriteOptions(word_times=True))
    root = ElementTree.fromstring(text.encode())
    slots = {each.get("TIME_SLOT_ID") for each in root.iter("TIME_SLOT")}
    kinds = {each.get("LINGUISTIC_TYPE_ID") for each in root.iter("LINGUISTIC_TYPE")}
    tiers = [each.get("TIER_ID") for each in root.iter("TIER")]
    assert tiers == ['Tom & "Jerry" <x>', 'Tom & "Jerry" <x> - words', "default", "default - words"]
    assert all(each.get("LINGUISTIC_TYPE_REF") in kinds for each in root.iter("TIER"))
    for each in root.iter("ALIGNABLE_ANNOTATION"):
        assert {each.get("TIME_SLOT_REF1"), each.get("TIME_SLOT_REF2")} <= slots
    again = read(text).transcript
    assert exact(again) == [("a<b", 0, 400), ("]]>&\ufffd", 400, 900), ("yes", 900, 1200)]
    assert again.speakers == ('Tom & "Jerry" <x>',)


def test_xmllint_takes_it(tmp_path: Path) -> None:
    if not shutil.which("xmllint"):
        pytest.skip("xmllint is not installed")
    path = tmp_path / "talk.eaf"
    formats.write(sample(), path)
    assert subprocess.run(["xmllint", "--nonet", "--noout", path], check=False).returncode == 0
