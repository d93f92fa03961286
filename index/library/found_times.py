"""Times found by a job for the words of a transcript, in a folder of its own until the library has them."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from index.amendments import Amendments, amend, set_by_ear_since, with_found_times
from index.atomic import write_atomically
from index.corrections import Correction, CorrectionError
from index.errors import TranscriptError
from index.folders import make_folder
from index.library.amended import prepare_amended, read, written
from index.library.blob import pack, unpack
from index.library.catalogue import Library
from index.transcript import Transcript


@dataclass(frozen=True, slots=True)
class FoundTimes:
    """The folder of one transcript: what was looked for, and what was found of it. It outlives a killed window."""

    folder: Path

    @property
    def words(self) -> Path:
        """The words that are looked for, packed."""
        return self.folder / "words"

    @property
    def output(self) -> Path:
        """The same words with the times found so far, packed; the job writes it anew again and again."""
        return self.folder / "found"

    @property
    def is_searched(self) -> bool:
        """Whether the sound was searched to its end."""
        return self._end.exists()

    def end(self) -> None:
        """Note that the sound was searched to its end: the library may take what was found only later."""
        with suppress(OSError):  # Then it is searched again.
            self._end.touch()

    @property
    def _end(self) -> Path:
        return self.folder / "searched"

    @property
    def _corrections(self) -> Path:
        return self.folder / "corrections.json"

    def begin(self, transcript: Transcript, corrections: Sequence[Correction]) -> None:
        """Look for these words, which came out of those corrections.

        Raises:
            EarmarkError: the folder cannot be written.
        """
        self.clear()
        make_folder(self.folder)
        write_atomically(self.words, pack(transcript))
        write_atomically(self._corrections, written(corrections).encode("ascii"))

    def written_ns(self) -> int:
        """When something was found last; 0 where nothing was."""
        try:
            return self.output.stat().st_mtime_ns
        except OSError:
            return 0

    def take(self) -> tuple[tuple[Correction, ...], Transcript]:
        """The corrections out of which the words came, and the words with the times found.

        Raises:
            TranscriptError, CorrectionError: what was written cannot be read, or is damaged.
        """
        try:
            corrections = self._corrections.read_bytes().decode("ascii", "replace")
            return read(corrections), unpack(self.output.read_bytes())
        except OSError as error:
            raise TranscriptError("The times that were found cannot be read; they are looked for again.") from error

    def keep(self, library: Library, version: int) -> bool:
        """Give a transcript of the library the times found; whether they still fit.

        They do not where it has other words by now, or words were set by ear since.

        What somebody else does to it meanwhile, such as a correction or another text, is there first.

        Raises:
            EarmarkError: what was written cannot be read, or the library not be written.
        """
        corrections, timed = self.take()
        while True:
            state, reading = library.amendments.state(version), library.transcripts.reading_of(version)
            stored = library.amendments.of(version)
            if state is None or reading is None:
                return False
            amendments = stored.read() if stored else Amendments(reading.transcript)
            if set_by_ear_since(amendments, corrections):
                return False
            try:
                asked = amend(replace(amendments, corrections=corrections))
                found = with_found_times(amendments, asked, timed, searched=self.is_searched)
            except (ValueError, CorrectionError):  # The file has changed since.
                return False
            made = prepare_amended(found, reading, reading.transcript)
            if library.amendments.keep_if_still(state, version, made):
                return True

    def clear(self) -> None:
        """Forget it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep(library: Library, folder: Path) -> None:
    """Forget what was found for transcripts that the library has no more; those in the bin may be brought back."""
    with suppress(OSError):
        for each in list(folder.iterdir()):
            if each.name.isdecimal() and library.amendments.state(int(each.name)) is None:
                FoundTimes(each).clear()
