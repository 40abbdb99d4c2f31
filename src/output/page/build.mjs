// Bundles the page's script and style into one C++ source: `node build.mjs OUT.cpp`. The same sources and the same
// package-lock.json give the same bytes on any machine. Nothing is fetched here.

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const delimiter = "corolint_page";

async function bundled(entry) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "ascii",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "eof", // the libraries' licences stay with them
    logLevel: "warning",
  });
  return result.outputFiles[0].text;
}

// What stands between the tags of the page must not end them.
function checked(name, text) {
  if (/<\/(script|style)/i.test(text) || text.includes(`)${delimiter}"`))
    throw new Error(`the bundled ${name} would break out of its tag or its literal`);
  return text;
}

const out = process.argv[2];
const script = checked("script", await bundled("src/main.jsx"));
const style = checked("style", await bundled("src/style.css"));
writeFileSync(
  `${out}.new`,
  `#include "output/html_page.h"

namespace corolint {

std::string_view html_script() {
  return R"${delimiter}(${script})${delimiter}";
}

std::string_view html_style() {
  return R"${delimiter}(${style})${delimiter}";
}

}  // namespace corolint
`,
);
renameSync(`${out}.new`, out);
