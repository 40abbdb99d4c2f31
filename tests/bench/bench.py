#!/usr/bin/env python3
"""Measures corolint against clang-tidy and the compiler over the same units, in one run, and compares each
ratio with its target. Ends with 1 where one falls short.

usage: bench.py CORPUS... [-j N] [--sample N] [--corolint PROGRAM] [--keep-counts]

CORPUS is boost, qcoro, generated, growth, instructions, or a folder with a compile database. The reference tools are slow:
--sample lets them run over every k-th unit only, N in all, and takes their time for all in proportion.
--keep-counts writes the instructions that were counted to instructions.json, with which later counts are compared.
"""

import argparse
import json
import os
import pathlib
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from generate import generate, write_database

CHECKS = ("-*,misc-coroutine-hostile-raii,cppcoreguidelines-avoid-capturing-lambda-coroutines,"
          "cppcoreguidelines-avoid-reference-coroutine-parameters,cppcoreguidelines-no-suspend-with-lock")
EXAMPLES = pathlib.Path("/usr/share/doc/libboost1.81-doc/examples/libs")
QCORO = pathlib.Path("/usr/share/doc/qcoro-doc/examples")
CORPORA = ["boost", "qcoro", "generated", "growth", "instructions"]
QT = "/usr/include/x86_64-linux-gnu/qt6"
COUNTS = pathlib.Path(__file__).with_name("instructions.json")


class Cost:
    """Seconds of wall clock and of CPU, and the peak memory in MiB of the largest process."""

    def __init__(self, wall, cpu, peak):
        self.wall, self.cpu, self.peak = wall, cpu, peak

    def scaled(self, factor):
        return Cost(self.wall * factor, self.cpu * factor, self.peak)


