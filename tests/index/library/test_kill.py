"""Killed at any moment, the library opens, is whole, and has all that it said it would keep.

Some kills here; `make kill` does hundreds.
"""

import os
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from adding_files import add_all, captions

from index.library import EpisodeFilter, Library

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
KILLS = int(os.environ.get("EARMARK_KILLS", "8"))
_LONGEST_S = 0.25


def work_and_be_killed(library: Path, folder: Path, log: Path, seed: int) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, HERE)))}
    command = [sys.executable, str(HERE / "busy_child.py"), str(library), str(folder), str(log), str(seed)]
    child = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    begun = child.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, _LONGEST_S))
    alive = child.poll() is None
    child.kill()
    _, errors = child.communicate()
    assert (begun, alive, errors) == ("working\n", True, "")


def promised(log: Path) -> tuple[set[str], set[str]]:
    """What must be there, and what must not."""
    there: set[str] = set()
    gone: set[str] = set()
    for line in log.read_text("utf-8").splitlines() if log.exists() else ():
        what, _, thing = line.partition(" ")
        if what == "kept":
            there.add(thing)
        elif what == "gone":
            gone.add(thing)
        elif line.startswith("about to drop "):
            there.discard(line.removeprefix("about to drop "))
        elif line.startswith("about to empty episode "):
            episode = line.removeprefix("about to empty episode ")
            there -= {each for each in there if each.split()[:2] in (["clip", episode], ["episode", episode])}
    return there, gone


def check(path: Path, log: Path) -> None:
    with closing(Library(path)) as library:
        library.store.check()
        assert library.store.rows("PRAGMA foreign_key_check") == []
        episodes = library.episodes.select() + library.episodes.select(EpisodeFilter(in_bin=True))
        clips = [clip for episode in episodes for clip in library.clips.of(episode.id)]
        here = {f"episode {each.id}" for each in episodes} | {f"clip {each.episode} {each.title}" for each in clips}
        there, gone = promised(log)
        assert there <= here
        assert not gone & here
        for episode in episodes:  # No half ones.
            transcript = library.transcript_of(episode.id)
            assert transcript is not None
            assert len(transcript) == episode.words > 0
            assert (episode.sound is None) or episode.duration_ms == 60_000
        assert set(library.revisions()) == {each.id for each in episodes if not each.binned_ms}
        for id in library.revisions():
            library.document(id)


def test_killed_at_any_moment_it_has_all_it_promised(tmp_path: Path) -> None:
    path, folder, log = tmp_path / "library.sqlite", tmp_path / "files", tmp_path / "log"
    folder.mkdir()
    first = int(os.environ.get("EARMARK_KILL_SEED", "1"))
    for seed in range(first, first + KILLS):
        work_and_be_killed(path, folder, log, seed)
        check(path, log)
    there, gone = promised(log)
    assert there
    assert gone or KILLS < 20
    with closing(Library(path)) as library:  # And work goes on: no lock is left behind.
        captions(folder / "new.vtt")
        assert len(add_all(library, folder / "new.vtt").added) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed so there")
def test_the_lock_of_a_killed_process_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    code = (
        "import sys, time\nfrom index.library.lock import held\n"
        f"with held({str(path)!r}, 'adding files'):\n    print('held', flush=True)\n    time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    captions(tmp_path / "talk.vtt")
    with closing(Library(path)) as library:
        with pytest.raises(Exception, match=rf"adding files \(process {child.pid}\)"):
            add_all(library, tmp_path / "talk.vtt")
        child.kill()
        child.communicate()
        assert len(add_all(library, tmp_path / "talk.vtt").added) == 1
