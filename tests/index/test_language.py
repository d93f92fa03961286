import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import guess, name

SAMPLES = {
    "ar": "كان البحر هادئا في ذلك الصباح وكنا نمشي على الرمل الطويل",
    "bg": "Морето беше спокойно онази сутрин и ние вървяхме дълго по пясъка, защото нямаше вятър и път",
    "ca": "El mar era molt tranquil aquell matí i nosaltres vam caminar per la sorra, però no hi havia ningú més",
    "cs": "Moře bylo to ráno klidné a my jsme šli po písku, ale nikdo tam nebyl a já jsem si myslel, že je to jen sen",
    "da": "Havet var stille den morgen, og vi gik en tur på stranden, men der var ikke nogen, og jeg tænkte på hvad",
    "de": "Das Meer war an dem Morgen ganz still, und wir sind lange durch den Sand gegangen, aber es war nicht zu",
    "el": "Η θάλασσα ήταν ήσυχη εκείνο το πρωί και περπατούσαμε πολύ ώρα",
    "en": "The tide was low that morning, so we walked out to the boats, and they were not as far as you would think",
    "es": "El mar estaba tranquilo esa mañana y caminamos mucho por la arena, pero no había nadie más que los barcos",
    "fa": "دریا آن روز صبح آرام بود و ما روی شن‌ها راه می‌رفتیم و چیزی نمی‌گفتیم",
    "fi": "Meri oli sinä aamuna tyyni ja me kävelimme hiekalla, mutta kukaan ei ollut siellä, niin että se oli meidän",
    "fr": "La mer était calme ce matin et nous avons marché sur le sable, mais il n'y avait personne avec nous dans la",
    "he": "הים היה שקט באותו בוקר והלכנו הרבה זמן על החול",
    "hi": "उस सुबह समुद्र शांत था और हम रेत पर बहुत देर तक चले",
    "hr": "More je bilo mirno to jutro i mi smo hodali po pijesku, ali nije bilo nikoga i ja sam mislio da je to samo",
    "hu": "A tenger nyugodt volt azon a reggelen, és mi sokat sétáltunk a homokon, de nem volt ott senki, csak egy",
    "id": "Laut tenang pagi itu dan kita berjalan di pasir yang panjang, tidak ada orang lain dan saya tidak bisa",
    "it": "Il mare era calmo quella mattina e noi abbiamo camminato sulla sabbia, ma non c'era nessuno con le barche",
    "ja": "その朝は潮が引いていて、私たちは砂の上を長い間歩きました。",
    "ko": "그날 아침 바다는 고요했고 우리는 모래 위를 오래 걸었다",
    "nb": "Havet var stille den morgenen, og vi gikk en tur, men det var ikke noen der, og jeg tenkte på hva han sa",
    "nl": "De zee was die ochtend stil en we hebben een tijd door het zand gelopen, maar er was niet veel te zien voor",
    "pl": "Morze było tego ranka spokojne i szliśmy po piasku, ale nie było nikogo, tak że to był jak sen, który się",
    "pt": "O mar estava calmo naquela manhã e nós andamos pela areia, mas não havia mais ninguém com os barcos e isso",
    "ro": "Marea era liniștită în acea dimineață și am mers pe nisip, dar nu mai era nimeni cu noi și este bine că am",
    "ru": "Море было спокойным в то утро, и мы долго шли по песку, но никого не было",
    "sr": "Море је било мирно тог јутра и ми смо ходали по песку, али није било никога, људи нису долазили њима",
    "sv": "Havet var stilla den morgonen och vi gick på stranden, men det var inte någon där och jag tänkte på det han",
    "th": "ทะเลสงบในเช้าวันนั้นและเราเดินบนทรายเป็นเวลานาน",
    "tr": "O sabah deniz çok sakindi ve biz kumda yürüdük ama orada bir kişi bile yoktu, bu da benim için güzel bir",
    "uk": "Море було спокійним того ранку, і ми довго йшли по піску, але нікого не було",
    "vi": "Biển rất yên vào buổi sáng và chúng tôi đi trên cát, không có người nào khác với những con thuyền của tôi",
    "zh": "那天早上海面很平静，我们在沙滩上走了很久。",
}


@pytest.mark.parametrize(("code", "text"), SAMPLES.items(), ids=SAMPLES)
def test_languages(code: str, text: str) -> None:
    assert guess(text) == code
    assert name(code) != "unknown"


@pytest.mark.parametrize(
    "text", ["", "Hello there.", "12 34 56", "la la la la la la la la la la la la la", "はい。", "…" * 50]
)
def test_too_little_to_tell(text: str) -> None:
    assert guess(text) == ""
    assert name("") == "unknown"


def test_names_and_quotations_change_nothing() -> None:
    text = SAMPLES["en"] + " She said “Ich weiß es nicht” to Señor Müller of 東京 and Москва. " + SAMPLES["en"]
    assert guess(text) == "en"


@given(st.text(max_size=200))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert (name(guess(text)) == "unknown") == (guess(text) == "")
