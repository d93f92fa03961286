import pytest

from index.sentences import ends_sentence


@pytest.mark.parametrize(
    "text", ["home.", "home?", "“Home!”", "(home…)", "家。", "「家。」", "said.’”", "so on...", "»Nein!«"]
)
def test_a_stop_ends_a_sentence_whatever_closes_after_it(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "home", "home,", "3.5", "www.home", "家、", "“home”", "…and"])
def test_nothing_else_does(text: str) -> None:
    assert not ends_sentence(text)
