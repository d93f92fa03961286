"""Times found by a job for the words of a transcript, in a folder of its own until the library has them."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.amendments import Amendments, amend, with_found_times
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

    def keep(self, library: Library, version: int, *, searched: bool) -> bool:
        """Give a transcript of the library the times found; whether it still has those words.

        Raises:
            EarmarkError: what was written cannot be read, or the library not be written.
        """
        corrections, timed = self.take()
        reading, stored = library.transcripts.reading_of(version), library.amendments.of(version)
        if reading is None:
            return False
        amendments = stored.read() if stored else Amendments(reading.transcript)
        try:
            asked = amend(replace(amendments, corrections=corrections))
            found = with_found_times(amendments, asked, timed, searched=searched)
        except (ValueError, CorrectionError):  # The file has changed since.
            return False
        made = prepare_amended(found, reading, reading.transcript)
        library.amendments.keep(version, made.stored, made.words, made.before)
        return True

    def clear(self) -> None:
        """Forget it."""
        shutil.rmtree(self.folder, ignore_errors=True)
