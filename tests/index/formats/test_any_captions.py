"""Any bytes that begin like a caption file are a transcript or an error with one sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import TranscriptError
from index.formats import read_bytes, to_text
from index.formats.base import WriteOptions

FAMILIES = {
    "ttml": (
        b'<tt xmlns:ttm="x"><body><p begin="1s" end="2s" ttm:agent="a">',
        b'<p begin="|<p>|</p>|<span begin="1s">|<span unit="word" |<span unit="sentence">|</span>|end="3s"|dur="2f">|'
        b'<br/>|<div timeContainer="seq">|</div>|ttm:agent="b"|<ttm:agent xml:id="b"><ttm:name>|<head>|&amp;|&|'
        b"<![CDATA[|]]>|<!--|-->|a b|1:00.5|'|\">|\0|\x80|</body>|</tt>",
    ),
    "sbv": (b"0:00:01.000,0:00:02.000\na\n", b"0:00:0|,|0:00:03.000|\n|>> |Ann: |[br]|a b|.|9|\0|\x80"),
    "lrc": (b"[00:01.00]a\n", b"[00:02.00]|<00:03.00>|[offset:+1]|\n|a b|[|]|<|>|:|.|9|Ann: |>> |\0|\x80|[ti:x]"),
    "ass": (
        b"[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,Ann,0,0,0,,a",
        b"\nDialogue: 0,|0:00:03.00,|,|Bob|{|}|\\N|\\p1|{\\p0}|a b|\nFormat: Start, End, Text|\nComment: |-|9|\0|\x80",
    ),
    "smi": (b"<SAMI><SYNC Start=1>a", b"<SYNC Start=|9|>|<P Class=A>|<br>|&nbsp;|<!--|-->|</|a b|</BODY>|\"|'|\0|\x80"),
    "sub": (b"{1}{2}a\n{3}{4}b\n", b"{5}{6}|{}|{y:i}|{|}|9|a b|/|\n|\n\n|\0|\x80|{1}{1}25"),
    "mpl": (b"[1][2]a\n[3][4]b\n", b"[5][6]|[]|[|]|9|a b|/|\n|\n\n|\0|\x80"),
    "tmp": (b"00:00:01:a\n00:00:02:b\n", b"00:00:03|:|<u>|<|>|9|a b|/|\n|\n\n|\0|\x80"),
}


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_bytes(family: str, data: st.DataObject) -> None:
    start, parts = FAMILIES[family]
    piece = st.one_of(st.sampled_from(parts.split(b"|")), st.binary(max_size=6))
    content = start + b"".join(data.draw(st.lists(piece, max_size=25)))
    sentence = ""
    try:
        transcript = read_bytes(content, "any").transcript
    except TranscriptError as error:
        sentence = str(error)
    if sentence:
        assert sentence.startswith("“any” ")
        assert "\n" not in sentence
        return
    assert len(transcript) > 0
    assert all(transcript.starts[word] <= transcript.ends[word] for word in transcript.all_words)
    if not transcript.timed:
        return
    for suffix in ("ttml", "sbv", "lrc", "ass"):
        written = to_text(transcript, suffix, WriteOptions(word_times=True)).encode()
        assert len(read_bytes(written, "again").transcript) > 0
