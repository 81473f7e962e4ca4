/**
 * Fails the build when a text is missing from a catalogue: a key that another language has, a plural form that the language needs, a
 * placeholder that was dropped, a key that the sources use and no catalogue has, a key nobody uses, or visible text written into a component.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
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

const catalogues = new Map(
  readdirSync(localeFolder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name.replace(/\.json$/, ""), new Map(flatten(JSON.parse(readFileSync(join(localeFolder, name), "utf8"))))]),
);

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

/** Keys written out, and the beginnings and ends of keys put together from a template. */
const used = new Set();
const usedPatterns = [];

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

function takeKey(argument) {
  if (argument?.type === "Literal" && typeof argument.value === "string") {
    used.add(argument.value);
  } else if (argument?.type === "TemplateLiteral") {
    const parts = argument.quasis.map((quasi) => quasi.value.cooked.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    usedPatterns.push(new RegExp(`^${parts.join("[^.]+")}$`));
  } else if (argument?.type === "ConditionalExpression") {
    takeKey(argument.consequent);
    takeKey(argument.alternate);
  } else if (argument?.type === "LogicalExpression") {
    takeKey(argument.right);
  }
}

const sources = filesUnder(join(root, "src")).filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.includes("/testing/"));
for (const path of sources) {
  const text = readFileSync(path, "utf8");
  const where = (node) => `${relative(root, path)}:${text.slice(0, node.start).split("\n").length}`;
  visit(parseAst(text, { lang: path.endsWith("x") ? "tsx" : "ts" }), (node) => {
    if (node.type === "CallExpression" && (node.callee.name === "t" || node.callee.property?.name === "t")) {
      takeKey(node.arguments[0]);
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
for (const key of used) {
  if (!baseKeys.has(key)) {
    complain(`the sources use '${key}', which is in no catalogue`);
  }
}
for (const pattern of usedPatterns) {
  if (![...baseKeys].some((key) => pattern.test(key))) {
    complain(`the sources use keys like ${pattern}, of which no catalogue has any`);
  }
}
for (const key of baseKeys) {
  if (!used.has(key) && !usedPatterns.some((pattern) => pattern.test(key))) {
    complain(`'${key}' is in the catalogues and used nowhere`);
  }
}

if (problems.length > 0) {
  console.error(problems.map((problem) => `  ${problem}`).join("\n"));
  console.error(`${problems.length} problems with the texts of the application.`);
  process.exit(1);
}
console.log(`Texts: ${baseKeys.size} keys in ${[...catalogues.keys()].join(", ")}, all complete.`);
