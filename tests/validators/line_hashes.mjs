// Checks primaryLocationLineHash: `node line_hashes.mjs FILE`, where FILE holds {source: {line: hash}} with sources beside
// it. This is the definition of github/codeql-action, src/fingerprints.ts, done the slow way: read as that action reads
// (Node's UTF-8, UTF-16 units), each line hashed on its own, not rolling. It takes nothing from corolint's.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

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

const [file] = process.argv.slice(2);
let lines = 0;
let wrong = 0;
for (const [name, given] of Object.entries(JSON.parse(readFileSync(file, "utf8")))) {
  const text = readFileSync(join(dirname(file), name), "utf8");
  hashes_of(text).slice(0, 60).forEach((hash, i) => {
    lines += 1;
    if (given[i + 1] === hash) return;
    wrong += 1;
    console.log(`${name}:${i + 1}: ${given[i + 1]}, not ${hash}`);
  });
}
console.log(`${lines} lines, ${wrong} wrong`);
process.exit(lines >= 100 && wrong === 0 ? 0 : 1);
