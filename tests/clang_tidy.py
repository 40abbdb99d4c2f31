#!/usr/bin/env python3
"""What clang-tidy 22 and the warnings of clang 22 find where corolint was measured. Its numbers stand in clang-tidy.md.

clang_tidy.py ECOSYSTEM CHECKOUTS [OWNER/NAME…] [--kept] [--sample N]
    ECOSYSTEM is build/ecosystem after `./dev ecosystem CHECKOUTS`. Runs over each unit whose source holds coroutines or
    continuations, one process at a time; the logs stay in ECOSYSTEM/OWNER+NAME/clang-tidy, and a unit that has one is
    not run again. With --kept none is run. Prints for each project the findings in its own code, told once however
    many units show them; then corolint's findings by rule, and how many of them a check for the same mistake tells,
    too. --sample prints N findings of each check, the same ones each time.
clang_tidy.py --fixtures
    The same over fixtures/*/from-history-*.cpp and the fixtures of the lock rule; prints each finding.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import re
import subprocess

CHECKS = ["cppcoreguidelines-avoid-capturing-lambda-coroutines",
          "cppcoreguidelines-avoid-reference-coroutine-parameters",
          "cppcoreguidelines-no-suspend-with-lock", "misc-coroutine-hostile-raii", "bugprone-unused-return-value"]
DROPPED = ["clang-diagnostic-unused-result", "clang-diagnostic-unused-value"]
# The checks that look for the same mistake as a rule does; the other rules have none.
KIN = {"awaitable-outlives-argument": CHECKS[1:2], "dangling-coroutine-parameter": CHECKS[1:2],
       "coroutine-lambda-capture": CHECKS[:1], "lock-held-across-suspension": CHECKS[2:4],
       "discarded-awaitable": CHECKS[4:] + DROPPED, "never-awaited-local": CHECKS[4:] + DROPPED}
TIDY = ["clang-tidy-22", "--quiet", "--config={}", "--checks=-*,clang-diagnostic-*," + ",".join(CHECKS)]
WARNINGS = ["-Wall", "-Wextra", "-Wunused-result", "-ferror-limit=0"]
FINDING = re.compile(r"^(/.+?):(\d+):(\d+): (warning|(?:fatal )?error): (.*) \[([\w,.+-]+)\]$", re.M)
ASYNCHRONOUS = re.compile(r"\bco_(await|return|yield)\b|\.then\(")
FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"


def text_of(path):
    return pathlib.Path(path).read_text(errors="replace")


def run(folder, root, is_kept):
    """Returns the logs of the project's units, and how many units it has."""
    units = json.loads(text_of(folder / "compile_commands.json"))
    (folder / "clang-tidy").mkdir(exist_ok=True)
    logs = []
    for unit in units:
        log = folder / "clang-tidy" / unit["file"].replace("/", "%")
        if not log.exists():
            if is_kept or not ASYNCHRONOUS.search(text_of(unit["file"])):
                continue
            command = TIDY + ["-p", str(folder), f"--header-filter=^{re.escape(str(root))}/", unit["file"]]
            command += ["--extra-arg=" + warning for warning in WARNINGS]
            log.write_text(subprocess.run(command, capture_output=True, text=True, errors="replace").stdout)
        logs.append(log)
    return logs, len(units)


def findings_in(log, root):
    """Returns (check, file, line, column, message) of the findings in the project's own code."""
    found = []
    for file, line, column, _, message, checks in FINDING.findall(text_of(log)):
        path = pathlib.Path(os.path.normpath(file))
        if path.is_relative_to(root) and "third_party" not in path.parts:
            place = (str(path.relative_to(root)), int(line), int(column), message)
            found += [(check, *place) for check in checks.split(",") if check in CHECKS + DROPPED]
    return found


def places_of(finding):
    parts = [finding] + finding["notes"]
    return {(part["place"]["file"], part["place"]["line"]) for part in parts if part["place"]}


def print_project(folder, root, is_kept, found, rules):
    logs, units = run(folder, root, is_kept)
    mine = collections.defaultdict(set)
    for log in logs:
        for check, *finding in findings_in(log, root):
            mine[check].add(tuple(finding))
    print(f"{folder.name}: {len(logs)} of {units} units")
    for check in sorted(mine):
        print(f"  {len(mine[check]):5} {check}")
        found[check] |= {(folder.name, *finding) for finding in mine[check]}
    for finding in json.loads(text_of(folder / "result.json"))["findings"]:
        told = {other[:2] for check in KIN.get(finding["rule"], []) for other in mine[check]}
        rules[finding["rule"]][bool(places_of(finding) & told)] += 1


def print_fixtures():
    lib = str(FIXTURES / "lib")
    flags = ["-nostdinc++", "-isystem", lib + "/std", "-I", lib + "/asio", "-I", lib + "/task", "-isystem", lib]
    files = set(FIXTURES.glob("*/from-history-*.cpp")) | set(FIXTURES.glob("lock-held-across-suspension/*.cpp"))
    for file in sorted(files):
        own = [] if text_of(file).startswith("// real-library") else flags
        log = subprocess.run(TIDY + [str(file), "--", "-std=c++20", *own, *WARNINGS], capture_output=True, text=True)
        for path, line, _, kind, message, checks in FINDING.findall(log.stdout):
            if path == str(file) and set(checks.split(",")) & set(CHECKS + DROPPED):
                print(f"{file.relative_to(FIXTURES)}:{line}: {kind}: {message} [{checks}]")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ecosystem", nargs="?", type=pathlib.Path)
    parser.add_argument("checkouts", nargs="?", type=pathlib.Path)
    parser.add_argument("projects", nargs="*")
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--fixtures", action="store_true")
    arguments = parser.parse_args()
    if arguments.fixtures:
        return print_fixtures()
    if not arguments.checkouts:
        parser.error("name the folders")
    found = collections.defaultdict(set)
    rules = collections.defaultdict(collections.Counter)
    for folder in sorted(arguments.ecosystem.resolve().iterdir()):
        name = folder.name.replace("+", "/")
        if (folder / "result.json").exists() and (not arguments.projects or name in arguments.projects):
            print_project(folder, arguments.checkouts.resolve() / name, arguments.kept, found, rules)
    print("all")
    for check in sorted(found):
        print(f"  {len(found[check]):5} {check}")
        chosen = sorted(found[check])
        for finding in sorted(random.Random(22).sample(chosen, min(arguments.sample, len(chosen)))):
            print("       ", *finding)
    for rule in sorted(rules):
        print(f"  {rules[rule].total():5} {rule}, {rules[rule][True]} of them told by a check, too")


if __name__ == "__main__":
    main()
