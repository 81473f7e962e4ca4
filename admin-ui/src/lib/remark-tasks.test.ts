import { describe, expect, it } from "vitest";
import { remarkTasks } from "./remark-tasks";

const text = (value: string) => ({ type: "text", value });
const link = (words: string, url: string) => ({ type: "link", url, children: [text(words)] });
const button = (words: string) => link(words, `https://chatnio.virtual/${words}%2017::mj`);
const paragraph = (...children: object[]) => ({ type: "paragraph", children });

/** The tree as nested lists: a row as an array, a button in brackets, words as they are. */
function shape(node: { type: string; value?: string; children?: never[]; data?: { hName?: string; hProperties?: Record<string, unknown> } }): unknown {
  const { dataCommand: command, dataModel: model } = node.data?.hProperties ?? {};
  if (command) {
    return `[${command} → ${model}]`;
  }
  return node.value ?? (node.data?.hName === "div" ? { row: node.children?.map(shape) } : node.children?.map(shape));
}

function marked(...children: object[]): unknown {
  const tree = { type: "root", children };
  remarkTasks()(tree, "");
  return shape(tree as never);
}

describe("the marks of a task", () => {
  it("makes a row of a paragraph of buttons, and one for each of its lines", () => {
    expect(marked(paragraph(button("U1"), text(" "), button("U2"), text("\n"), button("V1")))).toEqual([{ row: ["[/U1 17 → mj]", "[/U2 17 → mj]"] }, { row: ["[/V1 17 → mj]"] }]);
    expect(marked(paragraph(button("U1"), { type: "break" }, button("V1")))).toEqual([{ row: ["[/U1 17 → mj]"] }, { row: ["[/V1 17 → mj]"] }]);
  });

  it("leaves buttons between words where they are", () => {
    expect(marked(paragraph(text("Press "), button("U1")))).toEqual([["Press ", "[/U1 17 → mj]"]]);
  });

  it("leaves the words of virtual links that order nothing, and other links alone", () => {
    expect(marked(paragraph(link("source", "https://coai.virtual/reference::x")))).toEqual([["source"]]);
    expect(marked(paragraph(link("docs", "https://example.org")))).toEqual([[["docs"]]]);
    expect(marked({ type: "list", children: [{ type: "listItem", children: [paragraph(button("U1"))] }] })).toEqual([[[{ row: ["[/U1 17 → mj]"] }]]]);
  });

  it("counts the last line of an open block once its line feed has come", () => {
    const source = "```progress\n12\n46\n";
    const open = { type: "code", lang: "progress", position: { start: { offset: 0 }, end: { offset: source.length - 1 } } };
    remarkTasks()({ type: "root", children: [open] }, source);
    expect(open).toMatchObject({ data: { hProperties: { dataPercent: 46, dataClosed: false } } });
    const other = { type: "code", lang: "js", position: open.position };
    remarkTasks()({ type: "root", children: [other] }, source);
    expect(other).not.toHaveProperty("data");
  });
});
