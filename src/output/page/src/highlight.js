// C++ as coloured pieces by line. The highlighter gives a tree; marks need flat pieces, so the tree is flattened.

import cpp from "highlight.js/lib/languages/cpp";
import { createLowlight } from "lowlight";

const lowlight = createLowlight({ cpp });

function flatten(node, kind, pieces) {
  if (node.type === "text") pieces.push({ text: node.value, kind });
  const own = node.properties?.className?.[0] ?? kind;
  for (const child of node.children ?? []) flatten(child, own, pieces);
  return pieces;
}

// Returns, for each line, pieces {text, kind} that together are the line.
export function highlighted(lines) {
  const result = [[]];
  for (const { text, kind } of flatten(lowlight.highlight("cpp", lines.join("\n")), "", [])) {
    const [first, ...others] = text.split("\n");
    if (first) result.at(-1).push({ text: first, kind });
    for (const other of others) result.push(other ? [{ text: other, kind }] : []);
  }
  return result;
}

// Returns the pieces cut at the ends of the marks {begin, end, name} (in UTF-16 units, as JavaScript counts too), each
// with the names of the marks over it.
export function marked_pieces(pieces, marks) {
  const cuts = [...new Set(marks.flatMap(({ begin, end }) => [begin, end]))].sort((a, b) => a - b);
  const result = [];
  let start = 0;
  for (const { text, kind } of pieces) {
    const inside = cuts.filter((cut) => cut > start && cut < start + text.length);
    let from = start;
    for (const cut of [...inside, start + text.length]) {
      const names = marks.filter(({ begin, end }) => begin <= from && cut <= end).map(({ name }) => name);
      result.push({ text: text.slice(from - start, cut - start), kind, names });
      from = cut;
    }
    start += text.length;
  }
  return result;
}
