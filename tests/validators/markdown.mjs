// Checks that a Markdown report holds only what corolint writes itself: `node markdown.mjs FILE`. Text of the analysed
// code must come out as text: no HTML, no links, images, code or headings of its own.

import { readFileSync } from "node:fs";
import { marked } from "marked";

const allowed = new Set(["heading", "paragraph", "text", "strong", "list", "list_item", "table", "space", "escape"]);
const seen = new Map();
marked.walkTokens(marked.lexer(readFileSync(process.argv[2], "utf8")), (token) => {
  seen.set(token.type, (seen.get(token.type) ?? 0) + 1);
});
const foreign = [...seen.keys()].filter((type) => !allowed.has(type));
for (const type of foreign) console.log(`a token of the type '${type}'`);
process.exit(foreign.length === 0 && seen.get("heading") === 1 ? 0 : 1);
