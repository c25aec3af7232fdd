/* Expressions of the language, worked out: the equations, and the terms that their gradients are sums of. A text is
 * read once, and then worked out at every step; `#` in it is that step. */

/* --- matrices ---------------------------------------------------------------------------------------------------- */

/* What has whatever shape is needed: the empty sum, and the empty product, of what has another shape at every index. */
const ZERO = { ...matrix(1, 1, [0]), open: () => 0 },
  ONE = { ...matrix(1, 1, [1]), open: (i, j) => Number(i === j) };

const scalar = x => matrix(1, 1, [x]);

function filled(rows, cols, entry) {
  const out = matrix(rows, cols, []);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out.data.push(entry(i, j));
  return out;
}

const at = (m, i, j) => m.data[i * m.cols + j];
const spread = (m, i, j) => m.data[(m.rows === 1 ? 0 : i) * m.cols + (m.cols === 1 ? 0 : j)];

/* A matrix in that shape; a row, a column or a number is repeated. */
function shaped(m, rows, cols) {
  if (m.open) return filled(rows, cols, m.open);
  return m.rows === rows && m.cols === cols ? m : filled(rows, cols, (i, j) => spread(m, i, j));
}

const transposed = m => (m.open ? m : filled(m.cols, m.rows, (i, j) => at(m, j, i)));

/* Entry by entry; what is smaller is repeated. */
function pointwise(operation, ...operands) {
  const [{ rows: tall, cols: wide }] = operands;
  if (operands.every(m => m.rows === tall && m.cols === wide && !m.open))
    return matrix(tall, wide, operands[0].data.map((x, k) => operation(x, operands[1]?.data[k], operands[2]?.data[k])));
  const length = side => operands.reduce((most, m) => (m[side] === 1 ? most : m[side]), 1);
  const rows = length("rows"),
    cols = length("cols"),
    own = operands.map(m => (m.open ? shaped(m, rows, cols) : m));
  return filled(rows, cols, (i, j) => operation(...own.map(m => spread(m, i, j))));
}

function product(a, b) {
  if (a === ZERO || b === ONE) return a;
  if (b === ZERO || a === ONE) return b;
  const out = matrix(a.rows, b.cols, []);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.cols; j++) {
      let sum = 0;
      for (let k = 0; k < a.cols; k++) sum += a.data[i * a.cols + k] * b.data[k * b.cols + j];
      out.data.push(sum);
    }
  return out;
}

function stacked(parts) {
  const some = parts.filter(m => m.data.length),
    cols = some.length ? some[0].cols : 0;
  return matrix(
    some.reduce((sum, m) => sum + m.rows, 0),
    cols,
    some.flatMap(m => m.data),
  );
}

const beside = parts => transposed(stacked(parts.map(transposed)));
const add = (a, b) => pointwise(OPERATIONS["+"], a, b);
const total = list => list.reduce((sum, x) => sum + x, 0);
const most = list => list.reduce((so, x) => Math.max(so, x), -Infinity);
const normOf = m => Math.sqrt(total(m.data.map(x => x * x)));

/* A list from each row, or from the column where there is one alone: an example a row, or a single one. */
function byExample(m, change) {
  if (m.cols === 1) return matrix(m.rows, 1, change(m.data));
  return stacked(Array.from({ length: m.rows }, (_, i) => matrix(1, m.cols, change(m.data.slice(i * m.cols, (i + 1) * m.cols)))));
}

function sumTo(m, rows, cols) {
  const out = filled(rows, cols, () => 0);
  for (let i = 0; i < m.rows; i++)
    for (let j = 0; j < m.cols; j++) out.data[(rows === 1 ? 0 : i) * cols + (cols === 1 ? 0 : j)] += at(m, i, j);
  return out;
}

/* --- functions --------------------------------------------------------------------------------------------------- */

const OPERATIONS = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
  "^": (x, y) => (y === 2 ? x * x : x ** y),
  "<": (x, y) => Number(x < y),
  ">": (x, y) => Number(x > y),
  "<=": (x, y) => Number(x <= y),
  ">=": (x, y) => Number(x >= y),
};

