"""A scratch copy of a real tree under git, with what corolint finds in it."""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

BASELINE = ".corolint-baseline.json"
SOURCE_SUFFIXES = {".cpp", ".cc", ".cxx"}


def kind_of(finding):
    """What must stay the same of a finding, whatever is edited around it."""
    return finding["rule"], finding.get("function", "")


def kinds_of(findings):
    return collections.Counter(map(kind_of, findings))


class Tree:
    def __init__(self, corolint, original, scratch, paths):
        self.corolint, self.paths = corolint, paths
        self.root = scratch / "tree"
        shutil.copytree(original, self.root, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        self.database = self.root / "compile_commands.json"
        if self.database.exists():
            self.database.write_text(self.database.read_text().replace(str(original), str(self.root)))
        self.git("init")
        self.commit()

    def git(self, *arguments):
        subprocess.run(["git", "-c", "user.email=a@b", "-c", "user.name=gauntlet", *arguments], cwd=self.root,
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def commit(self):
        self.git("add", "-A", "-f")
        self.git("commit", "--allow-empty", "-m", "gauntlet")

    def undo(self):
        self.git("reset", "--hard")
        self.git("clean", "-fdx")

    def corolint_says(self, *arguments):
        """What corolint prints; units that are broken here anyway are no error."""
        process = subprocess.run([self.corolint, *arguments, *self.paths], cwd=self.root, capture_output=True,
                                 text=True)
        if process.returncode not in (0, 3):
            sys.exit(f"gauntlet: corolint {' '.join(arguments)} ended with {process.returncode}:\n{process.stderr}")
        return process.stdout

    def findings(self, *arguments):
        """The findings that are told, and how many units do not compile."""
        report = json.loads(self.corolint_says("check", "-q", "-o", "json", "--exit-zero", "--on-broken=warn",
                                               *arguments))
        return report["findings"], len(report["broken_units"])

    def make_baseline(self):
        """Writes a baseline that leaves one finding in the middle out; returns what is left out of it."""
        self.corolint_says("baseline", "create")
        file = self.root / BASELINE
        baseline = json.loads(file.read_text())
        entries = baseline["findings"]
        if len(entries) < 2:
            sys.exit("gauntlet: there are fewer than two findings here, so nothing can be shown")
        # Twins share an identity: all of them are left out.
        left_out = entries[len(entries) // 2]["id"]
        baseline["findings"] = [entry for entry in entries if entry["id"] != left_out]
        file.write_text(json.dumps(baseline))
        self.commit()
        return kinds_of(self.findings()[0])

    def read(self, file):
        return (self.root / file).read_text(errors="surrogateescape")

    def write(self, file, text):
        (self.root / file).write_text(text, errors="surrogateescape")

    def is_unit(self, file):
        return pathlib.PurePath(file).suffix in SOURCE_SUFFIXES

    def add_unit(self, file, text, like):
        """Adds a source file that is compiled as the source file `like` is."""
        self.write(file, text)
        self._change_database(lambda entries: entries + [
            self._renamed(entry, like, file) for entry in entries if self._is_of(entry, like)])

    def rename_unit(self, file, new):
        self._change_database(lambda entries: [
            self._renamed(entry, file, new) if self._is_of(entry, file) else entry for entry in entries])

    def _change_database(self, change):
        if self.database.exists():
            self.database.write_text(json.dumps(change(json.loads(self.database.read_text())), indent=1))

    def _is_of(self, entry, file):
        return os.path.normpath(os.path.join(entry["directory"], entry["file"])) == str(self.root / file)

    def _renamed(self, entry, file, new):
        old_name = re.escape(pathlib.PurePath(file).name) + r"(?=$|[\s\"'])"
        new_name = pathlib.PurePath(new).name
        entry = dict(entry, file=re.sub(old_name, new_name, entry["file"]))
        if "command" in entry:
            entry["command"] = re.sub(old_name, new_name, entry["command"])
        if "arguments" in entry:
            entry["arguments"] = [re.sub(old_name, new_name, word) for word in entry["arguments"]]
        return entry
