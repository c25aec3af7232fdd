/* The panel: what there is to say of the value or the arrow that is chosen. */

const panel = byId("panel");
const MOST_ARROWS = 8,
  MOST_CELLS = 6;

/* --- pieces ------------------------------------------------------------------------------------------------------ */

function code(words) {
  return html("code", {}, words);
}

function linkTo(label, words = label, about = null) {
  const button = html("button", { type: "button", class: "link", "aria-label": about }, words);
  button.addEventListener("click", () => choose(label, true));
  return button;
}

/* A number that leads to its arrow; of the arrow that is chosen, the number alone. */
function linkToArrow(from, to, words) {
  const choice = `${from} -> ${to}`;
  return state.choice === choice || !words ? words : linkTo(choice, words, `arrow from ${from} to ${to}, ${words}`);
}

/* Small heat cells: blue above zero, red below, the stronger the larger; at most so many rows and columns. */
function cells(m, most) {
  const largest = m.data.reduce((so, x) => (Math.abs(x) < Infinity ? Math.max(so, Math.abs(x)) : so), 1e-300),
    table = html("table", { class: "matrix" });
  for (let i = 0; i < Math.min(m.rows, most); i++) {
    const row = html("tr", {});
    for (let j = 0; j < Math.min(m.cols, most); j++) {
      const x = m.data[i * m.cols + j],
        strength = Number.isFinite(x) ? Math.round((55 * Math.abs(x)) / largest) : 0;
      const colour = `color-mix(in srgb, ${x < 0 ? "var(--bad)" : "var(--input-line)"} ${strength}%, var(--box))`;
      row.append(html("td", { style: `background:${colour}`, title: x }, figure(x, 3)));
    }
    if (m.cols > most) row.append(html("td", {}, "\u2026"));
    table.append(row);
  }
  if (m.rows > most) table.append(html("tr", {}, html("td", {}, "\u22ee")));
  return table;
}

function extremes([norm, least, greatest]) {
  return `norm ${figure(norm, 4)}, from ${figure(least, 4)} to ${figure(greatest, 4)}`;
}

/* A matrix, or the corner of a large one, with what it is of and a button for the rest. */
function heat(m) {
  if (Math.max(m.rows, m.cols) <= MOST_CELLS) return cells(m, MOST_CELLS);
  const least = m.data.reduce((so, x) => Math.min(so, x), Infinity),
    greatest = m.data.reduce((so, x) => Math.max(so, x), -Infinity);
  const all = html("button", { type: "button", class: "link" }, `all of ${m.rows} x ${m.cols}`),
    corner = cells(m, MOST_CELLS);
  all.addEventListener("click", () => {
    corner.replaceWith(html("div", { class: "scrolls", tabindex: 0 }, cells(m, Infinity)));
    all.remove();
  });
  const about = html("div", { class: "soft" }, extremes([measureOf(m).l2, least, greatest]), "  ", all);
  return html("div", { class: "large" }, corner, about);
}

function factorElement(factor) {
  const body = factor.value ? heat(factor.value) : html("span", { class: "soft" }, "not held by this page");
  return html("span", { class: "factor" }, body, code(factor.text));
}

/* dc[3] * f[3] = ..., with its numbers. */
function productElement(one, label) {
  const row = html("div", { class: "product" });
  for (const factor of one.factors) {
    if (factor.sign) row.append(html("span", { class: "sign" }, factor.sign));
    row.append(factorElement(factor));
  }
  if (one.value && (one.factors.length > 1 || label))
    row.append(
      html("span", { class: "sign" }, "="),
      html("span", { class: "factor" }, heat(one.value), code(label || "")),
    );
  return row;
}

function termElements(link) {
  return link.terms
    .flatMap(term => [
      ...term.products.map(one => productElement(one, "")),
      term.minus && term.value
        ? html("div", { class: "product" }, html("span", { class: "sign" }, `${MINUS} =`), heat(term.value))
        : null,
    ])
    .filter(one => one);
}

/* --- arrows ------------------------------------------------------------------------------------------------------ */

function stateOfTurn(turn) {
  return turn > state.turn ? "waits" : turn && turn === state.turn && state.turn < level.turns ? "now" : "";
}

function shareBar(link) {
  const part = Math.min(Math.abs(link.share), 1);
  return Number.isFinite(part)
    ? html("div", { class: `bar${link.share < 0 ? " against" : ""}`, style: `width:${100 * part}%` })
    : null;
}