def run(command, folder, environment=None, may_fail=True):
    begin = time.monotonic()
    with open(os.devnull, "w") as null, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, cwd=folder, stdout=null, stderr=errors,
                                   env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode(errors="replace")
    if process.returncode not in (0, 1) if may_fail else process.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} ended with {process.returncode}:\n{text[-2000:]}")
    return Cost(time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Table:
    def __init__(self):
        self.missed = 0

    def row(self, name, ratio, target, detail="", at_least=False):
        verdict = ""
        if target is not None:
            is_met = ratio >= target if at_least else ratio <= target
            self.missed += not is_met
            verdict = f"{'>=' if at_least else '<='} {target:<5} {'ok' if is_met else 'MISSED'}"
        print(f"  {name:<58} {ratio:7.3f}  {verdict:<16} {detail}", flush=True)

    def cost(self, name, cost, note=""):
        print(f"  {name:<58} {cost.wall:7.2f} s wall {cost.cpu:8.2f} s CPU {cost.peak:6.0f} MiB {note}", flush=True)

    def ratios(self, name, cost, reference, target):
        self.row(name + ", wall", cost.wall / reference.wall, target)
        self.row(name + ", CPU", cost.cpu / reference.cpu, None)


class Bench:
    def __init__(self, arguments, table):
        self.arguments, self.table = arguments, table
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="corolint-bench-"))
        self.caches = 0

    def new_cache(self):
        self.caches += 1
        folder = self.scratch / f"cache{self.caches}"
        folder.mkdir()
        return folder

    def check_command(self, database, *options, jobs=None):
        return [self.arguments.corolint, "check", "-p", str(database), "-q", "-o", "concise",
                "--on-broken=warn", "-j", str(jobs or self.arguments.jobs), *options]

    def corolint(self, database, cache, *options, jobs=None):
        return run(self.check_command(database, *options, jobs=jobs), database, {"XDG_CACHE_HOME": str(cache)})

    def repeated(self, database, cache):
        """What one run costs when nothing changes: too short to be measured once."""
        figures = self.scratch / "hyperfine.json"
        run(["hyperfine", "--shell=none", "--warmup=1", "--runs=10", "--ignore-failure", f"--export-json={figures}",
             shlex.join(self.check_command(database))], database, {"XDG_CACHE_HOME": str(cache)}, may_fail=False)
        result = json.loads(figures.read_text())["results"][0]
        return Cost(result["mean"], result["user"] + result["system"], 0)

    @staticmethod
    def median(prepare, measure):
        """The run of three whose wall time is the middle one: a single run may meet a busy moment of the machine."""
        costs = []
        for _ in range(3):
            prepare()
            costs.append(measure())
        return sorted(costs, key=lambda cost: cost.wall)[1]

    def reference(self, what, database, paths, command):
        """Runs a reference tool over the units, or over a sample of them."""
        sample = self.arguments.sample or len(paths)
        step = max(1, len(paths) // sample)
        chosen = paths[::step][:sample] if sample < len(paths) else paths
        cost = run(command(chosen), database)
        note = "" if len(chosen) == len(paths) else f"({len(chosen)} of {len(paths)} units run, in proportion)"
        cost = cost.scaled(len(paths) / len(chosen))
        self.table.cost(what, cost, note)
        return cost

    def tidy(self, database, paths):
        return self.reference("run-clang-tidy-22, the four coroutine checks", database, paths, lambda chosen: [
            "run-clang-tidy-22", "-quiet", "-p", str(database), "-j", str(self.arguments.jobs),
            f"-checks={CHECKS}", *("^" + path.replace("+", r"\+") + "$" for path in chosen)])

    def compile_command(self, database, paths, jobs):
        commands = {e["file"]: e["arguments"] for e in json.loads((database / "compile_commands.json").read_text())}
        lines = "\n".join(" ".join(["clang++-22", *commands[path][1:], "-w", "-fsyntax-only"]) for path in paths)
        (self.scratch / "lines").write_text(lines + "\n")
        return ["sh", "-c", f"xargs -P {jobs} -d '\\n' -n 1 sh -c '$0' < {self.scratch}/lines"]

    def compiler(self, database, paths):
        return self.reference("clang++-22 -fsyntax-only", database, paths,
                              lambda chosen: self.compile_command(database, chosen, self.arguments.jobs))

    def corpus(self, name, database, paths, targets):
        table = self.table
        print(f"\n{name}: {len(paths)} units, {self.arguments.jobs} jobs")
        tidy = self.tidy(database, paths)
        compiler = self.compiler(database, paths)
        cache = self.new_cache()
        cold = self.corolint(database, cache)
        table.cost("corolint check, cold", cold)
        table.ratios("cold against clang-tidy", cold, tidy, targets.get("tidy"))
        table.ratios("cold against -fsyntax-only", cold, compiler, targets.get("compiler"))
        table.row("peak memory of a worker against -fsyntax-only", cold.peak / compiler.peak, 0.9)
        warm = self.repeated(database, cache)
        table.cost("corolint check, nothing changed (mean of 10)", warm)
        table.ratios("nothing changed against cold", warm, cold, 0.02)
        kept = self.median(lambda: self.keep_prefixes(cache), lambda: self.corolint(database, cache))
        table.cost("corolint check, prefixes kept (median of 3)", kept)
        table.ratios("prefixes kept against clang-tidy", kept, tidy, 0.08)

    @staticmethod
    def keep_prefixes(cache):
        """Takes everything but the prefixes out of the cache."""
        for kind in (cache / "corolint").glob("*"):
            if kind.is_dir() and kind.name not in ("prefixes", "stats", "times"):
                shutil.rmtree(kind)

    def edits(self, database, paths):
        """Single units edited, one at a time, then one header of the project: three times, each against a cold run."""
        edited = paths[3::len(paths) // 5]
        header = database / "src" / "part3.h"
        users = sum('"part3.h"' in pathlib.Path(path).read_text() for path in paths)
        of_source, of_header = [], []
        for _ in range(3):
            cache = self.new_cache()
            # By CPU: one unit keeps one worker busy, while a cold run has all of them at work.
            share = self.corolint(database, cache).cpu / len(paths)
            of_source.append(statistics.mean(self.cost_of_edit(path, database, cache) for path in edited) / share)
            of_header.append(self.cost_of_edit(header, database, cache) / (share * users))
        self.table.row(f"one source changed, mean of {len(edited)}, against its cold share, CPU",
                       statistics.median(of_source), 1.2, self.all_of(of_source))
        self.table.row(f"one header of {users} units changed, against their cold share, CPU",
                       statistics.median(of_header), 1.2, self.all_of(of_header))

    def cost_of_edit(self, path, database, cache):
        with open(path, "a") as file:
            file.write("// edited\n")
        return self.corolint(database, cache).cpu

    @staticmethod
    def all_of(ratios):
        return "(median of " + ", ".join(f"{ratio:.3f}" for ratio in ratios) + ")"

    def workers(self, database, paths):
        """What a second worker brings, beside what a second job brings the compiler: two processors may share a core."""
        alone, both = (self.median(lambda: None, lambda: self.corolint(database, self.new_cache(), jobs=jobs))
                       for jobs in (1, 2))
        self.table.row("2 workers against 1, cold, times faster (medians of 3)", alone.wall / both.wall, 1.8,
                       at_least=True)
        few = paths[::len(paths) // 10]
        alone, both = (run(self.compile_command(database, few, jobs), database) for jobs in (1, 2))
        self.table.row(f"clang++-22 -fsyntax-only of {len(few)} units, 2 jobs against 1", alone.wall / both.wall, None)

    def boost(self):
        paths = sorted(str(path) for library in ("asio", "beast")
                       for path in (EXAMPLES / library / "example").rglob("*.cpp")
                       if "co_await" in path.read_text() and path.name != "advanced_server_flex_awaitable.cpp")
        database = self.scratch / "boost"
        database.mkdir()
        write_database(database, paths, ["-std=c++20"])
        self.corpus("Boost's coroutine examples", database, paths, {"tidy": 0.15, "compiler": 0.20})

    def qcoro(self):
        database = self.scratch / "qcoro"
        database.mkdir()
        for moc in ("main.moc", "await-async-string.moc"):
            (database / moc).write_text("")
        modules = ("", "/QtCore", "/QtGui", "/QtWidgets", "/QtNetwork", "/QtDBus", "/QtConcurrent")
        folders = [QT + module for module in modules] + ["/usr/include/qcoro6", "/usr/include/qcoro6/qcoro"]
        paths = sorted(str(path) for path in QCORO.rglob("*.cpp"))
        for path in paths:  # the examples name headers as QCoro's source tree has them, not as they are installed
            for name in re.findall(r'#include "(qcoro/[^"]+/[^"]+)"', pathlib.Path(path).read_text()):
                (database / name).parent.mkdir(parents=True, exist_ok=True)
                (database / name).write_text(f"#include <qcoro/{pathlib.Path(name).name}>\n")
        flags = ["-std=c++20", "-fPIC", f"-I{database}", f"-I{QCORO}/dbus",
                 *(flag for folder in folders for flag in ("-isystem", folder))]
        write_database(database, paths, flags)
        self.corpus("QCoro's examples", database, paths, {})

    def generated(self):
        database = self.scratch / "generated"
        paths = generate(database, self.arguments.units)
        self.corpus("Generated project", database, paths, {"tidy": 0.08, "compiler": 0.10})
        self.edits(database, paths)
        self.workers(database, paths)
        plain = self.scratch / "plain"
        paths = generate(plain, 40, async_share=0)
        print(f"\nUnits without asynchronous code: {len(paths)}")
        compiler = self.compiler(plain, paths)
        skipped = self.corolint(plain, self.new_cache(), "--skip-synchronous")
        self.table.cost("corolint check --skip-synchronous, cold", skipped)
        self.table.ratios("cold against -fsyntax-only", skipped, compiler, 0.05)

    def growth(self):
        """What a unit costs, by how many there are; and without what is made once for all: prefixes, and the scan of headers."""
        print("\nGrowth, cold seconds a unit")
        wholes, units_alone = [], []
        for units in (25, 100, 400):
            database = self.scratch / f"growth{units}"
            trace = self.scratch / "trace.json"
            cost = self.corolint(generate(database, units) and database, self.new_cache(), f"--profile={trace}")
            events = json.loads(trace.read_text())["traceEvents"]
            seconds = {stage: sum(event["dur"] for event in events if event["name"] == stage) / 1e6
                       for stage in ("link", "prefix", "scan")}
            wholes.append(cost.cpu / units)
            units_alone.append((cost.cpu - seconds["prefix"] - seconds["scan"]) / units)
            self.table.cost(f"{units} units", cost,
                            f"of which prefixes {seconds['prefix']:.2f} s, scan {seconds['scan']:.2f} s")
            self.table.row(f"the link's share with {units} units", seconds["link"] / cost.wall, 0.05)
        self.table.row("a unit of the most units against one of the fewest, CPU", wholes[-1] / wholes[0], 1.15)
        self.table.row("the same without prefixes and scan, CPU", units_alone[-1] / units_alone[0], 1.15)

    def instructions(self):
        """What corolint does with a unit after parsing it, in instructions: the same on every machine."""
        unit = EXAMPLES / "asio/example/cpp20/coroutines/chat_server.cpp"
        print("\nInstructions for " + unit.name)
        counts = self.scratch / "counts"
        command = ["valgrind", "--tool=callgrind", "--trace-children=yes", f"--callgrind-out-file={counts}.%p",
                   self.arguments.corolint, "check", "-q", "-o", "concise", "--no-cache", "--fail-on", "never",
                   str(unit), "--", "-std=c++20"]
        run(command, self.scratch, {"XDG_CACHE_HOME": str(self.new_cache())})
        sums = {}
        for file in self.scratch.glob("counts.*"):
            text = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", str(file)],
                                  capture_output=True, text=True, check=True).stdout
            for line in text.splitlines():
                for name in ("corolint::analyse(", "corolint::parse("):
                    if ":" + name in line:
                        count = int(line.split("(")[0].replace(",", ""))
                        sums[name] = max(sums.get(name, 0), count)
        parsing = sums["corolint::parse("]
        after = sums["corolint::analyse("] - parsing
        print(f"  parsing {parsing:,}, after it {after:,}")
        self.table.row("after parsing against parsing, instructions", after / parsing, 0.05)
        kept = json.loads(COUNTS.read_text())
        self.table.row("after parsing against the count that is kept", after / kept["after_parsing"], 1.05)
        if self.arguments.keep_counts:
            kept.update(unit=unit.name, parsing=parsing, after_parsing=after)
            COUNTS.write_text(json.dumps(kept, indent=2) + "\n")

    def folder(self, path):
        database = next((p for p in [path, *sorted(path.glob("build*"))] if (p / "compile_commands.json").exists()), None)
        if not database:
            sys.exit(f"bench: {path} holds no compile_commands.json")
        entries = json.loads((database / "compile_commands.json").read_text())
        copy = self.scratch / "folder"
        copy.mkdir()
        paths = []
        for entry in entries:
            entry.setdefault("arguments", (entry.get("command") or "").split())
            entry["file"] = str(pathlib.Path(entry["directory"], entry["file"]))
            paths.append(entry["file"])
        (copy / "compile_commands.json").write_text(json.dumps(entries))
        self.corpus(str(path), copy, paths, {"tidy": 0.15, "compiler": 0.20})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", default=CORPORA)
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--keep-counts", action="store_true")
    parser.add_argument("--units", type=int, default=200, help="of the generated project")
    root = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument("--corolint", default=str(root / "build" / "corolint"))
    arguments = parser.parse_args()
    table = Table()
    bench = Bench(arguments, table)
    try:
        for corpus in arguments.corpus:
            if corpus in CORPORA:
                getattr(bench, corpus)()
            else:
                bench.folder(pathlib.Path(corpus).resolve())
    finally:
        shutil.rmtree(bench.scratch)
    print(f"\n{table.missed} of the targets missed" if table.missed else "\nall targets met")
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
