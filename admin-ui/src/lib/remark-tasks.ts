import { readProgress } from "./progress";
import { isVirtual, readCommand } from "./virtual-links";

/** As much of a Markdown tree as is looked at here. */
interface Node {
  type: string;
  value?: string;
  url?: string;
  lang?: string | null;
  children?: Node[];
  data?: { hName?: string; hProperties?: Record<string, unknown> };
  position?: { start: { offset?: number }; end: { offset?: number } };
}

/**
 * Marks what tasks write into their answers: blocks of progress get `dataPercent` and `dataClosed`, virtual links that order something get
 * `dataCommand` and `dataModel`, and lines that hold nothing else become rows of their own. Virtual links that order nothing leave their words.
 */
export function remarkTasks() {
  return (tree: unknown, file: unknown) => visit(tree as Node, String(file));
}

function visit(node: Node, source: string): void {
  if (node.type === "code" && node.lang === "progress") {
    const { percent, closed } = readProgress(sourceOf(node, source));
    mark(node, { dataPercent: percent, dataClosed: closed });
  }
  node.children = node.children?.flatMap((child) => {
    visit(child, source);
    if (child.type === "link" && isVirtual(child.url ?? "")) {
      return ordered(child);
    }
    return child.type === "paragraph" ? rowsOf(child) : [child];
  });
}

/** An unclosed fence reaches to the end of the text, but its node leaves out the line feed at the end, which says that a line is complete. */
function sourceOf(node: Node, source: string): string {
  const fenced = source.slice(node.position?.start.offset, node.position?.end.offset);
  return source.startsWith("\n", node.position?.end.offset) ? `${fenced}\n` : fenced;
}

function ordered(link: Node): Node[] {
  const command = readCommand(link.url ?? "");
  if (!command) {
    return link.children ?? [];
  }
  mark(link, { dataCommand: command.text, dataModel: command.model });
  return [link];
}

/** A paragraph of nothing but buttons is one row for each of its lines. */
function rowsOf(paragraph: Node): Node[] {
  const rows: Node[][] = [[]];
  for (const child of paragraph.children ?? []) {
    if (child.data?.hProperties?.dataCommand !== undefined) {
      rows.at(-1)?.push(child);
    } else if (child.type === "break" || (child.type === "text" && child.value?.trim() === "" && child.value.includes("\n"))) {
      rows.push([]);
    } else if (child.type !== "text" || child.value?.trim() !== "") {
      return [paragraph];
    }
  }
  const filled = rows.filter((row) => row.length > 0);
  return filled.length === 0 ? [paragraph] : filled.map((children) => mark({ type: "paragraph", children }, { className: ["command-row"] }, "div"));
}

function mark(node: Node, properties: Record<string, unknown>, name?: string): Node {
  node.data = { ...node.data, ...(name ? { hName: name } : {}), hProperties: { ...node.data?.hProperties, ...properties } };
  return node;
}
