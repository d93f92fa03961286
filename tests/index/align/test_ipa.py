import pytest

from index.align.ipa import nearest_phones


@pytest.mark.parametrize(
    ("ipa", "phones"),
    [
        ("tsuːkˈʊnft", "T S UW K UH N F T"),
        ("bˈyːçɜ", "B IY HH ER"),
        ("nˈiɲo", "N IY N Y OW"),
        ("mutʃˈatʃo", "M UW CH AA CH OW"),
        ("bɔ̃ʒˈuʁ", "B AO N ZH UW R"),
        ("fˈynf ʊnttsvˈantsɪç", "F IY N F UH N T T S V AA N T S IH HH"),
        ("ʔ", ""),
        ("", ""),
    ],
)
def test_each_sound_becomes_the_nearest_that_there_is(ipa: str, phones: str) -> None:
    assert nearest_phones(ipa) == phones


def test_a_nasal_vowel_is_the_same_however_it_is_written() -> None:
    assert nearest_phones("\u0254\u0303") == nearest_phones("\u00f5").replace("OW", "AO")
    assert nearest_phones("\u006f\u0303") == nearest_phones("\u00f5")
