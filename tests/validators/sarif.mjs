// Checks SARIF logs: `node sarif.mjs FILE…`, or `--self-test` to see that broken logs are refused.
//
// Two judges, because each misses what the other finds: Microsoft's validator knows what hosts such as GitHub
// ask for but lets a bad enum value pass; the JSON schema knows nothing of hosts. The validator's npm wrapper
// is not used: it starts a shell, which breaks at the `;` of the rule kinds. Its exit status is 0 whatever it
// finds, so its own log is read. Notes are counted only: some are noise without a network.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const here = dirname(fileURLToPath(import.meta.url));
const platform = { linux: "linux", darwin: "darwin", win32: "win32" }[process.platform];
const package_name = `@microsoft/sarif-multitool-${platform}`;
const manifest = createRequire(import.meta.url).resolve(`${package_name}/package.json`);
const multitool = join(dirname(manifest), "Sarif.Multitool");

function schema_check() {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  return ajv.compile(JSON.parse(readFileSync(join(dirname(manifest), "sarif-2.1.0.json"), "utf8")));
}

// Returns the level and text of each result that the validator has for `file`.
function host_findings(file) {
  const folder = mkdtempSync(join(tmpdir(), "corolint-sarif-"));
  const log = join(folder, "log.sarif");
  const options = ["--rule-kind", "Sarif;Gh", "--level", "Error;Warning;Note", "--output", log];
  try {
    execFileSync(multitool, ["validate", file, ...options], { stdio: "pipe" });
    const run = JSON.parse(readFileSync(log, "utf8")).runs[0];
    if (!run.results?.length)  // it has a note for any log; of one that it cannot read it says nothing
      return [{ level: "error", text: "the validator has not read it" }];
    return run.results.map((result) => {
      const rule = run.tool.driver.rules?.find((rule) => rule.id === result.ruleId.split("/")[0]);
      const { id, text, arguments: values } = result.message;
      const sentence = text ?? rule?.messageStrings?.[id]?.text ?? id;
      const filled = sentence.replace(/\{(\d)\}/g, (slot, i) => values?.[i] ?? slot);
      return { level: result.level ?? "warning", text: `${result.ruleId}: ${filled}` };
    });
  } catch (error) {
    return [{ level: "error", text: `the validator gave up: ${error.message}` }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Returns whether both judges accept `file`, after printing what they say.
function is_valid(file, check, print = console.log) {
  const is_schema_ok = check(JSON.parse(readFileSync(file, "utf8")));
  for (const error of check.errors ?? [])
    print(`${file}: schema: ${error.instancePath || "/"} ${error.message}`);
  const findings = host_findings(file);
  const count = (level) => findings.filter((finding) => finding.level === level).length;
  for (const { level, text } of findings) if (level !== "note") print(`${file}: ${level}: ${text}`);
  const [errors, warnings] = [count("error"), count("warning")];
  const schema = is_schema_ok ? "schema ok" : "schema broken";
  print(`${file}: ${schema}, ${errors} errors, ${warnings} warnings, ${count("note")} notes`);
  return is_schema_ok && errors + warnings === 0;
}

// Each breaks a good log in one way that one of the judges has to see.
const defects = {
  "bad level": (log) => (log.runs[0].results[0].level = "fatal"),
  "no driver name": (log) => delete log.runs[0].tool.driver.name,
  "no region": (log) => delete log.runs[0].results[0].locations[0].physicalLocation.region,
  "unknown property": (log) => (log.runs[0].results[0].colour = "red"),
};

function self_test(check) {
  const folder = mkdtempSync(join(tmpdir(), "corolint-sarif-"));
  const good = readFileSync(join(here, "../golden/report.sarif"), "utf8").replaceAll("@VERSION@", "0.0.0");
  const verdict = (name, spoil) => {
    const log = JSON.parse(good);
    spoil(log);
    const file = join(folder, name.replaceAll(" ", "-") + ".sarif");
    writeFileSync(file, JSON.stringify(log));
    const lines = [];
    const is_ok = is_valid(file, check, (line) => lines.push("  " + line)) === (name === "good");
    console.log([`${name}: ${is_ok ? "as expected" : "WRONG VERDICT"}`, ...lines].join("\n"));
    return is_ok;
  };
  const cases = Object.entries({ good: () => {}, ...defects });
  const verdicts = cases.map(([name, spoil]) => verdict(name, spoil));
  rmSync(folder, { recursive: true });
  return verdicts.every(Boolean);
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: node sarif.mjs FILE… | --self-test");
  process.exit(2);
}
chmodSync(multitool, 0o755); // the package's own install script does it, where npm lets that run
const check = schema_check();
const is_self_test = files[0] === "--self-test";
const is_ok = is_self_test ? self_test(check) : files.map((file) => is_valid(file, check)).every(Boolean);
process.exit(is_ok ? 0 : 1);
