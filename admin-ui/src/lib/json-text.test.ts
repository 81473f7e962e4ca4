import { describe, expect, it } from "vitest";
import { formatJson, lineOf, placeOf, readJson } from "./json-text";

const text = `{
  "id": "nebula",
  "models": ["a", "b"],
  "a/b": {"~": -1.5e3, "empty": {}, "none": null}
}`;

function places(of: string): ReadonlyMap<string, number> {
  const read = readJson(of);
  if (!("places" in read)) {
    throw new Error(`broken at ${read.brokenAt}`);
  }
  return read.places;
}

describe("a JSON text", () => {
  it("is read with the place of each value", () => {
    const read = readJson(text);
    expect(read).toMatchObject({ value: JSON.parse(text) });
    const starts = [...places(text)].map(([pointer, at]) => [pointer, lineOf(text, at), text.slice(at, at + 3)]);
    expect(starts).toEqual([
      ["", 1, '{\n '],
      ["/id", 2, '"ne'],
      ["/models", 3, '["a'],
      ["/models/0", 3, '"a"'],
      ["/models/1", 3, '"b"'],
      ["/a~1b", 4, '{"~'],
      ["/a~1b/~0", 4, "-1."],
      ["/a~1b/empty", 4, "{},"],
      ["/a~1b/none", 4, "nul"],
    ]);
  });

  it("leads to the nearest place where there is none of that name", () => {
    const at = places(text);
    expect(lineOf(text, placeOf(at, "/models/7/x"))).toBe(3);
    expect(placeOf(at, "/missing")).toBe(0);
  });

  it.each([
    ["", 0],
    ["{", 1],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ["[1 2]", 3],
    ["[01]", 1],
    ['["a\nb"]', 1],
    ["truely", 0],
    ["{} x", 3],
    ["[1,", 3],
  ])("that is broken says where: %j", (broken, at) => {
    expect(readJson(broken)).toEqual({ brokenAt: at });
    expect(() => JSON.parse(broken)).toThrow();
  });

  it("is written with what fits on one line, and is the same when read again", () => {
    const value = { id: "x", models: ["one", "two"], none: [], deep: { list: ["a".repeat(40), "b".repeat(40), "c".repeat(40)] } };
    expect(formatJson(value)).toBe(`{
  "id": "x",
  "models": ["one", "two"],
  "none": [],
  "deep": {
    "list": [
      "${"a".repeat(40)}",
      "${"b".repeat(40)}",
      "${"c".repeat(40)}"
    ]
  }
}`);
    expect(JSON.parse(formatJson(value))).toEqual(value);
    expect(formatJson({})).toBe("{}");
  });
});
