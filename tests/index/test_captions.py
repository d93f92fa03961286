import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import lines, quick, spoken, texts, timed, transcripts

from index.builder import TranscriptBuilder
from index.captions import CaptionStyle, rebreak
from index.clip import clip_of, cut
from index.find import Finder
from index.formats import to_text
from index.transcript import Cue, Transcript
from index.wordsplit import GLUED
from tests.golden import compare


def columns(text: str) -> int:
    """How wide a line is on a screen of fixed pitch."""
    invisible = ("Mn", "Me", "Cf")
    seen = [character for character in text if unicodedata.category(character) not in invisible]
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in seen)


def broken(*cues: str | tuple[str | None, str], length_ms: int = 6000, style: CaptionStyle | None = None) -> list[str]:
    """The captions of cues that follow each other, lines parted by a bar."""
    captions = rebreak(spoken(*cues, length_ms=length_ms), style)
    return [" | ".join(lines(captions, number)) for number in range(captions.cue_count)]


# What holds for any transcript

STYLES = st.sampled_from(
    [CaptionStyle(), CaptionStyle(max_chars=12), CaptionStyle(max_lines=1), CaptionStyle(max_lines=3, max_chars=20)]
)


@quick
@given(transcripts(overlapping=True), STYLES)
def test_no_word_is_lost_moved_or_retimed(talk: Transcript, style: CaptionStyle) -> None:
    captions = rebreak(talk, style)
    assert [captions.word(word) for word in captions.all_words] == [talk.word(word) for word in talk.all_words]
    assert list(captions.turns()) == list(talk.turns())
    assert captions.text == talk.text


@quick
@given(transcripts(overlapping=True), STYLES)
def test_captions_are_the_whole_stream_one_speaker_each(talk: Transcript, style: CaptionStyle) -> None:
    captions = rebreak(talk, style)
    assert [word for cue in captions.cues() for word in cue.words] == list(talk.all_words)
    for cue in captions.cues():
        assert cue.words
        assert captions.turn_of(cue.words.first) == captions.turn_of(cue.words.end - 1)


@quick
@given(transcripts(overlapping=True), STYLES)
def test_lines_are_few_and_short(talk: Transcript, style: CaptionStyle) -> None:
    captions = rebreak(talk, style)
    for number, cue in enumerate(captions.cues()):
        shown = lines(captions, number)
        assert len(shown) <= style.max_lines
        words = texts(captions)[cue.words.first : cue.words.end]
        for line in shown:
            assert columns(line) <= style.max_chars or line in words


@quick
@given(transcripts(overlapping=True), STYLES)
def test_times(talk: Transcript, style: CaptionStyle) -> None:
    captions = rebreak(talk, style)
    cues = list(captions.cues())
    for cue, following in pairwise(cues):
        assert cue.start_ms <= following.start_ms
        if cue.end_ms > following.start_ms:  # Only where people talk over each other.
            assert cue.end_ms <= max(captions.span_ms(cue.words)[1], cue.start_ms + 1)
    for cue in cues:
        begun, over = captions.span_ms(cue.words)
        assert cue.end_ms > cue.start_ms >= begun
        assert cue.end_ms >= over - style.min_gap_ms
    for cue, following in pairwise(cues):
        over, after = captions.span_ms(cue.words)[1], captions.span_ms(following.words)[0]
        room = after - style.min_gap_ms
        if over <= after and max(cue.start_ms, captions.starts[cue.words.end - 1]) < room:
            assert cue.end_ms == room or cue.end_ms <= room - style.chained_ms


