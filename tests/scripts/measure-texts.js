// Where Chromium puts the texts of SVGs: node measure-texts.js CHROMIUM FILE.svg... prints, for each file, a line of
// JSON: a list of {text, x, y, width, height, size}, the boxes of their letters from ascent to descent.
const { chromium } = require("playwright-core");
const fs = require("fs");

function measure() {
  return [...document.querySelectorAll("svg text")].map((text) => {
    const box = text.getBBox();
    const runs = [...text.querySelectorAll("tspan")].filter((run) => run.textContent.trim() !== "");
    const parts = runs.length ? runs : [text];
    const size = Math.max(...parts.map((part) => parseFloat(getComputedStyle(part).fontSize)));
    return { text: text.textContent, x: box.x, y: box.y, width: box.width, height: box.height, size };
  });
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.argv[2], args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage();
  for (const file of process.argv.slice(3)) {
    await page.setContent('<body style="margin:0">' + fs.readFileSync(file, "utf8") + "</body>");
    console.log(JSON.stringify(await page.evaluate(measure)));
  }
  await browser.close();
})().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
