/* The page: what is shown, the player, mouse, keys, search, and the place in the address. */

const LEVELS = ["ops", "equations", "steps"],
  MAGNITUDES = ["l2", "rms", "max"];
const NAMES = { ops: "operations", equations: "equations", steps: "steps" };
const LONGEST = 40000,
  EACH = 400,
  FRAME = 30; /* milliseconds: of playing all turns; of one; between two pictures */
const PACES = [0.25, 0.5, 1, 2, 4, 8];

let level;
const state = {
  level: LEVELS[data.level],
  magnitude: data.magnitude,
  turn: 0,
  choice: "",
  x: 0,
  y: 0,
  zoom: 1,
  fits: "read",
  playing: null,
  pace: 1,
};

/* --- the place in the address ------------------------------------------------------------------------------------ */

let pending = 0;

/* level, size, turn where it is not the last, what is chosen; where the reader has moved the picture, the middle of
 * what is in sight, and how large it is. */
function writePlace() {
  clearTimeout(pending);
  pending = setTimeout(() => {
    const parts = [`level=${state.level}`, `size=${state.magnitude}`];
    if (state.turn < level.turns) parts.push(`turn=${state.turn}`);
    if (state.choice) parts.push(`at=${encodeURIComponent(state.choice)}`);
    const middle = [
      (stage.clientWidth / 2 - state.x) / state.zoom,
      (stage.clientHeight / 2 - state.y) / state.zoom,
    ];
    if (state.fits === "all") parts.push("view=all");
    else if (!state.fits) parts.push(`view=${middle.map(hundredths).join(",")},${Number(state.zoom.toPrecision(4))}`);
    history.replaceState(null, "", `#${parts.join("&")}`);
  }, 150);
}

function decoded(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return "";
  }
}

function readPlace() {
  const place = new Map(
    location.hash
      .slice(1)
      .split("&")
      .map(part => [part.split("=")[0], decoded(part.split("=").slice(1).join("="))]),
  );
  const levels = data.levels.map(one => one.name);
  setLevel(
    levels.includes(place.get("level"))
      ? place.get("level")
      : levels.includes(state.level)
        ? state.level
        : levels[0],
  );
  if (MAGNITUDES.includes(place.get("size"))) state.magnitude = place.get("size");
  const turn = Number.parseInt(place.get("turn"), 10);
  state.turn = Number.isNaN(turn) ? level.turns : Math.min(Math.max(turn, 0), level.turns);
  state.choice = place.get("at") || "";
  fillPanel();
  const [x, y, zoom] = (place.get("view") || "").split(",").map(Number);
  if (zoom > 0 && Number.isFinite(x) && Number.isFinite(y)) {
    state.fits = "";
    state.zoom = Math.min(Math.max(zoom, leastZoom()), 8);
    state.x = stage.clientWidth / 2 - x * state.zoom;
    state.y = stage.clientHeight / 2 - y * state.zoom;
  } else {
    fit(place.get("view") === "all" ? "all" : "read");
    bringChoice();
  }
  repaint();
  showControls();
  paintLegend();
}

/* --- levels and sizes -------------------------------------------------------------------------------------------- */

function setLevel(name) {
  for (const chunk of chunks) if (chunk.groups) chunk.drop();
  state.level = name;
  level = unfoldLevel(data.levels.find(one => one.name === name));
  chunks = cutIntoChunks(level);
  findTurns();
}

/* The step in the middle of what is in sight; 0: of none. */
function stepInSight() {
  const { x, wide } = sight(),
    middle = (stage.clientWidth / 2 - x) / wide;
  const far = piece => Math.max(piece.x - middle, middle - piece.x - piece.width);
  const near = level.pieces.filter(piece => piece.step).sort((a, b) => far(a) - far(b))[0];
  return near ? near.step : 0;
}

