import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Download, Ellipsis, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { closeDrawer } from "@/components/shell";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuRoot, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { saveFile } from "@/lib/browser";
import { cn } from "@/lib/cn";
import { useChat, useRunningAnswer } from "../hooks/chat-context";
import { type ConversationSummary, toMarkdown } from "../model/conversation";
import { RenameDialog } from "./rename-dialog";

export function ConversationRow({ summary }: { summary: ConversationSummary }) {
  const { t } = useTranslation();
  const chat = useChat();
  const navigate = useNavigate();
  const { conversationId: shown } = useParams({ strict: false });
  const running = useRunningAnswer(summary.id);
  const [asking, setAsking] = useState<"rename" | "remove" | null>(null);
  const { id, title, pinned } = summary;

  const exportText = async () => {
    const conversation = await chat.load(id);
    if (conversation) {
      saveFile(`${title.replace(/[\\/:*?"<>|]+/g, " ").trim() || id}.md`, toMarkdown(conversation, { user: t("message.you"), assistant: t("message.assistant") }));
    }
  };

  const remove = async () => {
    setAsking(null);
    await chat.remove(id);
    if (shown === id) {
      void navigate({ to: "/" });
    }
  };

  return (
    <li className="group relative">
      <Link
        to="/c/$conversationId"
        params={{ conversationId: id }}
        onClick={closeDrawer}
        className={cn(
          "flex h-9 items-center gap-2 rounded-control pr-2 pl-2 text-sm text-muted group-focus-within:pr-9 group-hover:bg-hover group-hover:pr-9 hover:text-ink pointer-coarse:h-11 pointer-coarse:pr-12",
          shown === id && "bg-hover font-medium text-ink",
        )}
      >
        <span className="truncate">{title}</span>
        {running && <span role="status" aria-label={t("sidebar.writing")} className="ml-auto size-1.5 shrink-0 animate-breathe rounded-full bg-accent" />}
      </Link>
      <MenuRoot>
        <MenuTrigger asChild>
          <IconButton
            label={t("sidebar.rowMenu", { title })}
            size="sm"
            className="absolute top-1 right-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:top-0 pointer-coarse:right-0 pointer-coarse:opacity-100"
          >
            <Ellipsis />
          </IconButton>
        </MenuTrigger>
        <Menu align="start">
          <MenuItem icon={pinned ? <PinOff /> : <Pin />} onSelect={() => chat.setPinned(id, !pinned)}>
            {pinned ? t("sidebar.unpin") : t("sidebar.pin")}
          </MenuItem>
          <MenuItem icon={<Pencil />} onSelect={() => setAsking("rename")}>
            {t("sidebar.rename")}
          </MenuItem>
          <MenuItem icon={<Download />} onSelect={() => void exportText()}>
            {t("sidebar.export")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} danger onSelect={() => setAsking("remove")}>
            {t("sidebar.remove")}
          </MenuItem>
        </Menu>
      </MenuRoot>
      {asking === "rename" && (
        <RenameDialog
          title={title}
          onClose={() => setAsking(null)}
          onRename={(next) => {
            chat.rename(id, next);
            setAsking(null);
          }}
        />
      )}
      <ConfirmDialog
        open={asking === "remove"}
        onOpenChange={(open) => setAsking(open ? "remove" : null)}
        title={t("sidebar.removeTitle")}
        confirm={t("sidebar.remove")}
        danger
        onConfirm={() => void remove()}
      >
        {t("sidebar.removeText", { title })}
      </ConfirmDialog>
    </li>
  );
}
