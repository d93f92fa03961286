"""The tables of the library, version by version; `PRAGMA user_version` says how many of these a file has had."""

_NOW = "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"


def _revised(episodes: str) -> str:
    """Statements of a trigger that give these episodes the next revision.

    It is never a number given before, not even after an older backup has taken the library's place: it is the clock's,
    in microseconds, or one more than the last where that is more.
    """
    return (
        f"UPDATE clock SET revision = MAX(revision + 1, {_NOW});"
        f" UPDATE episodes SET revision = (SELECT revision FROM clock) WHERE id IN ({episodes});"
    )


_FIRST = """
CREATE TABLE episodes (
    id INTEGER PRIMARY KEY,
    sound TEXT NOT NULL DEFAULT '',
    transcript TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL,
    show TEXT NOT NULL DEFAULT '',
    duration_ms INTEGER NOT NULL DEFAULT 0,
    position_ms INTEGER NOT NULL DEFAULT 0,
    opened_order INTEGER NOT NULL DEFAULT 0,
    UNIQUE (sound, transcript)
);
CREATE TABLE clips (
    id INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    first_word INTEGER NOT NULL,
    end_word INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL
);
CREATE INDEX clips_of_episode ON clips (episode, start_ms);
"""

_TABLES = """
CREATE TABLE clock (revision INTEGER NOT NULL);
INSERT INTO clock VALUES (0);

CREATE TABLE shows (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE);

CREATE TABLE covers (digest TEXT PRIMARY KEY, picture BLOB NOT NULL);

CREATE TABLE episodes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sound TEXT NOT NULL DEFAULT '',           -- Its path; '' where there is none.
    sound_size INTEGER NOT NULL DEFAULT 0,
    sound_print TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL,
    show INTEGER REFERENCES shows (id),
    date TEXT NOT NULL DEFAULT '',            -- YYYY-MM-DD, or only its beginning.
    url TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',
    cover TEXT REFERENCES covers (digest),
    duration_ms INTEGER NOT NULL DEFAULT 0,
    position_ms INTEGER NOT NULL DEFAULT 0,
    heard INTEGER NOT NULL DEFAULT 0,
    edited TEXT NOT NULL DEFAULT '',          -- The facts that people wrote themselves, which no file overrules.
    added_ms INTEGER NOT NULL DEFAULT 0,
    opened_order INTEGER NOT NULL DEFAULT 0,  -- 0: never opened.
    binned_ms INTEGER NOT NULL DEFAULT 0,     -- 0: not in the bin.
    revision INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX episodes_by_sound ON episodes (sound);
CREATE INDEX episodes_by_size ON episodes (sound_size);

CREATE TABLE transcripts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    path TEXT NOT NULL DEFAULT '',            -- '' where it came from a table of episodes.
    size INTEGER NOT NULL DEFAULT 0,
    mtime_ns INTEGER NOT NULL DEFAULT 0,      -- 0: not known when it was read.
    print TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL DEFAULT '',
    warnings TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 0,
    words INTEGER NOT NULL DEFAULT 0,
    timing TEXT NOT NULL DEFAULT '',
    end_ms INTEGER NOT NULL DEFAULT 0,
    speakers TEXT NOT NULL DEFAULT '',        -- A line each.
    content TEXT NOT NULL DEFAULT ''          -- A digest of the packed words; '' where they were not read yet.
);
CREATE UNIQUE INDEX active_transcript ON transcripts (episode) WHERE active;
CREATE INDEX transcripts_of_episode ON transcripts (episode);
CREATE INDEX transcripts_by_path ON transcripts (path);

-- Apart from `transcripts`, so that no list has to step over them.
CREATE TABLE words (
    transcript INTEGER PRIMARY KEY REFERENCES transcripts (id) ON DELETE CASCADE,
    packed BLOB NOT NULL
);

CREATE TABLE chapters (
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    start_ms INTEGER NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (episode, start_ms)
) WITHOUT ROWID;

CREATE TABLE questions (
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    question TEXT NOT NULL,
    PRIMARY KEY (episode, number)
) WITHOUT ROWID;

CREATE TABLE tags (
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    name TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (episode, name)
) WITHOUT ROWID;
CREATE INDEX tags_by_name ON tags (name);

-- Moments that people kept: clips and notes. The words are those of the active transcript.
CREATE TABLE kept (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                       -- 'clip' or 'note'
    text TEXT NOT NULL,
    colour TEXT NOT NULL DEFAULT '',
    first_word INTEGER NOT NULL,
    end_word INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    made_ms INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX kept_of_episode ON kept (episode, kind, start_ms);

-- Where they are in the words of transcripts that are not active now.
CREATE TABLE kept_elsewhere (
    kept INTEGER NOT NULL REFERENCES kept (id) ON DELETE CASCADE,
    transcript INTEGER NOT NULL REFERENCES transcripts (id) ON DELETE CASCADE,
    first_word INTEGER NOT NULL,
    end_word INTEGER NOT NULL,
    PRIMARY KEY (kept, transcript)
) WITHOUT ROWID;
CREATE INDEX kept_elsewhere_by_transcript ON kept_elsewhere (transcript);

CREATE TABLE searches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    seen_ms INTEGER NOT NULL DEFAULT 0,
    seen TEXT NOT NULL DEFAULT '{}'           -- Hits by episode, as JSON, when it was last looked at.
);

CREATE TABLE watched (path TEXT PRIMARY KEY, since_ms INTEGER NOT NULL);

-- Files in watched folders that are not to be looked at again until they change.
CREATE TABLE passed_over (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    why TEXT NOT NULL
);
"""

