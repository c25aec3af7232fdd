/* What there is to say of a value: its equation, and every arrow as a formula with its numbers put in. A kind is what
 * an equation brings, with indices as distances to its step; an instance is one of them at a step, with the numbers
 * that stand nowhere else. */

const told = data.explanations;
const instances = new Map(); /* by the label of the equation's result */
const users = new Map(); /* by label: labels of the results of the equations that use it */
const gradientOf = new Map(told ? Object.entries(told.gradients).map(([name, of]) => [of, name]) : []);

function unfoldInstance(of, step, numbers) {
  const to = unfold(of.to, step);
  instances.set(to, { of, step, numbers, to });
  for (const [from] of of.links) {
    const label = unfold(from, step);
    if (!users.has(label)) users.set(label, []);
    users.get(label).push(to);
  }
}

if (told)
  for (const [kind, first, count, numbers] of told.at) {
    const each = numbers.length / count;
    for (let k = 0; k < count; k++)
      unfoldInstance(told.kinds[kind], first + k, numbers.slice(k * each, (k + 1) * each));
  }

/* --- matrices ---------------------------------------------------------------------------------------------------- */

function transposed(m) {
  const out = matrix(m.cols, m.rows, []);
  for (let i = 0; i < m.cols; i++) for (let j = 0; j < m.rows; j++) out.data.push(m.data[j * m.cols + i]);
  return out;
}

/* Entry by entry; a row, a column or a number goes with what is larger. */
function pairwise(a, b, operation) {
  const rows = Math.max(a.rows, b.rows),
    cols = Math.max(a.cols, b.cols),
    out = matrix(rows, cols, []);
  const at = (m, i, j) => m.data[(m.rows === 1 ? 0 : i) * m.cols + (m.cols === 1 ? 0 : j)];
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out.data.push(operation(at(a, i, j), at(b, i, j)));
  return out;
}

function product(a, b) {
  const out = matrix(a.rows, b.cols, []);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.cols; j++) {
      let sum = 0;
      for (let k = 0; k < a.cols; k++) sum += a.data[i * a.cols + k] * b.data[k * b.cols + j];
      out.data.push(sum);
    }
  return out;
}

const OPERATIONS = { "*": (x, y) => x * y, "/": (x, y) => x / y };

function combine(sign, a, b) {
  if (!a || !b) return null;
  return sign === "@" ? (a.cols === b.rows ? product(a, b) : null) : pairwise(a, b, OPERATIONS[sign]);
}

const add = (a, b) => (a && b ? pairwise(a, b, (x, y) => x + y) : null);

/* --- factors ----------------------------------------------------------------------------------------------------- */

/* c[3], dc[3], W', 0.5; null where the page does not hold it. */
function valueOf(words) {
  const number = Number(words),
    turned = words.endsWith("'"),
    label = turned ? words.slice(0, -1) : words;
  if (words !== "" && !Number.isNaN(number)) return matrix(1, 1, [number]);
  const [name, index] = label.split("["),
    of = gradientOf.get(name);
  const found = of === undefined ? values.get(label) : values.get(index ? `${of}[${index}` : of);
  const m = found ? (of === undefined ? found.value : found.gradient) : null;
  return m && turned ? transposed(m) : m;
}

/* A factor: {sign, text, value, norm}. */
function readFactor([sign, words, rows, cols, large], step, next, before) {
  const factor = { sign, text: unfold(words, step), rows, cols };
  const same = before.find(one => `(${one.text})` === factor.text || one.text === factor.text);
  if (large) factor.norm = next();
  else if (rows) factor.value = matrix(rows, cols, Array.from({ length: rows * cols }, next));
  else factor.value = same ? same.value : valueOf(factor.text);
  return factor;
}

function readProduct([words, ...factors], step, next, before) {
  const read = factors.map(one => readFactor(one, step, next, before));
  const value = read.slice(1).reduce((whole, one) => combine(one.sign, whole, one.value), read[0].value || null);
  return { text: unfold(words, step), factors: read, value };
}

