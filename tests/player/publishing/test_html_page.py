import base64
import hashlib
import re
from dataclasses import fields
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

import resources
from index import formats
from index.align.merge import merge
from index.builder import TranscriptBuilder
from index.clip import clip_of
from index.errors import EarmarkError
from index.quoting import Origin
from index.transcript import Transcript, WordRange
from player.publishing.page import page_of
from player.publishing.piece import Piece, part_of, piece_of, whole
from player.theme import DARK, LIGHT, Theme

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">" onclick="alert(3) $style ${script} &amp;'


class _Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        self.texts[self._open] = self.texts.get(self._open, "") + data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.all if name == tag]


def _talk(speaker: str = "Mara", text: str = "It took sixty years.") -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(1000, 3000)
    builder.set_speaker(speaker)
    builder.add_text(text)
    builder.add_cue(3000, 5000)
    builder.set_speaker("Ives")
    builder.add_text("And then? 今日は。")
    return builder.build()


def _piece(title: str = "Tide", origin: Origin | None = None, **said: str) -> Piece:
    talk = _talk(**said)
    return piece_of(
        title, [part_of(talk, clip_of(talk, talk.all_words), origin or Origin("The harbour", "Salt Lines"))]
    )


def _page(piece: Piece) -> str:
    return page_of(piece, b"sound", "audio/mpeg", [0.1, 0.9, 0.4])


def test_the_paragraphs_of_a_text_are_kept() -> None:
    lines = ("The tide came in at four,", "And took the ladder down,")
    text = TranscriptBuilder()
    text.forget_times()
    timed = TranscriptBuilder()
    for number, line in enumerate(lines):
        text.add_cue(0, 0)
        text.add_text(line)
        timed.add_cue(2000 * number, 2000 * number + 1900)
        timed.add_text(line)
    verse = merge(text.build(), timed.build(), where="the captions").transcript
    page = _page(piece_of("Verse", [part_of(verse, clip_of(verse, verse.all_words), Origin("Verse"))]))
    assert page.count('<p class="said"') == 2


def test_each_word_is_there_with_its_time() -> None:
    seen = _Elements(_page(_piece()))
    assert seen.texts["span"].split("0:00/")[0] != ""
    html = _page(_piece())
    words = re.findall(r"<span>([^<]+)</span>", html)
    assert words == ["It", "took", "sixty", "years.", "And", "then?", "今", "日", "は。"]
    starts = re.search(r'id="starts">\[([0-9,]+)\]<', html)
    assert starts
    assert len(starts[1].split(",")) == len(words)
    assert starts[1].startswith("0,")
    assert "<span>日</span><span>は。</span>" in html
    assert re.findall(r'class="who (s\d)" dir="auto">(\w+)<', html) == [("s0", "Mara"), ("s1", "Ives")]


def test_the_policy_allows_this_script_and_this_style_alone() -> None:
    html = _page(_piece())
    policy = next(each["content"] for each in _Elements(html).of("meta") if each.get("http-equiv"))
    assert policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        text = re.search(rf"<{kind}>(.*?)</{kind}>", html, re.DOTALL)
        assert text
        digest = base64.b64encode(hashlib.sha256(text[1].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert " style=" not in html
    assert not re.search(r"<[^>]* on\w+=", html)


def test_nothing_in_it_is_fetched() -> None:
    for tag, attributes in _Elements(_page(_piece())).all:
        assert tag not in ("link", "iframe", "object", "embed", "base", "form")
        for name in ("src", "href", "action", "poster"):
            assert (attributes.get(name) or "data:").startswith("data:")
    for name in ("page.css", "page.js"):
        text = resources.path("page", name).read_text("utf-8")
        assert not re.search(
            r"@import|url\(|https?:|\bfetch\b|\bimport\b|XMLHttp|\beval\b|innerHTML|document\.write", text
        )


def test_hostile_text_stays_text() -> None:
    origin = Origin(HOSTILE, HOSTILE, HOSTILE)
    html = _page(_piece(title=HOSTILE, origin=origin, speaker=HOSTILE, text=HOSTILE))
    seen, plain = _Elements(html), _Elements(_page(_piece()))
    assert {tag for tag, _ in seen.all} == {tag for tag, _ in plain.all}
    assert len(seen.of("script")) == 2
    assert not seen.of("img")
    assert seen.texts["h1"].strip() == HOSTILE
    assert {name for _, attributes in seen.all for name in attributes} == {
        name for _, attributes in plain.all for name in attributes
    }


def test_the_captions_and_the_sound_lie_in_it() -> None:
    piece = _piece()
    seen = _Elements(_page(piece))
    assert seen.of("audio")[0]["src"] == "data:audio/mpeg;base64," + base64.b64encode(b"sound").decode()
    kind, _, data = (seen.of("track")[0]["src"] or "").partition(",")
    assert kind == "data:text/vtt;base64"
    read = formats.read_bytes(base64.b64decode(data), "captions").transcript
    whole_text = piece.reel().transcript.text
    assert read.text == whole_text


def test_a_reel_has_a_heading_for_each_source() -> None:
    talk = _talk()
    origin = Origin("The harbour", "Salt Lines", "2026-03-18")
    parts = [part_of(talk, clip_of(talk, WordRange(first, first + 2)), origin) for first in (4, 0)]
    html = _page(piece_of("Two", parts, gap_ms=500))
    assert re.findall(r"<h2[^>]*>([^<]+)<", html) == [
        "1 · The harbour, Salt Lines, 2026-03-18, 0:03–0:03",
        "2 · The harbour, Salt Lines, 2026-03-18, 0:01–0:01",
    ]
    assert [unescape(word) for word in re.findall(r"<span>([^<]+)</span>", html)] == ["And", "then?", "It", "took"]


def test_only_a_picture_is_a_cover() -> None:
    talk = _talk()
    parts = [whole(talk, Origin("T"), Path("t.mp3"), 9000)]
    assert not _Elements(_page(piece_of("T", parts, cover=b"<svg onload=alert(1)>"))).of("img")
    png = resources.path("demo", "cover.png").read_bytes()
    cover = _Elements(_page(piece_of("T", parts, cover=png))).of("img")
    assert (cover[0]["src"] or "").startswith("data:image/png;base64,")


def test_without_times_there_is_no_page() -> None:
    builder = TranscriptBuilder()
    builder.forget_times()
    builder.add_cue(0, 0)
    builder.add_text("Hello.")
    text = builder.build()
    with pytest.raises(EarmarkError, match="has no times yet"):
        part_of(text, clip_of(text, text.all_words), Origin("talk"))
    with pytest.raises(EarmarkError, match="nothing to publish"):
        piece_of("Nothing", [])


@pytest.mark.parametrize(("theme", "number"), [(LIGHT, 0), (DARK, 1)], ids=["light", "dark"])
def test_its_colours_are_those_of_the_window(theme: Theme, number: int) -> None:
    css = resources.path("page", "page.css").read_text("utf-8")
    block = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[number]
    told = dict(re.findall(r"--([\w-]+): (#\w+);", block))
    names = {field.name.replace("_", "-") for field in fields(Theme)}
    assert set(told) - {f"speaker-{speaker}" for speaker in range(6)} <= names
    for name, color in told.items():
        kind, _, speaker = name.partition("-")
        wanted = theme.speakers[int(speaker)] if kind == "speaker" else getattr(theme, name.replace("-", "_"))
        assert color == wanted, name
