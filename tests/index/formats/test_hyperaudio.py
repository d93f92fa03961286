import pytest
from reading import exact, read, turns

from index import formats
from index.errors import TranscriptError

SAMPLE = """<article>
 <section>
  <p>
   <span class="speaker" data-m="3950" data-d="0">[Ana] </span>
   <span data-m="4760" data-d="520">Testing </span><span data-m="5280" data-d="300">herons, </span>
  </p>
  <p><span data-m="6000" data-d="400">again</span><span data-m="6400" data-d="300">st </span>all.</p>
  <p><span class="speaker" data-m="7000" data-d="0">Ben: </span><span data-m="7000">Why?</span></p>
 </section>
</article>
"""


def test_the_sample() -> None:
    result = read(SAMPLE)
    assert result.format == "Hyperaudio"
    assert turns(result.transcript) == [("Ana", "Testing herons, against all."), ("Ben", "Why?")]
    assert exact(result.transcript)[:3] == [("Testing", 4760, 5280), ("herons,", 5280, 5580), ("against", 6000, 6700)]
    assert result.transcript.cue_count == 3
    assert result.warnings == ()


def test_it_is_known_and_nothing_before_takes_it() -> None:
    assert next(format.name for format in formats.FORMATS if format.sniff(SAMPLE)) == "Hyperaudio"


def test_damaged_times_and_a_file_cut_short() -> None:
    text = SAMPLE.replace('data-m="5280"', 'data-m="NaN"')
    assert len(read(text).transcript) == 5
    assert read(SAMPLE[: SAMPLE.index("again")]).transcript.text == "Testing herons,"


def test_no_word_has_a_time() -> None:
    with pytest.raises(TranscriptError, match="no timed words"):
        read('<p><span data-m="soon">Testing</span></p>')
