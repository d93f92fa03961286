"""How words of any language sound, in the phones of the English recogniser: the nearest that it has to each sound."""

import unicodedata

# By the signs of the International Phonetic Alphabet; where several begin alike, the longest that fits counts.
_NEAREST = {
    "tʃ": "CH",
    "dʒ": "JH",
    "ts": "T S",
    "pf": "P F",
    "aɪ": "AY",
    "aʊ": "AW",
    "ɔɪ": "OY",
    "ɔʏ": "OY",
    "ɔø": "OY",
    "oɪ": "OY",
    "eɪ": "EY",
    "oʊ": "OW",
    "əʊ": "OW",
    "ɑ̃": "AA N",
    "ɔ̃": "AO N",
    "ɛ̃": "AE N",
    "œ̃": "AH N",
    "ã": "AA N",
    "õ": "OW N",
    "ẽ": "EY N",
    "ĩ": "IY N",
    "ũ": "UW N",
    **dict.fromkeys("aɑɐ", "AA"),
    **dict.fromkeys("æ", "AE"),
    **dict.fromkeys("ʌəɤ", "AH"),
    **dict.fromkeys("ɔɒ", "AO"),
    **dict.fromkeys("ɛœ", "EH"),
    **dict.fromkeys("ɜɝɚ", "ER"),
    **dict.fromkeys("eø", "EY"),
    **dict.fromkeys("ɪʏɨ", "IH"),
    **dict.fromkeys("iy", "IY"),
    **dict.fromkeys("o", "OW"),
    **dict.fromkeys("ʊ", "UH"),
    **dict.fromkeys("uɯ", "UW"),
    **dict.fromkeys("bβ", "B"),
    **dict.fromkeys("cç", "HH"),
    **dict.fromkeys("dɖ", "D"),
    **dict.fromkeys("ð", "DH"),
    **dict.fromkeys("fɸ", "F"),
    **dict.fromkeys("ɡgɣ", "G"),
    **dict.fromkeys("hɦxχħ", "HH"),
    **dict.fromkeys("jʝ", "Y"),
    **dict.fromkeys("kq", "K"),
    **dict.fromkeys("lɫɭʟ", "L"),
    **dict.fromkeys("mɱ", "M"),
    **dict.fromkeys("nɳ", "N"),
    **dict.fromkeys("ŋ", "NG"),
    **dict.fromkeys("p", "P"),
    **dict.fromkeys("rɹɾɻʁʀɽ", "R"),
    **dict.fromkeys("sʂ", "S"),
    **dict.fromkeys("ʃɕ", "SH"),
    **dict.fromkeys("tʈ", "T"),
    **dict.fromkeys("θ", "TH"),
    **dict.fromkeys("vʋ", "V"),
    **dict.fromkeys("wɥ", "W"),
    **dict.fromkeys("zʐ", "Z"),
    **dict.fromkeys("ʒʑ", "ZH"),
    "ɲ": "N Y",
    "ʎ": "L Y",
}
_LONGEST = max(map(len, _NEAREST))


def nearest_phones(ipa: str) -> str:
    """The phones nearest to a word in the International Phonetic Alphabet; signs for stress and length say nothing."""
    plain = unicodedata.normalize("NFC", "".join(sign for sign in ipa if sign not in "ˈˌːˑʲʔ-_|"))
    plain = plain.replace("͡", "")
    found: list[str] = []
    at = 0
    while at < len(plain):
        for length in range(_LONGEST, 0, -1):
            piece = plain[at : at + length]
            phones = _NEAREST.get(piece) or _NEAREST.get(unicodedata.normalize("NFD", piece))
            if phones:
                found.append(phones)
                break
        at += length
    return " ".join(found)
