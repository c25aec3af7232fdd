/* Data: what the file holds, unfolded. A stamp is what the pieces of several steps look like; a piece is one of them at
 * its place, with its numbers. `#` in a label is the step of the piece: h[#-1]. */

const data = JSON.parse(document.getElementById("data").textContent);

const KINDS = ["parameter", "input", "given", "constant", "value", "start", "steps"];
const STEPS = 6;
const FLAT = 1,
  SUM = 4,
  SCALAR = 8,
  PLAIN = 16,
  ASIDE = 32,
  NOT_FINITE = 64,
  KNOWN = 128,
  HELD = 256;
const HEAD = 1,
  BETWEEN = 2,
  RAIL = 4,
  MIXED = 8,
  CANCELS = 16,
  WHOLE = 32,
  CUT = 64,
  JOINS = 128,
  WORKED = 256;
const UNKNOWN = 0,
  NONE = 1,
  PASSES = 2,
  INFINITE = 3,
  OFF = 4;

/* h[#-1] at step 3: h[2]. Of a piece whose first node is n15, n#2 is n17. */
function unfold(text, step, base) {
  if (base !== undefined && /^n#-?\d+$/.test(text)) return `n${base + Number(text.slice(2))}`;
  return step ? text.replace(/\[#([+-]\d+)?\]/g, (_, by) => `[${step + Number(by || 0)}]`) : text;
}

/* A turn is so long before its piece's last one, counted from 1; below 0 it is one of the very first; 0: none. */
function turnAt(piece, turn) {
  return turn > 0 ? piece.turn + 1 - turn : -turn;
}

/* A thing in the picture, whose gradient stands in the file, or is found when somebody asks for it. */
class Thing {
  constructor(fields, find) {
    Object.assign(this, fields);
    this.find = find;
  }
  get gradient() {
    return (this.size ??= this.find?.(this));
  }
  set gradient(size) {
    this.size = size;
  }
}

/* {l2, rms, max} of a matrix with so many entries. */
function measure(l2, max, entries) {
  return { l2, rms: l2 / Math.sqrt(entries), max };
}

function measureOf(matrix) {
  const squares = matrix.data.reduce((sum, x) => sum + x * x, 0);
  return measure(
    Math.sqrt(squares),
    matrix.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
    matrix.data.length,
  );
}

/* --- levels ------------------------------------------------------------------------------------------------------ */

function unfoldBox(piece, fields, next) {
  const [label, written, variable, kind, flags, x, y, width, height, turn, rows, cols, op, within] = fields;
  const box = new Thing({
    piece,
    label:
      kind === STEPS
        ? unfold(label, piece.step, piece.base).replace(/[[\]]/g, "")
        : unfold(label, piece.step, piece.base),
    variable,
    kind,
    flags,
    width,
    height,
    rows,
    cols,
    op,
    within,
  });
  box.written = unfold(written, piece.step) || box.label;
  box.x = x + piece.x;
  box.y = y;
  box.turn = turnAt(piece, turn);
  box.out = []; /* arrows that lead on from it */
  box.in = [];
  if (flags & HELD) {
    box.find = ({ label }) => measureOf(values.get(label).gradient);
  } else if (flags & SCALAR) {
    box.scalars = [next(), next()];
    if (flags & KNOWN) box.gradient = measure(Math.abs(box.scalars[1]), Math.abs(box.scalars[1]), 1);
  } else if (flags & KNOWN) {
    box.gradient = measure(next(), next(), rows * cols);
  }
  return box;
}

/* Of a 1 x 1 box its value, and its gradient. */
function scalarsOf(box) {
  const { value, gradient } = values.get(box.label) || {};
  return box.scalars || [value.data[0], gradient.data[0]];
}

function unfoldLine(level, piece, fields, next) {
  const [flags, look, turn, source, from, to, points, tip, variable, x, y] = fields;
  const line = new Thing({ piece, flags, look, source, tip, variable, turn: turnAt(piece, turn) });
  line.ends = [from[0], from[1], ...to];
  line.points = [];
  for (let k = 0; k < points.length; k += 2) line.points.push({ x: points[k] + piece.x, y: points[k + 1] });
  line.number = x === undefined ? null : { x: x + piece.x, y };
  if ((look === PASSES || look === INFINITE) && !(flags & (WHOLE | WORKED))) line.sizes = [next(), next()];
  if (flags & CUT) line.cut = [next(), next()];
  level.lines.push(line);
  return line;
}

function unfoldCell(level, piece, fields, next) {
  const [row, weight, look, turn, of, to, worked] = fields;
  const { weights, once } = level.rows[row],
    { name, entries, cells } = weights[weight];
  if (!piece.step && !once.includes(weight)) once.push(weight);
  const at = piece.step ? weight : once.indexOf(weight), /* in the row */
    cell = new Thing({ piece, row, weight, at, look, name, turn: turnAt(piece, turn) });
  cell.of = unfold(of, piece.step, piece.base);
  cell.to = unfold(to, piece.step, piece.base);
  if (worked) cell.find = ({ of: from, to: end }) => carriedBetween(from, end);
  else if (look !== UNKNOWN) cell.gradient = measure(next(), next(), entries);
  level.cells.push(cell);
  cells.push(cell);
  return cell;
}

/* A row of pieces, each of which stands so far behind the one before. */
function unfoldRow(level, [step, last, x, y, width, height, solid, stamp, turn, base, numbers, count = 1, by = 0, turns = 0, nodes = 0]) {
  return Array.from({ length: count }, (_, k) =>
    unfoldPiece(level, [step + k, last + k, x + k * by, y, width, height, solid, stamp, turn + k * turns, base + k * nodes, numbers]),
  );
}

function unfoldPiece(level, fields) {
  const [step, last, x, y, width, height, solid, stamp, turn, base, numbers] = fields;
  const piece = { step, last, x, y, width, height, solid, turn, base };
  let at = 0;
  const next = () => {
    const number = numbers[at++];
    return number === null ? NaN : number;
  };
  const shape = level.stamps[stamp];
  piece.boxes = shape.boxes.map(one => unfoldBox(piece, one, next));
  piece.lines = shape.lines.map(one => unfoldLine(level, piece, one, next));
  piece.cells = shape.cells.map(one => unfoldCell(level, piece, one, next));
  level.byStep.set(step, piece);
  return piece;
}

/* The boxes at a line's ends, and the size of what it carries. */
function joinLine(level, line) {
  const boxAt = (by, number) => level.byStep.get(by === null ? 0 : line.piece.step + by).boxes[number];
  line.from = boxAt(line.ends[0], line.ends[1]);
  line.to = [];
  for (let k = 2; k < line.ends.length; k += 2) line.to.push(boxAt(line.ends[k], line.ends[k + 1]));
  const entries = line.from.rows * line.from.cols || 1;
  if (line.flags & WHOLE) line.find = ({ from }) => from.gradient;
  else if (line.flags & WORKED) line.find = carriedBy;
  else if (line.sizes) line.gradient = measure(line.sizes[0], line.sizes[1], entries);
  if (line.cut) line.cut = measure(line.cut[0], line.cut[1], entries);
  const known = arrow => arrow.to === line.to[0] && arrow.line.variable === line.variable;
  if (line.to.length === 1 && !line.from.out.some(known)) {
    const arrow = { from: line.from, to: line.to[0], line };
    line.from.out.push(arrow);
    line.to[0].in.push(arrow);
  }
}

/* What it has received by a turn, as [turn, size]; without numbers those are the sums of what its cells bring. */
class Weight {
  constructor([name, entries, own, ...numbers]) {
    Object.assign(this, { name, entries, own, cells: [] });
    if (numbers[0] === null) return;
    this.so = [];
    for (let k = 0, turn = 0; k < numbers.length; k += 3) {
      turn += numbers[k];
      this.so.push([turn, measure(numbers[k + 1] ?? NaN, numbers[k + 2] ?? NaN, entries)]);
    }
  }
  get sums() {
    return (this.so ??= addUpCells(this.cells));
  }
}

function addUpCells(cells) {
  const sums = new Map();
  let sum = null;
  for (const cell of cells.filter(one => one.look !== UNKNOWN).sort((a, b) => a.turn - b.turn)) {
    const brings = sumOf(cell.of, linksBetween(cell.of, cell.to));
    sum = sum ? add(sum, brings) : brings;
    sums.set(cell.turn, sum);
  }
  return [...sums].map(([turn, so]) => [turn, measureOf(so)]);
}

/* Turns in which nothing happens in the picture are none: those within a step where only steps are shown. */
function leaveOutTurns(level) {
  const things = [...level.boxes, ...level.lines, ...level.cells],
    turns = [...new Set(things.map(one => one.turn).filter(turn => turn > 0))].sort((a, b) => a - b);
  const number = new Map(turns.map((turn, k) => [turn, k + 1])),
    sums = level.rows.flatMap(row => row.weights.flatMap(weight => weight.so || []));
  for (const one of things) one.turn = number.get(one.turn) || 0;
  for (const sum of sums) sum[0] = number.get(sum[0]) || turns.filter(turn => turn <= sum[0]).length;
  level.turns = turns.length;
}

function unfoldLevel(level) {
  if (level.boxes) return level;
  level.rows = level.rows.map(([name, ...weights]) => ({ name, once: [], weights: weights.map(one => new Weight(one)) }));
  level.lines = [];
  level.cells = [];
  level.byStep = new Map();
  level.pieces = level.pieces.flatMap(fields => unfoldRow(level, fields));
  level.byStep.set(0, level.pieces[0]);
  level.lines.forEach(line => joinLine(level, line));
  level.boxes = level.pieces.flatMap(piece => piece.boxes);
  level.cellAt = new Map(level.cells.map(cell => [`${cell.of} -> ${cell.to}`, cell]));
  leaveOutTurns(level);
  level.byLabel = new Map(level.boxes.map(box => [box.label, box]));
  return level;
}

/* --- values by label: h[3] --------------------------------------------------------------------------------------- */

const values = new Map();
const shapeOf = new Map(); /* by name */
const known = { value: new Map(), gradient: new Map() }; /* those that the file has, or that are worked out */

function matrix(rows, cols, entries) {
  return { rows, cols, data: entries };
}

/* The numbers that stand in the file: of all, or of some, whose numbers are `held`. */
function unfoldValues(one) {
  const size = one.rows * one.cols,
    held = one.held || (one.v ? Array.from({ length: one.count }, (_, k) => k) : []);
  const part = (list, k) =>
    matrix(
      one.rows,
      one.cols,
      list.slice(k * size, (k + 1) * size).map(x => (x === null ? NaN : x)),
    );
  const labelOf = k => (one.at || one.from !== undefined ? `${one.name}[${one.at ? one.at[k] : one.from + k}]` : one.name);
  shapeOf.set(one.name, one);
  held.forEach((k, place) => known.value.set(labelOf(k), part(one.v, place)));
  for (let k = 0; k < one.count; k++) {
    const label = labelOf(k),
      reached = one.g ? one.g[k * size] !== null : one.known === 1 || (one.known && one.known[k]);
    if (one.g && reached) known.gradient.set(label, part(one.g, k));
    values.set(label, {
      rows: one.rows,
      cols: one.cols,
      kind: one.kind,
      sizes: one.sizes ? one.sizes.slice(6 * k, 6 * k + 6).map(x => x ?? NaN) : null,
      get value() {
        return one.sizes ? null : lookUp("value", label);
      },
      get gradient() {
        return one.sizes || !reached ? null : lookUp("gradient", label);
      },
    });
  }
}

data.values.forEach(unfoldValues);
