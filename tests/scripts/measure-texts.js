// Where a browser puts the texts of `pictures`, a list of SVGs: the page becomes the JSON of a list for each, of
// {text, x, y, width, height, size}, the boxes of their letters from ascent to descent.
function measure(text) {
  const box = text.getBBox();
  const runs = [...text.querySelectorAll("tspan")].filter((run) => run.textContent.trim() !== "");
  const parts = runs.length ? runs : [text];
  const size = Math.max(...parts.map((part) => parseFloat(getComputedStyle(part).fontSize)));
  return { text: text.textContent, x: box.x, y: box.y, width: box.width, height: box.height, size };
}

const measured = pictures.map((picture) => {
  document.body.innerHTML = picture;
  return [...document.querySelectorAll("svg text")].map(measure);
});
document.body.textContent = JSON.stringify(measured);