@quick
@given(transcripts(), STYLES)
def test_captions_begin_with_their_words_and_stay_while_there_is_room(talk: Transcript, style: CaptionStyle) -> None:
    captions = rebreak(talk, style)
    cues = list(captions.cues())
    for number, cue in enumerate(cues):
        begun, over = captions.span_ms(cue.words)
        assert cue.start_ms == begun
        assert len(cue.words) == 1 or over - begun <= style.max_ms
        letters = len(captions.text_of(cue.words))
        wanted = begun + max(style.min_ms, letters * 1000 // style.chars_per_second)
        room = cues[number + 1].start_ms - style.min_gap_ms if number + 1 < len(cues) else max(over, talk.end_ms)
        short = captions.starts[cue.words.end - 1] >= room  # Its last word is shorter than the gap.
        assert cue.end_ms >= (over if short else min(wanted, room))


def test_nothing_to_break() -> None:
    assert rebreak(TranscriptBuilder().build()).cue_count == 0


def test_old_ids_and_settings_go() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 2000, id="intro", settings="align:start")
    builder.add_text("Hello.")
    cue = rebreak(builder.build()).cue(0)
    assert (cue.id, cue.settings) == ("", "")


# Times


def test_a_short_word_stays_long_enough_to_be_read() -> None:
    builder = TranscriptBuilder()
    for start, end, text in ((0, 200, "Yes."), (5000, 5200, "No."), (5600, 5800, "Ah.")):
        builder.add_cue(start, end)
        builder.set_speaker(None, new_turn=True)
        builder.add_text(text)
    assert [(cue.start_ms, cue.end_ms) for cue in rebreak(builder.build()).cues()] == [
        (0, 1000),  # There is room,
        (5000, 5520),  # here only until two frames before the next one,
        (5600, 5800),  # and nothing is added to the end.
    ]


def test_captions_change_visibly_or_pause() -> None:
    said = spoken("One.", "Two.", "Three.", length_ms=1500)
    cues = list(rebreak(said, CaptionStyle(max_chars=6, max_lines=1)).cues())
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(0, 1420), (1500, 2920), (3000, 4500)]
    chained = CaptionStyle(max_chars=6, max_lines=1, min_gap_ms=0)
    assert [cue.end_ms for cue in rebreak(said, chained).cues()] == [1500, 3000, 4500]


def test_reading_speed() -> None:
    said = timed(("Incomprehensibilities", 0, 300), ("notwithstanding,", 300, 600), ("later", 9000, 9400))
    first: Cue = next(rebreak(said).cues())
    assert (first.start_ms, first.end_ms) == (0, 38 * 1000 // 20)


def test_people_who_talk_over_each_other_keep_their_times() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 4000)
    builder.set_speaker("Ann")
    builder.add_word("listen", 0, 4000)
    builder.add_cue(1000, 2000)
    builder.set_speaker("Ben")
    builder.add_word("no", 1000, 2000)
    captions = rebreak(builder.build())
    assert [(cue.start_ms, cue.end_ms) for cue in captions.cues()] == [(0, 4000), (1000, 2000)]


def test_a_silence_ends_a_caption() -> None:
    said = timed(("and", 0, 300), ("then", 300, 600), ("nothing", 4000, 4500))
    assert rebreak(said).cue_count == 2


# Breaks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Short enough for one line.", "Short enough for one line."),
        ("It is a pity that nobody wrote it down when", "It is a pity | that nobody wrote it down when"),
        (
            "When the tide went out, the boats lay on their sides.",
            "When the tide went out, | the boats lay on their sides.",
        ),
        ("Is it far? Not if you know the way to the mill.", "Is it far? | Not if you know the way to the mill."),
        ("She carried the lamp up the stairs to the attic.", "She carried the lamp up the stairs | to the attic."),
        (
            "You could see a lot of people waiting at the gate.",
            "You could see a lot of people | waiting at the gate.",
        ),
        (
            "We asked the baker Wilhelmina Oosterhuis for bread.",
            "We asked the baker | Wilhelmina Oosterhuis for bread.",
        ),
        (
            "The ferry that we wanted had already been cast off.",
            "The ferry that we wanted | had already been cast off.",
        ),
    ],
)
def test_lines_break_where_one_would_breathe(text: str, expected: str) -> None:
    assert broken(text) == [expected]


