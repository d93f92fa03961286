"""Who may import whom: the rules of the house, read from the imports themselves."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("index", "player", "resources")
MAX_LINES = 350
MAX_LINES_MAIN = 12


@dataclass(frozen=True)
class Import:
    """One import: where it stands, what it names, and whether loading the file runs it."""

    file: str  # from the root, with forward slashes
    line: int
    module: str  # dotted and absolute; `from a import b` names a.b, which may be a thing inside a
    at_load: bool  # neither inside a function nor under `if TYPE_CHECKING`


@dataclass(frozen=True)
class Rule:
    """The files that match `files` but not `but_not` import nothing under `never`, save what lies under `save`."""

    law: str
    files: tuple[str, ...]
    never: tuple[str, ...]
    save: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    def broken_by(self, imported: Import) -> bool:
        """Whether an import breaks this rule."""
        return (
            _matches(imported.file, self.files)
            and not _matches(imported.file, self.but_not)
            and _under(imported.module, self.never)
            and not _under(imported.module, self.save)
        )


ANY = ("*.py",)

RULES = (
    Rule(
        "index says what was said and when: no app, no window, no sound",
        files=("index/*",),
        never=("player", "resources", "main", "PySide6", "vlc", "av", "mutagen"),
    ),
    Rule(
        "of index only alignment and search count over arrays",
        files=("index/*",),
        but_not=("index/align/*", "index/search/*"),
        never=("numpy",),
    ),
    Rule(
        "of index only alignment and the spelling of what is searched for compare letters",
        files=("index/*",),
        but_not=("index/align/*", "index/search/spelling.py"),
        never=("rapidfuzz",),
    ),
    Rule("only index/search knows Whoosh", files=ANY, but_not=("index/search/*",), never=("whoosh",)),
    Rule(
        "index/search takes the library as a source, and knows nothing of how it is kept",
        files=("index/search/*",),
        never=("index.library",),
    ),
    Rule(
        "only the recogniser knows pocketsphinx, and only when it is asked for",
        files=ANY,
        but_not=("index/align/recogniser.py",),
        never=("pocketsphinx",),
    ),
    Rule(
        "player/audio knows sound and no words",
        files=("player/audio/*",),
        never=("index",),
        save=(
            *("index.atomic", "index.errors", "index.timecode", "index.plaintext"),
            *("index.chapters", "index.chapter_files", "index.chapter_notes"),  # A time and a title.
        ),
    ),
    Rule(
        "player/audio knows nobody above it",
        files=("player/audio/*",),
        never=tuple(f"player.{name}" for name in ("app", "cli", "session", "window", "models", "widgets")),
    ),
    Rule(
        "player/widgets know models and values, never a service",
        files=("player/widgets/*",),
        never=(
            *(f"player.{name}" for name in ("app", "session", "finding", "keeping", "presenting", "window", "audio")),
            "index.library",
        ),
        save=("player.audio.engine.EngineState",),
    ),
    Rule(
        "who shows and who asks is given the parts, not the app that is made of both",
        files=("player/presenting/*", "player/asking.py", "player/parts.py"),
        never=("player.app",),
    ),
    Rule(
        "player/models know no widgets",
        files=("player/models/*",),
        never=("player.widgets", "player.window", "player.app", "player.parts", "PySide6.QtWidgets"),
    ),
    Rule(
        "only player knows Qt, and the program that draws the demo's cover",
        files=ANY,
        but_not=("player/*", "resources/demo/cover.py"),
        never=("PySide6",),
    ),
    Rule(
        "resources are only used, they use nobody above them",
        files=("resources/*",),
        never=("player", "main"),
    ),
    Rule(
        "only index/formats uses the libraries of formats",
        files=ANY,
        but_not=("index/formats/*",),
        never=("webvtt", "pysubs2", "defusedxml", "docx"),
    ),
    Rule("only index/mojibake uses ftfy", files=ANY, but_not=("index/mojibake.py",), never=("ftfy",)),
    Rule(
        "what is published needs no window, and only its pictures are drawn with Qt",
        files=("player/publishing/*", "player/work/*"),
        but_not=("player/publishing/frames.py", "player/publishing/lettering.py"),
        never=(
            "PySide6",
            "player.app",
            "player.parts",
            "player.session",
            "player.window",
            "player.widgets",
            "player.models",
        ),
    ),
    Rule(
        "only index/library knows how the library is kept",
        files=ANY,
        but_not=("index/library/*",),
        never=("sqlite3", "index.library.store", "index.library.schema"),
    ),
    Rule("only the VLC engine uses vlc", files=ANY, but_not=("player/audio/vlc_engine.py",), never=("vlc",)),
    Rule("only the MP3 encoder uses LAME", files=ANY, but_not=("player/audio/mp3_writing.py",), never=("lameenc",)),
    Rule("nothing in the app needs its tests", files=ANY, never=("tests", "pytest", "hypothesis")),
)


def _matches(file: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(file, pattern) for pattern in patterns)


def _under(module: str, roots: tuple[str, ...]) -> bool:
    return any(module == root or module.startswith(root + ".") for root in roots)


def _imports_of(source: str, file: str) -> Iterator[Import]:
    """Every import of a file, wherever in it; relative ones made absolute."""
    package = file.removesuffix(".py").split("/")[:-1]

    def visit_all(nodes: Iterable[ast.AST], at_load: bool) -> Iterator[Import]:
        for node in nodes:
            yield from visit(node, at_load)

    def visit(node: ast.AST, at_load: bool) -> Iterator[Import]:
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield Import(file, node.lineno, alias.name, at_load)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = ".".join([*package[: len(package) - level + 1], module or ""]) if level else module or ""
                for alias in names:
                    yield Import(file, node.lineno, f"{base.rstrip('.')}.{alias.name}", at_load)
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                yield from visit_all(node.body, False)
                yield from visit_all(node.orelse, at_load)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from visit_all(ast.iter_child_nodes(node), False)
            case _:
                yield from visit_all(ast.iter_child_nodes(node), at_load)

    yield from visit(ast.parse(source, file), True)


@lru_cache(maxsize=1)
def _files() -> dict[str, str]:
    """The source of every file of the app, by its path from the root."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    if (main := ROOT / "main.py").exists():
        paths.append(main)
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