function readTerm([minus, ...products], step, next) {
  const read = [];
  for (const one of products) read.push(readProduct(one, step, next, read));
  const last = read[read.length - 1].value;
  return {
    products: read,
    minus,
    value:
      minus && last
        ? matrix(
            last.rows,
            last.cols,
            last.data.map(x => -x),
          )
        : last,
  };
}

/* --- arrows ------------------------------------------------------------------------------------------------------ */

/* How large an arrow is, and how much of the gradient that is; that is worked out here where all factors are. */
function weigh(link) {
  const at = values.get(link.from),
    whole = at ? at.gradient : null;
  const zero = at ? matrix(at.rows, at.cols, new Array(at.rows * at.cols).fill(0)) : null;
  link.value = link.cut ? zero : link.terms.reduce((sum, term) => add(sum, term.value), zero);
  if (!link.value) return;
  link.norm = measureOf(link.value).l2;
  if (!whole) return;
  const size = measureOf(whole).l2,
    along = whole.data.reduce((sum, x, k) => sum + x * link.value.data[k], 0);
  link.share = along / size / size;
  link.cosine = along / size / link.norm;
}

function readLinks(instance) {
  if (instance.links) return instance.links;
  let at = 0;
  const next = () => {
    const number = instance.numbers[at++];
    return number === null ? NaN : number;
  };
  instance.links = instance.of.links.map(([from, formula, cut, big, terms]) => {
    const link = {
      from: unfold(from, instance.step),
      to: instance.to,
      formula: unfold(formula, instance.step),
      cut,
    };
    link.terms = terms.map(term => readTerm(term, instance.step, next));
    if (big) [link.norm, link.share, link.cosine] = [next(), next(), next()];
    else weigh(link);
    return link;
  });
  return instance.links;
}

/* The arrows that bring a gradient to a value, and those by which it goes on. */
function arrivesAt(label) {
  return (users.get(label) || []).flatMap(to => readLinks(instances.get(to)).filter(link => link.from === label));
}

function goesOnFrom(label) {
  return instances.has(label) ? readLinks(instances.get(label)) : [];
}

/* --- where that is in the picture -------------------------------------------------------------------------------- */

/* The box that a value is, or that it is folded into, which is that of the only value that uses it. */
function boxOf(label, depth = 0) {
  const box = level.byLabel.get(label),
    by = users.get(label) || [];
  return box || (by.length === 1 && depth < 20 ? boxOf(by[0], depth + 1) : null);
}

/* The turn in which an arrow brings its gradient; 0: the picture does not tell. */
function turnOfLink(link) {
  const to = boxOf(link.to),
    from = level.byLabel.get(link.from);
  if (!to) return 0;
  if (from) {
    const arrow = from.out.find(one => one.to === to);
    return arrow ? arrow.line.turn : 0;
  }
  const cell = level.cellAt.get(`${link.from} -> ${to.label}`);
  return cell ? cell.turn : to.turn;
}

/* The turn after which a gradient is complete. */
function completeIn(label) {
  const box = level.byLabel.get(label);
  return box ? box.turn : Math.max(0, ...arrivesAt(label).map(turnOfLink));
}

/* The arrow between two boxes, where a value within the second may be what uses the first. */
function linksBetween(from, to) {
  const all = arrivesAt(from),
    direct = all.filter(link => link.to === to);
  return direct.length
    ? direct
    : all.filter(link => {
        const box = boxOf(link.to);
        return box && box.label === to;
      });
}

/* Is there something to say of a value, or of an arrow, "c[3] -> c[4]"? */
function isThere(choice) {
  const [from, to] = choice.split(" -> ");
  if (to === undefined) return level.byLabel.has(from) || values.has(from) || instances.has(from);
  return arrowsFrom(from).includes(choice);
}

/* The arrows that lead on from a value: in the picture, in the strip, in equations. */
function arrowsFrom(label) {
  const box = level.byLabel.get(label);
  return [
    ...new Set([
      ...(box ? box.out.map(arrow => arrow.to.label) : []),
      ...level.cells.filter(cell => cell.of === label).map(cell => cell.to),
      ...(users.get(label) || []),
    ]),
  ].map(to => `${label} -> ${to}`);
}