function arrowElement(link, far, open) {
  const turn = turnOfLink(link),
    mark = stateOfTurn(turn);
  const box = html("div", { class: `arrow ${mark}`, "data-from": link.from, "data-to": link.to });
  const size = link.norm === undefined ? "" : figure(link.norm, 4);
  if (link.norm > 0) box.style.borderLeftColor = colourOf(link.norm, level.scales.l2);
  box.append(
    html(
      "div",
      { class: "head" },
      linkTo(far),
      html(
        "span",
        {},
        linkToArrow(link.from, link.to, link.cut ? "cut: nothing passes" : size),
        html("span", { class: "soft" }, Number.isFinite(link.share) ? ` \u00b7 ${percent(link.share)}` : ""),
      ),
    ),
  );
  if (mark === "waits") box.append(html("div", { class: "soft" }, `arrives in turn ${turn}`));
  box.append(shareBar(link) || "", code(link.formula));
  if (link.terms.length && !link.cut) {
    const details = html(
      "details",
      {},
      html("summary", { class: "soft" }, "with its numbers"),
      ...termElements(link),
    );
    details.open = open;
    box.append(details);
  }
  return box;
}

/* The largest first; the rest on demand. */
function arrowList(links, farOf, open) {
  const sorted = [...links].sort((a, b) => (b.norm || 0) - (a.norm || 0));
  const list = html(
    "div",
    {},
    ...sorted.slice(0, MOST_ARROWS).map((link, k) => arrowElement(link, farOf(link), open && k < 3)),
  );
  if (sorted.length > MOST_ARROWS) {
    const more = html("button", { type: "button" }, `${sorted.length - MOST_ARROWS} smaller ones`);
    more.addEventListener("click", () =>
      more.replaceWith(...sorted.slice(MOST_ARROWS).map(link => arrowElement(link, farOf(link), false))),
    );
    list.append(more);
  }
  return list;
}

/* The picture's own arrows, of a graph that has no equations. */
function plainArrow(arrow, far) {
  const { line } = arrow,
    mark = stateOfTurn(line.turn);
  const size = line.gradient
    ? figure(line.gradient[state.magnitude], 4)
    : line.look === NONE
      ? "0"
      : line.look === OFF
        ? "off the scale"
        : "not recorded";
  return html(
    "div",
    { class: `arrow ${mark}` },
    html(
      "div",
      { class: "head" },
      html("span", {}, linkTo(far), line.variable ? html("i", {}, ` ${line.variable}`) : ""),
      html("span", {}, linkToArrow(arrow.from.label, arrow.to.label, size)),
    ),
  );
}

function plainLists(box) {
  const parts = [];
  if (box.out.length)
    parts.push(
      html("h3", {}, "The gradient arrives from"),
      ...box.out.map(arrow => plainArrow(arrow, arrow.to.label)),
    );
  if (box.in.length)
    parts.push(
      html("h3", {}, "Operands, where it goes on to"),
      ...box.in.map(arrow => plainArrow(arrow, arrow.from.label)),
    );
  return parts;
}

/* --- values ------------------------------------------------------------------------------------------------------ */

function equationElements(label) {
  const instance = instances.get(label),
    name = label.split("[")[0],
    leaf = told && told.leaves[name];
  if (instance) {
    const put = unfold(instance.of.put || "", instance.step);
    return [
      html("p", {}, code(instance.of.equation), html("span", { class: "soft" }, `  line ${instance.of.line}`)),
      put ? html("p", {}, code(put)) : null,
    ];
  }
  return leaf ? [html("p", {}, code(leaf[1]), html("span", { class: "soft" }, `  line ${leaf[0]}`))] : [];
}

function numbersElements(label, box) {
  const at = values.get(label),
    parts = [];
  if (!at && !box) return parts;
  const shape = at || box;
  if (shape.rows) parts.push(html("h3", {}, `Value, ${shape.rows} x ${shape.cols}`));
  if (at && at.value) parts.push(heat(at.value));
  else if (box && box.flags & SCALAR) parts.push(html("p", {}, figure(scalarsOf(box)[0], 4)));
  else if (at && at.sizes) parts.push(html("p", { class: "soft" }, extremes(at.sizes)));
  const size = at && at.gradient ? measureOf(at.gradient) : box && box.gradient;
  if (!size) return parts;
  const complete = completeIn(label),
    waits = complete > state.turn;
  parts.push(html("h3", {}, "Gradient"));
  if (waits) parts.push(soFar(label, complete));
  else if (at && at.gradient) parts.push(heat(at.gradient));
  else if (at && at.sizes) parts.push(html("p", { class: "soft" }, extremes(at.sizes.slice(3))));
  if (!waits) parts.push(html("p", {}, `${state.magnitude} ${figure(size[state.magnitude], 4)}`));
  return parts;
}

