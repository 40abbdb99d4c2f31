#!/usr/bin/env python3
"""Edits a copy of a real tree that has a compile_commands.json or a compile_flags.txt, and checks each time that a baseline
made before the edit hides what it should and nothing else: one finding is left out of the baseline on purpose, and it
has to be told after every edit, with what the edit put in and nothing more.

usage: gauntlet.py COROLINT TREE [PATH...]

Ends with 1 if an old finding is told as new, or a new one is hidden; with 2 where nothing could be shown. An edit for which
the tree has no place is said.
"""

import pathlib
import sys
import tempfile

import edits
from tree import Tree, kinds_of


def judge(name, tree, found, left_out, edit):
    """Whether what is told after the edit is what was left out of the baseline and what the edit put in."""
    changed = edit(tree, found)
    if not changed:
        print(f"none  {name}: no place for it here")
        tree.undo()
        return True
    now, broken = tree.findings("--no-baseline")
    told = kinds_of(tree.findings()[0])
    gone = kinds_of(found) - kinds_of(now)  # what the edit fixed, or what cannot be seen in the edited code
    expected = left_out - gone + (kinds_of(now) - kinds_of(found))
    tree.undo()
    if broken > tree.broken:
        print(f"FAIL  {name} ({changed}): {broken - tree.broken} more units do not compile, so nothing is shown")
        return False
    if told == expected:
        print(f"ok    {name} ({changed}): {len(now)} findings, {sum(told.values())} told" +
              (f", {sum(gone.values())} gone" if gone else ""))
        return True
    print(f"FAIL  {name} ({changed}): {len(now)} findings, {sum(told.values())} told, {sum(expected.values())} expected")
    for kind, number in (told - expected).items():
        print(f"        falsely new: {number} × {kind[0]} in {kind[1]}")
    for kind, number in (expected - told).items():
        print(f"        hidden: {number} × {kind[0]} in {kind[1]}")
    return False


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    corolint, original, *paths = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        tree = Tree(pathlib.Path(corolint).resolve(), pathlib.Path(original).resolve(), pathlib.Path(scratch),
                    paths or ["."])
        found, tree.broken = tree.findings("--no-baseline")
        add_instantiation = edits.make_template(tree, found) or (lambda tree, found: None)
        left_out = tree.make_baseline()
        found, _ = tree.findings("--no-baseline")
        print(f"{len(found)} findings in {len(edits.files_of(found))} files, {sum(left_out.values())} left out of the "
              f"baseline; {tree.broken} units do not compile, before as after")
        results = [judge(name, tree, found, left_out, edit) for name, edit in [
            ("nothing changed", edits.nothing),
            ("five lines inserted above", edits.insert_lines),
            ("reformatted", edits.reformat),
            ("files renamed", edits.rename_files),
            ("files renamed behind git's back", edits.rename_files_without_git),
            ("functions moved to other files", edits.move_functions),
            ("locals renamed", edits.rename_locals),
            ("a twin added before", edits.add_twin),
            ("one fixed and another one added", edits.swap),
            ("units split in two", edits.split_units),
            ("an instantiation added", add_instantiation),
        ]]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
