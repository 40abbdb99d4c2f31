// Checks primaryLocationLineHash: `node line_hashes.mjs FILE`, where FILE holds {source: {line: hash}} with sources beside
// it. Two judges: the definition of github/codeql-action, src/fingerprints.ts, done the slow way (read as that action
// reads, Node's UTF-8 and UTF-16 units; each line hashed on its own, not rolling), and Microsoft's tool, which writes
// these hashes, too. Both take nothing from corolint. Microsoft's drops a byte order mark, the action counts it: so of a
// file with one, only the action is asked about the first line.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const window = 100;

// Returns the file's units without blanks, with one "\n" for each line end, and where each line starts in them.
function units_of(text) {
  const units = [];
  const starts = [0];
  let after_return = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    const skipped = character === " " || character === "\t" || (after_return && character === "\n");
    after_return = !skipped && character === "\r";
    if (skipped) continue;
    const ends_line = character === "\r" || character === "\n";
    units.push(ends_line ? 10n : BigInt(text.charCodeAt(i)));
    if (ends_line) starts.push(units.length);
  }
  units.push(65535n, ...Array(window).fill(0n));
  return { units, starts };
}

function hashes_of(text) {
  const { units, starts } = units_of(text);
  const seen = new Map();
  return starts.map((start) => {
    let hash = 0n;
    for (let i = 0; i < window; i += 1) hash += units[start + i] * 37n ** BigInt(window - 1 - i);
    const value = BigInt.asUintN(64, hash).toString(16);
    seen.set(value, (seen.get(value) ?? 0) + 1);
    return `${value}:${seen.get(value)}`;
  });
}

// Returns what Microsoft's tool gives for each of the lines: [{name, line, hash}].
function multitool_hashes(places, folder) {
  const manifest = createRequire(import.meta.url).resolve(`@microsoft/sarif-multitool-${process.platform}/package.json`);
  const multitool = join(dirname(manifest), "Sarif.Multitool");
  chmodSync(multitool, 0o755);
  const results = places.map(({ name, line }) => ({
    ruleId: "r",
    message: { text: "m" },
    locations: [{
      physicalLocation: { artifactLocation: { uri: name, uriBaseId: "ROOT" }, region: { startLine: line } },
    }],
  }));
  const run = {
    tool: { driver: { name: "t" } },
    originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(folder).href}/` } },
    results,
  };
  const scratch = mkdtempSync(join(tmpdir(), "corolint-hashes-"));
  const [given, written] = [join(scratch, "in.sarif"), join(scratch, "out.sarif")];
  writeFileSync(given, JSON.stringify({ version: "2.1.0", runs: [run] }));
  try {
    execFileSync(multitool, ["rewrite", given, "--insert", "RollingHashPartialFingerprints", "--output", written],
      { stdio: "pipe" });
    return JSON.parse(readFileSync(written, "utf8")).runs[0].results.map((result, i) => ({
      ...places[i],
      hash: result.partialFingerprints?.primaryLocationLineHash,
    }));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const [file] = process.argv.slice(2);
const folder = dirname(resolve(file));
const given = JSON.parse(readFileSync(file, "utf8"));
const places = [];
let lines = 0;
let wrong = 0;
function expect({ name, line, hash }, judge) {
  lines += 1;
  if (given[name][line] === hash) return;
  wrong += 1;
  console.log(`${name}:${line}: ${given[name][line]}, not ${hash} (${judge})`);
}
for (const name of Object.keys(given)) {
  const text = readFileSync(join(folder, name), "utf8");
  hashes_of(text).slice(0, 60).forEach((hash, i) => {
    expect({ name, line: i + 1, hash }, "the action");
    if (i > 0 || !text.startsWith("\ufeff")) places.push({ name, line: i + 1 });
  });
}
for (const place of multitool_hashes(places, folder)) expect(place, "Microsoft's tool");
console.log(`${lines} lines, ${wrong} wrong`);
process.exit(lines >= 200 && wrong === 0 ? 0 : 1);