def test_a_word_longer_than_a_line_has_one_to_itself() -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    assert broken(f"Im {long} brennt Licht.") == [f"Im | {long}", "brennt Licht."]


def test_a_caption_does_not_end_with_an_article_though_the_source_does() -> None:
    captions = broken(
        "this might be the longest way home that we have ever taken because the",
        "river had risen in the night and nobody had told us anything.",
    )
    assert not any(caption.endswith(" the") for caption in captions), captions


def test_the_captions_of_the_source_stay_where_they_serve() -> None:
    cues = (
        "I think that people like lighthouses more than they like ships,",
        "and I believe that by now I know why it is so.",
    )
    assert [caption.replace(" |", "") for caption in broken(*cues, length_ms=3000)] == list(cues)


def test_chinese_counts_two_columns() -> None:
    captions = rebreak(spoken("今天天气很好，我们一起去公园散步，然后在湖边喝一杯热茶，看看远处的山。"))
    for number in range(captions.cue_count):
        assert all(columns(line) <= 42 for line in lines(captions, number))
    assert lines(captions, 0)[0].endswith("，")


def test_accents_on_letters_take_no_column() -> None:
    assert broken("e\u0301" * 30 + " " + "e\u0301" * 11) == ["e\u0301" * 30 + " " + "e\u0301" * 11]


def test_a_word_timed_in_pieces_is_not_broken() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 6000)
    builder.add_text("It was quite simply and absolutely")
    builder.add_text("un")
    builder.add_text("believable", joint=GLUED)
    builder.add_text("and all of us were glad.")
    captions = rebreak(builder.build())
    assert lines(captions, 0) == ["It was quite simply and absolutely", "unbelievable and all of us were glad."]


# Whole passages, looked at by a person

INTERVIEW = (
    (None, "[MUSIC]"),
    ("Mara", "When we first came down to the harbour there was nothing, and I mean"),
    ("Mara", "nothing, but the slipway and a shed that somebody had painted blue. So we"),
    ("Mara", "asked around, the way you do, and a man called Tobias Lund told us that the"),
    ("Mara", "boats go out at four in the morning if the wind allows it."),
    ("Interviewer", "And did it?"),
    ("Mara", "Not that day. Not the next one, either. We ended up mending nets for a"),
    ("Mara", "week, which, to be honest, taught me more about patience than any of the"),
    ("Mara", "books I had brought along. Yeah."),
    ("Interviewer", "Were you not tempted to go home?"),
    ("Mara", "Every single evening."),
)
GERMAN = (
    (None, "Als wir zum ersten Mal an den Hafen kamen, war dort nichts als die Helling und ein Schuppen,"),
    (None, "den jemand blau gestrichen hatte. Also fragten wir herum, wie man das eben so macht."),
)
JAPANESE = (
    ("ナオ", "港に着いたとき、そこには船台と、誰かが青く塗った小屋のほかに何もありませんでした。"),
    ("ナオ", "それで、近所の人に聞いてまわったんです。"),
    ("聞き手", "それから、どうしましたか？"),
)


@pytest.mark.parametrize(
    ("name", "cues"), [("interview", INTERVIEW), ("german", GERMAN), ("japanese", JAPANESE)], ids=lambda value: value
)
def test_passages(name: str, cues: tuple[tuple[str | None, str], ...]) -> None:
    compare(f"captions-{name}.vtt", to_text(rebreak(spoken(*cues, length_ms=4200)), "vtt"))


def test_a_clip_of_a_passage() -> None:
    talk = spoken(*INTERVIEW, length_ms=4200)
    words = Finder(talk).find("called Tobias Lund told us that the boats go out at four in the morning")[0]
    compare("captions-clip.vtt", to_text(rebreak(cut(talk, clip_of(talk, words, pad_ms=150))), "vtt"))
