import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.wordsplit import is_spaceless, split_run


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("hello", ["hello"]),
        ("naïve—it’s", ["naïve—it’s"]),
        ("今日は。", ["今", "日", "は。"]),
        ("「東京」へ", ["「東", "京」", "へ"]),
        ("データー", ["デー", "ター"]),
        ("きょう", ["きょ", "う"]),
        ("iPhone版", ["iPhone", "版"]),
        ("使用Linux，好", ["使", "用", "Linux，", "好"]),
        ("สวัสดีครับ", ["สวัสดีครับ"]),
        ("안녕하세요", ["안녕하세요"]),
        ("𠮷野家", ["𠮷", "野", "家"]),
    ],
)
def test_runs(run: str, pieces: list[str]) -> None:
    assert split_run(run) == pieces


@given(st.text(st.characters(blacklist_categories=("Cs", "Zs", "Cc")), min_size=1))
def test_nothing_is_lost_and_no_piece_is_empty(run: str) -> None:
    pieces = split_run(run)
    assert "".join(pieces) == run
    assert all(pieces)


def test_spaceless_scripts() -> None:
    assert is_spaceless("漢")
    assert is_spaceless("ア")
    assert not is_spaceless("a")
    assert not is_spaceless("한")
    assert not is_spaceless("。")


def test_voicing_marks_stay_with_their_kana() -> None:
    assert split_run("ｶﾞｷﾞﾊﾟｯｸ") == ["ｶﾞ", "ｷﾞ", "ﾊﾟｯ", "ｸ"]
    assert split_run("ﾃﾞｰﾀ") == ["ﾃﾞｰ", "ﾀ"]
    assert split_run("か\u3099き") == ["か\u3099", "き"]
    assert split_run("葛\U000e0100城") == ["葛\U000e0100", "城"]