/* Time and what is chosen stay where they are. */
function chooseLevel(name) {
  const whole = state.turn >= level.turns,
    part = level.turns ? state.turn / level.turns : 1,
    time = stepOfTurn(state.turn),
    step = stepInSight(),
    all = state.fits === "all";
  stop();
  setLevel(name);
  state.turn = whole ? level.turns : Math.round(part * level.turns);
  for (let by = 0; time && !whole && by < level.turns && stepOfTurn(state.turn) !== time; by++)
    for (const turn of [state.turn - by, state.turn + by])
      if (stepOfTurn(turn) === time) {
        state.turn = turn;
        break;
      }
  if (state.choice && !isThere(state.choice)) state.choice = "";
  fit(all ? "all" : "read");
  const piece = level.byStep.get(step);
  if (piece && step) bring(piece.x, piece.x + piece.width, piece.y + piece.height / 2);
  bringChoice();
  paintSight();
  fillPanel();
  paintLegend();
  showControls();
  writePlace();
}

function chooseMagnitude(name) {
  state.magnitude = name;
  repaint();
  fillPanel();
  paintLegend();
  showControls();
  writePlace();
}

function nextOf(list, one) {
  return list[(list.indexOf(one) + 1) % list.length];
}

function makeChoices(id, names, key, words, take) {
  for (const name of names) {
    const button = html("button", { type: "button", value: name }, words(name));
    button.addEventListener("click", () => take(name));
    if (key === "level" && !data.levels.some(one => one.name === name)) {
      button.disabled = true;
      button.title =
        name === "ops"
          ? "There are too many operations: draw fewer steps, or say --level ops"
          : "There are no steps";
    }
    byId(id).append(button);
  }
}

function showControls() {
  for (const [id, key] of [
    ["levels", "level"],
    ["magnitudes", "magnitude"],
  ])
    for (const button of byId(id).querySelectorAll("button"))
      button.setAttribute("aria-pressed", button.value === state[key]);
  const slider = byId("turn"),
    step = stepOfTurn(state.turn);
  slider.max = level.turns;
  slider.value = state.turn;
  const words = !level.turns
    ? "no gradients"
    : `turn ${state.turn} of ${level.turns}${step ? ` \u00b7 t = ${step}` : ""}`;
  byId("clock").textContent = words;
  slider.setAttribute("aria-valuetext", words);
  byId("play").textContent = state.playing ? "Pause" : "Play";
  byId("pace").textContent = `${state.pace}\u00d7`;
  for (const id of ["first", "back", "play", "step", "last"]) byId(id).disabled = !level.turns;
  stage.setAttribute("aria-label", `${data.title}, ${NAMES[state.level]}, ${words}`);
}

/* --- the player -------------------------------------------------------------------------------------------------- */

let turnBoxes = []; /* by turn: the boxes that something arrives at */

function findTurns() {
  turnBoxes = Array.from({ length: level.turns + 1 }, () => []);
  for (const line of level.lines) if (line.turn && line.to.length === 1) turnBoxes[line.turn].push(line.from);
  for (const box of level.boxes) if (box.turn) turnBoxes[box.turn].push(box);
}

function stepOfTurn(turn) {
  const box = turn > 0 && turn < level.turns ? turnBoxes[turn].find(one => one.piece.step) : null;
  return box ? box.piece.step : 0;
}

function setTurn(turn, follow) {
  const before = state.turn;
  state.turn = Math.min(Math.max(turn, 0), level.turns);
  const boxes = turnBoxes[state.turn] || [];
  if (follow && state.turn < level.turns && boxes.length && boxes.length < 12) {
    const xs = boxes.map(box => box.x);
    bring(Math.min(...xs), Math.max(...xs), boxes[0].y);
    paintSight();
  } else if (follow && !state.turn) {
    const { left, width, top } = wholeSize();
    bring(left + width - 200, left + width - 200, top + 60);
    paintSight();
  }
  if (before !== state.turn || follow) showTurn();
  if (state.choice) fillPanel();
  showControls();
  writePlace();
}