/* What has arrived until now, added up. */
function soFar(label, complete) {
  const all = arrivesAt(label),
    links = all.filter(link => turnOfLink(link) <= state.turn),
    box = level.byLabel.get(label);
  const { count, of } = box ? arrived(box) : { count: links.length, of: all.length };
  const words = html(
    "p",
    { class: "soft" },
    `${count} of ${of} contributions have arrived; complete in turn ${complete}`,
  );
  const sum = links.length && links.every(link => link.value) ? links.map(link => link.value).reduce(add) : null;
  return sum ? html("div", {}, words, heat(sum)) : words;
}

/* "add up", "partly cancel": as explain says it. */
function addingUp(label, links) {
  const at = values.get(label);
  links = links.filter(link => !link.cut);
  if (!at || !at.gradient || links.length < 2 || links.some(link => link.norm === undefined)) return null;
  const total = measureOf(at.gradient).l2,
    parts = links.reduce((sum, link) => sum + link.norm, 0);
  const squares = Math.sqrt(links.reduce((sum, link) => sum + link.norm ** 2, 0));
  const words =
    total === 0
      ? "cancel"
      : total < 0.2 * parts
        ? "largely cancel"
        : total < squares
          ? "partly cancel"
          : total < 0.97 * parts
            ? "differ in direction"
            : "add up";
  return html(
    "p",
    { class: "soft" },
    `The ${links.length} arrows ${words}: norms ${figure(parts, 4)} together, of their sum ${figure(total, 4)}.`,
  );
}

function nodeElements(label) {
  if (!isThere(label)) return [html("h2", {}, label), html("p", {}, "There is nothing of that name.")];
  const box = level.byLabel.get(label) || null,
    arrives = arrivesAt(label),
    on = goesOnFrom(label);
  const parts = [html("h2", {}, label), ...equationElements(label)];
  if (box && box.op && !told) parts.push(html("p", {}, `${box.op}, ${KINDS[box.kind]}`));
  parts.push(...numbersElements(label, box));
  if (told && arrives.length)
    parts.push(
      html("h3", {}, "What arrives"),
      addingUp(label, arrives),
      arrowList(arrives, link => link.to, true),
    );
  if (told && on.length)
    parts.push(
      html("h3", {}, "Where it goes on to"),
      arrowList(on, link => link.from, false),
    );
  if (box && !arrives.length && !on.length) parts.push(...plainLists(box));
  return parts;
}

function edgeElements(from, to) {
  const links = linksBetween(from, to),
    box = level.byLabel.get(from),
    arrows = box ? box.out.filter(one => one.to.label === to) : [];
  const parts = [html("h2", {}, linkTo(from), " \u2192 ", linkTo(to))];
  for (const one of new Set(links.length ? links.map(link => link.to) : [to])) parts.push(...equationElements(one));
  if (links.length)
    parts.push(html("h3", {}, `What ${from} receives`), ...links.map(link => arrowElement(link, link.to, true)));
  for (const link of links)
    if (link.value)
      parts.push(
        html("h3", {}, `Together`),
        heat(link.value),
        html(
          "p",
          {},
          `l2 ${figure(link.norm, 4)}, ${percent(link.share)} of the gradient of ${from}, cosine ${figure(link.cosine, 3)}`,
        ),
      );
  if (!links.length && arrows.length)
    parts.push(html("h3", {}, `What ${from} receives`), ...arrows.map(arrow => plainArrow(arrow, to)));
  return parts;
}

function fillPanel() {
  if (!state.choice) return panel.replaceChildren();
  const close = html("button", { type: "button", class: "close", "aria-label": "Close" }, "\u00d7"),
    top = panel.scrollTop,
    reads = panel.contains(document.activeElement);
  close.addEventListener("click", () => choose(""));
  const [from, to] = state.choice.split(" -> ");
  panel.replaceChildren(close, ...(to ? edgeElements(from, to) : nodeElements(from)).filter(part => part));
  panel.scrollTop = top;
  if (reads) panel.focus();
}
