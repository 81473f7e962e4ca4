/** Prints what a visitor loads, compressed, and fails the build when the first load of the chat exceeds its budget. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 250;

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
const kilobytes = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000;

/** The entry and everything it imports at once, plus one language, which is awaited before the first paint. */
function firstLoad() {
  const seen = new Set();
  const add = (key) => {
    if (!seen.has(key)) {
      seen.add(key);
      (manifest[key].imports ?? []).forEach(add);
    }
  };
  add("index.html");
  add("src/locales/en.json");
  return [...seen];
}

const first = firstLoad();
const rows = Object.entries(manifest)
  .filter(([, chunk]) => chunk.file.endsWith(".js"))
  .map(([key, chunk]) => ({ key, file: chunk.file, size: kilobytes(chunk.file), first: first.includes(key) }))
  .sort((a, b) => Number(b.first) - Number(a.first) || b.size - a.size);
for (const { file, size, first: atFirst } of rows) {
  console.log(`${atFirst ? "first" : "later"}  ${size.toFixed(1).padStart(7)} KB  ${file}`);
}
const total = rows.filter((row) => row.first).reduce((sum, row) => sum + row.size, 0);
const styles = [...new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []))].reduce((sum, file) => sum + kilobytes(file), 0);
console.log(`First load of the chat: ${total.toFixed(1)} KB of script (budget ${BUDGET_KB} KB), ${styles.toFixed(1)} KB of styles, gzip.`);
if (total > BUDGET_KB) {
  console.error("The first load exceeds its budget: load something on demand.");
  process.exit(1);
}
