/**
 * Fails the build when a text is missing from a catalogue: a key that another language has, a plural form that the language needs, a
 * placeholder that was dropped, a key that the sources use and no catalogue has, a key nobody uses, a text of the console that a page outside of it
 * uses, or visible text written into a component.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const localeFolder = join(root, "src/locales");
const PLURAL = /_(zero|one|two|few|many|other)$/;
const VISIBLE_ATTRIBUTES = new Set(["aria-label", "aria-description", "title", "placeholder", "alt", "label", "lead", "confirm", "hint"]);

const problems = [];
const complain = (problem) => problems.push(problem);

function flatten(tree, prefix = "") {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

const languages = readdirSync(localeFolder).flatMap((name) => (name.endsWith(".json") ? [name.replace(/\.json$/, "")] : []));
const entriesOf = (path) => (existsSync(path) ? flatten(JSON.parse(readFileSync(path, "utf8"))) : []);
/** The texts of every page; those of the console are in a file of their own, which is loaded with it. */
const everywhere = new Map(languages.map((language) => [language, entriesOf(join(localeFolder, `${language}.json`))]));
const consoleOnly = new Map(languages.map((language) => [language, entriesOf(join(localeFolder, "console", `${language}.json`))]));
const catalogues = new Map(languages.map((language) => [language, new Map([...everywhere.get(language), ...consoleOnly.get(language)])]));
for (const language of languages) {
  const keys = new Set(everywhere.get(language).map(([key]) => key));
  consoleOnly.get(language).forEach(([key]) => keys.has(key) && complain(`${language}: '${key}' is in both files`));
}

/** The texts a program can ask for: plural forms count as one. */
const baseKeys = new Set([...catalogues.values()].flatMap((catalogue) => [...catalogue.keys()].map((key) => key.replace(PLURAL, ""))));
const isPlural = (key) => [...catalogues.values()].some((catalogue) => catalogue.has(`${key}_other`));
const placeholders = (text) => [...new Set([...text.matchAll(/{{\s*(\w+)\s*}}/g)].map((match) => match[1]))].sort().join(", ");

const reference = catalogues.get("en");
for (const [language, catalogue] of catalogues) {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const key of baseKeys) {
    for (const form of isPlural(key) ? forms.map((name) => `${key}_${name}`) : [key]) {
      const text = catalogue.get(form);
      if (text === undefined) {
        complain(`${language}: '${form}' is missing`);
      } else if (text.trim() === "") {
        complain(`${language}: '${form}' is empty`);
      }
    }
    const wanted = placeholders(reference.get(key) ?? reference.get(`${key}_other`) ?? "");
    const found = placeholders(catalogue.get(key) ?? catalogue.get(`${key}_other`) ?? "");
    if (wanted !== found) {
      complain(`${language}: '${key}' has the placeholders (${found}), English has (${wanted})`);
    }
  }
  for (const key of catalogue.keys()) {
    const form = PLURAL.exec(key)?.[1];
    if (form && !forms.includes(form)) {
      complain(`${language}: '${key}' is a plural form that this language does not have`);
    }
  }
}

/** Where keys are used: those written out, and the beginnings and ends of those put together from a template. */
const used = new Map();
const usedPatterns = [];
/** The files that a file imports, at once or on demand. What comes through `consolePage` belongs to the console. */
const imports = new Map();

function visit(node, take) {
  if (!node || typeof node !== "object") {
    return;
  }
  if (Array.isArray(node)) {
    node.forEach((child) => visit(child, take));
    return;
  }
  if (typeof node.type === "string") {
    take(node);
  }
  for (const [name, child] of Object.entries(node)) {
    if (name !== "loc" && name !== "range") {
      visit(child, take);
    }
  }
}