const sigmoid = x => 1 / (1 + Math.exp(-x));

const ENTRYWISE = {
  sigmoid,
  tanh: Math.tanh,
  relu: x => Math.max(x, 0),
  leaky_relu: (x, slope) => (x > 0 ? x : slope * x),
  softplus: x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  "sigmoid'": x => sigmoid(x) * sigmoid(-x),
  "tanh'": x => 1 - Math.tanh(x) ** 2,
  "relu'": x => Number(x > 0),
  "leaky_relu'": (x, slope) => (x > 0 ? 1 : slope),
  "softplus'": sigmoid,
  "exp'": Math.exp,
  "log'": x => 1 / x,
  "sqrt'": x => 0.5 / Math.sqrt(x),
  "abs'": Math.sign,
  clip: (x, low, high) => Math.min(Math.max(x, low), high),
  "clip'": (x, low, high) => Number(low <= x && x <= high),
  max: (x, y) => Math.max(x, y),
  min: (x, y) => Math.min(x, y),
  where: (chosen, x, y) => (chosen ? x : y),
  stop: x => x,
};

function softmax(list) {
  const largest = most(list),
    sizes = list.map(x => Math.exp(x - largest)),
    sum = total(sizes);
  return sizes.map(x => x / sum);
}

function logSoftmax(list) {
  const largest = most(list),
    log = largest + Math.log(total(list.map(x => Math.exp(x - largest))));
  return list.map(x => x - log);
}

/* Places are counted from 1. */
const MATRIXWISE = {
  softmax: m => byExample(m, softmax),
  log_softmax: m => byExample(m, logSoftmax),
  cross_entropy: (z, y) => scalar(-total(byExample(z, logSoftmax).data.map((x, k) => (y.data[k] ? y.data[k] * x : 0)))),
  mse: (a, b) => MATRIXWISE.mean(pointwise((x, y) => (x - y) ** 2, a, b)),
  sum: m => scalar(total(m.data)),
  mean: m => scalar(total(m.data) / m.data.length),
  norm: m => scalar(normOf(m)),
  unit: m => pointwise(OPERATIONS["/"], m, scalar(normOf(m) || 1)),
  rowsum: m => sumTo(m, m.rows, 1),
  colsum: m => sumTo(m, 1, m.cols),
  sumto: (m, rows, cols) => sumTo(m, rows.data[0], cols.data[0]),
  diag: m => filled(m.data.length, m.data.length, (i, j) => (i === j ? m.data[i] : 0)),
  vec: m => matrix(m.data.length, 1, m.data),
  reshape: (m, rows, cols) => matrix(rows.data[0], cols.data[0], m.data),
  rows: (m, first, last) => matrix(last.data[0] - first.data[0] + 1, m.cols, m.data.slice((first.data[0] - 1) * m.cols, last.data[0] * m.cols)),
  cols: (m, first, last) => transposed(MATRIXWISE.rows(transposed(m), first, last)),
  entry: (m, row, col) => scalar(at(m, row.data[0] - 1, col.data[0] - 1)),
  zeros: (rows, cols) => filled(rows.data[0], cols.data[0], () => 0),
  ones: (rows, cols) => filled(rows.data[0], cols.data[0], () => 1),
  eye: n => filled(n.data[0], n.data[0], ONE.open),
};

/* Over a range: sum(j, 1..3, e). */
const OVER = {
  sum: parts => parts.reduce(add),
  prod: parts => parts.reduce(product),
  hcat: beside,
  vcat: stacked,
  max: parts => parts.reduce((a, b) => pointwise(ENTRYWISE.max, a, b)),
};

