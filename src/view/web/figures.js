/* Figures: numbers as pictures write them, and the scale that gives a size its colour and its width. */

const MINUS = "\u2212";

/* To so many digits; what lies in the middle goes to the even one, as in the other pictures. */
function rounded(size, digits) {
  const [front, power] = size.toExponential(30).split("e"),
    all = front.replace(".", "");
  return /^50*$/.test(all.slice(digits)) && Number(all[digits - 1]) % 2 === 0
    ? Number(`${all[0]}.${all.slice(1, digits)}e${power}`)
    : Number(size.toPrecision(digits));
}

/* So many digits that count: 0.095, 1.2, 123, 9e-5. Tight: .095. */
function figure(number, digits = 2, tight = false) {
  const size = Math.abs(number),
    sign = number < 0 ? MINUS : "";
  if (Number.isNaN(number)) return "NaN";
  if (size === Infinity) return sign + "\u221e";
  if (size === 0) return "0";
  const short = rounded(size, digits),
    power = Number(short.toExponential().split("e")[1]);
  if (power >= digits && size < 1e5) return sign + size.toFixed(0);
  if (power >= -4 && power < digits) return sign + (tight ? String(short).replace(/^0\./, ".") : short);
  const fewer = Math.max(digits - 1, 1),
    [front, back] = rounded(size, fewer).toExponential(fewer - 1).split("e");
  return `${sign}${Number(front)}e${back.replace("-", MINUS).replace("+", "")}`;
}

function percent(part) {
  return Number.isFinite(part) ? `${figure(100 * part, 3)} %` : "\u2013";
}

/* --- themes ------------------------------------------------------------------------------------------------------ */

const dark = matchMedia("(prefers-color-scheme: dark)");
let theme;

function chooseTheme() {
  const names = Object.keys(data.themes);
  theme = data.themes[names.length > 1 && dark.matches ? "dark" : names[0]];
  for (const [name, colour] of Object.entries(theme))
    if (typeof colour === "string") document.documentElement.style.setProperty(`--${name}`, colour);
  document.documentElement.style.colorScheme = names.length > 1 && dark.matches ? "dark" : "light";
}

/* --- the scale --------------------------------------------------------------------------------------------------- */

const THINNEST = 1.4;

/* From 0, the low end and below, to 1. */
function placeOf(size, scale) {
  if (!Number.isFinite(size)) return 1;
  if (!(size > 0)) return 0;
  const [low, high] = scale;
  return high > low
    ? Math.min(Math.max((Math.log10(size) - low) / (high - low), 0), 1)
    : Number(Math.log10(size) >= high);
}

function rampAt(place) {
  const at = (1 - place) * (theme.ramp.length - 1),
    k = Math.min(Math.floor(at), theme.ramp.length - 2);
  const mixed = theme.ramp[k].map((one, c) => Math.round(one + (at - k) * (theme.ramp[k + 1][c] - one)));
  return `rgb(${mixed.join(",")})`;
}

function colourOf(size, scale) {
  return size === 0 ? theme.zero : Number.isFinite(size) ? rampAt(placeOf(size, scale)) : theme.bad;
}

function widthOf(size, level, scale) {
  return THINNEST + placeOf(size, scale) * (level.widest - THINNEST);
}

/* Black or white letters, whichever is easier to read on a colour. */
function inkOn(colour) {
  const parts = colour.startsWith("#")
    ? [1, 3, 5].map(k => parseInt(colour.slice(k, k + 2), 16))
    : colour.match(/\d+/g).map(Number);
  const [r, g, b] = parts.map(c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  return light / 0.05 > 1.05 / light ? "#000" : "#fff";
}

/* --- elements ---------------------------------------------------------------------------------------------------- */

const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes, ...kids) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...kids);
  return element;
}

function html(name, attributes, ...kids) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...kids.filter(kid => kid !== null));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}
