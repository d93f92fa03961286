"""A library in memory, as search sees one."""

from dataclasses import dataclass, field

from index.errors import EarmarkError
from index.transcript import Transcript
from tests.index.making import spoken


@dataclass(frozen=True)
class Talk:
    """An episode of such a library."""

    episode: int
    transcript: Transcript
    revision: int = 1
    title: str = ""
    show: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    duration_ms: int = 0
    questions: tuple[str, ...] = ()


@dataclass
class Shelf:
    """A library that keeps nothing."""

    talks: dict[int, Talk] = field(default_factory=dict)
    unreadable: set[int] = field(default_factory=set)

    def put(self, episode: int, *cues: str | tuple[str | None, str] | Transcript, **known: object) -> Talk:
        """Add an episode, or change one."""
        words = cues[0] if isinstance(cues[0], Transcript) else spoken(*cues)
        revision = self.talks[episode].revision + 1 if episode in self.talks else 1
        self.talks[episode] = Talk(episode, words, revision, **known)
        return self.talks[episode]

    def revisions(self) -> dict[int, int]:
        return {episode: talk.revision for episode, talk in self.talks.items()}

    def document(self, episode_id: int) -> Talk:
        if episode_id in self.unreadable:
            raise EarmarkError(f"The words of episode {episode_id} cannot be read.")
        return self.talks[episode_id]

    def transcript_of(self, episode_id: int) -> Transcript | None:
        talk = self.talks.get(episode_id)
        return talk.transcript if talk else None
