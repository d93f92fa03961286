"""Which language a text is in, guessed from its script and its commonest words; nothing is looked up anywhere."""

import re
from collections import Counter

# The small words of each language that are written in Latin letters: those that most sentences have one of.
_WORDS = {
    "ca": "el la els les de que i no és un una per amb però com més això molt també hi ha jo del perquè quan són",
    "cs": "a je se na že to v ne ale jsem jak si tak co do by jsme já když není jako pro už které nebo byl ještě jen",
    "da": "og at det er jeg ikke som en på til med for af vi har den så men om kan et de var også hvad mig noget blev",
    "de": "der die das und ist nicht ich wir sie es ein eine zu auch dass mit auf den von wie aber noch man sich haben",
    "en": "the and of to that is you it in was for with this they have are not what but be on we so at from or an if",
    "es": "el la los las de que y en un una es no por para con se lo pero como más muy esto está yo qué del también",
    "et": "ja on ei et see ma oli aga kui nii mis ka siis ta või väga seda meie nad mul olen kõik üks juba",
    "fi": "ja on ei se että en hän oli mutta niin minä kun mitä tämä ole myös kuin ovat sitä jos me sen joka nyt",
    "fr": "le la les de des et est que je pas vous nous une dans pour qui sur mais avec ce il elle on plus ça très du",
    "hr": "i je da se u na to ne što sam su bi ali kako za ja smo biti kao od samo nije ili još koji jer ovo",
    "hu": "a az és hogy nem egy is ez van de meg már csak mint volt azt ha vagy nagyon ezt akkor lehet mert én",
    "id": "yang dan di itu ini saya tidak dengan untuk dari ada kita juga akan bisa kamu karena pada dia mereka atau",
    "is": "og að er það ég ekki sem á við en til um var hann hún þetta af því með eru við hafa þegar",
    "it": "il la i gli le di che e è un una non per con si sono ma come anche più questo della del ho mi perché lo",
    "lt": "ir kad tai aš ne yra su bet kaip tik buvo jau į ar o labai mes jis taip dar iš",
    "lv": "un ir ka es ne tas to ar bet par no kā vai mēs jau lai tā viņš arī nav kas man ļoti",
    "nb": "og at det er jeg ikke som en på til med for av vi har den så men om kan et de var også hva meg noe ble",
    "nl": "de het een en van ik is dat niet je we zijn op voor met te ook maar dan wat als er heb naar nog hij deze",
    "pl": "i w nie się na że to jest z do co jak ale tak o od po tym czy był dla już jestem przez może które",
    "pt": "o a os as de que e do da em um uma não é para com se por mais mas como você isso está foi muito eu também",
    "ro": "și de la nu că este un o în pe cu mai să sunt dar din ca ce care am fost foarte pentru acest dacă eu",
    "sk": "a je sa na že to v nie ale som ako si tak čo do by sme ja keď pre už aj alebo bol ešte len ktoré",
    "sl": "in je da se na ne v sem so bi pa tudi kot ki za kaj še bil ko če smo to lahko zelo samo",
    "sv": "och att det är jag inte som en på han för med av vi har den så men om till kan ett var också mycket från",
    "tl": "ang ng sa na mga hindi ako ka at ay ko ito siya kung lang niya naman may para",
    "tr": "ve bir bu da de için ne çok ben o ama gibi var daha mi değil olarak kadar şey sonra biz ki en",
    "vi": "là và của không có cho một những được tôi trong này người các đã với cũng khi thì rất bạn như để",
}
# Scripts, each with the language that most of what is written in it is in.
_SCRIPTS = {
    "am": "\u1200-\u137f",
    "ar": "\u0600-\u06ff\u0750-\u077f",
    "bn": "\u0980-\u09ff",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "gu": "\u0a80-\u0aff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "hy": "\u0530-\u058f",
    "ja": "\u3040-\u30ff\uff66-\uff9f",
    "ka": "\u10a0-\u10ff",
    "km": "\u1780-\u17ff",
    "kn": "\u0c80-\u0cff",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "lo": "\u0e80-\u0eff",
    "ml": "\u0d00-\u0d7f",
    "my": "\u1000-\u109f",
    "pa": "\u0a00-\u0a7f",
    "ru": "\u0400-\u04ff",
    "si": "\u0d80-\u0dff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "th": "\u0e00-\u0e7f",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff",
    "": "A-Za-zÀ-ɏḀ-ỿ",  # Latin, which the words decide.
}
# Letters that only one of the languages of a script has, or none of the others often.
_TELLING = {
    "ru": {"uk": "іїєґ", "be": "ў", "mk": "ѓќѕ", "sr": "ђћљњџ", "ru": "ыэё", "bg": "ъ"},
    "ar": {"ur": "ٹڈڑےں", "fa": "پچژگی", "ar": "ةىيك"},
}
_NAMES = dict(
    pair.split()
    for pair in (
        "am Amharic|ar Arabic|be Belarusian|bg Bulgarian|bn Bengali|ca Catalan|cs Czech|da Danish|de German|"
        "el Greek|en English|es Spanish|et Estonian|fa Persian|fi Finnish|fr French|gu Gujarati|he Hebrew|"
        "hi Hindi|hr Croatian|hu Hungarian|hy Armenian|id Indonesian|is Icelandic|it Italian|ja Japanese|"
        "ka Georgian|km Khmer|kn Kannada|ko Korean|lo Lao|lt Lithuanian|lv Latvian|mk Macedonian|ml Malayalam|"
        "my Burmese|nb Norwegian|nl Dutch|pa Punjabi|pl Polish|pt Portuguese|ro Romanian|ru Russian|si Sinhala|"
        "sk Slovak|sl Slovenian|sr Serbian|sv Swedish|ta Tamil|te Telugu|th Thai|tl Tagalog|tr Turkish|"
        "uk Ukrainian|ur Urdu|vi Vietnamese|zh Chinese"
    ).split("|")
)
_LANGUAGES_OF: dict[str, list[str]] = {}
for _code, _list in _WORDS.items():
    for _word in set(_list.split()):
        _LANGUAGES_OF.setdefault(_word, []).append(_code)

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 40_000  # Characters, from the beginning and as many from the middle.
_FEWEST_WORDS, _FEWEST_LETTERS = 12, 8
_SHARE = 0.12  # Of all words: every third is a small one in speech.
_LEAD = 1.15  # Over the second language.


