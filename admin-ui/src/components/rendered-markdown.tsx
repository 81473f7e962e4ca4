import { memo, useMemo } from "react";
import ReactMarkdown, { type Components, defaultUrlTransform } from "react-markdown";
import remarkGfm from "remark-gfm";
import { splitMarkdown } from "@/lib/markdown-blocks";
import { CodeBlock } from "./code-block";

const plugins = [remarkGfm];

// Raw HTML is not rendered at all and addresses are limited to harmless schemes: both are react-markdown's defaults, kept on purpose.
const components: Components = {
  a: ({ node: _node, children, ...rest }) => (
    <a {...rest} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  pre: ({ node }) => {
    const code = node?.children[0];
    if (code?.type !== "element") {
      return null;
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

/** Images that models return in line are data addresses, which the default would drop; as pictures they can do no harm. */
const address = (url: string, key: string) => (key === "src" && INLINE_IMAGE.test(url) ? url : defaultUrlTransform(url));
const INLINE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/;

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <div className="prose-block">
      <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={address}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

/** The blocks of a Markdown text (GFM). While it grows at its end, only its last block is rendered anew. */
export default function RenderedMarkdown({ text }: { text: string }) {
  const blocks = useMemo(() => splitMarkdown(text), [text]);
  return blocks.map((block, at) => (
    // Blocks are only ever appended, so their place is their identity.
    <Block key={at} text={block} />
  ));
}
