"""How English words sound, in the phones of the recogniser: by its dictionary, and by rules for what that lacks."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from index.align.numbers import spoken_number

Lookup = Callable[[str], str | None]
"""The phones of a word in lower case as the dictionary has them (`HH EH L OW`), or None."""

_PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:st|nd|rd|th|s)?(?![^\W\d_])|[^\W\d_]+(?:['’][^\W\d_]+)*|[0-9]+", re.I)
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            "EY,B IY,S IY,D IY,IY,EH F,JH IY,EY CH,AY,JH EY,K EY,EH L,EH M,EH N,OW,P IY,K Y UW,AA R,EH S,T IY,Y UW,"
            "V IY,D AH B AH L Y UW,EH K S,W AY,Z IY"
        ).split(","),
        strict=True,
    )
)
_LETTERS_MOST = 5  # Capitals in a row that are read letter by letter.
# Letters that are read together, longest first; `^` stands for the beginning of a word and `$` for its end.
_RULES = tuple(
    sorted(
        (
            (letters, phones.strip())
            for letters, _, phones in (
                rule.partition("=")
                for rule in (
                    "tion=SH AH N,ssion=SH AH N,sion=ZH AH N,cian=SH AH N,cious=SH AH S,tious=SH AH S,tial=SH AH L,"
                    "cial=SH AH L,ture=CH ER,sure=ZH ER,ious=IY AH S,ous$=AH S,ough=AO,augh=AO,eigh=EY,igh=AY,"
                    "tch=CH,dge=JH,sch=SH,^ps=S,^kn=N,^gn=N,^wr=R,^wh=W,^x=Z,^mc=M AH K,^pf=F,"
                    "ch=CH,sh=SH,th=TH,ph=F,wh=W,gh=G,ck=K,ng$=NG,nk=NG K,qu=K W,zh=ZH,cz=CH,sz=SH,"
                    "ee=IY,ea=IY,oo=UW,ou=AW,ow=OW,oa=OW,ai=EY,ay=EY,ei=AY,ey=EY,ie=IY,oi=OY,oy=OY,au=AO,aw=AO,"
                    "ew=UW,ue$=UW,eu=UW,ui=UW,io=IY OW,ia=IY AH,eo=IY OW,ya=Y AA,"
                    "air=EH R,ear=IH R,eer=IH R,oor=AO R,our=AO R,are$=EH R,ore$=AO R,ire$=AY R,er=ER,ir=ER,ur=ER,"
                    "ar=AA R,or=AO R,yr=IH R,"
                    "bb=B,cc=K,dd=D,ff=F,gg=G,kk=K,ll=L,mm=M,nn=N,pp=P,rr=R,ss=S,tt=T,vv=V,zz=Z,"
                    "ce=S EH,ce$=S,ci=S IH,cy=S IY,ge$=JH,ge=JH EH,gi=JH IH,gy=JH IY,le$=AH L,y$=IY,ed$=D,es$=Z,"
                    "a$=AH,o$=OW,e$=,i$=IY,u$=UW,"
                    "a=AE,b=B,c=K,d=D,e=EH,f=F,g=G,h=HH,i=IH,j=JH,k=K,l=L,m=M,n=N,o=AA,p=P,q=K,r=R,s=S,t=T,u=AH,"
                    "v=V,w=W,x=K S,y=IH,z=Z"
                ).split(",")
            )
        ),
        key=lambda rule: -len(rule[0]),
    )
)
_LONG = {"a": "EY", "e": "IY", "i": "AY", "o": "OW", "u": "UW"}  # A vowel before one consonant and a silent e.
_SILENT_E = re.compile(r"([aeiou])([bdfgklmnprstvz])e(s?)\Z")
_HISSING = ("S", "Z", "SH", "CH", "JH", "ZH")
_VOICELESS = ("P", "T", "K", "F", "TH")
VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
"""Of the phones of the recogniser."""

SONORANTS = VOWELS | frozenset("L M N NG R W Y".split())
"""Phones in which nobody falls silent."""

STOPS = frozenset("B CH D G JH K P T".split())
"""Phones that begin with silence."""

NOTHING = "AH"  # What stands for a word that has no letter an English reader knows.


def pieces(word: str) -> list[str]:
    """What is spoken of a written word, piece by piece: `GPT-3's` is `GPT` and `three`; `—` is nothing."""
    found: list[str] = []
    for piece in _PIECE.findall(word):
        found += spoken_number(piece) or [piece]
    if "%" in word:
        found.append("percent")
    return found


def written_pieces(word: str) -> list[str]:
    """The pieces of a word of any language, numbers as they are written."""
    return _PIECE.findall(word)


def phones_of(piece: str, lookup: Lookup) -> str:
    """The phones of one piece, always some: from the dictionary, as a form of a word in it, by letters, or by rules."""
    plain = _plain(piece)
    bare = plain.replace("'", "")
    known = lookup(plain) or lookup(bare)
    if known:
        return known
    if bare and bare.isascii() and piece.isupper() and len(bare) <= _LETTERS_MOST:
        return " ".join(_LETTERS[letter] for letter in bare if letter in _LETTERS)
    return _inflected(plain, lookup) or _joined(bare, lookup) or _by_rules(bare) or NOTHING


def _plain(piece: str) -> str:
    lower = unicodedata.normalize("NFKD", piece.replace("’", "'").lower())
    return "".join(letter for letter in lower if letter.isalpha() or letter == "'").strip("'")


def _inflected(word: str, lookup: Lookup) -> str:
    """A possessive, a plural or a past of a word that is known."""
    for ending in ("'s", "s'", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = lookup(word.removesuffix(ending)) or (ending[0] == "'" and _by_rules(word.removesuffix(ending)))
            if stem:
                return f"{stem} {_hiss(stem.split()[-1])}"
    for ending, phones in (("ing", "IH NG"), ("ly", "L IY"), ("er", "ER"), ("ed", "D"), ("able", "AH B AH L")):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            found = lookup(stem) or lookup(stem + "e")
            if found:
                return f"{found} {phones}"
    return ""


def _hiss(last: str) -> str:
    return "IH Z" if last in _HISSING else "S" if last in _VOICELESS else "Z"


def _joined(word: str, lookup: Lookup) -> str:
    """Two known words written as one: `runwayml` is not, `databricks` nearly, `podcasters` is."""
    for cut in range(len(word) - 3, 3, -1):
        first, second = lookup(word[:cut]), lookup(word[cut:])
        if first and second:
            return f"{first} {second}"
    return ""


def _by_rules(word: str) -> str:
    return " ".join(_ruled(word))


def _ruled(word: str) -> Iterator[str]:
    silent = _SILENT_E.search(word)
    long_at = silent.start() if silent and silent.start() else -1
    at = 0
    while at < len(word):
        if at == long_at:
            yield _LONG[word[at]]
            at += 1
            continue
        letters, phones = next(
            (
                (letters.strip("^$"), phones)
                for letters, phones in _RULES
                if word.startswith(letters.strip("^$"), at)
                and not (letters[0] == "^" and at)
                and not (letters[-1] == "$" and at + len(letters.strip("^$")) < len(word))
                and not (at < long_at < at + len(letters.strip("^$")))
            ),
            (word[at], ""),
        )
        if phones:
            yield phones
        at += len(letters)
