/**
 * Builds the web application for the Maven build, and does only what is needed: `npm ci` when the installed packages are not those of the
 * lock file, `npm run build` when a source has changed since the last build.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const at = (...path) => join(root, ...path);

/** Beside the packages, so that it goes when they go. */
const installStamp = at("node_modules", ".patchbay-installed");
const buildStamp = at("target", "ui-built");

const PACKAGE_FILES = ["package.json", "package-lock.json", ".npmrc"];
const SOURCES = [...PACKAGE_FILES, "index.html", "vite.config.ts", "tsconfig.json", "build.mjs", "public", "scripts", "src"];

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`The web application needs Node.js 20.19 or newer to be built, this is ${process.versions.node}. Leave it out with -DskipUi.`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function filesOf(path) {
  if (!existsSync(path)) {
    return [];
  }
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)]));
}

function hashOf(names) {
  const hash = createHash("sha256").update(process.versions.node);
  const files = names.flatMap((name) => (/^(public|scripts|src)$/.test(name) ? filesOf(at(name)) : [at(name)]));
  for (const file of files.sort()) {
    const content = readFileSync(file);
    hash.update(`\0${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

const read = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "");

function npm(...parameters) {
  const windows = process.platform === "win32";
  const { status, error } = spawnSync(windows ? "npm.cmd" : "npm", parameters, { cwd: root, stdio: "inherit", shell: windows });
  if (error) {
    fail(`npm cannot be started (${error.message}). Install it, or leave the web application out with -DskipUi.`);
  }
  if (status !== 0) {
    fail(`'npm ${parameters.join(" ")}' failed.`);
  }
}

checkNode();

const packages = hashOf(PACKAGE_FILES);
if (read(installStamp) !== packages) {
  npm("ci");
  writeFileSync(installStamp, packages);
}

const sources = hashOf(SOURCES);
if (read(buildStamp) === sources && existsSync(at("dist", "index.html"))) {
  console.log("The web application is up to date.");
} else {
  npm("run", "build");
  // File names change with their content: without this, those of earlier builds would pile up in the jar.
  rmSync(at("target", "classes", "META-INF", "resources", "ui"), { recursive: true, force: true });
  mkdirSync(at("target"), { recursive: true });
  writeFileSync(buildStamp, sources);
}