_TRIGGERS = f"""
CREATE TRIGGER episode_made AFTER INSERT ON episodes BEGIN {_revised("NEW.id")} END;
CREATE TRIGGER episode_edited AFTER UPDATE OF title, show, date ON episodes
    WHEN OLD.title IS NOT NEW.title OR OLD.show IS NOT NEW.show OR OLD.date IS NOT NEW.date
    BEGIN {_revised("NEW.id")} END;
CREATE TRIGGER show_renamed AFTER UPDATE OF title ON shows
    BEGIN {_revised("SELECT id FROM episodes WHERE show = NEW.id")} END;
CREATE TRIGGER tag_given AFTER INSERT ON tags BEGIN {_revised("NEW.episode")} END;
CREATE TRIGGER tag_taken AFTER DELETE ON tags BEGIN {_revised("OLD.episode")} END;
CREATE TRIGGER question_given AFTER INSERT ON questions BEGIN {_revised("NEW.episode")} END;
CREATE TRIGGER question_taken AFTER DELETE ON questions BEGIN {_revised("OLD.episode")} END;
CREATE TRIGGER transcript_chosen AFTER UPDATE OF active ON transcripts WHEN OLD.active <> NEW.active
    BEGIN {_revised("NEW.episode")} END;
CREATE TRIGGER transcript_taken AFTER DELETE ON transcripts WHEN OLD.active
    BEGIN {_revised("OLD.episode")} END;
CREATE TRIGGER words_stored AFTER INSERT ON words
    BEGIN {_revised("SELECT episode FROM transcripts WHERE id = NEW.transcript")} END;
CREATE TRIGGER words_changed AFTER UPDATE ON words
    BEGIN {_revised("SELECT episode FROM transcripts WHERE id = NEW.transcript")} END;
"""

_SECOND = f"""
ALTER TABLE clips RENAME TO old_clips;
ALTER TABLE episodes RENAME TO old_episodes;
DROP INDEX clips_of_episode;
{_TABLES}
{_TRIGGERS}
INSERT INTO shows (title) SELECT DISTINCT show FROM old_episodes WHERE show <> '';
INSERT INTO episodes (id, sound, title, show, duration_ms, position_ms, opened_order)
    SELECT old.id, old.sound, old.title, shows.id, old.duration_ms, old.position_ms, old.opened_order
    FROM old_episodes old LEFT JOIN shows ON shows.title = old.show;
INSERT INTO transcripts (episode, path, active) SELECT id, transcript, 1 FROM old_episodes WHERE transcript <> '';
INSERT INTO kept (id, episode, kind, text, first_word, end_word, start_ms, end_ms)
    SELECT id, episode, 'clip', title, first_word, end_word, start_ms, end_ms FROM old_clips;
DROP TABLE old_clips;
DROP TABLE old_episodes;
"""

_THIRD = """
ALTER TABLE kept ADD COLUMN remark TEXT NOT NULL DEFAULT '';
ALTER TABLE kept ADD COLUMN place INTEGER NOT NULL DEFAULT 0;  -- In the order people gave to clips; 0: by time.
"""

_FOURTH = """
-- What was found and corrected of a transcript here; `words` has the outcome.
CREATE TABLE amendments (
    transcript INTEGER PRIMARY KEY REFERENCES transcripts (id) ON DELETE CASCADE,
    content TEXT NOT NULL,                    -- The digest of the words that it was done to.
    alignment INTEGER NOT NULL DEFAULT 0,     -- How often times were found for them.
    searched INTEGER NOT NULL DEFAULT 0,      -- 1: the sound was searched to its end.
    corrections TEXT NOT NULL DEFAULT '[]'    -- JSON
);
CREATE TABLE amended_words (
    transcript INTEGER PRIMARY KEY REFERENCES transcripts (id) ON DELETE CASCADE,
    original BLOB NOT NULL,                   -- Packed, as its file has it.
    found BLOB                                -- The same words with times that were found for them.
);
"""

_FIFTH = """
-- 1: letters that a wrong encoding had damaged were repaired when the file was read.
ALTER TABLE transcripts ADD COLUMN repaired INTEGER NOT NULL DEFAULT 0;
"""

_SIXTH = """
ALTER TABLE chapters ADD COLUMN end_ms INTEGER NOT NULL DEFAULT 0;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH)
"""What brings a library from one version to the next, oldest first."""

LISTED = (
    "clock shows episodes transcripts amendments chapters questions tags kept kept_elsewhere searches watched".split()
)
"""The tables that are small and hold what people made; `words`, `covers` and the rest can be read from files again."""
