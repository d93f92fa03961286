"""A published page in a browser: it plays, follows, seeks, finds, and does nothing else."""

import base64
import io
import wave
from collections.abc import Iterator

import pytest

from index.builder import TranscriptBuilder
from index.clip import clip_of
from index.quoting import Origin
from index.transcript import WordRange
from player.publishing.page import page_of
from player.publishing.piece import part_of, piece_of
from tests.headless import BROWSER, MISSING, Page, page

pytestmark = pytest.mark.skipif(BROWSER is None, reason=MISSING)

WORD_MS = 400
EVIL = (
    "<img src=x onerror=\"document.title='evil'\">",
    "</script><script>document.title='evil'</script>",
    "\" onmouseover=\"document.title='evil'",
    "javascript:document.title='evil'",
)
TURNS = (
    ("Mara", "It took sixty years, a slow tide of sand, well-known, naïve."),
    ("Ives " + EVIL[0], "And then? " + " ".join(EVIL)),
    ("Mara", "今日はいい天気。 A slow “tide” again. שלום עולם"),
    *((f"Voice {number}", "Some more words so that the page has to scroll a good deal.") for number in range(20)),
)


def _sound(length_ms: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(8000)
        writer.writeframes(b"\x80" * (8 * length_ms))
    return file.getvalue()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of two stretches whose words are 400 ms long each, and as nasty as they come."""
    builder = TranscriptBuilder()
    at = 0
    for speaker, said in TURNS:
        words = said.split()
        builder.add_cue(at, at + WORD_MS * len(words))
        builder.set_speaker(speaker)
        for word in words:
            builder.add_word(word, at, at + WORD_MS)
            at += WORD_MS
    talk = builder.build()
    origin = Origin(EVIL[0], EVIL[1], EVIL[2])
    parts = [part_of(talk, clip_of(talk, words), origin) for words in (WordRange(0, 40), WordRange(40, len(talk)))]
    piece = piece_of(f"Tide {EVIL[1]}", parts, gap_ms=WORD_MS)
    path = tmp_path_factory.mktemp("page") / "tide.html"
    path.write_text(page_of(piece, _sound(piece.reel().length_ms), "audio/wav", [0.5] * 9), "utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One browser for all tests here."""
    with page(tmp_path_factory.mktemp("profile")) as opened:
        opened.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
        yield opened


@pytest.fixture
def tide(browser: Page, address: str) -> Iterator[Page]:
    """The page as one finds it; nothing may have been complained of, fetched or done by its text at the end."""
    browser.complaints.clear()
    browser.requests.clear()
    browser.open("about:blank")
    browser.open(address)
    browser.wait("sound.readyState > 0")
    yield browser
    assert browser.complaints == []
    assert {request.partition(":")[0] for request in browser.requests} <= {"file", "data", "blob", "about"}
    assert {request for request in browser.requests if request.startswith("file:")} == {address}
    assert browser.value("document.title").startswith("Tide <")


NOW = "document.querySelector('.now')?.textContent"
MS = "Math.round(sound.currentTime * 1000)"
WORDS = "[...document.querySelectorAll('.said > span')]"


def test_it_plays_and_follows(tide: Page) -> None:
    tide.click("#play")
    tide.wait(f"{NOW} === 'sixty'")
    assert tide.value("document.querySelector('.lit').textContent").endswith("naïve.")
    tide.wait(f"{WORDS}.indexOf(document.querySelector('.now')) === 3")
    word, ms = tide.value(f"[{WORDS}.indexOf(document.querySelector('.now')), {MS}]")
    assert word * WORD_MS <= ms + 20 < (word + 1) * WORD_MS + 120
    assert tide.value("document.getElementById('play').getAttribute('aria-label')") == "Pause"
    tide.press(" ")
    tide.wait("sound.paused && document.getElementById('play').getAttribute('aria-label') === 'Play'")


def test_a_click_on_a_word_goes_there_and_stays_paused(tide: Page) -> None:
    tide.click("#words section:first-child .said span:nth-of-type(5)")
    tide.wait(f"{MS} === {4 * WORD_MS}")
    assert tide.value(NOW) == "a"
    assert tide.value("sound.paused")


def test_a_time_plays_from_there(tide: Page) -> None:
    tide.click("#words section:first-child .said:nth-of-type(4) .time")
    tide.wait(f"!sound.paused && {MS} > 4400")
    assert tide.value("document.querySelector('.lit').textContent").find("And then?") > 0


def test_the_keyboard_does_it_all(tide: Page) -> None:
    tide.press("ArrowRight")
    tide.wait(f"{MS} === 5000")
    tide.press("ArrowLeft")
    tide.wait(f"{MS} === 0")
    tide.press("]")
    tide.wait("sound.playbackRate === 1.1")
    tide.press("/")
    assert tide.value("document.activeElement.id") == "find"


@pytest.mark.parametrize(
    ("typed", "found", "first"),
    [
        ("SLOW TIDE", "1 of 2", 5),
        ("naive", "1 of 1", 10),
        ("sand wellknown", "none", None),
        ("sand, well known", "1 of 1", 8),
        ("naive and", "1 of 1", 10),
        ("ow tide", "none", None),
        ("sixt", "1 of 1", 2),
        ("いい", "1 of 1", None),
        ("שלום", "1 of 1", None),
        ("nobody says this", "none", None),
    ],
)
def test_it_finds_a_phrase(tide: Page, typed: str, found: str, first: int | None) -> None:
    tide.press("/")
    tide.call("Input.insertText", text=typed)
    tide.press("Enter", text="\r")
    assert tide.value("document.getElementById('found').textContent") == found
    if first is not None:
        assert tide.value(f"{WORDS}.findIndex((word) => word.classList.contains('hit-now'))") == first
        tide.wait(f"{MS} === {first * WORD_MS}")
    tide.press("Escape")
    assert tide.value("document.querySelectorAll('.hit').length") == 0


def test_it_scrolls_with_the_words_until_somebody_scrolls(tide: Page) -> None:
    last = tide.value("Number(document.getElementById('at').max)") - 200
    seek = "(ms) => { const at = document.getElementById('at'); at.value = ms; at.dispatchEvent(new Event('input')); }"
    tide.value(f"({seek})({last})")
    assert tide.value("scrollY") > 500
    tide.call("Input.dispatchMouseEvent", type="mouseWheel", x=500, y=400, deltaX=0, deltaY=-5000)
    tide.wait("scrollY === 0 && !document.getElementById('back').hidden")
    tide.click("#back")
    assert tide.value("scrollY") > 500
    assert tide.value("document.getElementById('back').hidden")


def test_a_media_fragment_opens_it_at_a_moment(tide: Page) -> None:
    tide.value("location.hash = '#t=2.05'")
    tide.wait(f"{MS} === 2050")
    assert tide.value(NOW) == "slow"


def test_it_has_captions_for_the_browser(tide: Page) -> None:
    cues = tide.wait("document.getElementById('captions').track.cues?.length")
    assert cues >= 20
    saved = tide.value("document.getElementById('save-captions').href")
    assert base64.b64decode(saved.partition(",")[2]).startswith(b"WEBVTT")


def test_a_screen_reader_has_names_for_all_of_it(tide: Page) -> None:
    tide.call("Accessibility.enable")
    nodes = tide.call("Accessibility.getFullAXTree")["nodes"]
    named = {(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]}
    for role, name in (("button", "Play"), ("slider", "Position"), ("searchbox", "Find in the words"), ("main", "")):
        assert (role, name) in named
    assert ("button", "Play from 0:00") in named
    assert not [role for role, name in named if role in ("button", "slider", "searchbox", "heading") and not name]


def test_its_text_is_text(tide: Page) -> None:
    assert tide.value("document.querySelectorAll('img, #words script').length") == 0
    assert EVIL[0] in tide.value("document.querySelectorAll('.who')[1].textContent")


def test_it_needs_no_script_to_be_read_and_heard(browser: Page, address: str) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(address)
        assert browser.value("document.getElementById('sound').controls")
        assert browser.value("document.getElementById('sound').src.slice(0, 15)") == "data:audio/wav;"
        assert browser.value("document.getElementById('bar').hidden")
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


def test_in_the_dark_it_is_dark_and_on_paper_it_is_white(tide: Page) -> None:
    color = "getComputedStyle(document.body).backgroundColor"
    tide.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    assert tide.value(color) == "rgb(23, 24, 26)"
    tide.call("Emulation.setEmulatedMedia", media="print", features=[])
    assert tide.value(color) == "rgb(255, 255, 255)"
    assert tide.value("getComputedStyle(document.getElementById('bar')).display") == "none"
    tide.call("Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
