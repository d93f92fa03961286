"""Every action there is, with its words, keys and menu: the one source of menus, tooltips and the list of keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    short: str = ""  # What a button says, where it says less than the menu.
    checkable: bool = False


TABLE: tuple[tuple[str, tuple[Entry | None, ...]], ...] = (
    (
        "File",
        (
            Entry("open", "Open…", ("Ctrl+O",), "open", "Open"),
            Entry("open_transcript", "Open another transcript for this sound…", ("Ctrl+Shift+O",)),
            Entry("open_demo", "Open the demo episode", ("Ctrl+D",), short="Try the demo"),
            None,
            Entry("export", "Export clip or episode…", ("Ctrl+E",), "export", "Export"),
            Entry("convert", "Convert transcripts…", ("Ctrl+Alt+V",)),
            Entry("export_clips", "Export all clips…", ("Ctrl+Shift+E",)),
            Entry("export_hits", "Export all hits…", ("Ctrl+Alt+Y",)),
            Entry("export_notes", "Export notes…", ("Ctrl+Alt+E",)),
            Entry("export_labels", "Export clips as labels or soundbites…", ("Ctrl+Alt+J",)),
            Entry("episode_info", "About this episode", ("Ctrl+I",)),
            None,
            Entry("quit", "Quit", ("Ctrl+Q",)),
        ),
    ),
    (
        "Edit",
        (
            Entry("undo", "Undo", ("Ctrl+Z",), "undo"),
            Entry("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
            None,
            Entry("undo_jump", "Undo jump", ("Shift+Backspace", "Alt+Backspace")),
            Entry("redo_jump", "Redo jump", ("Ctrl+Shift+Backspace",)),
            None,
            Entry("copy", "Copy", ("Ctrl+C",), "copy"),
            Entry("copy_quote", "Copy as quote", ("Ctrl+Shift+C",), "copy", "Copy quote"),
            Entry("copy_markdown", "Copy as Markdown", ("Ctrl+Alt+M",)),
            Entry("copy_html", "Copy as HTML", ("Ctrl+Alt+W",)),
            Entry("copy_link", "Copy a link to here", ("Ctrl+Alt+K",)),
            Entry("copy_apa", "Copy as APA reference", ("Ctrl+Alt+1",)),
            Entry("copy_chicago", "Copy as Chicago note", ("Ctrl+Alt+2",)),
            Entry("copy_bibtex", "Copy as BibTeX entry", ("Ctrl+Alt+3",)),
            None,
            Entry("find", "Find in the episode", ("Ctrl+F",), "search"),
            Entry("find_next", "Next hit", ("F3",), "down"),
            Entry("find_previous", "Previous hit", ("Shift+F3",), "up"),
            Entry("play_hit", "Play from this hit", ("Ctrl+Return", "Ctrl+Enter")),
        ),
    ),
    (
        "Play",
        (
            Entry("play", "Play or pause", ("Space", "K"), "play"),
            Entry("play_always", "Play or pause, even while typing", ("Ctrl+Space",)),
            None,
            Entry("back", "Back 5 seconds", ("Left", "J"), "back"),
            Entry("forward", "Forward 5 seconds", ("Right", "L"), "forward"),
            Entry("back_1", "Back 1 second", ("Shift+Left",)),
            Entry("forward_1", "Forward 1 second", ("Shift+Right",)),
            Entry("previous_cue", "Previous cue", ("Alt+Left",), "previous"),
            Entry("next_cue", "Next cue", ("Alt+Right",), "next"),
            Entry("previous_chapter", "Previous chapter", ("PgUp",)),
            Entry("next_chapter", "Next chapter", ("PgDown",)),
            Entry("to_start", "To the beginning", ("Home",)),
            Entry("to_end", "To the end", ("End",)),
            Entry("go_to_time", "Go to time…", ("Ctrl+G",)),
            None,
            Entry("slower", "Slower", ("[",)),
            Entry("faster", "Faster", ("]",)),
            Entry("rate_normal", "Normal speed", ("Backspace",)),
            Entry("mute", "Mute", ("M",), "volume", checkable=True),
            Entry("louder", "Louder", ("+", "=")),
            Entry("quieter", "Quieter", ("-",)),
        ),
    ),
    (
        "Clip",
        (
            Entry("keep_clip", "Keep as clip", ("C",), "clip", "Clip"),
            Entry("hear_selection", "Hear it", ("H",), "headphones", "Hear"),
            Entry("hear_start", "Hear its first second", ("Ctrl+H",), short="Start"),
            Entry("hear_end", "Hear its last second", ("Ctrl+Shift+H",), short="End"),
            Entry("loop_selection", "Loop it", ("Shift+H",), "loop", "Loop", checkable=True),
            None,
            Entry("keep_chapter", "Keep this chapter as clip", ("Shift+C",)),
            Entry("edit_clip", "Edit clip", ("E",), short="Edit"),
            Entry("close_editor", "Close the clip editor", ("Shift+E",), "close", "Done"),
            Entry("clip_up", "Move the clip up", ("Alt+Up",)),
            Entry("clip_down", "Move the clip down", ("Alt+Down",)),
            None,
            Entry("mark_in", "Begin here", ("I",)),
            Entry("mark_out", "End here", ("O",)),
            Entry("grow_start", "Begin a word earlier", ("Ctrl+Alt+Left",)),
            Entry("shrink_start", "Begin a word later", ("Ctrl+Alt+Right",)),
            Entry("shrink_end", "End a word earlier", ("Ctrl+Alt+Shift+Left",)),
            Entry("grow_end", "End a word later", ("Ctrl+Alt+Shift+Right",)),
            Entry("start_earlier", "Begin 10 ms earlier", ("Alt+Shift+Left",)),
            Entry("start_later", "Begin 10 ms later", ("Alt+Shift+Right",)),
            Entry("end_earlier", "End 10 ms earlier", ("Alt+Shift+Down",)),
            Entry("end_later", "End 10 ms later", ("Alt+Shift+Up",)),
            Entry("snap", "Snap to quiet points", ("Q",), "magnet", checkable=True),
            Entry("look_closer", "Look closer at the sound", ("Alt++", "Alt+="), "zoom-in"),
            Entry("look_farther", "Look at more of the sound", ("Alt+-",), "zoom-out"),
            Entry("look_whole", "Look at the whole clip", ("Alt+0",), "zoom-whole"),
        ),
    ),
    (
        "Note",
        (
            Entry("note", "Note on these words", ("T",), "note", "Note"),
            Entry("highlight_green", "Highlight in green", ("1",)),
            Entry("highlight_blue", "Highlight in blue", ("2",)),
            Entry("highlight_purple", "Highlight in purple", ("3",)),
            Entry("highlight_red", "Highlight in red", ("4",)),
            Entry("remove_note", "Remove note", ("Shift+T",), short="Remove"),
        ),
    ),
    (
        "Correct",
        (
            Entry("fix_words", "Correct these words…", ("W",)),
            Entry("name_speaker", "Name this speaker…", ("Shift+W",)),
            Entry("split_turn", "Begin a turn here", ("P",)),
            Entry("join_turns", "Join this turn to the one before", ("Shift+P",)),
            None,
            Entry("show_original", "Show it as in the file", ("Ctrl+Alt+O",), checkable=True),
            Entry("take_back", "Take all corrections back", ("Ctrl+Alt+Backspace",)),
            Entry("export_changes", "Export the corrections as a diff…", ("Ctrl+Alt+X",)),
        ),
    ),
    (
        "Times",
        (
            Entry("set_by_ear", "This word is heard now", ("S",)),
            Entry("nudge_earlier", "Words 100 ms earlier", (",",)),
            Entry("nudge_later", "Words 100 ms later", (".",)),
            Entry("anchors", "Words set by ear…", ("Shift+S",)),
            Entry("put_in_step", "Put the words in step with the sound", ("Ctrl+Alt+R",)),
            None,
            Entry("align", "Find the words in the sound", ("Ctrl+Alt+G",)),
            Entry("pause_aligning", "Pause finding them", ("Ctrl+Alt+U",), short="Pause", checkable=True),
            Entry("stop_aligning", "Stop finding them", ("Ctrl+Alt+Q",), short="Stop"),
            None,
            Entry("take_times", "Take the times from another transcript…", ("Ctrl+Alt+I",)),
            Entry("forget_times", "Go back to the times of the file", ("Ctrl+Alt+F",)),
        ),
    ),
    (
        "Library",
        (
            Entry("add_files", "Add files to the library…", ("Ctrl+Shift+A",), "add", "Add files…"),
            Entry("add_folder", "Add a folder to the library…", ("Ctrl+Alt+A",), short="Add folder…"),
            None,
            Entry("find_library", "Find in the library", ("Ctrl+Shift+F",), "search"),
            Entry("save_search", "Save this search", ("Ctrl+Shift+S",), short="Save"),
            Entry("play_hits", "Play all hits", ("Ctrl+Shift+P",), "play", "Play all"),
            Entry("keep_hit", "Keep this one", ("Ctrl+Shift+Return",), short="Keep"),
            Entry("next_moment", "On to the next one", ("Ctrl+Shift+J",), short="Next"),
            Entry("stop_moments", "Stop going from hit to hit", ("Ctrl+Shift+X",), short="Stop"),
            Entry("concordance", "Concordance…", ("Ctrl+Shift+K",), short="In columns"),
            Entry("save_lines", "Save the concordance…", ("Ctrl+Alt+C",), short="Save as CSV…"),
            None,
            Entry("filter_episodes", "Filter the list of episodes", ("Ctrl+L",)),
            Entry("arrange_episodes", "Order the list, or show a part of it…", ("Ctrl+Shift+L",)),
            None,
            Entry("details", "Title, show, date and tags…", ("Ctrl+Shift+D",)),
            Entry("mark_heard", "Heard", ("Ctrl+Shift+M",), checkable=True),
            Entry("point_to_sound", "Point to the sound…", ("Ctrl+Alt+P",)),
            Entry("remove_episode", "Remove from the library", ("Ctrl+Delete",)),
            Entry("restore_episode", "Bring back what was removed", ("Ctrl+Alt+Z",)),
        ),
    ),
    (
        "View",
        (
            Entry("follow", "Follow the words", ("F",), checkable=True),
            Entry("back_to_now", "Back to now", ("N",)),
            None,
            Entry("show_timings", "How times are known", ("Ctrl+T",), checkable=True),
            Entry("next_doubt", "Next doubtful words", ("D",)),
            Entry("previous_doubt", "Doubtful words before", ("Shift+D",)),
            None,
            Entry("text_larger", "Larger text", ("Ctrl++", "Ctrl+=")),
            Entry("text_smaller", "Smaller text", ("Ctrl+-",)),
            Entry("text_normal", "Normal text size", ("Ctrl+0",)),
            None,
            Entry("library_panel", "Library", ("Ctrl+B",), "sidebar", checkable=True),
            Entry("side_panel", "Results and clips", ("Ctrl+R",), "panel", checkable=True),
            Entry("read_beside", "Another transcript beside this one…", ("Ctrl+Alt+B",), checkable=True),
            Entry("full_screen", "Full screen", ("F11",), checkable=True),
            None,
            Entry("theme_system", "Light or dark as the system", ("Ctrl+Alt+S",), checkable=True),
            Entry("theme_light", "Light", ("Ctrl+Alt+L",), checkable=True),
            Entry("theme_dark", "Dark", ("Ctrl+Alt+D",), checkable=True),
            Entry("high_contrast", "High contrast", ("Ctrl+Alt+H",), checkable=True),
        ),
    ),
    (
        "Help",
        (
            Entry("keys", "Keys", ("F1", "?")),
            Entry("settings", "Settings…", ("Ctrl+,",)),
            Entry("open_links", "Open earmark: links from other programs", ("Ctrl+Alt+N",), checkable=True),
            Entry("about", "About Earmark", ("Shift+F1",)),
        ),
    ),
)

# Keys that a view handles itself, told in the list of keys with the rest.
VIEW_KEYS = (
    ("F10", "Open the menu"),
    ("Up / Down", "Move the keyboard's place a line; Shift selects"),
    ("Ctrl+Left / Ctrl+Right", "Move it a word; Shift selects"),
    ("Enter", "Play from there; in the find box: next hit, Shift for the one before"),
    ("Esc", "Clear the selection; in the find box: back to where the search began"),
    ("F2 / Delete", "Correct words of the text, rename a clip of the list; remove the chosen row"),
)
# What those rows, and Tab, keep from being given to an action.
RESERVED_KEYS = (
    "F10 F2 Up Down Shift+Up Shift+Down Ctrl+Left Ctrl+Right Ctrl+Shift+Left Ctrl+Shift+Right Return Enter"
    " Shift+Return Shift+Enter Esc Delete Tab Shift+Tab"
).split()


def entries() -> Iterator[Entry]:
    """Every row of the table, menu by menu."""
    for _, rows in TABLE:
        yield from (row for row in rows if row)


class Actions(QObject):
    """The table as live actions; `actions["play"]` is one."""

    def __init__(self, changed_keys: Mapping[str, list[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        for entry in entries():
            action = QAction(self.tr(entry.text), self)
            action.setObjectName(entry.name)
            action.setCheckable(entry.checkable)
            if entry.short:
                action.setIconText(self.tr(entry.short))
            self._actions[entry.name] = action
            self.set_keys(entry.name, changed_keys.get(entry.name, list(entry.keys)))

    def __getitem__(self, name: str) -> QAction:
        """The action of that name."""
        return self._actions[name]

    def all(self) -> list[QAction]:
        """Every action."""
        return list(self._actions.values())

    def keys(self, name: str) -> list[str]:
        """The keys of an action, as the table writes them."""
        portable = QKeySequence.SequenceFormat.PortableText
        return [key.toString(portable) for key in self._actions[name].shortcuts()]

    def set_keys(self, name: str, keys: list[str]) -> None:
        """Give an action other keys; its tooltip tells them."""
        action = self._actions[name]
        action.setShortcuts([QKeySequence(key) for key in keys])
        shown = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
        text = action.text().rstrip("…")
        action.setToolTip(f"{text} ({shown})" if shown else text)

    def holder_of(self, key: str, but: str = "") -> str | None:
        """The name of the action that has a key already, other than `but`."""
        wanted = QKeySequence(key)
        return next(
            (name for name, action in self._actions.items() if name != but and wanted in action.shortcuts()), None
        )