def guess(text: str) -> str:
    """The language of a text as a code of BCP 47 (`en`, `pt`, `zh`); "" where there is too little to tell it by."""
    middle = len(text) // 2
    sample = text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[middle : middle + _SAMPLE]
    sample = sample.lower()
    script = _script(sample)
    if script == "":
        return _latin(_WORD.findall(sample))
    return _told_apart(script, sample) if script else ""


def name(code: str) -> str:
    """The English name of a language that `guess` gives; `unknown` for none."""
    return _NAMES.get(code, "unknown")


def _script(sample: str) -> str | None:
    """The script that most letters are of, kana counting for all of a Japanese text; None for too few letters."""
    codes = ("",) if sample.isascii() else tuple(_SCRIPTS)  # Most texts have the letters of one script only.
    counts = Counter({code: len(re.findall(f"[{_SCRIPTS[code]}]", sample)) for code in codes})
    if counts["ja"] * 10 > counts["zh"]:
        counts["ja"] += counts["zh"]
    best = max(counts, key=counts.__getitem__)
    enough = counts[best] >= _FEWEST_LETTERS and counts[best] * 2 > sum(counts.values()) - counts["zh"]
    return best if enough else None


def _told_apart(script: str, sample: str) -> str:
    counts = {code: len(re.findall(f"[{letters}]", sample)) for code, letters in _TELLING.get(script, {}).items()}
    best = max(counts, key=counts.__getitem__, default=script)
    return best if counts.get(best) else script


def _latin(words: list[str]) -> str:
    if len(words) < _FEWEST_WORDS:
        return ""
    scores, shares = dict[str, float](), Counter[str]()
    for word, count in Counter(words).items():
        for code in _LANGUAGES_OF.get(word, ()):
            scores[code] = scores.get(code, 0.0) + count / len(_LANGUAGES_OF[word])  # A word of many tells little.
            shares[code] += count
    if not scores:
        return ""
    second, first = [0.0, *sorted(scores.values())][-2:]
    best = max(scores, key=scores.__getitem__)
    return best if shares[best] >= _SHARE * len(words) and first >= _LEAD * second else ""
