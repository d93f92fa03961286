"""How well words of other languages are found with espeak-ng, in speech of an engine that is none of its kin."""

from __future__ import annotations

import time

import numpy as np

from index.align import espeak
from index.align.approximate import align_approximately, align_text_approximately
from index.align.crew import Alone
from index.align.sound import SamplesSound
from index.transcript import Timing, Transcript
from tests.bench import pico
from tests.bench.align_spoken import FAR_MS, cues_of
from tests.bench.report import Row
from tests.bench.spoken import Speech
from tests.index.align.oracle import never, nobody, untimed

_P95_MS, _FAR = 200, 0.01
_TALKS = {
    "de": """\
Guten Abend und willkommen zu unserer Sendung über das Leben in der Stadt. Heute sprechen wir darüber, wie Menschen
ihre Wege planen und warum so viele von ihnen trotzdem zu spät kommen. Ich habe vor ein paar Jahren angefangen,
jeden Morgen mit dem Fahrrad zur Arbeit zu fahren. Am Anfang war das ziemlich anstrengend, weil der Weg durch den
Wald führt und im Winter kein Licht brennt. Aber nach einigen Wochen habe ich gemerkt, dass ich ruhiger wurde und
besser schlafen konnte. Meine Nachbarin hat dann gefragt, ob sie mitkommen darf. Seitdem fahren wir gemeinsam, und
an manchen Tagen reden wir die ganze Zeit über Bücher, die wir gerade lesen. Natürlich gibt es auch Tage, an denen
der Regen von allen Seiten kommt. Dann nehmen wir die Bahn und trinken vorher einen heißen Kaffee am Bahnhof. Die
Verkäuferin kennt uns inzwischen und stellt die Becher schon hin, wenn sie uns sieht. Was ich daraus gelernt habe,
ist eigentlich ganz einfach. Eine Gewohnheit entsteht nicht durch einen großen Entschluss, sondern durch viele
kleine Schritte. Man muss nur anfangen und darf sich nicht ärgern, wenn einmal etwas dazwischen kommt. Viele Hörer
haben uns geschrieben, dass sie ähnliche Erfahrungen gemacht haben. Ein Lehrer aus dem Süden erzählt, dass seine
Schüler jetzt zu Fuß kommen und viel aufmerksamer sind. Eine Ärztin berichtet, dass ihre Patienten nach einem
Spaziergang weniger Schmerzen haben. Das klingt fast zu schön, um wahr zu sein, aber die Forschung gibt ihnen recht.""",
    "es": """\
Buenas tardes y bienvenidos a nuestro programa sobre la vida en la ciudad. Hoy hablamos de cómo la gente organiza
sus viajes y por qué tantos llegan tarde a pesar de todo. Hace unos años empecé a ir al trabajo en bicicleta todas
las mañanas. Al principio era bastante cansado, porque el camino pasa por un bosque y en invierno no hay luz. Pero
después de algunas semanas noté que estaba más tranquilo y que dormía mejor. Entonces mi vecina me preguntó si podía
venir conmigo. Desde aquel día vamos juntos, y algunas mañanas hablamos todo el tiempo de los libros que estamos
leyendo. Por supuesto también hay días en que la lluvia viene de todos lados. Entonces tomamos el tren y antes
bebemos un café caliente en la estación. La señora que lo vende ya nos conoce y prepara las tazas cuando nos ve
llegar. Lo que he aprendido es en realidad muy sencillo. Una costumbre no nace de una gran decisión, sino de muchos
pasos pequeños. Solo hay que empezar y no enfadarse si un día ocurre algo distinto. Muchos oyentes nos han escrito
que tienen experiencias parecidas. Un maestro del sur cuenta que sus alumnos vienen ahora andando y que están mucho
más atentos. Una doctora dice que sus pacientes sienten menos dolor después de un paseo. Parece casi demasiado
bonito para ser verdad, pero los estudios les dan la razón.""",
    "fr": """\
Bonsoir et bienvenue dans notre émission sur la vie en ville. Ce soir nous parlons de la façon dont les gens
préparent leurs trajets et pourquoi tant de personnes arrivent quand même en retard. Il y a quelques années, je me
suis mis à aller au travail à vélo tous les matins. Au début, c'était assez fatigant, parce que le chemin traverse
une forêt et que les lampes ne marchent pas en hiver. Mais après quelques semaines, je me suis senti plus calme et
je dormais mieux. Alors ma voisine a demandé si elle pouvait venir avec moi. Depuis ce jour nous roulons ensemble,
et certains matins nous parlons tout le temps des livres que nous lisons. Bien sûr, il y a aussi des jours où la
pluie vient de tous les côtés. Dans ce cas nous prenons le train et nous buvons avant un café chaud à la gare. La
dame qui le vend nous connaît maintenant et prépare les tasses quand elle nous voit. Ce que je retiens est vraiment
très simple. Une habitude ne naît pas d'une grande décision, mais de beaucoup de petits pas. Il faut seulement
commencer et ne pas se fâcher si un jour les choses changent. Beaucoup de personnes nous ont écrit pour raconter la
même chose. Un professeur du sud dit que ses élèves viennent maintenant à pied et sont bien plus attentifs. Une
femme médecin raconte que ses malades souffrent moins après une promenade. Cela semble presque trop beau pour être
vrai, mais la recherche leur donne raison.""",
}


def rows() -> list[Row]:
    """Words in cues and sound to text, in German, Spanish and French."""
    return [row for language in _TALKS for row in _rows_of(language)]


def _rows_of(language: str) -> list[Row]:
    reason = pico.why_not() or ("" if espeak.knows(language) else "needs espeak-ng")
    if reason:
        return [Row(f"words in speech, {language}", "not measured", "", reason, None)]
    said = pico.speak([_TALKS[language].split()], language)
    sound = SamplesSound(said.samples)
    cues = cues_of(said)
    before = np.abs(np.array(cues.starts) - said.starts)
    begun = time.process_time()
    timed = align_approximately(cues, sound, nobody, never, Alone(sound, language), is_in_step=True)
    between = time.process_time()
    merged = align_text_approximately(untimed(said.words), sound, nobody, never, Alone(sound, language))
    over = time.process_time()
    assert merged is not None
    hours = sound.duration_ms / 3_600_000
    by_letters = f"by letters: median {np.median(before):.0f}, p95 {np.percentile(before, 95):.0f} ms"
    heard = f"{merged.found:.0%} of the words heard"
    return [
        _judged(f"words in cues, {language}", timed, said, (between - begun) / hours, by_letters),
        _judged(f"sound to text, {language}", merged.transcript, said, (over - between) / hours, heard),
    ]


def _judged(name: str, result: Transcript, said: Speech, work: float, against: str) -> Row:
    found = np.frombuffer(result.timings, np.uint8) == Timing.APPROXIMATE
    unheard = result.timings.count(Timing.UNHEARD)
    off = np.abs(np.array(result.starts) - said.starts)[found]
    if not len(off):
        return Row(name, "nothing found", f"p95 {_P95_MS} ms", against, False)
    p95, far = np.percentile(off, 95), (off > FAR_MS).mean()
    value = f"{found.mean():.0%} approximate: median {np.median(off):.0f}, p95 {p95:.0f}, max {off.max()} ms,"
    value += f" {far:.1%} > 300 ms, {work:.0f} s/h" + (f", {unheard} not heard" if unheard else "")
    return Row(name, value, f"p95 {_P95_MS} ms, {_FAR:.0%}", against, bool(p95 <= _P95_MS and far <= _FAR))
