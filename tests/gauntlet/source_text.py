"""Functions and statements of a C++ source, as far as lines and columns tell them: enough to edit real code.

What cannot be told for sure is left out. An edit that does not compile is seen by the check after it.
"""

import dataclasses
import re

NO_FUNCTION = re.compile(r"\s*(class|struct|union|enum|template|static|extern|using|typedef|namespace|inline|friend)\b")
NO_STATEMENT = re.compile(r"\s*((return|co_return|co_yield|break|continue|throw|goto|case|default|for|if|while|do|else|"
                          r"switch|try|catch|using|typedef|static|struct|class|public|private|protected)\b|[^\w\s(:*])")
IS_EXPRESSION = re.compile(r"\s*(\(void\)|co_await\b|[\w:]+(<[^;=]*>)?\s*\(|[\w:\]\[]+((\.|->)[\w\[\]]+(\(\))?)*\s*\()")


@dataclasses.dataclass
class Function:
    """A free function of a source: lines [begin, end), its name, its head as written before the body."""
    begin: int
    end: int
    name: str
    head: str
    namespaces: tuple

    def holds(self, line):
        """`line` counts from one, as in findings."""
        return self.begin < line <= self.end


def free_functions(lines):
    """The functions whose head begins, and whose body ends, in the first column."""
    functions, namespaces, head, at = [], [], [], 0
    while at < len(lines):
        line = lines[at].rstrip()
        opened = re.match(r"namespace\s*([\w:]*)\s*\{$", line)
        if opened:
            namespaces.append(opened.group(1))
        elif line.startswith("}"):
            namespaces = namespaces[:-1]
        elif not line or line.startswith(("#", "//")):
            head = []
        else:
            head.append(line)
            if line.endswith("{"):
                end = next((i + 1 for i in range(at + 1, len(lines)) if lines[i].startswith("}")), len(lines))
                function = _function(head, at - len(head) + 1, end, namespaces)
                functions += [function] if function else []
                head, at = [], end - 1
            elif line.endswith((";", "}")):
                head = []
            at += 1
            continue
        head = []
        at += 1
    return functions


def _function(head, begin, end, namespaces):
    text = "\n".join(head)[:-1].rstrip()
    named = re.search(r"\b([A-Za-z_]\w*)\s*\(", text)
    if NO_FUNCTION.match(text) or not named or "=" in text or "::" + named.group(1) in text:
        return None
    return Function(begin, end, named.group(1), text, tuple(namespaces))


def statement_at(lines, first, last):
    """The lines [begin, end) of the whole simple statement that covers lines first to last, counted from one; None where
    it declares control flow, or is not told for sure."""
    begin, end = first - 1, last
    while begin > 0 and not re.search(r"[;{}:]\s*(//.*)?$|^\s*$|^\s*(//|#)", lines[begin - 1]):
        begin -= 1
    while end < len(lines) and not lines[end - 1].rstrip().endswith((";", "{", "}")):
        end += 1
    text = "\n".join(lines[begin:end])
    is_simple = text.rstrip().endswith(";") and text.count("(") == text.count(")") and not set("{}#") & set(text)
    return (begin, end) if is_simple and text.count(";") == 1 and not NO_STATEMENT.match(text) else None


def is_expression(text):
    """Whether a statement declares nothing, so that the code after it does without it."""
    return bool(IS_EXPRESSION.match(text)) and "=" not in text.split("(")[0]
