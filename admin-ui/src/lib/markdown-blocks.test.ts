import { describe, expect, it } from "vitest";
import { splitMarkdown } from "./markdown-blocks";

describe("cutting Markdown into blocks", () => {
  it("cuts between paragraphs, headings, tables and fences", () => {
    expect(splitMarkdown("# A\n\nb\nc\n\n```js\n1\n\n2\n```\n\n| x |\n|---|\n| 1 |\n\nend")).toEqual([
      "# A\n",
      "b\nc\n",
      "```js\n1\n\n2\n```\n",
      "| x |\n|---|\n| 1 |\n",
      "end",
    ]);
  });

  it("keeps a list whole, with its blank lines, paragraphs and fences", () => {
    const list = "1. one\n\n   more\n\n2. two\n\n   ```\n   a\n\n   b\n   ```\n\n3. three";
    expect(splitMarkdown(`${list}\n\nafter`)).toEqual([`${list}\n`, "after"]);
  });

  it("keeps a quotation whole", () => {
    expect(splitMarkdown("> a\n\n> b\n\nc")).toEqual(["> a\n\n> b\n", "c"]);
  });

  it("waits for the fence that closes, not for one inside it", () => {
    expect(splitMarkdown("````md\n```js\n\n```\n\nx\n````\n\ny")).toEqual(["````md\n```js\n\n```\n\nx\n````\n", "y"]);
    expect(splitMarkdown("~~~\n```\n\n~~~\n\ny")).toEqual(["~~~\n```\n\n~~~\n", "y"]);
  });

  it("leaves an unfinished fence open to the end", () => {
    expect(splitMarkdown("a\n\n```js\nlet b\n\nlet c")).toEqual(["a\n", "```js\nlet b\n\nlet c"]);
  });

  it("leaves a text with definitions or footnotes whole", () => {
    const text = "see [it][1]\n\nmore[^a]\n\n[1]: https://example.org\n[^a]: note";
    expect(splitMarkdown(text)).toEqual([text]);
  });

  it("loses nothing, however long the text has grown", () => {
    const text = "# T\n\nintro `a` and\n\n- x\n\n- y\n\n    deep\n\n```\ncode\n\n```\n\n> q\n\n<div>\n\nhtml\n\n</div>\n\n1) z\n\nend\n";
    for (let length = 0; length <= text.length; length++) {
      const grown = text.slice(0, length);
      expect(splitMarkdown(grown).join("\n"), `at ${length}`).toBe(grown);
    }
  });
});
