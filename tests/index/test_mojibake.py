import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import formats
from index.builder import TranscriptBuilder
from index.mojibake import damage, damage_in, repair, repaired
from index.transcript import Transcript

SOUND = [
    "It’s the café — over there… “Ünder” the naïve coöperation, £5, 20 °C",
    "α β γ: ελληνικά — κείμενο «Β» «β», Σ’ αγαπώ",
    "Если бы «Т» да В» кабы",
    "NÃO, LÂMPADA, l'été à Paris, İstanbul’da",
    "今日は汉字と仮名です。",
    "Zażółć gęślą jaźń; příliš žluťoučký kůň",
    "שלום — عربي",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_is_left_alone(text: str) -> None:
    assert damage(text) is None
    assert repaired(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lessons β€” people β€” who", "lessons — people — who"),
        ("CristΓ³bal and DALLΒ·E, β€\x9ctwoβ€\ufffd", "Cristóbal and DALL·E, “two”"),
        ("itâ€™s cafÃ©, voilÃ  l'Ã©tÃ©", "it’s café, voilà  l'été"),
        ("the rГ©sumГ© вЂ” naГЇve", "the résumé — naïve"),
        ("Ã¼ber β€™tis", "über ’tis"),
    ],
)
def test_damage_is_repaired(text: str, meant: str) -> None:
    assert repaired(text).replace("\xa0", " ") == meant
    assert damage(text) is not None
    assert damage(repaired(text)) is None


@pytest.mark.parametrize("encoding", ["cp1252", "cp1253", "cp1251", "cp1250", "latin-1"])
def test_every_usual_mistake(encoding: str) -> None:
    meant = "She said: “Curiouser, née ö — and so on…” ’Twas fine, señor. It’s naïve."
    # What the code page has no character for comes out as the control character of that byte.
    text = "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in meant.encode())
    assert repaired(text) == meant


def test_damage_is_told() -> None:
    found = damage("a β€” b β€” c", "CristΓ³bal")
    assert found is not None
    assert (found.places, found.samples) == (3, (("β€”", "—"), ("Γ³", "ó")))
    assert found.sentence() == "3 places look damaged by a wrong encoding, such as “β€”” for “—”."


def talk() -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(0, 4000, id="1")
    builder.set_speaker("JosÃ©")
    builder.add_text("Itâ€™s late,\nmy friend voilÃ")
    builder.add_cue(4000, 9000)
    builder.set_speaker("Ann")
    builder.add_word("ä»Šæ—¥", 4000, 5000)
    builder.add_word("â€¦", 5000, 6000)
    builder.add_cue(9000, 9500)
    builder.set_speaker("José")
    builder.add_text("Yes.")
    return builder.build()


def test_words_keep_their_times() -> None:
    before = talk()
    after = repair(before)
    assert after.text == "It’s late, my friend voilà\n今日 …\nYes."
    assert [after.word_text(word) for word in after.all_words] == [
        *("It’s", "late,", "my", "friend", "voilà"),
        *("今", "日", "…", "Yes."),
    ]
    assert after.starts.tolist()[:5] == before.starts.tolist()[:5]
    assert after.starts.tolist()[5:] == [4000, 4500, 5000, 9000]
    assert after.ends.tolist()[5:7] == [4500, 5000]
    assert [cue.words.first for cue in after.cues()] == [0, 5, 8]
    assert [turn.speaker for turn in after.turns()] == ["José", "Ann", "José"]
    assert after.begins_line(2)
    assert damage_in(before) is not None
    assert damage_in(after) is None


def test_what_is_repaired_can_be_written() -> None:
    written = formats.to_text(repair(talk()), "WebVTT")
    assert formats.read_bytes(written.encode(), "talk.vtt").transcript.text == repair(talk()).text


@given(st.text("aÃ©â€™β”Γ³ вЂ—\u00a0\x9d今", max_size=40))
def test_any_text_can_be_repaired(text: str) -> None:
    builder = TranscriptBuilder()
    builder.add_cue(100, 900)
    builder.add_text(text)
    before = builder.build()
    after = repair(before)
    assert len(after) >= len(before)
    assert after.starts.tolist() == sorted(after.starts)
    assert all(after.word_text(word) and not after.word_text(word).isspace() for word in after.all_words)


def test_long_runs_cost_nothing() -> None:
    chance = random.Random(3)
    for alphabet in ("Ã", "β", "β€", "Ã©â€™”β", "Р’вЂ"):
        repaired("".join(chance.choice(alphabet) for _ in range(50_000)))
