/* The strip: below the steps, what each adds to the gradient of each weight. The names of its rows stay at the left
 * of the stage, what has been added up so far at its right, wherever one has gone. And the legend. */

const ROW = 27,
  GAP = 3; /* between cells */
const margin = svg("g", {});
stage.append(margin);

function stripTop(level) {
  return level.bounds[3] + 44;
}

function stripHeight(level) {
  return level.rows.length ? 34 + level.rows.length * ROW : 0;
}

function mostWeights(level) {
  return Math.max(0, ...level.rows.map(row => row.weights.length));
}

function mostOnce(level) {
  return Math.max(0, ...level.rows.map(row => row.once.length));
}

/* --- what is written in it --------------------------------------------------------------------------------------- */

const LETTERS = 12,
  pencil = document.createElement("canvas").getContext("2d"),
  widthsOfWords = new Map();

function widthOfWords(words, style = "") {
  const key = style + words;
  if (!widthsOfWords.has(key)) {
    pencil.font = `${style} ${LETTERS}px "Liberation Sans", Helvetica, Arial, sans-serif`;
    widthsOfWords.set(key, pencil.measureText(words).width);
  }
  return widthsOfWords.get(key);
}

/* A name, in italics, and a number, each of which may be "". */
function widthOfBoth({ name, number }) {
  return widthOfWords(name, "italic") + widthOfWords((name && number ? " " : "") + number);
}

/* With two digits; without the 0 before the point; with one digit; the number alone, so too; then nothing. The first
 * form that fits; where others are tight, it is, too. */
const FORMS = [
  [true, 2, false],
  [true, 2, true],
  [true, 1, true],
  [false, 2, false],
  [false, 2, true],
  [false, 1, true],
];

function written(name, size, room, tight) {
  if (size === null) return { name, number: "" };
  for (const [named, digits, dense] of FORMS) {
    const words = { name: named ? name : "", number: figure(size, digits, dense), dense };
    if ((dense || !tight) && widthOfBoth(words) <= room) return words;
  }
  return { name: "", number: "" };
}

function fillWords(element, { name, number }) {
  element.replaceChildren();
  if (name) element.append(svg("tspan", { "font-style": "italic" }, name));
  if (number) element.append((name ? " " : "") + number);
}

/* --- places ------------------------------------------------------------------------------------------------------ */

/* How wide the rows' names are, the cells of what is used outside time, and the sums, which only steps add up to. */
function stripWidths(level) {
  const timed = data.last > 0,
    letters = Math.max(0, ...level.rows.map(row => row.name.length)),
    weights = Math.max(0, ...level.rows.flatMap(row => row.weights.map(({ name }) => widthOfWords(name, "italic"))));
  const total = Math.min(weights, 60) + widthOfWords(" .0888") + 6;
  return {
    names: level.rows.length ? Math.max(44, 9 * letters + 16) : 0,
    once: mostOnce(level) * (timed ? 58 : 110),
    total,
    totals: timed ? mostWeights(level) * total + 14 : 0,
  };
}

/* The place of a cell below its step; outside time, at the right of what there is, or, without steps, at the left. */
function placeOfCell(cell, level) {
  const step = cell.piece.step,
    timed = data.last > 0;
  const width = step ? (cell.piece.width - 4) / level.cell : stripWidths(level).once / mostOnce(level);
  const left = step ? cell.piece.x + 3 : timed ? level.bounds[2] + 40 : level.bounds[0];
  return { x: left + cell.at * width, y: stripTop(level) + cell.row * ROW, width: width - GAP, height: ROW - GAP };
}

/* Without a gradient that is known, the cells are names. */
function stripHeading(level) {
  if (!level.cells.some(cell => cell.gradient)) return "which weights each quantity uses";
  return data.last ? "what each step adds to the gradient of each weight" : "gradient of each weight";
}

/* All cells are written alike, with the 0 before the point or without. */
function areTight(level) {
  const key = state.magnitude;
  level.tight ||= {};
  level.tight[key] ??= level.cells.some(
    cell =>
      cell.gradient && written(cell.name, cell.gradient[key], placeOfCell(cell, level).width - 5, false).dense,
  );
  return level.tight[key];
}

function paintCell(chunk, cell, level) {
  const { x, y, width, height } = placeOfCell(cell, level),
    scale = level.scales[state.magnitude];
  const size = cell.gradient ? cell.gradient[state.magnitude] : 0,
    passes = cell.gradient && size !== 0;
  const fill = passes ? colourOf(size, scale) : theme.ground;
  const title = `${cell.of} in ${cell.to}: ${cell.gradient ? figure(size, 4) : "gradient not recorded"}`;
  const group = svg(
    "g",
    { class: "cell fades", "data-choice": `${cell.of} -> ${cell.to}` },
    svg("title", {}, title),
  );
  group.append(
    svg("rect", {
      x,
      y,
      width: Math.max(width, 1),
      height,
      rx: 4,
      fill,
      stroke: passes ? "none" : theme.zero,
      "stroke-dasharray": passes ? null : "3 3",
    }),
  );
  const label = text(x + width / 2, y + height / 2 + 4.3, "", LETTERS, passes ? inkOn(fill) : theme.soft);
  fillWords(label, written(cell.name, cell.gradient ? size : null, width - 5, areTight(level)));
  group.append(label);
  chunk.put(3, group);
  chunk.cells.push({ cell, group });
}

function showCell({ cell, group }) {
  group.classList.toggle("later", cell.turn > state.turn);
  group.classList.toggle("now", cell.turn === state.turn && state.turn > 0 && state.turn < level.turns);
  group.classList.toggle("chosen", state.choice === `${cell.of} -> ${cell.to}`);
}