function announceTurn() {
  const complete = (turnBoxes[state.turn] || []).filter(box => box.turn === state.turn).map(box => box.label);
  announce(
    `Turn ${state.turn} of ${level.turns}${complete.length ? `: ${[...new Set(complete)].slice(0, 8).join(", ")} complete` : ""}`,
  );
}

function goTo(turn) {
  stop();
  setTurn(turn, true);
  announceTurn();
}

function stop() {
  if (state.playing) clearInterval(state.playing);
  state.playing = null;
}

/* By the clock: where painting takes longer than a turn, turns are passed over. */
function run() {
  const first = state.turn,
    since = performance.now(),
    each = Math.min(EACH, LONGEST / level.turns) / state.pace;
  const tick = () => {
    const turn = first + Math.floor((performance.now() - since) / each);
    if (turn === state.turn) return;
    setTurn(turn, true);
    if (state.turn >= level.turns) {
      stop();
      announce("Backpropagation is complete");
      showControls();
    }
  };
  stop();
  state.playing = setInterval(tick, Math.max(each, FRAME));
}

function play() {
  if (state.playing || !level.turns) {
    stop();
    return showControls();
  }
  if (state.turn >= level.turns) setTurn(0, true);
  run();
  showControls();
}

function setPace(by) {
  state.pace = PACES[Math.min(Math.max(PACES.indexOf(state.pace) + by, 0), PACES.length - 1)];
  if (state.playing) run();
  showControls();
  announce(`Speed ${state.pace}`);
}

function announce(words) {
  byId("live").textContent = words;
}

/* --- choosing ---------------------------------------------------------------------------------------------------- */

function choose(label, follow) {
  const before = stage.querySelectorAll(".chosen, .near");
  before.forEach(one => one.classList.remove("chosen", "near"));
  const opens = !state.choice !== !label;
  state.choice = label;
  fillPanel();
  panel.scrollTop = 0;
  const box = label ? boxOf(label.split(" -> ")[0]) : null;
  if (follow || opens) bringChoice();
  paintSight();
  for (const chunk of chunks) if (chunk.groups) chunk.show();
  if (level.byLabel.has(label)) stage.setAttribute("aria-activedescendant", `box-${label}`);
  else stage.removeAttribute("aria-activedescendant");
  if (label) announce(box && box.label === label ? describeBox(box) : label);
  writePlace();
}

/* The nearest box in a direction: what lies straight ahead before what lies aside. */
function goToward(x, y) {
  const at = level.byLabel.get(state.choice.split(" -> ")[0]);
  const { wide, tall, ...zero } = sight(),
    middle = { x: (stage.clientWidth / 2 - zero.x) / wide, y: (stage.clientHeight / 2 - zero.y) / tall };
  const cost = box => {
    const ahead = at ? (box.x - at.x) * x + (box.y - at.y) * y : 0,
      aside = at ? Math.abs((box.x - at.x) * y) + Math.abs((box.y - at.y) * x) : 0;
    return at ? (ahead > 1 ? ahead + 2.5 * aside : Infinity) : Math.hypot(box.x - middle.x, box.y - middle.y);
  };
  let best = null,
    least = Infinity;
  for (const box of level.boxes) {
    const own = box === at ? Infinity : cost(box);
    if (own < least) [best, least] = [box, own];
  }
  if (best) choose(best.label, true);
}

/* --- search ------------------------------------------------------------------------------------------------------ */

function allNames() {
  return [...new Set([...level.byLabel.keys(), ...values.keys()])];
}

/* The whole name first, then names that begin so, then those that have it somewhere. */
function matchingOf(wanted, names) {
  const rankOf = name => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3),
    ranks = names.map(name => rankOf(name.toLowerCase()));
  return [0, 1, 2].flatMap(rank => names.filter((_, k) => ranks[k] === rank));
}

