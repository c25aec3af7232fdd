/* Painting: what is in sight, and no more. Each piece is a chunk, and what belongs to no step is one a thing; a chunk
 * that comes into sight is built, and one that leaves it is thrown away. */

const HALO = 3.2;
const stage = byId("stage");
const world = svg("g", {});
const layers = ["grounds", "wires", "boxes", "strip"].map(() => svg("g", {}));
world.append(...layers);
stage.append(world);

let chunks = [];

/* --- lines ------------------------------------------------------------------------------------------------------- */

const distance = (a, b) => Math.hypot(b.x - a.x, b.y - a.y);

function toward(a, b, far) {
  const share = distance(a, b) > 0 ? far / distance(a, b) : 0;
  return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
}

const hundredths = x => Math.round(x * 100) / 100;
const spot = p => `${hundredths(p.x)} ${hundredths(p.y)}`;

/* An arrow's tip grows with the line, and fits into its last piece. */
function tipLength(points, width) {
  const [before, end] = points.slice(-2);
  return Math.min(4.5 + width * 0.75, 0.9 * distance(before, end));
}

/* Bends are rounded; those that share a piece share it by halves. */
function pathOf(points, width, head) {
  const last = points.length - 1;
  const end = head ? toward(points[last], points[last - 1], 0.8 * tipLength(points, width)) : points[last];
  let path = `M ${spot(points[0])}`;
  for (let k = 1; k < last; k++) {
    const next = k + 1 < last ? points[k + 1] : end;
    const into = distance(points[k - 1], points[k]) / (k > 1 ? 2 : 1),
      on = distance(points[k], next) / (k + 2 <= last ? 2 : 1);
    const radius = Math.min(9, into, on);
    path += ` L ${spot(toward(points[k], points[k - 1], radius))} Q ${spot(points[k])} ${spot(toward(points[k], next, radius))}`;
  }
  return `${path} L ${spot(end)}`;
}

function tipOf(line, width) {
  const end = line.points[line.points.length - 1];
  const foot = toward(end, line.points[line.points.length - 2], tipLength(line.points, width));
  const room = line.tip > 0 ? Math.max(line.tip - 0.8, width + 1.6) : Infinity;
  const half = Math.min(3 + width * 0.6, room / 2),
    length = Math.max(distance(foot, end), 1e-9);
  const x = ((end.x - foot.x) / length) * half,
    y = ((end.y - foot.y) / length) * half;
  return `${spot(end)} ${hundredths(foot.x - y)} ${hundredths(foot.y + x)} ${hundredths(foot.x + y)} ${hundredths(foot.y - x)}`;
}

function penOf(line, level) {
  const scale = level.scales[state.magnitude];
  if (line.flags & MIXED) return { colour: theme.mixed, width: 2.6 };
  if (line.look === OFF) return { colour: theme.aside, width: 1.2, headless: true };
  if (line.flags & CANCELS || line.look === UNKNOWN) return { colour: theme.zero, width: 1.6 };
  if (line.look === NONE) return { colour: theme.zero, width: 1.4, dashed: true };
  const size = line.gradient[state.magnitude];
  return { colour: colourOf(size, scale), width: widthOf(size, level, scale) };
}

function nameOfLine(line) {
  return `${line.from.label} -> ${line.to.length > 4 ? `${line.to.length} others` : line.to.map(box => box.label).join(", ")}`;
}

/* What a line is when it is chosen: an arrow, or, where it leads to several boxes, the box that it comes from. */
function choiceOf(line) {
  return line.to.length === 1 ? `${line.from.label} -> ${line.to[0].label}` : line.from.label;
}

function wire(line, level) {
  const pen = penOf(line, level),
    head = line.flags & HEAD && !pen.headless;
  const path = pathOf(line.points, pen.width, head),
    title = svg("title", {}, nameOfLine(line));
  const group = svg("g", { class: "wire fades", "data-choice": choiceOf(line) }, title);
  group.append(
    svg("path", { d: path, fill: "none", stroke: "transparent", "stroke-width": Math.max(pen.width, 9) }),
  );
  group.append(
    svg("path", {
      d: path,
      fill: "none",
      stroke: pen.colour,
      "stroke-width": pen.width,
      "stroke-linejoin": "round",
      "stroke-linecap": pen.dashed ? null : "round",
      "stroke-dasharray": pen.dashed ? "5 4" : null,
    }),
  );
  if (head) group.append(svg("polygon", { points: tipOf(line, pen.width), fill: pen.colour }));
  const halo = svg("path", {
    d: path,
    fill: "none",
    class: "fades",
    stroke: theme.ground,
    "stroke-width": pen.width + HALO,
    "stroke-linejoin": "round",
  });
  return { group, halo, width: pen.width };
}

