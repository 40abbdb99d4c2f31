// Opens HTML reports in headless Chromium, offline, and uses them as a reader would: `node page.mjs FILE…`. With
// `--shots DIR` it leaves pictures: light, dark, narrow. Whatever the report holds, the page has to agree with its data.

import { existsSync, mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const words = process.argv.slice(2);
const shots = words.includes("--shots") ? words.splice(words.indexOf("--shots"), 2)[1] : null;
const failures = [];
let checks = 0;

function expect(is_so, what) {
  checks += 1;
  if (!is_so) failures.push(what);
}

const text_of = (page, selector) => page.$eval(selector, (element) => element.textContent);
const count = (page, selector) => page.$$eval(selector, (elements) => elements.length);
const shown = (page) => count(page, ".list li");
const data_of = (page) => page.$eval("#report", (element) => JSON.parse(element.textContent));

async function check_outline(page, data) {
  const total = data.counts.findings;
  const title = await text_of(page, "h1");
  const verdict = total === 0 ? "No problems" : `${total} problem${total === 1 ? "" : "s"}`;
  expect(title.startsWith(verdict), `the title says '${title}', not '${verdict}'`);
  expect((await shown(page)) === Math.min(total, 200), "the list has not one row for each finding");
  expect((await count(page, "canvas")) === (total === 0 ? 0 : 3), "there are not three charts");
  const broken = (await count(page, ".broken")) ? await text_of(page, ".broken") : "";
  const unread = (await count(page, ".unread")) ? await text_of(page, ".unread") : "";
  for (const file of data.unread_files) expect(unread.includes(file), `${file} is not told of`);
  for (const unit of data.broken_units) expect(broken.includes(unit.cause), `${unit.file} is not told of`);
  expect((await count(page, ".rules dt")) === data.rules.length, "the rules that ran are not listed");
}

async function check_charts(page) {
  const blank = await page.$$eval("canvas", (canvases) =>
    canvases.filter((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return !data.some((value) => value !== 0);
    }).length,
  );
  expect(blank === 0, "a chart is blank");
}

async function check_filters(page, data) {
  const open = data.findings.filter((finding) => !finding.hidden_by);
  const errors = open.filter((finding) => finding.level === "error").length;
  const status = () => text_of(page, "[role=status]");
  const toggle = () => page.click(".toggle input");
  await toggle();
  expect((await status()).startsWith(`${open.length - errors} of`), "errors cannot be left out");
  await toggle();
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement.type === "search"), "/ does not lead to the search");
  await page.keyboard.type("no such words anywhere");
  expect((await shown(page)) === 0, "a search that nothing fits shows something");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  expect((await status()).startsWith(`${open.length} of`), "Escape does not show all again");
  await page.select(".filters select", open[0].rule);
  const of_rule = open.filter((finding) => finding.rule === open[0].rule).length;
  expect((await status()).startsWith(`${of_rule} of`), "the rule's filter does not count right");
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Escape");
}

// Findings that a comment or the baseline hides are not shown until they are asked for.
async function check_hidden(page, data) {
  const hidden = data.findings.filter((finding) => finding.hidden_by);
  const toggle = (await page.$$(".toggle input")).at(3);
  expect((toggle !== undefined) === hidden.length > 0, "hidden findings cannot be shown");
  if (!toggle) return;
  await toggle.click();
  const status = await text_of(page, "[role=status]");
  expect(status.startsWith(`${data.findings.length} of`), "hidden findings are not shown");
  const marks = await page.$$eval(".list .how-hidden", (marks) => marks.map((mark) => mark.textContent));
  const are_all_listed = data.findings.length <= 200;
  expect(are_all_listed ? marks.length === hidden.length : marks.length <= hidden.length,
    "not every hidden finding is marked in the list");
  await toggle.click();
}

const selected_row = (page) =>
  page.$$eval(".list li button", (rows) => rows.findIndex((row) => row.getAttribute("aria-current")));