/* Of "c[3] -> c[4]" the arrows of such names. */
function matching(words) {
  const [from, to] = words.trim().toLowerCase().split(/ *(?:->|\u2192) */);
  if (!from) return [];
  const names = matchingOf(from, allNames()).slice(0, 20);
  if (to === undefined) return names;
  const arrows = names.flatMap(arrowsFrom),
    ends = matchingOf(to, [...new Set(arrows.map(arrow => arrow.split(" -> ")[1]))]);
  return ends.flatMap(end => arrows.filter(arrow => arrow.endsWith(` -> ${end}`))).slice(0, 20);
}

/* True where there is something of that name. */
function search() {
  const found = matching(byId("search").value);
  byId("found").textContent = found.length ? "" : "Nothing of that name";
  if (found.length) choose(found[0], true);
  return found.length > 0;
}

function typed(event) {
  byId("found").textContent = "";
  byId("names").replaceChildren(...matching(byId("search").value).map(name => html("option", { value: name })));
  if (event.inputType === "insertReplacementText" && search()) stage.focus(); /* chosen from the suggestions */
}

/* --- keys -------------------------------------------------------------------------------------------------------- */

const KEYS = [
  ["Space", "play, pause", () => play()],
  [".", "a turn of backpropagation forward", () => goTo(state.turn + 1)],
  [",", "a turn back", () => goTo(state.turn - 1)],
  ["<", "play slower", () => setPace(-1)],
  [">", "play faster", () => setPace(1)],
  ["Home", "before the first turn", () => goTo(0)],
  ["End", "after the last", () => goTo(level.turns)],
  ["ArrowLeft", "to the box at the left, and so on; with Shift: move the picture", event => toward4(event, -1, 0)],
  ["ArrowRight", null, event => toward4(event, 1, 0)],
  ["ArrowUp", null, event => toward4(event, 0, -1)],
  ["ArrowDown", null, event => toward4(event, 0, 1)],
  ["Enter", "read the panel of what is chosen", () => panel.focus()],
  ["+", "larger", () => zoomAt(1.25)],
  ["-", "smaller", () => zoomAt(0.8)],
  [
    "0",
    "all of it",
    () => fitAll(),
  ],
  [
    "l",
    "the next level",
    () =>
      chooseLevel(
        nextOf(
          data.levels.map(one => one.name),
          state.level,
        ),
      ),
  ],
  ["m", "the next size: l2, rms, max", () => chooseMagnitude(nextOf(MAGNITUDES, state.magnitude))],
  ["/", "find a name, or an arrow: c[3] -> c[4]", () => byId("search").select()],
  [
    "Escape",
    "choose nothing; back to the picture",
    () => {
      choose("");
      stage.focus();
    },
  ],
  ["?", "this list", () => byId("help").showModal()],
];

function toward4(event, x, y) {
  if (event.shiftKey) pan(-80 * x, -80 * y);
  else goToward(x, y);
}

function keyed(event) {
  stage.classList.remove("pointed");
  const target = event.target,
    own = event.key === "=" ? "+" : event.key;
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (target.id === "search") {
    if (own === "Escape") byId("found").textContent = "";
    if (own === "Escape" || (own === "Enter" && search())) stage.focus();
    return;
  }
  if (target.matches("button, summary") && (own === " " || own === "Enter")) return;
  if (target.id === "turn" && (own.startsWith("Arrow") || own === "Home" || own === "End")) return;
  if (panel.contains(target) && own.startsWith("Arrow")) return;
  const key = KEYS.find(([name]) => name === (own === " " ? "Space" : own));
  if (!key) return;
  event.preventDefault();
  key[2](event);
}

