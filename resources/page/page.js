"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const [bar, sound, at, ahead, back] = ["bar", "sound", "at", "ahead", "back"].map(byId);
  const words = [...document.querySelectorAll("#words .said > span")];
  const told = JSON.parse(byId("starts").textContent);
  const starts = told.map((start) => (start < 0 ? -1 - start : start));
  // Words that nobody heard have a place, but are never the one being spoken.
  const order = starts.map((_, word) => word).filter((word) => told[word] >= 0).sort((one, other) => starts[one] - starts[other] || one - other);
  const length = Number(at.max);
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // Time and words

  const clock = (ms) => {
    const [seconds, two] = [Math.floor(ms / 1000), (n) => String(n).padStart(2, "0")];
    const minutes = Math.floor(seconds / 60);
    const rest = two(seconds % 60);
    return length < 3600000 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
  };

  /** How many items of a sorted list come before the first for which `after` holds. */
  const countUntil = (count, after) => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (after(middle)) high = middle; else low = middle + 1;
    }
    return low;
  };

  /** The last word begun by then: the one being spoken; -1 before the first. */
  const wordAt = (ms) => {
    const begun = countUntil(order.length, (place) => starts[order[place]] > ms);
    return begun ? order[begun - 1] : -1;
  };

  // Playing and following

  let shown = -1;
  let following = true;
  let wanted = null;  // Where to begin, until the sound is known well enough to go there.

  const isInSight = (element) => {
    const box = element.getBoundingClientRect();
    return box.top > 40 && box.bottom < innerHeight - bar.offsetHeight - 40;
  };

  const bringIntoSight = (element) =>
    element.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });

  const show = () => {
    const ms = wanted ?? sound.currentTime * 1000;
    const text = clock(ms);
    if (byId("now").textContent !== text) {
      byId("now").textContent = text;
      at.setAttribute("aria-valuetext", text);
    }
    at.value = ms;
    ahead.style.left = `${(100 * ms) / length}%`;
    const word = wordAt(ms + 1);
    if (word !== shown) {
      words[shown]?.classList.remove("now");
      const [before, now] = [words[shown]?.parentElement, words[word]?.parentElement];
      if (before !== now) {
        before?.classList.remove("lit");
        now?.classList.add("lit");
      }
      words[word]?.classList.add("now");
      shown = word;
      if (following && words[word] && !isInSight(words[word])) bringIntoSight(words[word]);
    }
    back.hidden = following || !words[shown] || isInSight(words[shown]);
  };

  const follow = (on) => {
    following = on;
    if (on && words[shown]) bringIntoSight(words[shown]);
    show();
  };

  const goTo = (ms) => {
    wanted = Math.min(Math.max(ms, 0), length);
    if (sound.readyState > 0) {
      sound.currentTime = wanted / 1000;
      wanted = null;
    } else {
      sound.preload = "auto";
    }
    following = true;
    show();
  };

  const toggle = () => (sound.paused ? sound.play() : sound.pause());

  const setRate = (rate) => {
    sound.playbackRate = sound.defaultPlaybackRate = Math.min(3, Math.max(0.5, Math.round(rate * 10) / 10));
    byId("rate").textContent = `${sound.playbackRate}×`;
    byId("rate").setAttribute("aria-label", `Speed ${sound.playbackRate}`);
  };

  const run = () => {
    show();
    if (!sound.paused) requestAnimationFrame(run);
  };

  const tellState = () => {
    bar.classList.toggle("playing", !sound.paused);
    byId("play").setAttribute("aria-label", sound.paused ? "Play" : "Pause");
    run();
  };

  // Finding: letters and digits only, whatever their case and accents; a phrase may cross speakers.

  const folded = (text) =>
    text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f'’‘]/g, "").replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim();
  const places = [];  // Where each word begins in `stream`.
  let stream = " ";
  let hits = [];
  let hit = -1;

  words.forEach((word) => {
    const glued = !/\s$/u.test(word.previousSibling?.textContent ?? " ");
    if (glued && stream.endsWith(" ")) stream = stream.slice(0, -1) || " ";
    places.push(stream.length);
    const text = folded(word.textContent);
    stream += text ? `${text} ` : "";
  });

  const find = (typed) => {
    hits.flat().forEach((word) => words[word].classList.remove("hit", "hit-now"));
    const phrase = folded(typed);
    [hits, hit] = [[], -1];
    for (let from = 0; phrase && (from = stream.indexOf(phrase, from)) >= 0; from += phrase.length) {
      const first = Math.max(0, countUntil(places.length, (word) => places[word] > from) - 1);
      if (places[first] !== from) continue;  // In the middle of a word.
      const end = countUntil(places.length, (word) => places[word] >= from + phrase.length);
      hits.push(Array.from({ length: end - first }, (_, step) => first + step));
    }
    hits.flat().forEach((word) => words[word].classList.add("hit"));
    byId("found").textContent = phrase ? (hits.length ? `${hits.length}` : "none") : "";
  };

  const step = (by) => {
    if (!hits.length) return;
    hits[hit]?.forEach((word) => words[word].classList.remove("hit-now"));
    hit = (hit + by + hits.length + (hit < 0 && by < 0 ? 1 : 0)) % hits.length;
    hits[hit].forEach((word) => words[word].classList.add("hit-now"));
    byId("found").textContent = `${hit + 1} of ${hits.length}`;
    goTo(starts[hits[hit][0]]);
    bringIntoSight(words[hits[hit][0]]);
  };

  // What people do

  byId("play").addEventListener("click", toggle);
  byId("rate").addEventListener("click", () => setRate(sound.playbackRate >= 2 ? 1 : sound.playbackRate + 0.25));
  byId("find").addEventListener("input", (event) => find(event.target.value));
  byId("find").addEventListener("keydown", (event) => {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") {
      event.target.value = "";
      find("");
      event.target.blur();
    }
  });
  at.addEventListener("input", () => goTo(Number(at.value)));
  back.addEventListener("click", () => follow(true));
  byId("words").addEventListener("click", (event) => {
    const time = event.target.closest("button.time");
    if (time) {
      goTo(Number(time.dataset.ms));
      sound.play();
    } else if (getSelection().isCollapsed) {
      const word = words.indexOf(event.target.closest(".said > span"));
      if (word >= 0) goTo(starts[word]);
    }
  });
  ["wheel", "touchmove"].forEach((kind) =>
    addEventListener(kind, () => { following = false; }, { passive: true }));

  const keys = {
    " ": toggle, k: toggle, "/": () => byId("find").focus(),
    ArrowLeft: () => goTo(sound.currentTime * 1000 - 5000), j: () => goTo(sound.currentTime * 1000 - 5000),
    ArrowRight: () => goTo(sound.currentTime * 1000 + 5000), l: () => goTo(sound.currentTime * 1000 + 5000),
    "[": () => setRate(sound.playbackRate - 0.1), "]": () => setRate(sound.playbackRate + 0.1),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input") || (event.key === " " && event.target.matches("button, a"))) return;
    if (["PageUp", "PageDown", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) following = false;
    const act = keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  ["play", "pause", "ended"].forEach((kind) => sound.addEventListener(kind, tellState));
  ["seeked", "timeupdate"].forEach((kind) => sound.addEventListener(kind, show));
  addEventListener("scroll", show, { passive: true });
  sound.addEventListener("loadedmetadata", () => {
    if (wanted !== null) goTo(wanted);
  });

  // The sound lies in the page as text. As a file in memory every browser can seek in it, however long it is.

  const inMemory = (address) => {
    const [head, data] = [address.slice(5, address.indexOf(";")), address.slice(address.indexOf(",") + 1)];
    const pieces = [];
    for (let from = 0; from < data.length; from += 1 << 20) {
      const letters = atob(data.slice(from, from + (1 << 20)));
      const piece = new Uint8Array(letters.length);
      for (let place = 0; place < piece.length; place += 1) piece[place] = letters.charCodeAt(place);
      pieces.push(piece);
    }
    return URL.createObjectURL(new Blob(pieces, { type: head }));
  };

  const begin = () => {
    const time = /[#&]t=(?:npt:)?([0-9.]+)/.exec(location.hash);
    if (time) {
      goTo(Number(time[1]) * 1000);
      if (words[shown]) bringIntoSight(words[shown]);
    }
  };

  sound.src = inMemory(sound.getAttribute("src"));
  sound.preload = "metadata";
  sound.removeAttribute("controls");
  byId("save-captions").href = byId("captions").src;
  byId("save").hidden = bar.hidden = false;
  addEventListener("hashchange", begin);
  begin();
  show();
})();