/* Between whole steps a number says which variable it is of, unless the box does. */
function toldOf(line) {
  return line.to[0].variable === line.variable ? "" : line.variable;
}

/* Of each source first the ground that cuts what lies behind, then its lines, thin before thick. */
function paintLines(chunk, level) {
  const sources = new Map();
  for (const line of chunk.lines) {
    if (line.points.length < 2) continue;
    if (!sources.has(line.source)) sources.set(line.source, []);
    sources.get(line.source).push({ line, ...wire(line, level) });
  }
  for (const wires of sources.values()) {
    for (const one of wires) if (!(one.line.flags & JOINS)) chunk.addHalo(one.halo, one.line.turn);
    wires.sort((a, b) => a.width - b.width);
    for (const one of wires) chunk.addWire(one.group, one.line.look === OFF ? 0 : one.line.turn, one.line);
  }
  for (const line of chunk.lines) {
    const size = line.flags & CUT && line.look === NONE ? line.cut : line.gradient;
    if (line.number && size && line.look !== OFF)
      chunk.add(
        2,
        text(
          line.number.x,
          line.number.y,
          [toldOf(line), line.cut && line.look === NONE ? "cut" : "", figure(size[state.magnitude])]
            .filter(word => word)
            .join(" "),
          12,
          theme.soft,
        ),
        line.turn,
      );
  }
}

/* --- boxes ------------------------------------------------------------------------------------------------------- */

function text(x, y, words, size, fill, attributes = {}) {
  return svg(
    "text",
    { x: hundredths(x), y: hundredths(y), "text-anchor": "middle", "font-size": size, fill, ...attributes },
    words,
  );
}

/* The number in a box: of a 1 x 1 value the value and its gradient, else the gradient's size. */
function numberOf(box) {
  const given = box.kind !== 4 && box.kind !== STEPS;
  const timed = data.last > 0;
  if (box.kind === STEPS || box.kind === 3 || (given && timed)) return null;
  const digits = timed ? 2 : 4;
  if (box.flags & SCALAR) {
    const [value, gradient] = scalarsOf(box),
      slope = box.gradient && !(box.flags & ASIDE) ? ` \u25c2${figure(gradient, digits)}` : "";
    return { before: figure(value, digits), after: figure(value, digits) + slope };
  }
  return given || !box.gradient ? null : { before: "", after: figure(box.gradient[state.magnitude], digits) };
}

/* How many of the arrows that lead on from a box have brought its gradient back, until this turn. */
function arrived(box) {
  const turns = box.out.map(arrow => arrow.line.turn).filter(turn => turn > 0);
  return { count: turns.filter(turn => turn <= state.turn).length, of: turns.length };
}

/* While contributions arrive, the box counts them; once all have, it shows their sum. */
function fillNumber(box, element) {
  const number = numberOf(box);
  if (!number) return;
  const { count, of } = arrived(box),
    done = state.turn >= box.turn;
  element.textContent = done ? number.after : count ? `${count} of ${of}` : number.before;
}

function describeBox(box) {
  const size =
    box.gradient && !(box.flags & ASIDE)
      ? `, gradient ${state.magnitude} ${figure(box.gradient[state.magnitude], 4)}`
      : "";
  return `${box.label}${box.op ? ` = ${box.op}` : ""}${box.rows ? `, ${box.rows} x ${box.cols}` : ""}${size}`;
}

