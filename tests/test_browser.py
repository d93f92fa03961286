"""What Earmark writes, as a browser's `<track>` understands it."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from index import formats
from index.builder import TranscriptBuilder
from index.captions import rebreak
from index.clip import clip_of, cut
from index.formats import WriteOptions
from index.transcript import Transcript, WordRange
from tests.headless import BROWSER, FLAGS, MISSING, NOBODY_ELSE

_TIMEOUT_S = 180

# Loads each track, puts what its cues turn into on the page, where anything live in it would come alive, and leaves
# what it saw in the page. Nodes: [kind, name or data, title].
_PAGE = """<!doctype html><meta charset="utf-8"><title>tracks</title>
<video>%s</video><div id="stage"></div><pre id="seen"></pre>
<script>
const nodes = (node) => [...node.childNodes].flatMap((child) => [
    child.nodeType === 3 ? ["text", child.data, ""]
    : child.nodeType === 7 ? ["time", child.data, ""]
    : ["element", child.localName, child.title || ""],
    ...nodes(child),
]);
const loaded = (element) => new Promise((done) => {
    element.onload = () => done([...element.track.cues].map((cue) => {
        const tree = cue.getCueAsHTML();
        const seen = { id: cue.id, start: cue.startTime, end: cue.endTime, nodes: nodes(tree), text: tree.textContent };
        document.getElementById("stage").append(tree);
        return seen;
    }));
    element.onerror = () => done(null);
    element.track.mode = "hidden";
});
Promise.all([...document.querySelectorAll("track")].map(loaded)).then((all) => {
    document.getElementById("seen").textContent = JSON.stringify(all);
});
</script>
"""

SPEAKERS = ("Mara", "Tom & Jerry <x>", "O’Neil, Pat", "张三", "a.b --> c", "</v><img src='/evil-name.png'>", "x" * 200)
TEXTS = (
    "Plain words, and a line\nthat breaks.",
    "a < b && c > d &amp; &lt;b&gt; &nbsp; AT&T",
    "--> 00:00:01.000 --> 00:00:02.000",
    "<b>bold</b> <i>x <v Eve>y</v> <c.red>z</c> <00:00:01.000> <>",
    '<img src="/evil.png" onerror="fetch(\'/evil.js\')"> <script>fetch("/evil2.js")</script>',
    "NOTE STYLE REGION WEBVTT 1",
    "naïve café 🎧 שלום مرحبا 今日はいい天気 e\u0301",
    "{\\an8} 100% {0} %s \\n \u202eright to left\u202c",
    "half\ud800 of a pair, and a NUL\x00",
)


def _talk() -> Transcript:
    """Cues with ids whose words, half of them timed one by one, are as nasty as they come."""
    builder = TranscriptBuilder()
    at = 0
    for number in range(len(TEXTS) * 2):
        text, speaker = TEXTS[number % len(TEXTS)], SPEAKERS[number % len(SPEAKERS)]
        words = text.split()
        builder.add_cue(at, at + 300 * len(words), id=f"cue & <{number}>" if number % 3 else "")
        builder.set_speaker(speaker if number % 5 else None)
        if number % 2:
            for word in words:
                builder.add_word(word, at, at + 250)
                at += 300
        else:
            builder.add_text(text)
            at += 300 * len(words)
    return builder.build()


def _files() -> dict[str, tuple[Transcript, WriteOptions]]:
    talk = _talk()
    clip = clip_of(talk, WordRange(3, len(talk) - 2), pad_ms=150)
    return {
        "as-it-was.vtt": (talk, WriteOptions()),
        "clip.vtt": (rebreak(cut(talk, clip)), WriteOptions()),
        "original-times.vtt": (rebreak(cut(talk, clip, keep_times=True)), WriteOptions()),
        "word-times.vtt": (cut(talk, clip), WriteOptions(word_times=True)),
        "without-names.vtt": (rebreak(talk), WriteOptions(speakers=False, word_times=True)),
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {".html": "text/html", ".vtt": "text/vtt"}  # noqa: RUF012 - as the base class has it
    server: _Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Server]:
    """A page with a track for each file, on this machine."""
    folder = tmp_path_factory.mktemp("site")
    files = _files()
    for name, (transcript, options) in files.items():
        formats.write(transcript, folder / name, options)
    tracks = "".join(f'<track src="{name}">' for name in files)
    (folder / "page.html").write_text(_PAGE % tracks, "utf-8")
    server = _Server(folder)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def seen(site: _Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The cues of each file as the browser has them."""
    if BROWSER is None:
        pytest.skip(MISSING)
    command = [
        BROWSER, *FLAGS, "--virtual-time-budget=60000", "--dump-dom", NOBODY_ELSE,
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
        f"http://127.0.0.1:{site.server_address[1]}/page.html",
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False)
    found = re.search(r'<pre id="seen">(.+?)</pre>', run.stdout.decode(), re.DOTALL)
    if not found:
        told = run.stderr.decode(errors="replace")[-2000:]
        pytest.fail(f"the browser (status {run.returncode}) told nothing of the tracks:\n{told}", pytrace=False)
    return dict(zip(_files(), json.loads(unescape(found[1])), strict=True))


def _shown(transcript: Transcript, words: WordRange) -> str:
    text = ""
    for word in words:
        if word > words.first:
            text += "\n" if transcript.begins_line(word) else "" if transcript.is_glued(word) else " "
        text += transcript.word_text(word)
    return text


@pytest.mark.parametrize("name", list(_files()))
def test_a_browser_has_the_same_cues(seen: dict[str, Any], name: str) -> None:
    transcript, options = _files()[name]
    cues = list(transcript.cues())
    found = seen[name]
    assert found is not None, "the browser refused the file"
    assert [(cue["id"], cue["text"]) for cue in found] == [(cue.id, _shown(transcript, cue.words)) for cue in cues]
    assert [(round(cue["start"] * 1000), round(cue["end"] * 1000)) for cue in found] == [
        (cue.start_ms, max(cue.end_ms, cue.start_ms + 1)) for cue in cues
    ]
    for cue, known in zip(found, cues, strict=True):
        elements = [node[1:] for node in cue["nodes"] if node[0] == "element"]
        speaker = transcript.speaker_of(known.words.first) if options.speakers else None
        assert elements == ([["span", speaker]] if speaker else [])


def test_a_browser_has_the_same_word_times(seen: dict[str, Any]) -> None:
    transcript, _ = _files()["word-times.vtt"]
    timed = 0
    for cue, known in zip(seen["word-times.vtt"], transcript.cues(), strict=True):
        begun: dict[str, list[int]] = {}
        at = None
        for kind, data, _ in cue["nodes"]:
            if kind == "time":
                hours, minutes, seconds = data.split(":")
                at = round((int(hours) * 60 + int(minutes)) * 60_000 + float(seconds) * 1000)
            elif kind == "text" and at is not None and data.strip():
                begun.setdefault(data.strip(), []).append(at)
                at = None
        for word in known.words:
            if transcript.word(word).timing == 0:
                assert transcript.starts[word] in begun[transcript.word_text(word)]
                timed += 1
    assert timed > 40


def test_nothing_in_a_file_comes_alive(seen: dict[str, Any], site: _Server) -> None:
    assert {path for path in site.asked if "favicon" not in path} == {"/page.html", *(f"/{name}" for name in seen)}
