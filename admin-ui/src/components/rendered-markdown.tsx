import { createContext, memo, useContext, useMemo } from "react";
import ReactMarkdown, { type Components, defaultUrlTransform } from "react-markdown";
import remarkGfm from "remark-gfm";
import { splitMarkdown } from "@/lib/markdown-blocks";
import { remarkTasks } from "@/lib/remark-tasks";
import { CodeBlock } from "./code-block";
import { CommandButton } from "./command-button";
import { ProgressBar } from "./progress-bar";

const plugins = [remarkGfm, remarkTasks];

/** Whether more of the block on screen is to come. */
const GrowingContext = createContext(false);

// Raw HTML is not rendered at all and addresses are limited to harmless schemes: both are react-markdown's defaults, kept on purpose.
const components: Components = {
  a: ({ node, children, ...rest }) => {
    const { dataCommand: text, dataModel: model } = node?.properties ?? {};
    if (typeof text === "string" && typeof model === "string") {
      return <CommandButton command={{ text, model }}>{children}</CommandButton>;
    }
    return (
      <a {...rest} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    );
  },
  pre: ({ node }) => {
    const code = node?.children[0];
    if (code?.type !== "element") {
      return null;
    }
    const { dataPercent: percent, dataClosed: closed } = code.properties;
    if (typeof percent === "number") {
      return <GrowingProgress percent={percent} closed={closed === true} />;
    }
    const names = code.properties.className;
    const language = (Array.isArray(names) ? names : []).map(String).find((name) => name.startsWith("language-"));
    const text = code.children.map((child) => (child.type === "text" ? child.value : "")).join("");
    return <CodeBlock language={language?.slice("language-".length) ?? ""} code={text.replace(/\n$/, "")} />;
  },
  table: ({ node: _node, ...rest }) => (
    // A wide table scrolls inside its frame; a frame that scrolls has to be reachable with the keyboard.
    <div className="table-frame" tabIndex={0} role="group">
      <table {...rest} />
    </div>
  ),
  img: ({ node: _node, alt, ...rest }) => <img {...rest} alt={alt ?? ""} loading="lazy" referrerPolicy="no-referrer" />,
  input: ({ node: _node, ...rest }) => <input {...rest} className="mr-1.5 accent-accent" readOnly />,
};

function GrowingProgress({ percent, closed }: { percent: number; closed: boolean }) {
  return <ProgressBar percent={percent} running={useContext(GrowingContext) && !closed} />;
}

/** Images that models return in line are data addresses, which the default would drop; as pictures they can do no harm. */
const address = (url: string, key: string) => (key === "src" && INLINE_IMAGE.test(url) ? url : defaultUrlTransform(url));
const INLINE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/;

const Block = memo(function Block({ text, growing }: { text: string; growing: boolean }) {
  return (
    <div className="prose-block">
      <GrowingContext value={growing}>
        <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={address}>
          {text}
        </ReactMarkdown>
      </GrowingContext>
    </div>
  );
});

/** The blocks of a Markdown text (GFM). While it grows at its end, only its last block is rendered anew. */
export default function RenderedMarkdown({ text, growing }: { text: string; growing: boolean }) {
  const blocks = useMemo(() => splitMarkdown(text), [text]);
  return blocks.map((block, at) => (
    // Blocks are only ever appended, so their place is their identity.
    <Block key={at} text={block} growing={growing && at === blocks.length - 1} />
  ));
}