@lru_cache(maxsize=1)
def _all_imports() -> tuple[Import, ...]:
    return tuple(one for file, source in _files().items() for one in _imports_of(source, file))


def _files_of(module: str) -> Iterator[str]:
    """The project's files that importing a dotted name loads: its packages, outermost first, then the module."""
    parts = module.split(".")
    for count in range(1, len(parts) + 1):
        path = "/".join(parts[:count])
        for file in (f"{path}/__init__.py", f"{path}.py"):
            if file in _files():
                yield file


def _loaded_by(start: str) -> dict[str, str]:
    """Each project file that loading `start` loads, and the `file:line` that first asked for it."""
    imports: dict[str, list[Import]] = {}
    for one in _all_imports():
        if one.at_load:
            imports.setdefault(one.file, []).append(one)
    loaded = {start: "the start"}
    waiting = [start]
    while waiting:
        for one in imports.get(waiting.pop(), []):
            for file in _files_of(one.module):
                if file not in loaded:
                    loaded[file] = f"{one.file}:{one.line}"
                    waiting.append(file)
    return loaded


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.law)
def test_imports_keep_the_rule(rule: Rule) -> None:
    broken = [f"{one.file}:{one.line} imports {one.module}" for one in _all_imports() if rule.broken_by(one)]
    assert not broken, "\n".join([f"{rule.law}:", *broken])


def _need(file: str) -> None:
    if file not in _files():
        pytest.skip(f"there is no {file} yet")


def test_command_line_names_no_qt_on_its_way() -> None:
    _need("player/cli.py")
    loaded = _loaded_by("player/cli.py")
    broken = [
        f"{one.file}:{one.line} imports {one.module} ({one.file} is asked for by {loaded[one.file]})"
        for one in _all_imports()
        if one.at_load and one.file in loaded and _under(one.module, ("PySide6",))
    ]
    assert not broken, "\n".join(["the command line runs without Qt:", *broken])


def test_command_line_loads_no_qt() -> None:
    _need("player/cli.py")
    code = "import sys, player.cli; print(*sorted(name for name in sys.modules if name.startswith('PySide6')))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "", "importing player.cli loads Qt"


def test_main_only_hands_over() -> None:
    _need("main.py")
    lines = len(_files()["main.py"].splitlines())
    assert lines <= MAX_LINES_MAIN, f"main.py has {lines} lines: it hands over, and no more"


def test_files_can_be_read_at_one_sitting() -> None:
    lengths = {file: len(source.splitlines()) for file, source in _files().items()}
    long = [f"{file} has {count} lines" for file, count in lengths.items() if count > MAX_LINES]
    assert not long, "\n".join([f"more than {MAX_LINES} lines:", *long])


def test_every_import_is_seen() -> None:
    source = """
import a, b.c as d
from . import near
from ..up import thing
from .. import two
if TYPE_CHECKING:
    import types_only
else:
    import otherwise
try:
    import tried
except ImportError:
    tried = None
class Inside:
    from e import f
    def method(self):
        from later import on
"""
    seen = {(one.module, one.at_load) for one in _imports_of(source, "player/widgets/view.py")}
    assert seen == {
        ("a", True),
        ("b.c", True),
        ("player.widgets.near", True),
        ("player.up.thing", True),
        ("player.two", True),
        ("types_only", False),
        ("otherwise", True),
        ("tried", True),
        ("e.f", True),
        ("later.on", False),
    }


@pytest.mark.parametrize(
    ("file", "line", "laws"),
    [
        ("index/x.py", "from player.session import Session", 1),
        ("index/formats/vtt.py", "import webvtt", 0),
        ("index/x.py", "import webvtt", 1),
        ("index/x.py", "def late(): import PySide6.QtCore", 2),
        ("player/audio/x.py", "from index.transcript import Word", 1),
        ("player/audio/x.py", "from index import transcript", 1),
        ("player/audio/x.py", "from index.errors import EarmarkError", 0),
        ("player/audio/x.py", "from index import timecode", 0),
        ("player/audio/x.py", "from player.session import Session", 1),
        ("player/audio/vlc_engine.py", "import vlc", 0),
        ("player/audio/qt_engine.py", "import vlc", 1),
        ("player/widgets/x.py", "from player.audio.playback import Playback", 1),
        ("player/widgets/x.py", "from player.audio.engine import EngineState", 0),
        ("player/widgets/x.py", "from ..session import Session", 1),
        ("player/widgets/x.py", "from index.transcript import WordRange", 0),
        ("player/models/x.py", "from PySide6.QtWidgets import QLabel", 1),
        ("player/models/x.py", "from PySide6.QtCore import QObject", 0),
        ("main.py", "from PySide6 import QtCore", 1),
    ],
)
def test_rules_bite(file: str, line: str, laws: int) -> None:
    imports = list(_imports_of(line, file))
    assert sum(any(rule.broken_by(one) for one in imports) for rule in RULES) == laws


def test_no_two_files_of_tests_have_one_name() -> None:
    """Pytest would take the second for the first."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