/* Of an empty range; two that it could have had tell of which shape. */
function emptyOf(name, [one, other]) {
  const { rows, cols } = one,
    same = rows === other.rows && cols === other.cols;
  if (name === "sum") return same ? filled(rows, cols, ZERO.open) : ZERO;
  if (name === "prod") return same && rows === cols ? filled(rows, cols, ONE.open) : ONE;
  return matrix(0, 0, []);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

const WORDS = /\d+(?:\.\d+)?(?:e[-+]?\d+)?|\.\.|[<>]=|[-+*@/^'()[\],;<>=#|]|[^\s\d\-+*@/^'()[\],;<>=#|.][^\s\-+*@/^'()[\],;<>=#|.]*/gu;

/* A function from {"#": step} to a matrix; a name that no index has is looked up. With `shapes` only what shape it has
 * counts, and no entry. */
function read(text, lookUp) {
  const words = text.match(WORDS);
  let place = 0;
  const next = word => words[place] === word && ++place > 0;

  function chain(operand, signs) {
    let whole = operand();
    while (signs.includes(words[place])) {
      const sign = words[place++],
        a = whole,
        b = operand();
      whole = sign === "@" ? to => product(a(to), b(to)) : to => pointwise(OPERATIONS[sign], a(to), b(to));
    }
    return whole;
  }

  const compared = () => chain(summed, ["<", ">", "<=", ">="]);
  const summed = () => chain(multiplied, ["+", "-"]);
  const multiplied = () => chain(signed, ["*", "@", "/"]);

  function signed() {
    if (!next("-")) return power();
    const a = signed();
    return to => pointwise(x => -x, a(to));
  }

  function power() {
    const a = transposable();
    if (!next("^")) return a;
    const b = signed();
    return to => pointwise(OPERATIONS["^"], a(to), b(to));
  }

  function transposable() {
    let whole = primary();
    while (next("'")) {
      const a = whole;
      whole = to => transposed(a(to));
    }
    return whole;
  }

  function listed(end) {
    const list = [];
    while (!next(end)) list.push(compared()) && next(",");
    return list;
  }

  function joined() {
    const rows = [[]];
    while (!next("]"))
      if (next(";")) rows.push([]);
      else rows[rows.length - 1].push(compared()) && next(",");
    return to => stacked(rows.map(row => beside(row.map(part => part(to)))));
  }

  /* j, 1..3, e); j, 3 downto 1, e); t, e): null where it is something else, and nothing is read then. */
  function ranged(name) {
    const before = place,
      index = words[place++];
    let low = () => scalar(1),
      high = () => scalar(told.steps);
    if (OVER[name] && next(",")) {
      let body = compared();
      const down = next("downto");
      if (down || next("..")) {
        [low, high] = [body, summed()];
        next(",");
        body = compared();
      } else if (name === "max" && index !== "t") {
        place = before;
        return null;
      }
      next(")");
      return to => {
        const [first, last] = [low(to).data[0], high(to).data[0]],
          count = Math.max(0, (down ? first - last : last - first) + 1);
        if (!count) return emptyOf(name, [first, first + 1].map(j => body({ ...to, [index]: j, shapes: true })));
        return OVER[name](Array.from({ length: count }, (_, k) => body({ ...to, [index]: first + (down ? -k : k) })));
      };
    }
    place = before;
    return null;
  }

  function called(name) {
    const over = ranged(name);
    if (over) return over;
    const operands = listed(")"),
      whole = MATRIXWISE[name];
    return whole
      ? to => whole(...operands.map(one => one(to)))
      : to => pointwise(ENTRYWISE[name], ...operands.map(one => one(to)));
  }

  function named(word) {
    if (next("[")) {
      const index = summed();
      next("]");
      return to => lookUp(`${word}[${index(to).data[0]}]`, to);
    }
    if (words[place] === "'" && words[place + 1] === "(") {
      place += 2;
      return called(`${word}'`);
    }
    if (next("(")) return called(word);
    return to => (word in to ? scalar(to[word]) : lookUp(word, to));
  }

  function primary() {
    const word = words[place++];
    if (word === "(") {
      const a = compared();
      next(")");
      return a;
    }
    if (word === "[") return joined();
    return /^\d/.test(word) ? () => scalar(Number(word)) : named(word);
  }

  return compared();
}
