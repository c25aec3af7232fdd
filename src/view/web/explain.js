/* What there is to say of a value: its equation, and every arrow as a formula with its numbers put in. A kind is what
 * an equation brings, with indices as distances to its step; an instance is one of them at a step. Where the page is to
 * work out, a value is its equation, an arrow the sum of its terms, and a gradient the sum of its arrows. */

const told = data.explanations;
const instances = new Map(); /* by the label of the equation's result */
const users = new Map(); /* by label: labels of the results of the equations that use it */
const gradientOf = new Map(told ? Object.entries(told.gradients).map(([name, of]) => [of, name]) : []);

function unfoldInstance(of, step, numbers) {
  const to = unfold(of.to, step),
    sources = of.links.map(([from]) => unfold(from, step));
  instances.set(to, { of, step, numbers, to, sources });
  for (const label of sources) {
    if (!users.has(label)) users.set(label, []);
    users.get(label).push(to);
  }
}

if (told)
  for (const [kind, first, count, numbers = []] of told.at) {
    const each = numbers.length / count;
    for (let k = 0; k < count; k++)
      unfoldInstance(told.kinds[kind], first + k, numbers.slice(k * each, (k + 1) * each));
  }

/* --- numbers ----------------------------------------------------------------------------------------------------- */

const texts = new Map();

/* What a text comes to at a step; null where the page has not all numbers for that. */
function evaluate(text, step) {
  if (!told.worked) return null;
  if (!texts.has(text)) texts.set(text, read(text, named));
  return texts.get(text)({ "#": step });
}

/* c[3], dc[3], a size; what lies beyond the ends is zero, as is all where only shapes count. */
function named(label, { shapes }) {
  const [name, index] = label.split("["),
    of = gradientOf.get(name) || name,
    its = index ? `${of}[${index}` : of;
  if (name in told.sizes) return scalar(told.sizes[name]);
  if (values.has(its) && !shapes) return lookUp(of === name ? "value" : "gradient", its);
  const { rows, cols } = shapeOf.get(of) || ZERO;
  return filled(rows, cols, ZERO.open);
}

const NEEDED = { value: label => instances.get(label)?.sources || [], gradient: label => users.get(label) || [] };

const FOUND = {
  value(label) {
    const { of, step } = instances.get(label);
    return likeThat(label, evaluate(of.put.slice(of.put.indexOf(" = ") + 3), step));
  },
  gradient: label =>
    label === "loss" ? scalar(1) : likeThat(label, sumUp(arrivesAt(label))),
};

function likeThat(label, m) {
  const like = values.get(label);
  return like ? shaped(m, like.rows, like.cols) : m;
}

/* A value or a gradient; what it needs is worked out before it, however long the chain. */
function lookUp(part, label) {
  const found = known[part],
    stack = [label],
    entered = new Set();
  while (!found.has(label)) {
    const last = stack.pop(),
      needed = entered.has(last) ? [] : NEEDED[part](last).filter(one => !found.has(one));
    entered.add(last);
    if (needed.length) stack.push(last, ...needed);
    else if (!found.has(last)) found.set(last, FOUND[part](last));
  }
  return found.get(label);
}

/* --- terms ------------------------------------------------------------------------------------------------------- */

const negative = m => m && pointwise(x => -x, m);

function readProduct([words, ...factors], step) {
  const read = factors.map(([sign, text]) => ({ sign, text: unfold(text, step), value: evaluate(text, step) }));
  return { text: unfold(words, step), factors: read, value: evaluate(words, step) };
}

function readTerm([minus, ...products], step) {
  const read = products.map(one => readProduct(one, step)),
    { value } = read[read.length - 1];
  return { products: read, minus, value: minus ? negative(value) : value };
}

/* The last product of a term is all of it. */
function valueOfTerm([minus, ...products], step) {
  const value = evaluate(products[products.length - 1][0], step);
  return minus ? negative(value) : value;
}

/* --- arrows ------------------------------------------------------------------------------------------------------ */

function weigh({ from, value }) {
  const whole = values.get(from).gradient,
    [norm, size] = [normOf(value), normOf(whole)];
  const along = total(whole.data.map((x, k) => x * value.data[k]));
  return [norm, along / size / size, along / size / norm];
}

/* What the equation of `to` brings to `from`: how large that is, and how much of the whole gradient. */
class Link {
  constructor(instance, [, formula, cut, terms], k) {
    [this.instance, this.written, this.brings, this.cut] = [instance, formula, terms, cut];
    [this.from, this.to] = [instance.sources[k], instance.to];
    if (!told.worked) this.weights = instance.numbers.slice(3 * k, 3 * k + 3).map(x => x ?? NaN);
  }
  get formula() {
    return unfold(this.written, this.instance.step);
  }
  get terms() {
    return (this.read ??= this.brings.map(term => readTerm(term, this.instance.step)));
  }
  get value() {
    if (!told.worked) return null;
    const values = this.cut || this.sum ? [] : this.brings.map(term => valueOfTerm(term, this.instance.step));
    return (this.sum ??= likeThat(this.from, values.length ? values.reduce(add) : ZERO));
  }
  get sizes() {
    return (this.weights ??= weigh(this));
  }
  get norm() {
    return this.sizes[0];
  }
  get share() {
    return this.sizes[1];
  }
  get cosine() {
    return this.sizes[2];
  }
}

function readLinks(instance) {
  instance.links ??= instance.of.links.map((fields, k) => new Link(instance, fields, k));
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

/* The box that a value is, or that it is folded into: that of its step, or of all that uses it. */
function boxOf(label) {
  level.boxOf ||= new Map();
  if (!level.boxOf.has(label)) {
    const own = level.byLabel.get(label) || level.byLabel.get(`step ${label.match(/\[(-?\d+)\]$/)?.[1]}`);
    const boxes = new Set(own ? [own] : (users.get(label) || []).map(boxOf));
    level.boxOf.set(label, boxes.size === 1 ? [...boxes][0] : null);
  }
  return level.boxOf.get(label);
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

/* The arrows between two boxes, where values within the second may be what uses the first. */
function linksBetween(from, to) {
  if (!level.between) {
    level.between = new Map();
    for (const { sources, to: own, of } of instances.values()) {
      const box = boxOf(own);
      of.links.forEach((_, k) => {
        for (const end of box && box.label !== own ? [own, box.label] : [own]) {
          const choice = `${sources[k]} -> ${end}`;
          if (!level.between.has(choice)) level.between.set(choice, []);
          level.between.get(choice).push([own, k]);
        }
      });
    }
  }
  return (level.between.get(`${from} -> ${to}`) || []).map(([own, k]) => readLinks(instances.get(own))[k]);
}

const sumUp = links => (links.length ? links.map(link => link.value).reduce(add) : ZERO);
const sumOf = (label, links) => likeThat(label, sumUp(links));
const carriedBetween = (from, to) => measureOf(sumOf(from, linksBetween(from, to)));

/* What several arrows bring together; what a rail collects is as large as the largest of it. */
function carriedBy({ from, to, flags, variable }) {
  const label = from.kind === STEPS ? `${variable}[${from.piece.step}]` : from.label,
    each = to.map(box => linksBetween(label, box.label));
  const sizes = (flags & RAIL ? each : [each.flat()]).map(links => measureOf(sumOf(label, links)));
  return sizes.reduce((a, b) => (b[data.magnitude] > a[data.magnitude] ? b : a));
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