async function check_keys(page, data) {
  expect((await selected_row(page)) === 0, "no finding is open at first");
  if (data.findings.length > 1) {
    await page.keyboard.press("j");
    expect((await selected_row(page)) === 1, "j does not open the next finding");
    expect(page.url().endsWith(await page.$eval("article", (it) => `#${it.getAttribute("aria-labelledby").slice(0, -6)}`)),
      "the address does not name the open finding");
    await page.keyboard.press("k");
    expect((await selected_row(page)) === 0, "k does not open the finding before");
    await page.focus(".list li:nth-child(2) button");
    await page.keyboard.press("Enter");
    expect((await selected_row(page)) === 1, "Enter on a row does not open it");
    await page.keyboard.press("k");
  }
}

// Goes through all places of the open finding: each shows its own source with its own line marked.
async function check_stops(page, data) {
  const message = await text_of(page, "article h2");
  const finding = data.findings.find((one) => message.includes(one.message));
  expect(finding !== undefined, "the open finding is not in the data");
  const places = [finding.place, ...finding.notes.map((note) => note.place), ...finding.path.map((step) => step.place)];
  const stops = places.filter(Boolean);
  for (const [i, place] of stops.entries()) {
    if (i > 0) await page.keyboard.press("n");
    expect((await text_of(page, "h3.place")).startsWith(`${place.file}:${place.line}:`), `place ${i} is not shown`);
    if (!data.files[place.file]) continue;
    const number = await text_of(page, ".line.current .number");
    expect(number === String(place.line), `place ${i} marks line ${number}, not ${place.line}`);
  }
  for (let i = 1; i < stops.length; i += 1) await page.keyboard.press("p");
  if (!data.files[finding.place.file] || finding.place.line !== finding.place.end_line) return;
  const [first, lines] = data.files[finding.place.file].find(
    ([first, lines]) => first <= finding.place.line && finding.place.line < first + lines.length);
  const wanted = lines[finding.place.line - first].slice(finding.place.column - 1, finding.place.end_column - 1);
  const marked = await page.$$eval(".mark-finding", (pieces) => pieces.map((piece) => piece.textContent).join(""));
  expect(marked === wanted, `'${marked}' is marked, not '${wanted}'`);
}

async function check_shape(page, name) {
  for (const [scheme, is_dark] of [["light", false], ["dark", true]]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const color = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = color.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    expect((light < 200) === is_dark, `in ${scheme} the page is ${color}`);
    await check_charts(page);
    if (shots) await page.screenshot({ path: join(shots, `${name}-${scheme}.png`) });
  }
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.setViewport({ width: 390, height: 844 });
  await new Promise((done) => setTimeout(done, 200));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow <= 0, `at 390 pixels the page is ${overflow} too wide`);
  if (shots) await page.screenshot({ path: join(shots, `${name}-narrow.png`), fullPage: true });
  await page.setViewport({ width: 1280, height: 900 });
}

async function check_page(browser, file) {
  const page = await browser.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && failures.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => failures.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    failures.push("the analysed code opened a dialog");
    return dialog.dismiss();
  });
  await page.setViewport({ width: 1280, height: 900 });
  const address = pathToFileURL(resolve(file)).href;
  await page.goto(address);
  await page.waitForSelector("h1");
  const data = await data_of(page);
  await check_outline(page, data);
  if (data.findings.length > 0) {
    await check_charts(page);
    await check_keys(page, data);
    await check_stops(page, data);
    await check_filters(page, data);
    await check_hidden(page, data);
  }
  await check_shape(page, basename(file, ".html"));
  expect((await count(page, "#app img, #app script, #app iframe, #app a[href^=javascript]")) === 0,
    "text of the analysed code became HTML");
  expect(requests.every((url) => url === address), `it asked for ${requests.join(", ")}`);
  await page.close();
}

const chromium = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
if (!chromium || words.length === 0) {
  console.error(chromium ? "usage: node page.mjs FILE… [--shots DIR]" : "install chromium");
  process.exit(2);
}
if (shots) mkdirSync(shots, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"],
});
for (const file of words) {
  const before = failures.length;
  await check_page(browser, file);
  for (const failure of failures.slice(before)) console.log(`${basename(file)}: ${failure}`);
}
await browser.close();
console.log(`${checks} checks, ${failures.length} failures`);
process.exit(failures.length === 0 && checks > 0 ? 0 : 1);