function makeHelp() {
  const shown = { ArrowLeft: "\u2190 \u2191 \u2193 \u2192" };
  const rows = KEYS.filter(([, words]) => words).map(([name, words]) =>
    html("tr", {}, html("td", {}, html("kbd", {}, shown[name] || name)), html("td", {}, words)),
  );
  const close = html("button", { type: "button" }, "Close");
  close.addEventListener("click", () => byId("help").close());
  byId("help").append(
    html("h2", { id: "help-title" }, "Keys"),
    html("table", {}, ...rows),
    html(
      "p",
      { class: "soft" },
      "Drag moves the picture, the wheel or two fingers zoom. A click on a box, an arrow or a cell says what it is. The address keeps the place.",
    ),
    close,
  );
}

/* --- mouse and fingers ------------------------------------------------------------------------------------------- */

const pointers = new Map(); /* where each is that is down, by its id */
let press = null; /* the first of them: where it went down, on what, and whether it has moved since */

function pressed(event) {
  if (event.button) return;
  stage.classList.add("pointed");
  if (!pointers.size) press = { x: event.clientX, y: event.clientY, choice: event.target.closest("[data-choice]") };
  else press.far = true;
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
}

/* One moves the picture, two zoom about the one that rests. */
function dragged(event) {
  const from = pointers.get(event.pointerId);
  if (!from) return;
  const to = { x: event.clientX, y: event.clientY };
  if (!press.far && Math.hypot(to.x - press.x, to.y - press.y) < 4) return;
  if (!stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
  press.far = true;
  pointers.set(event.pointerId, to);
  stage.classList.add("dragging");
  const other = [...pointers].find(([id]) => id !== event.pointerId);
  if (!other) {
    pan(to.x - from.x, to.y - from.y);
    return;
  }
  const box = stage.getBoundingClientRect(),
    { x, y } = other[1];
  zoomAt(Math.hypot(to.x - x, to.y - y) / Math.max(Math.hypot(from.x - x, from.y - y), 1), x - box.left, y - box.top);
}

function released(event) {
  if (!pointers.delete(event.pointerId) || pointers.size) return;
  stage.classList.remove("dragging");
  if (!press.far && event.type === "pointerup") choose(press.choice ? press.choice.dataset.choice : "");
}

function wheeled(event) {
  event.preventDefault();
  const box = stage.getBoundingClientRect();
  if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(-(event.deltaX || event.deltaY), 0);
  else zoomAt(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
}

/* --- the beginning ----------------------------------------------------------------------------------------------- */

function listen() {
  document.addEventListener("keydown", keyed);
  stage.addEventListener("pointerdown", pressed);
  stage.addEventListener("pointermove", dragged);
  stage.addEventListener("pointerup", released);
  stage.addEventListener("pointercancel", released);
  stage.addEventListener("wheel", wheeled, { passive: false });
  const actions = {
    first: () => goTo(0),
    back: () => goTo(state.turn - 1),
    play,
    step: () => goTo(state.turn + 1),
    last: () => goTo(level.turns),
    pace: () => setPace(state.pace === PACES[PACES.length - 1] ? 1 - PACES.length : 1),
    in: () => zoomAt(1.25),
    out: () => zoomAt(0.8),
    fit: fitAll,
    "help-button": () => byId("help").showModal(),
  };
  for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
  byId("turn").addEventListener("input", event => {
    stop();
    setTurn(Number(event.target.value), true);
  });
  byId("search").addEventListener("input", typed);
  dark.addEventListener("change", () => {
    chooseTheme();
    repaint();
    fillPanel();
    paintLegend();
  });
  addEventListener("hashchange", readPlace);
  new ResizeObserver(refit).observe(stage);
}

chooseTheme();
byId("title").textContent = data.title;
byId("title").title = data.title;
byId("subtitle").textContent = data.subtitle;
makeChoices("levels", [...LEVELS].reverse(), "level", name => NAMES[name], chooseLevel);
makeChoices("magnitudes", MAGNITUDES, "magnitude", name => (name === "l2" ? "\u21132" : name), chooseMagnitude);
makeHelp();
listen();
readPlace();
stage.focus({ preventScroll: true });