function takeKey(argument, path) {
  if (argument?.type === "Literal" && typeof argument.value === "string") {
    used.set(argument.value, [...(used.get(argument.value) ?? []), path]);
  } else if (argument?.type === "TemplateLiteral") {
    const parts = argument.quasis.map((quasi) => quasi.value.cooked.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    usedPatterns.push({ pattern: new RegExp(`^${parts.join("[^.]+")}$`), path });
  } else if (argument?.type === "ConditionalExpression") {
    takeKey(argument.consequent, path);
    takeKey(argument.alternate, path);
  } else if (argument?.type === "LogicalExpression") {
    takeKey(argument.right, path);
  }
}

/** The file that an import leads to, or undefined for a package. */
function fileOf(name, from) {
  const path = name.startsWith("@/") ? join(root, "src", name.slice(2)) : name.startsWith(".") ? join(dirname(from), name) : undefined;
  return path && [".ts", ".tsx", "/index.ts", "/index.tsx"].map((end) => path + end).find((file) => existsSync(file));
}

const sources = filesUnder(join(root, "src")).filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.includes("/testing/"));
for (const path of sources) {
  const text = readFileSync(path, "utf8");
  const where = (node) => `${relative(root, path)}:${text.slice(0, node.start).split("\n").length}`;
  const imported = new Set();
  const ofConsole = new Set();
  imports.set(path, imported);
  visit(parseAst(text, { lang: path.endsWith("x") ? "tsx" : "ts" }), (node) => {
    if (node.type === "CallExpression" && node.callee.name === "consolePage") {
      visit(node.arguments, (inner) => inner.type === "ImportExpression" && ofConsole.add(inner));
    } else if (node.source?.type === "Literal" && node.importKind !== "type" && !ofConsole.has(node)) {
      imported.add(fileOf(node.source.value, path));
    }
    if (node.type === "CallExpression" && (node.callee.name === "t" || node.callee.property?.name === "t")) {
      takeKey(node.arguments[0], path);
    } else if (node.type === "JSXText" && /\p{L}/u.test(node.value)) {
      complain(`${where(node)}: the text '${node.value.trim()}' belongs in the catalogue`);
    } else if (
      node.type === "JSXAttribute" &&
      VISIBLE_ATTRIBUTES.has(node.name.name) &&
      node.value?.type === "Literal" &&
      /\p{L}/u.test(node.value.value)
    ) {
      complain(`${where(node)}: the text of '${node.name.name}' belongs in the catalogue`);
    }
  });
}
for (const key of used.keys()) {
  if (!baseKeys.has(key)) {
    complain(`the sources use '${key}', which is in no catalogue`);
  }
}
for (const { pattern } of usedPatterns) {
  if (![...baseKeys].some((key) => pattern.test(key))) {
    complain(`the sources use keys like ${pattern}, of which no catalogue has any`);
  }
}
for (const key of baseKeys) {
  if (!used.has(key) && !usedPatterns.some(({ pattern }) => pattern.test(key))) {
    complain(`'${key}' is in the catalogues and used nowhere`);
  }
}

/** All files that may be on screen without the console: its texts are not there then. */
const outside = new Set();
const reach = (path) => {
  if (path && !outside.has(path)) {
    outside.add(path);
    imports.get(path)?.forEach(reach);
  }
};
reach(join(root, "src/app/main.tsx"));
const consoleKeys = new Set(consoleOnly.get("en").map(([key]) => key.replace(PLURAL, "")));
for (const key of consoleKeys) {
  const users = [...(used.get(key) ?? []), ...usedPatterns.filter(({ pattern }) => pattern.test(key)).map(({ path }) => path)];
  for (const path of users.filter((user) => outside.has(user))) {
    complain(`${relative(root, path)} uses '${key}', which is a text of the console alone`);
  }
}

if (problems.length > 0) {
  console.error(problems.map((problem) => `  ${problem}`).join("\n"));
  console.error(`${problems.length} problems with the texts of the application.`);
  process.exit(1);
}
console.log(`Texts: ${baseKeys.size} keys in ${[...catalogues.keys()].join(", ")}, all complete.`);
