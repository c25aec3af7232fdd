/* What is in sight: how large the picture is and where it stands, moved by the reader or fitted into the stage. */

const MOST_IN_SIGHT = 60; /* steps that are drawn with all that is in them */
const AIR = 16,
  READ = 0.5; /* pixels around the picture; how large it must be to be read */

/* The picture between the strip's names and its sums, which stay at the edges; and how high all is. */
function wholeSize() {
  const [left, top, right, bottom] = level.bounds,
    { names, once, totals } = stripWidths(level),
    timed = data.last > 0;
  const width = timed ? right - left + (once ? once + 40 : 0) : Math.max(right - left, once);
  return { left, top, width, names, totals, height: bottom - top + (level.rows.length ? 14 + stripHeight(level) : 0) };
}

/* So small all is still drawn; below it the picture is pressed together along time, and its details are left out. */
function detailZoom() {
  const piece = level.pieces.find(one => one.step);
  return piece ? stage.clientWidth / (MOST_IN_SIGHT * (piece.width + 20)) : 0;
}

/* {across, tall}: how large all of the picture can be, in its width and in its height. */
function wholeZoom() {
  const { width, height, names, totals } = wholeSize(),
    tall = Math.min((stage.clientHeight - 2 * AIR) / height, 1.5),
    both = Math.min((stage.clientWidth - 2 * AIR) / (width + names + totals), tall);
  if (both >= detailZoom()) return { across: both, tall: both };
  return { across: Math.max(stage.clientWidth - 2 * AIR - (names + totals) * tall, 50) / width, tall };
}

function isOverview() {
  return state.zoom < 0.999 * detailZoom() && wholeZoom().across < wholeZoom().tall;
}

/* Where the picture's zero point lies on the stage, and how large the picture is along time, and upright. */
function sight() {
  if (!isOverview()) return { x: state.x, y: state.y, wide: state.zoom, tall: state.zoom };
  const { tall } = wholeZoom();
  return { x: state.x, y: middleOf(tall), wide: state.zoom, tall };
}

function leastZoom() {
  return Math.min(wholeZoom().across, 1);
}

/* Where the picture may begin, of which `last` would bring its end into sight: in the middle, if it is smaller. */
function within(at, first, last) {
  return last < first ? Math.min(Math.max(at, last), first) : (first + last) / 2;
}

/* The picture's zero point where it stands in the stage's middle, or, if it is higher, at the top. */
function middleOf(tall) {
  const { top, height } = wholeSize();
  return AIR - top * tall + Math.max(0, (stage.clientHeight - 2 * AIR - height * tall) / 2);
}

/* Puts the picture into the stage's middle, or, if it is wider, its beginning to the left. */
function place() {
  const { left, width, names, totals } = wholeSize(),
    { tall } = sight();
  const room = stage.clientWidth - 2 * AIR - width * state.zoom - (names + totals) * tall;
  state.x = AIR + names * tall - left * state.zoom + Math.max(0, room / 2);
  state.y = middleOf(state.zoom);
}

/* "read": all of it, or, of many steps, as many as are well read, the first ones. "all": all of it. Until the reader
 * moves the picture himself, that is done again whenever the stage has another size. */
function fit(how) {
  const { width, height, names, totals } = wholeSize(),
    high = (stage.clientHeight - 2 * AIR) / height,
    wide = (stage.clientWidth - 2 * AIR) / (width + names + totals);
  state.fits = how;
  state.zoom = how === "all" || wide > READ ? wholeZoom().across : Math.min(high, 1);
  place();
}

function refit() {
  if (!stage.clientWidth) return;
  if (state.fits) {
    fit(state.fits);
    bringChoice();
  }
  paintSight();
}

function fitAll() {
  fit("all");
  moved();
}

function moved() {
  paintSight();
  writePlace();
}

function pan(x, y) {
  state.fits = "";
  state.x += x;
  state.y += y;
  moved();
}

/* About a point of the stage, which stays where it is. Nothing is left empty that the picture could fill. */
function zoomAt(factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
  const zoom = Math.min(Math.max(state.zoom * factor, leastZoom()), 8),
    by = zoom / state.zoom,
    before = isOverview();
  const { left, top, width, height, names, totals } = wholeSize();
  state.fits = "";
  state.x = x - (x - state.x) * by;
  state.y = y - (y - state.y) * by;
  state.zoom = zoom;
  if (before && !isOverview()) state.y = middleOf(zoom);
  if (factor < 1) {
    const { tall } = sight(),
      right = stage.clientWidth - AIR - totals * tall,
      bottom = stage.clientHeight - AIR;
    state.x = within(state.x, AIR + names * tall - left * zoom, right - (left + width) * zoom);
    state.y = within(state.y, AIR - top * zoom, bottom - (top + height) * zoom);
  }
  moved();
}

/* Brings a part of the picture into sight, if it is not. */
function bring(left, right, y) {
  const { wide, tall, ...zero } = sight(),
    from = left * wide + zero.x,
    to = right * wide + zero.x,
    width = stage.clientWidth;
  const down = y * tall + zero.y,
    air = Math.min(80, width / 5);
  if (isOverview() && from >= 0 && to <= width) return;
  if (from < air || to > width - air) state.x += width / 2 - (from + to) / 2;
  if (down < 20 || down > stage.clientHeight - 20) state.y += stage.clientHeight / 2 - down;
}

/* Where a value stands: its box, or its step. */
function spotOf(label) {
  const box = boxOf(label),
    step = Number((label.match(/\[(\d+)\]/) || label.match(/^step (\d+)/) || [])[1]),
    piece = step ? level.byStep.get(step) : null;
  if (box) return { left: box.x - 30, right: box.x + 30, y: box.y };
  return piece ? { left: piece.x, right: piece.x + piece.width, y: piece.y + piece.height / 2 } : null;
}

/* What is chosen, or what the turn brings, has to be in sight. */
function bringChoice() {
  const at = state.choice
    ? spotOf(state.choice.split(" -> ")[0])
    : state.turn < level.turns && turnBoxes[state.turn].length
      ? spotOf(turnBoxes[state.turn][0].label)
      : null;
  if (at) bring(at.left, at.right, at.y);
}