function words(group, box, level) {
  const letters = level.letters,
    x = box.x,
    top = box.y - box.height / 2;
  const bold = { "font-weight": "bold" };
  if (box.kind === STEPS) {
    const [name, count] = box.written.split(", ");
    group.append(text(x, box.y - (count ? 4 : -5), name, letters + 1, theme.ink, bold));
    if (count) group.append(text(x, box.y + letters + 4, count, letters, theme.soft));
    return null;
  }
  const number = numberOf(box),
    within = box.within ? 1.15 * letters : 0;
  const y = number || within ? top + (box.height - within) * 0.405 : box.y + (letters + 1) * 0.36;
  group.append(text(x, y, box.written, letters + 1, theme.ink, bold));
  if (within)
    group.append(
      text(
        x,
        top + box.height - (number ? (box.height - within) * 0.13 + within : 6),
        box.within,
        letters,
        theme.ink,
      ),
    );
  if (!number) return null;
  const element = text(x, top + box.height - (box.height - within) * 0.13, "", letters, theme.soft);
  group.append(element);
  return element;
}

function paintBox(chunk, box, level) {
  const given = box.kind !== 4 && box.kind !== STEPS,
    bad = box.flags & NOT_FINITE;
  const group = svg(
    "g",
    { class: "box", role: "img", id: `box-${box.label}`, "data-choice": box.label, "aria-label": describeBox(box) },
    svg("title", {}, describeBox(box)),
  );
  group.append(
    svg("rect", {
      x: hundredths(box.x - box.width / 2),
      y: hundredths(box.y - box.height / 2),
      width: box.width,
      height: box.height,
      rx: given ? 4 : box.flags & PLAIN ? Math.min(box.width, box.height) / 3 : 7,
      fill: given ? theme.input : theme.box,
      stroke: bad ? theme.bad : given ? theme["input-line"] : theme.line,
      "stroke-width": bad ? 2.4 : 1.2,
    }),
  );
  const number = words(group, box, level);
  chunk.put(2, group);
  chunk.boxes.push({ box, group, number });
}

/* --- from afar --------------------------------------------------------------------------------------------------- */

/* Many steps at once, pressed together along time: of a box and a cell its area, of a line between steps its stroke. */
function paintBriefly(chunk, level) {
  const scale = level.scales[state.magnitude];
  for (const line of chunk.lines) {
    if (line.points.length < 2 || line.look === OFF || !(line.flags & (BETWEEN | RAIL))) continue;
    const { colour, width } = penOf(line, level),
      d = `M ${line.points.map(spot).join(" L ")}`;
    const about = { class: "wire thin", "data-choice": choiceOf(line), d, fill: "none", stroke: colour };
    chunk.add(1, svg("path", { ...about, "stroke-width": width / 2 }), line.turn, line);
  }
  for (const box of chunk.things.boxes) {
    const known = box.gradient && !(box.flags & ASIDE),
      { label, width, height } = box;
    const group = svg("rect", {
      class: "box",
      "data-choice": label,
      x: box.x - width / 2,
      y: box.y - height / 2,
      width,
      height,
      fill: known ? colourOf(box.gradient[state.magnitude], scale) : theme.input,
    });
    chunk.add(2, group, known ? box.turn : 0);
    chunk.boxes.push({ box, group, number: null });
  }
  for (const cell of chunk.things.cells) {
    const size = cell.gradient ? cell.gradient[state.magnitude] : 0,
      { width, ...place } = placeOfCell(cell, level);
    const about = { class: "cell", "data-choice": `${cell.of} -> ${cell.to}`, ...place, width: width + GAP };
    const group = svg("rect", { ...about, fill: size ? colourOf(size, scale) : theme.zero });
    chunk.put(3, group);
    chunk.cells.push({ cell, group });
  }
}

/* --- chunks ------------------------------------------------------------------------------------------------------ */

class Chunk {
  /* Lines of one source that lie in several chunks have a home, where all their halos lie below all of them. */
  constructor(piece, boxes, lines, cells, home) {
    this.home = home;
    this.piece = piece;
    this.things = { boxes, cells };
    this.lines = lines;
    const xs = [
      ...boxes.flatMap(box => [box.x - box.width / 2, box.x + box.width / 2]),
      ...lines.flatMap(line => line.points.map(p => p.x)),
    ];
    if (piece.step) xs.push(piece.x, piece.x + piece.width);
    else for (const place of cells.map(cell => placeOfCell(cell, level))) xs.push(place.x, place.x + place.width);
    this.left = Math.min(...xs) - 20;
    this.right = Math.max(...xs) + 20;
    this.groups = null;
  }

