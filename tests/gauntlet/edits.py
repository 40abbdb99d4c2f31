"""The edits. Each changes the tree and says in a word or two how much it changed; None where the tree offers no place for
it. `found` are the findings before the edit, without a baseline."""

import collections
import pathlib
import subprocess

from source_text import free_functions, is_expression, statement_at
from tree import kind_of, kinds_of

STYLE = "{BasedOnStyle: WebKit, ColumnLimit: 64, SortIncludes: Never, IndentWidth: 3}"
LOCAL_NAMES = ("{CheckOptions: {readability-identifier-naming.LocalVariablePrefix: gauntlet_, "
               "readability-identifier-naming.ParameterPrefix: gauntlet_}}")


def files_of(found):
    return sorted({finding["place"]["file"] for finding in found})


def count(number, things):
    return f"{number} {things}" if number else None


def nothing(tree, found):
    return "0 lines"


def insert_lines(tree, found):
    for file in files_of(found):
        tree.write(file, "// one\n// two\n\n// four\n// five\n" + tree.read(file))
    return count(len(files_of(found)), "files")


def reformat(tree, found):
    subprocess.run(["clang-format-22", "-i", "--style=" + STYLE, *files_of(found)], cwd=tree.root, check=True)
    return count(len(files_of(found)), "files")


def rename_files(tree, found, with_git=True):
    units = [file for file in files_of(found) if tree.is_unit(file)]
    for file in units:
        path = pathlib.PurePath(file)
        new = str(path.with_stem(path.stem + "_renamed"))
        if with_git:
            tree.git("mv", file, new)
        else:
            (tree.root / file).rename(tree.root / new)
        tree.rename_unit(file, new)
    return count(len(units), "files")


def rename_files_without_git(tree, found):
    return rename_files(tree, found, with_git=False)