/* --- what stays -------------------------------------------------------------------------------------------------- */

/* What has been added to a weight until this turn; null: nothing yet. */
function addedUp({ sums }) {
  let low = 0,
    high = sums.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle][0] <= state.turn) low = middle + 1;
    else high = middle;
  }
  return low ? sums[low - 1][1] : null;
}

/* What stays in its place, wherever one has gone: the heading, the rows' names, and the sums. */
function paintMargin(level) {
  margin.replaceChildren();
  if (!level.rows.length) return;
  const { x: along, y: down, wide, tall: zoom } = sight(),
    { names, totals, total } = stripWidths(level);
  const width = stage.clientWidth / zoom,
    top = down / zoom + stripTop(level) - 34,
    height = stripHeight(level);
  const ground = { y: top, height: height + 4, fill: theme.ground },
    edge = { y1: top + 34, y2: top + height, stroke: theme.frame, "stroke-width": 2 };
  const start = { "text-anchor": "start" },
    end = { "text-anchor": "end" },
    bold = { "font-weight": "bold" };
  const serif = { "font-family": "Liberation Serif, Times New Roman, serif", "font-style": "italic" };
  margin.setAttribute("transform", `scale(${zoom})`);
  margin.append(
    svg("rect", { x: 0, width: names, ...ground }),
    svg("rect", { x: width - totals, width: totals, ...ground }),
    svg("line", { x1: names, x2: names, ...edge }),
    text(10, top + 22, stripHeading(level), 13, theme.ink, { ...start, ...bold }),
  );
  const once = (placeOfCell({ piece: {}, at: 0, row: 0 }, level).x * wide + along) / zoom;
  if (totals && mostOnce(level) && once > names + 330 && once < width - totals - 30)
    margin.append(text(once, top + 22, "once", 13, theme.ink, { ...start, ...bold }));
  if (totals)
    margin.append(
      svg("line", { x1: width - totals, x2: width - totals, ...edge }),
      text(width - 8, top + 22, state.turn < level.turns ? "so far" : "all steps", 13, theme.ink, { ...end, ...bold }),
    );
  level.rows.forEach((row, r) => {
    const y = top + 34 + r * ROW + 17;
    margin.append(text(names - 8, y, row.name, 15, theme.ink, { ...end, ...bold, ...serif }));
    row.weights.forEach((weight, w) => {
      if (!totals) return;
      const sum = addedUp(weight),
        element = text(width - totals + 8 + w * total, y, "", LETTERS, theme.ink, start);
      const none = { name: weight.name, number: "\u2013" };
      fillWords(element, sum ? written(weight.name, sum[state.magnitude], total - 4, true) : none);
      element.append(svg("title", {}, `${weight.name} in ${row.name}, added up`));
      margin.append(element);
    });
  });
  hideCovered(names * zoom, stage.clientWidth - totals * zoom);
}

/* A cell that names or sums cover in part is left out, lest half a number be read as one. */
function hideCovered(from, to) {
  const { x, wide } = sight();
  for (const chunk of chunks)
    for (const { group, cell } of (chunk.groups && chunk.cells) || []) {
      const place = placeOfCell(cell, level),
        left = place.x * wide + x;
      group.classList.toggle("covered", left < from - 1 || left + place.width * wide > to + 1);
    }
}

/* --- the legend -------------------------------------------------------------------------------------------------- */

const TICK = 50; /* pixels: room for a number */

function paintLegend() {
  const scale = level.scales[state.magnitude],
    legend = byId("legend"),
    [low, high, , above] = scale;
  const left = 190,
    right = 350,
    y = 30;
  const stops = [0, 0.2, 0.4, 0.6, 0.8, 1].map(at => svg("stop", { offset: at, "stop-color": rampAt(at) }));
  const power = at => figure(10 ** at);
  legend.replaceChildren(
    svg(
      "title",
      {},
      `Colour and width of an arrow are the size of the gradient (${state.magnitude}), from ${power(low)} to ${power(high)} on a logarithmic scale. Arrows point the way of the values.`,
    ),
    svg("defs", {}, svg("linearGradient", { id: "ramp" }, ...stops)),
    text(60, 16, "values", 12.5, theme.soft),
    svg("path", { d: "M 8 27 H 100", stroke: rampAt(0.85), "stroke-width": 5 }),
    svg("polygon", { points: "112,27 99,20.5 99,33.5", fill: rampAt(0.85) }),
    text(60, 48, "\u25c2 gradient = colour, width", 12.5, theme.soft),
    text(
      270,
      16,
      `size of the gradient (${state.magnitude === "l2" ? "\u21132" : state.magnitude}), log scale`,
      12.5,
      theme.soft,
    ),
    svg("polygon", {
      points: `${left},${y - 4} ${right},${y - 7} ${right},${y + 1} ${left},${y - 1.5}`,
      fill: "url(#ramp)",
    }),
  );
  const decade = (right - left) / Math.max(high - low, 1e-9),
    every = Math.ceil(TICK / decade);
  const tick = at => {
    const mark = at === low ? "\u2264 " : at === high && above ? "\u2265 " : "",
      x = high > low ? left + (at - low) * decade : right;
    legend.append(text(x, 48, mark + figure(10 ** at, Number.isInteger(at) ? 1 : 2), 12.5, theme.soft));
  };
  tick(low);
  if (high > low) tick(high);
  const last = Math.ceil(high - 1e-9) - 1;
  for (let at = last; at > low; at--)
    if ((last + 1 - at) % every === 0 && Math.min(at - low, high - at) * decade >= TICK) tick(at);
}