  put(layer, element) {
    this.groups[layer].append(element);
  }

  addHalo(element, turn) {
    this.add(this.home ? layers.length : 1, element, turn);
  }

  addWire(element, turn, line) {
    this.add(this.home ? layers.length + 1 : 1, element, turn, line);
  }

  /* What shows from a turn on. */
  add(layer, element, turn, line) {
    this.put(layer, element);
    if (turn) this.timed.push({ element, turn, line });
  }

  /* In brief: strokes and areas, without words. */
  build(level, brief) {
    const group = layer => layer.appendChild(svg("g", {}));
    this.groups = layers.map(group);
    if (this.home) this.groups.push(group(this.home.halos), group(this.home.wires));
    this.timed = [];
    this.boxes = [];
    this.cells = [];
    this.brief = brief;
    if (brief) {
      paintBriefly(this, level);
      return this.show();
    }
    const { step, x, y, width, height, solid } = this.piece;
    if (step && !solid) {
      this.put(0, svg("rect", { x, y, width, height, rx: 12, fill: theme.frame }));
      const [right, down] = level.heading;
      if (right > -1000)
        this.put(2, text(x + right, y + down, `t = ${step}`, 12.5, theme.soft, { "text-anchor": "start" }));
    }
    paintLines(this, level);
    this.things.boxes.forEach(box => paintBox(this, box, level));
    this.things.cells.forEach(cell => paintCell(this, cell, level));
    this.show();
  }

  drop() {
    this.groups.forEach(group => group.remove());
    this.groups = null;
  }

  /* As it is after a turn. */
  show() {
    for (const { element, turn, line } of this.timed) {
      element.classList.toggle("later", turn > state.turn);
      if (line) element.classList.toggle("now", turn === state.turn && state.turn < level.turns);
    }
    for (const { box, group, number } of this.boxes) {
      const now = state.turn > 0 && state.turn < level.turns && box.turn === state.turn && !(box.flags & ASIDE);
      group.classList.toggle("now", now);
      group.classList.toggle("chosen", state.choice === box.label);
      group.classList.toggle("near", isNear(box));
      if (number) fillNumber(box, number);
    }
    this.cells.forEach(one => showCell(one));
  }
}

/* Is it an end of the arrow that is chosen? */
function isNear(box) {
  return state.choice.includes(" -> ") && state.choice.split(" -> ").includes(box.label);
}

function cutIntoChunks(level) {
  const far = level.pieces[0],
    homes = new Map();
  layers[1].replaceChildren();
  const homeOf = line => {
    const names = ["halos", "wires"];
    if (!homes.has(line.source))
      homes.set(line.source, Object.fromEntries(names.map(name => [name, layers[1].appendChild(svg("g", {}))])));
    return homes.get(line.source);
  };
  return [
    ...far.boxes.map(box => new Chunk(far, [box], [], [])),
    ...far.lines.map(line => new Chunk(far, [], [line], [], homeOf(line))),
    ...far.cells.map(cell => new Chunk(far, [], [], [cell])),
    ...level.pieces.slice(1).map(piece => new Chunk(piece, piece.boxes, piece.lines, piece.cells)),
  ];
}

/* Builds what has come into sight, and drops what has left it. */
function paintSight() {
  const { x, y, wide, tall } = sight(),
    brief = isOverview(),
    left = -x / wide,
    right = left + stage.clientWidth / wide;
  for (const chunk of chunks) {
    const seen = chunk.right >= left && chunk.left <= right;
    if (chunk.groups && (!seen || chunk.brief !== brief)) chunk.drop();
    if (seen && !chunk.groups) chunk.build(level, brief);
  }
  stage.classList.toggle("afar", brief);
  world.setAttribute("transform", `translate(${hundredths(x)} ${hundredths(y)}) scale(${wide} ${tall})`);
  paintMargin(level);
}

function showTurn() {
  for (const chunk of chunks) if (chunk.groups) chunk.show();
  paintMargin(level);
}

function repaint() {
  for (const chunk of chunks) if (chunk.groups) chunk.drop();
  paintSight();
}