def rename_locals(tree, found):
    """Every local variable and parameter of the units with findings gets another name, by clang-tidy."""
    units = [file for file in files_of(found) if tree.is_unit(file)]
    before = {file: tree.read(file) for file in units}
    for file in units:
        subprocess.run(["clang-tidy-22", "--checks=-*,readability-identifier-naming", "--config=" + LOCAL_NAMES, "--fix",
                        "--quiet", file], cwd=tree.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return count(sum(tree.read(file) != text for file, text in before.items()), "files")


def move_functions(tree, found):
    """The first free function with a finding of each file moves to a file of its own, which the old place includes."""
    moved = 0
    for file in files_of(found):
        lines = tree.read(file).splitlines()
        in_file = [finding["place"]["line"] for finding in found if finding["place"]["file"] == file]
        function = next((f for f in free_functions(lines) if any(map(f.holds, in_file))), None)
        if not function:
            continue
        path = pathlib.PurePath(file)
        new = path.with_name(f"{path.stem}_{function.name}.h")
        tree.write(new, "\n".join(lines[function.begin:function.end]) + "\n")
        tree.write(file, "\n".join(lines[:function.begin] + [f'#include "{new.name}"'] + lines[function.end:]) + "\n")
        moved += 1
    return count(moved, "functions")


def split_units(tree, found):
    """The free functions of a unit go to two units, which share the rest of it as a header."""
    split = 0
    _, broken = tree.findings("--no-baseline")
    for file in files_of(found):
        lines = tree.read(file).splitlines()
        functions = free_functions(lines)
        if not tree.is_unit(file) or len(functions) < 2:
            continue
        before = {name: tree.read(name) for name in [file] + ([tree.database.name] if tree.database.exists() else [])}
        path = pathlib.PurePath(file)
        header, second = path.with_name(path.stem + "_common.h"), path.with_stem(path.stem + "_second")
        tree.write(header, "#pragma once\n" + _with_declarations(lines, functions))
        half = (len(functions) + 1) // 2
        tree.write(file, _unit_of(header, lines, functions[:half]))
        tree.add_unit(str(second), _unit_of(header, lines, functions[half:]), file)
        if tree.findings("--no-baseline")[1] > broken:  # the code needs to be in one file, in this order
            for name, text in before.items():
                tree.write(name, text)
            (tree.root / header).unlink()
            (tree.root / second).unlink()
        else:
            split += 1
    return count(split, "units")


def _with_declarations(lines, functions):
    lines = list(lines)
    for function in reversed(functions):
        lines[function.begin:function.end] = [function.head + ";"]
    return "\n".join(lines) + "\n"


def _unit_of(header, lines, functions):
    text = f'#include "{header.name}"\n'
    for function in functions:
        text += "".join(f"namespace {name} {{\n" for name in function.namespaces)
        text += "\n".join(lines[function.begin:function.end]) + "\n" + "}\n" * len(function.namespaces)
    return text


def make_template(tree, found):
    """Before the baseline: a free function with a finding becomes a template with one instantiation. Returns the edit that
    adds another one; None where no function can be made a template and be found the same."""
    broken = tree.findings("--no-baseline")[1]
    for file in files_of(found):
        text = tree.read(file)
        lines = text.splitlines()
        in_file = [finding["place"]["line"] for finding in found if finding["place"]["file"] == file]
        for function in free_functions(lines):
            if function.name == "main" or not any(map(function.holds, in_file)):
                continue
            lines[function.begin] = "template <int gauntlet = 0>\n" + lines[function.begin]
            tree.write(file, "\n".join(lines) + "\n")
            changed, is_broken = tree.findings("--no-baseline")
            if is_broken == broken and kinds_of(changed) == kinds_of(found):
                tree.commit()
                return lambda tree, found: _instantiate(tree, file, function)
            tree.write(file, text)
            lines = text.splitlines()
    return None


def _instantiate(tree, file, function):
    lines = tree.read(file).splitlines()
    end = function.end + 1  # the template's head is a line more
    head = function.head.replace(function.name + "(", function.name + "<1>(", 1)
    tree.write(file, "\n".join(lines[:end] + [f"template {head};"] + lines[end:]) + "\n")
    return count(1, "instantiation")


def _statements(tree, found, may_declare):
    """The findings at simple statements, as (finding, file, begin, end)."""
    for finding in found:
        place = finding["place"]
        lines = tree.read(place["file"]).splitlines()
        statement = statement_at(lines, place["line"], place.get("end_line", place["line"]))
        if statement and (may_declare or is_expression("\n".join(lines[statement[0]:statement[1]]))):
            yield finding, place["file"], *statement


def _insert_twin(tree, file, begin, end):
    lines = tree.read(file).splitlines()
    tree.write(file, "\n".join(lines[:begin] + ["{"] + lines[begin:end] + ["}"] + lines[begin:]) + "\n")


def add_twin(tree, found):
    """The statement of a finding is there a second time, before it."""
    for finding, file, begin, end in _statements(tree, found, may_declare=True):
        text = tree.read(file)
        _insert_twin(tree, file, begin, end)
        if _gained(tree, found):
            return count(1, "statement")
        tree.write(file, text)
    return None


def swap(tree, found):
    """One finding is fixed, and one of the same rule comes to another function, of the same file where there is one."""
    places = list(_statements(tree, found, may_declare=False))
    pairs = [(old, new) for old in places for new in _statements(tree, found, may_declare=True)
             if old[0]["rule"] == new[0]["rule"] and kind_of(old[0]) != kind_of(new[0])]
    for old, new in sorted(pairs, key=lambda pair: pair[0][1] != pair[1][1]):
        before = {file: tree.read(file) for file in (old[1], new[1])}
        # The later place first: it leaves the lines of the earlier one where they are.
        for file, begin, end, is_new in sorted([(*old[1:], False), (*new[1:], True)], key=lambda e: -e[1]):
            if is_new:
                _insert_twin(tree, file, begin, end)
            else:
                lines = tree.read(file).splitlines()
                tree.write(file, "\n".join(lines[:begin] + lines[end:]) + "\n")
        if _gained(tree, found) == collections.Counter([kind_of(new[0])]) and _lost(tree, found):
            return "1 statement for another, " + ("the same file" if old[1] == new[1] else "two files")
        for file, text in before.items():
            tree.write(file, text)
    return None


def _gained(tree, found):
    """The findings that are there now and were not; none where the edit does not compile."""
    now, broken = tree.findings("--no-baseline")
    return collections.Counter() if broken > tree.broken else kinds_of(now) - kinds_of(found)


def _lost(tree, found):
    return kinds_of(found) - kinds_of(tree.findings("--no-baseline")[0])
