import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { MessageSquareDashed, Search, SquarePen } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "@/components/brand";
import { closeDrawer, SidebarToggle } from "@/components/shell";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/lib/browser";
import { type Formats, useFormats } from "@/lib/format";
import { chordLabel } from "@/lib/hotkeys";
import { conversationsQuery } from "../api/conversations";
import { useChat } from "../hooks/chat-context";
import { type DateGroup, groupByDate } from "../model/conversation";
import { ConversationRow } from "./conversation-row";

/** New chat, search, and all conversations; `footer` is the account's place. */
export function ChatSidebar({ footer }: { footer: ReactNode }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { store } = useChat();
  const [search, setSearch] = useState("");
  const now = useNow(60_000);
  const conversations = useQuery(conversationsQuery(store));
  const groups = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = (conversations.data ?? []).filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
    return groupByDate(found, now);
  }, [conversations.data, search, now]);
  return (
    <>
      <div className="flex items-center justify-between py-2.5 pr-2 pl-4">
        <Link to="/" onClick={closeDrawer} className="rounded-control">
          <Brand />
        </Link>
        <SidebarToggle inside />
      </div>
      <div className="flex flex-col gap-1.5 px-2.5 pb-2">
        <Link
          to="/"
          onClick={closeDrawer}
          className="group flex h-9 items-center gap-2.5 rounded-control px-2 text-sm font-medium hover:bg-hover pointer-coarse:h-11"
        >
          <SquarePen className="size-4 text-accent" aria-hidden />
          <span className="flex-1">{t("sidebar.newChat")}</span>
          <kbd className="font-sans text-xs text-faint opacity-0 group-hover:opacity-100">{chordLabel("mod+shift+o")}</kbd>
        </Link>
        <label className="flex h-9 items-center gap-2.5 rounded-control border border-transparent bg-sunken px-2 text-sm focus-within:border-accent pointer-coarse:h-11">
          <Search className="size-4 shrink-0 text-faint" aria-hidden />
          <input
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            aria-label={t("sidebar.search")}
            placeholder={t("sidebar.search")}
            className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-faint"
          />
        </label>
      </div>
      <nav aria-label={t("sidebar.conversations")} className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-3 scroll-thin">
        {conversations.isPending && <LoadingRows />}
        {conversations.isSuccess && groups.length === 0 && (
          <p className="flex flex-col items-center gap-2 px-4 py-10 text-center text-sm text-faint">
            <MessageSquareDashed className="size-5" aria-hidden />
            {search ? t("sidebar.noMatch") : t("sidebar.empty")}
          </p>
        )}
        {groups.map(({ group, items }) => (
          <section key={group} aria-label={groupName(group, t, formats)}>
            <h2 className="px-2 pt-4 pb-1 text-xs font-medium text-faint">{groupName(group, t, formats)}</h2>
            <ul>
              {items.map((summary) => (
                <ConversationRow key={summary.id} summary={summary} />
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <div className="border-t border-line p-2">{footer}</div>
    </>
  );
}

function LoadingRows() {
  return (
    <div className="flex flex-col gap-3 px-2 pt-6">
      {["w-3/4", "w-5/6", "w-1/2", "w-2/3"].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}

function groupName(group: DateGroup, t: TFunction, formats: Formats): string {
  switch (group) {
    case "pinned":
    case "today":
    case "yesterday":
    case "week":
    case "month":
      return t(`sidebar.group.${group}`);
    default:
      return formats.month(Number(group.slice(2)));
  }
}
