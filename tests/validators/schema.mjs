// Checks a report in JSON against schemas/NAME.json: `node schema.mjs NAME FILE`; a name that ends in "l" has one
// document on each line.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const schemas = join(dirname(fileURLToPath(import.meta.url)), "schemas");
const [name, file] = process.argv.slice(2);
const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
for (const entry of readdirSync(schemas).filter((entry) => entry.endsWith(".json")))
  ajv.addSchema(JSON.parse(readFileSync(join(schemas, entry), "utf8")), entry);
const check = ajv.getSchema(`${name}.json`);
const text = readFileSync(file, "utf8");
const documents = name.endsWith("l") ? text.split("\n").slice(0, -1) : [text];
let is_ok = documents.length > 0;
for (const [i, document] of documents.entries())
  if (!check(JSON.parse(document))) {
    is_ok = false;
    for (const error of check.errors) console.log(`${file}: document ${i + 1}: ${error.instancePath} ${error.message}`);
  }
process.exit(is_ok ? 0 : 1);
