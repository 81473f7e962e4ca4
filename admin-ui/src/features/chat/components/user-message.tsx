import { Pencil } from "lucide-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "@/components/copy-button";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import type { Message } from "../model/conversation";
import { BranchSwitch } from "./branch-switch";

export interface UserMessageProps {
  message: Message;
  versions: readonly Message[];
  onShow: (id: string) => void;
  onAskDifferently: (message: Message, text: string) => void;
}

export const UserMessage = memo(function UserMessage({ message, versions, onShow, onAskDifferently }: UserMessageProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  if (editing) {
    return <Editor message={message} onCancel={() => setEditing(false)} onSend={(text) => (setEditing(false), onAskDifferently(message, text))} />;
  }
  return (
    <article aria-label={t("message.yours")} className="group flex flex-col items-end">
      <div className="max-w-[85%] rounded-2xl rounded-br-md bg-sunken px-4 py-2.5 text-lg/7 [overflow-wrap:anywhere] whitespace-pre-wrap">{message.content}</div>
      <div className="mt-1 flex items-center opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
        <BranchSwitch message={message} versions={versions} onShow={onShow} />
        <CopyButton text={message.content} label={t("message.copy")} />
        <IconButton label={t("message.edit")} size="sm" onClick={() => setEditing(true)}>
          <Pencil />
        </IconButton>
      </div>
    </article>
  );
});

function Editor({ message, onCancel, onSend }: { message: Message; onCancel: () => void; onSend: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(message.content);
  return (
    <form
      className="rounded-2xl border border-line bg-sunken p-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(text.trim());
      }}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
    >
      <TextArea
        aria-label={t("message.editLabel")}
        autoFocus
        rows={Math.min(12, text.split("\n").length + 1)}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="mt-2.5 flex flex-wrap items-center justify-end gap-2">
        <p className="mr-auto text-sm text-muted">{t("message.editHint")}</p>
        <Button size="sm" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={text.trim() === ""}>
          {t("composer.send")}
        </Button>
      </div>
    </form>
  );
}
