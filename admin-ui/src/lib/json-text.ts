/** A JSON text that was read: its value, and where each of its values begins, by JSON pointer. */
export interface ReadJson {
  readonly value: unknown;
  readonly places: ReadonlyMap<string, number>;
}

/** Where a text stops being JSON. */
export interface BrokenJson {
  readonly brokenAt: number;
}

/** Reads JSON and remembers where everything stands, which the browser's own reader does not tell. */
export function readJson(text: string): ReadJson | BrokenJson {
  const places = new Map<string, number>();
  let at = 0;

  const blanks = () => void take(/[ \t\r\n]*/y);
  const take = (token: RegExp): string => {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) {
      throw new Broken(at);
    }
    at += found.length;
    return found;
  };
  const has = (sign: string) => text[at] === sign;

  /** The elements of an object or a list, up to its closing sign. */
  const members = (close: string, member: () => void) => {
    at += 1;
    blanks();
    while (!has(close)) {
      member();
      blanks();
      if (has(",")) {
        at += 1;
        blanks();
        // A comma announces another member.
        if (has(close)) {
          throw new Broken(at);
        }
      } else if (!has(close)) {
        throw new Broken(at);
      }
    }
    at += 1;
  };

  const value = (pointer: string) => {
    blanks();
    places.set(pointer, at);
    if (has("{")) {
      members("}", () => {
        const name = JSON.parse(take(STRING)) as string;
        blanks();
        take(/:/y);
        value(`${pointer}/${escaped(name)}`);
      });
    } else if (has("[")) {
      let index = 0;
      members("]", () => value(`${pointer}/${index++}`));
    } else {
      take(has('"') ? STRING : WORD);
    }
  };

  try {
    value("");
    blanks();
    if (at < text.length) {
      throw new Broken(at);
    }
    return { value: JSON.parse(text), places };
  } catch (error) {
    return { brokenAt: error instanceof Broken ? error.at : at };
  }
}

const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const WORD = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

class Broken extends Error {
  constructor(readonly at: number) {
    super(`no JSON at ${at}`);
  }
}

/** One step of a JSON pointer. */
export const escaped = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** The steps of a JSON pointer. */
export const stepsOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Where a pointer leads to, or the nearest place above it that is there. */
export function placeOf(places: ReadonlyMap<string, number>, pointer: string): number {
  for (let near = pointer; near !== ""; near = near.slice(0, near.lastIndexOf("/"))) {
    const place = places.get(near);
    if (place !== undefined) {
      return place;
    }
  }
  return 0;
}

/** The line of a place in a text, from 1. */
export const lineOf = (text: string, place: number): number => text.slice(0, place).split("\n").length;

/** Writes JSON for people: what fits stays on one line. */
export function formatJson(value: unknown, width = 100): string {
  return format(value, "", width);
}

function format(value: unknown, indent: string, width: number): string {
  const flat = flatten(value);
  if (typeof value !== "object" || value === null || (indent.length + flat.length <= width && indent !== "")) {
    return flat;
  }
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((element) => format(element, inner, width))
    : Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${format(member, inner, width - name.length - 4)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return parts.length === 0 ? `${open}${close}` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

function flatten(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(flatten).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, member]) => `${JSON.stringify(name)}: ${flatten(member)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}
