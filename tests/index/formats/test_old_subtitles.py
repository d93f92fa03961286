import pytest
from reading import cues, read, turns

from index import formats
from index.errors import TranscriptError

SAMI = """<SAMI>
<HEAD><STYLE TYPE="text/css"><!-- P { color: white } .ENCC { Name: English; } --></STYLE></HEAD>
<BODY>
<SYNC Start=1000><P Class=ENCC>Ann: Salt &amp; <i>sea</i><br>
water
<SYNC Start="2500"><P Class=ENCC>&nbsp;
<SYNC Start=4000><P Class=ENCC>a &lt; b</P><P Class=DECC>nicht das</P>
<SYNC Start=5000><P Class="ENCC">Bob: far</P></SYNC>
</BODY></SAMI>
after
"""
MICRODVD = "{1}{1}25\n{25}{50}{y:i}Salt|and sea\n{100}{}on\n{150}{200}the {C:$0000FF}shore\n"
MPL2 = "[10][25]/Salt|and sea\n[40][50] on the shore\n"
TMPLAYER = "00:00:01:Salt|and <b>sea</b>\n00:00:04:on the shore\n"


def test_sami() -> None:
    result = read(SAMI, "tides.smi")
    assert result.format == "SAMI"
    assert result.warnings == ()
    assert cues(result.transcript) == [
        (1000, 2500, "Salt & sea water"),
        (4000, 5000, "a < b"),
        (5000, 5000 + 60 * 8, "far"),
    ]
    assert turns(result.transcript) == [("Ann", "Salt & sea water a < b"), ("Bob", "far")]
    assert result.transcript.begins_line(3)


def test_sami_without_classes_out_of_order_and_damaged() -> None:
    result = read("<sami><sync start=3000>sea<sync start=x>lost<sync start='1000'><P>Salt<sync start=2000>&nbsp")
    assert cues(result.transcript) == [(1000, 2000, "Salt"), (3000, 3180, "sea")]
    assert result.warnings == ("One caption without a time was left out.",)


def test_microdvd() -> None:
    result = read(MICRODVD, "tides.sub")
    assert result.format == "MicroDVD"
    assert result.warnings == ()
    assert cues(result.transcript) == [
        (1000, 2000, "Salt and sea"),
        (4000, 6000, "on"),
        (6000, 8000, "the shore"),
    ]


@pytest.mark.parametrize("first", ["", "{1}{1}0\n", "{0}{0}9999999\n"])
def test_microdvd_that_does_not_tell_its_rate(first: str) -> None:
    result = read(first + "{24}{48}Salt\n{96}{120}sea\n")
    assert cues(result.transcript)[-2:] == [(1001, 2002, "Salt"), (4004, 5005, "sea")]
    assert any("counts frames" in warning for warning in result.warnings)


def test_mpl2() -> None:
    result = read(MPL2, "tides.txt")
    assert result.format == "MPL2"
    assert cues(result.transcript) == [(1000, 2500, "Salt and sea"), (4000, 5000, "on the shore")]


def test_tmplayer() -> None:
    result = read(TMPLAYER, "tides.txt")
    assert result.format == "TMPlayer"
    assert cues(result.transcript)[0][::2] == (1000, "Salt and sea")
    assert cues(result.transcript)[1][::2] == (4000, "on the shore")
    assert cues(result.transcript)[0][1] <= 4000


@pytest.mark.parametrize("text", [MICRODVD, MPL2, TMPLAYER])
def test_lines_that_are_left_out_are_told(text: str) -> None:
    assert "One line without a time was left out." in read(text * 6 + "lost\n").warnings


@pytest.mark.parametrize(
    "text",
    [
        "00:00:01:12 Salt\n00:00:04:20 sea",
        "[1] note\n[2] another",
        "{a}{b}Salt\n{c}{d}sea",
        "{0}{1} once",
        "<samisen>",
        "00:00:01: Ann\n",
        "[00:01:23] Ann: Salt\n[00:01:25] Bob: sea",
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    found = formats.sniff(text)
    assert found is None or found.name not in ("SAMI", "MicroDVD", "MPL2", "TMPlayer")


TWO = "{1}{2}a\n{3}{4}b\n"


@pytest.mark.parametrize(
    "text",
    [
        "<SAMI>" + "<sync start=1>a" * 60_000,
        "<SAMI>" + "<sync start=1><p class=" * 40_000,
        "<SAMI>" + "<" * 900_000,
        "<SAMI><sync start=1>" + "<br>" * 200_000 + "a",
        "<SAMI><sync start=1>" + "&" * 900_000,
        "<SAMI><sync " + "start = " * 100_000 + ">",
        TWO + "{5}{6}" + "{y:" * 300_000,
        TWO + "{5}{6}" + "{" * 900_000,
        TWO + "{5}{6}" + "{}" * 400_000,
        TWO + "{" + " " * 900_000,
        TWO + "{99999999}{99999999}a",
        TWO + "{٣}{٤}a",
        MPL2 + "[1][2]" + "|/" * 400_000,
        MPL2 + "[" * 900_000,
        TMPLAYER + "00:00:09:" + "<a" * 400_000,
        TMPLAYER + "00:00:09:" + "<" + " " * 900_000,
        TMPLAYER + "00:00:09:" + "< /" * 300_000,
        TMPLAYER + "99:99:99:a",
    ],
)
def test_hostile_text_costs_little(text: str) -> None:
    try:
        assert len(read(text, "hostile.sub").transcript)
    except TranscriptError as error:
        assert str(error).startswith("“hostile.sub” ")  # noqa: PT017
