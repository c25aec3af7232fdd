/* The strip: below the steps, what each adds to the gradient of each weight. The names of its rows stay at the left
 * of the stage, what has been added up so far at its right, wherever one has gone. And the legend. */

const ROW = 27,
  TOTAL = 46;
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

/* How wide the rows' names are, the cells of what is used outside time, and the sums, which only steps add up to. */
function stripWidths(level) {
  const letters = Math.max(0, ...level.rows.map(row => row.name.length)),
    timed = data.last > 0;
  const once = level.rows.some(row => row.once) ? mostWeights(level) * (timed ? 58 : 110) : 0;
  return {
    names: level.rows.length ? Math.max(44, 9 * letters + 16) : 0,
    once,
    totals: timed ? mostWeights(level) * TOTAL + 14 : 0,
  };
}

/* The place of a cell below its step; outside time, at the right of what there is, or, without steps, at the left. */
function placeOfCell(cell, level) {
  const step = cell.piece.step,
    timed = data.last > 0;
  const width = step ? (cell.piece.width - 4) / level.cell : stripWidths(level).once / mostWeights(level);
  const left = step ? cell.piece.x + 3 : timed ? level.bounds[2] + 40 : level.bounds[0];
  return { x: left + cell.weight * width, y: stripTop(level) + cell.row * ROW, width: width - 3, height: ROW - 3 };
}

/* Without a gradient that is known, the cells are names. */
function stripHeading(level) {
  if (!level.cells.some(cell => cell.gradient)) return "which weights each quantity uses";
  return data.last ? "what each step adds to the gradient of each weight" : "gradient of each weight";
}

function wordsOfCell(cell, width) {
  if (!cell.gradient) return cell.name;
  const full = `${cell.name} ${figure(cell.gradient[state.magnitude])}`;
  const room = Math.floor(width / 6.3);
  return full.length <= room
    ? full
    : full.replace(" 0.", " .").length <= room
      ? full.replace(" 0.", " .")
      : figure(cell.gradient[state.magnitude]).replace(/^0\./, ".");
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
  const ink = passes ? inkOn(fill) : theme.soft,
    shown = wordsOfCell(cell, width);
  const label = text(x + width / 2, y + height / 2 + 4.3, "", 12, ink);
  if (shown.startsWith(`${cell.name} `) || shown === cell.name) {
    label.append(svg("tspan", { "font-style": "italic" }, cell.name), shown.slice(cell.name.length));
  } else {
    label.append(shown);
  }
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

function paintMargin(level) {
  margin.replaceChildren();
  if (!level.rows.length) return;
  const zoom = state.zoom,
    top = state.y + (stripTop(level) - 34) * zoom,
    height = stripHeight(level) * zoom;
  const widths = stripWidths(level),
    width = stage.clientWidth;
  const names = widths.names * zoom,
    totals = widths.totals * zoom;
  margin.append(svg("rect", { x: 0, y: top, width: names, height: height + 4, fill: theme.ground }));
  margin.append(svg("rect", { x: width - totals, y: top, width: totals, height: height + 4, fill: theme.ground }));
  const edge = { y1: top + 34 * zoom, y2: top + height, stroke: theme.frame, "stroke-width": 2 };
  margin.append(
    svg("line", { x1: names, x2: names, ...edge }),
    svg("line", { x1: width - totals, x2: width - totals, ...edge }),
  );
  margin.append(
    text(10 * zoom, top + 22 * zoom, stripHeading(level), 13 * zoom, theme.ink, {
      "text-anchor": "start",
      "font-weight": "bold",
    }),
  );
  margin.append(
    text(
      width - 8 * zoom,
      top + 22 * zoom,
      !totals ? "" : state.turn < level.turns ? "so far" : "all steps",
      13 * zoom,
      theme.ink,
      { "text-anchor": "end", "font-weight": "bold" },
    ),
  );
  level.rows.forEach((row, r) => {
    const y = top + (34 + r * ROW + 17) * zoom;
    margin.append(
      text(names - 8 * zoom, y, row.name, 15 * zoom, theme.ink, {
        "text-anchor": "end",
        "font-family": "Liberation Serif, Times New Roman, serif",
        "font-style": "italic",
        "font-weight": "bold",
      }),
    );
    row.weights.forEach((weight, w) => {
      const sum = addedUp(weight);
      if (!totals) return;
      const x = width - totals + (w * TOTAL + TOTAL) * zoom;
      const total = text(x, y, sum ? figure(sum[state.magnitude]) : "\u2013", 12 * zoom, theme.ink, { "text-anchor": "end" });
      total.append(svg("title", {}, `${weight.name} in ${row.name}, added up`));
      margin.append(total);
    });
  });
}

/* --- the legend -------------------------------------------------------------------------------------------------- */

function paintLegend() {
  const scale = level.scales[state.magnitude],
    legend = byId("legend"),
    [low, high, below, above] = scale;
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
  for (let at = Math.ceil(low); at <= high; at++) {
    const x = high > low ? left + ((at - low) / (high - low)) * (right - left) : right;
    const mark = at === low && below ? "\u2264 " : at === high && above ? "\u2265 " : "";
    legend.append(text(x, 48, mark + power(at), 12.5, theme.soft));
  }
}
