// Runs action.yml and templates/corolint.yml as their hosts would, offline: `node ci_pieces.mjs CASE PROJECT PROGRAM`.
// Shell steps are run as they stand; artifacts and uploads are copied within PROJECT/store. The cases print what came out.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import yaml from "js-yaml";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const [name, project, program] = process.argv.slice(2);
const store = join(project, "store");

function copy(from, to) {
  mkdirSync(to, { recursive: true });
  cpSync(from, existsSync(from) && readdirSafe(from) ? to : join(to, basename(from)), { recursive: true });
}

function readdirSafe(path) {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}

// What GitHub's expressions need of JavaScript here: names looked up, == and != as they are.
function evaluated(expression, context) {
  const script = expression.replace(/\b(inputs|steps|github|runner)\.([\w.-]+)/g, (_, scope, path) =>
    JSON.stringify(path.split(".").reduce((value, key) => value?.[key], context[scope]) ?? ""));
  return new Function(`return (${script.replace(/'/g, '"')});`)();
}

const filled = (text, context) => String(text).replace(/\$\{\{(.*?)\}\}/g, (_, inner) => evaluated(inner, context));

const fakes = {
  "actions/cache@v4": () => {},
  "actions/upload-artifact@v4": ({ name, path }) => copy(path, join(store, name)),
  "actions/download-artifact@v4": ({ name, pattern, path }) => {
    const prefix = (pattern ?? name).replace("*", "");
    for (const entry of readdirSync(store).filter((entry) => entry.startsWith(prefix))) copy(join(store, entry), path);
  },
  "github/codeql-action/upload-sarif@v3": ({ sarif_file }) => cpSync(sarif_file, join(store, "uploaded.sarif")),
};

function run_shell(step, context, temp) {
  const output = join(temp, "output");
  writeFileSync(output, "");
  const env = { ...process.env, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: join(store, "summary.md") };
  for (const [key, value] of Object.entries(step.env ?? {})) env[key] = filled(value, context);
  writeFileSync(join(temp, "step.sh"), step.run);
  const shell = ["--noprofile", "--norc", "-e", "-o", "pipefail", join(temp, "step.sh")]; // GitHub's own
  const { status, stdout, stderr } = spawnSync("bash", shell, { cwd: project, env, encoding: "utf8" });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  const lines = readFileSync(output, "utf8").split("\n").filter(Boolean);
  return { status, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
}

// Returns the action's status with these inputs.
function run_action(given) {
  const action = yaml.load(readFileSync(join(root, "action.yml"), "utf8"));
  const unknown = Object.keys(given).filter((input) => !(input in action.inputs));
  if (unknown.length > 0) throw new Error(`no input ${unknown}`);
  const defaults = Object.fromEntries(Object.entries(action.inputs).map(([key, { default: value }]) => [key, value]));
  const temp = mkdtempSync(join(tmpdir(), "corolint-action-"));
  const context = { inputs: { ...defaults, program, ...given }, steps: {}, runner: { temp, os: "Linux" },
    github: { action_path: root, action_ref: "main" } };
  let status = 0;
  for (const step of action.runs.steps) {
    if (status !== 0 || (step.if && !evaluated(step.if, context))) continue;
    if (step.uses) {
      const values = Object.entries(step.with).map(([key, value]) => [key, filled(value, context)]);
      fakes[step.uses](Object.fromEntries(values));
    } else {
      const result = run_shell(step, context, temp);
      status = result.status;
      if (step.id) context.steps[step.id] = { outputs: result.outputs };
    }
  }
  rmSync(temp, { recursive: true });
  return status;
}

// Returns the status of each job of the GitLab component; a job after a failed one is not run.
function run_gitlab(given) {
  const text = readFileSync(join(root, "templates/corolint.yml"), "utf8");
  const spec = yaml.loadAll(text.replace(/\$\[\[.*?\]\]/g, "x"))[0].spec;
  const value_of = (input) => given[input] ?? spec.inputs[input].default;
  const jobs = yaml.load(text.split("\n---\n")[1].replace(/\$\[\[ inputs\.(\w+) \]\]/g, (_, input) => value_of(input)));
  const path = mkdtempSync(join(tmpdir(), "corolint-path-"));
  symlinkSync(program, join(path, "corolint"));
  const statuses = {};
  for (const [job, { script, parallel = 1, needs }] of Object.entries(jobs)) {
    if (needs.some((need) => statuses[need] > 0)) continue;
    for (let index = 1; index <= parallel; index += 1) {
      const env = { ...process.env, PATH: `${path}:${process.env.PATH}`, CI_NODE_INDEX: index, CI_NODE_TOTAL: parallel };
      const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", script.join("\n")], { cwd: project, env, encoding: "utf8" });
      process.stdout.write(stdout);
      process.stderr.write(stderr);
      statuses[job] = Math.max(statuses[job] ?? 0, status);
    }
  }
  rmSync(path, { recursive: true });
  return statuses;
}

const cases = {
  check: () => run_action({ stage: "check", options: "--fail-on\nwarning\n", paths: "a.cpp\nwith blank.cpp\n" }),
  clean: () => run_action({ stage: "check", options: "--fail-on\nnever" }),
  matrix: () => {
    const statuses = [run_action({ stage: "plan", upload: "false" })];
    for (const shard of ["1/2", "2/2"]) statuses.push(run_action({ stage: "facts", shard }));
    return [...statuses, run_action({ stage: "gate" })];
  },
  missing_shard: () => [run_action({ stage: "plan" }), run_action({ stage: "facts", shard: "1/2" }), run_action({ stage: "gate" })],
  bad_stage: () => run_action({ stage: "x\n::error::y" }),
  gitlab: () => run_gitlab({ shards: 2 }),
  gitlab_lenient: () => run_gitlab({ options: "--fail-on never --on-broken warn" }),
  hooks: () => {
    const hooks = yaml.load(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8"));
    const [hook] = hooks;
    const files = readdirSync(project).filter((file) => new RegExp(hook.files).test(file));
    const [command, ...words] = hook.entry.split(" ");
    if (command !== "corolint" || hook.language !== "system") return -1;
    return spawnSync(program, [...words, ...files], { cwd: project, stdio: "inherit" }).status;
  },
};

mkdirSync(store, { recursive: true });
const result = cases[name]();
writeFileSync(join(store, "status.json"), JSON.stringify(result));
