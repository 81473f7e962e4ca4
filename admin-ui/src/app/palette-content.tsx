import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Cable, Coins, Cpu, LogOut, MessageSquare, Package, PanelLeft, Plug, ReceiptText, Search, SquarePen, Store, SunMoon, Ticket, WalletMinimal, Waypoints } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { toggleSidebar } from "@/components/shell";
import { conversationsQuery } from "@/features/chat/api/conversations";
import { useChat } from "@/features/chat/hooks/chat-context";
import { useIsPhone } from "@/lib/browser";
import { chordLabel } from "@/lib/hotkeys";
import { preferences } from "@/lib/preferences";
import { modelsQuery } from "@/lib/relay";
import { session, useSession } from "@/lib/session";

const CONVERSATIONS_OFFERED = 8;

/** What the command palette offers: its commands, or the models when one of them is to be chosen. */
export default function PaletteContent({ onDone, onNewChat }: { onDone: () => void; onNewChat: () => void }) {
  const [choosingModel, setChoosingModel] = useState(false);
  return choosingModel ? <ModelCommands onDone={onDone} /> : <Commands onDone={onDone} onModels={() => setChoosingModel(true)} onNewChat={onNewChat} />;
}

function Commands({ onDone, onModels, onNewChat }: { onDone: () => void; onModels: () => void; onNewChat: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const { store } = useChat();
  const admin = useSession((now) => now.admin);
  const conversations = useQuery(conversationsQuery(store));
  const run = (action: () => void) => () => {
    onDone();
    action();
  };
  return (
    <PaletteBody placeholder={t("palette.placeholder")}>
      <Group heading={t("palette.actions")}>
        <Item icon={<SquarePen />} chord="mod+shift+o" onSelect={run(onNewChat)}>
          {t("sidebar.newChat")}
        </Item>
        <Item icon={<Cpu />} onSelect={onModels}>
          {t("palette.switchModel")}
        </Item>
        <Item icon={<WalletMinimal />} onSelect={run(() => void navigate({ to: "/wallet" }))}>
          {t("account.wallet")}
        </Item>
        <Item icon={<PanelLeft />} chord="mod+shift+s" onSelect={run(() => toggleSidebar(phone))}>
          {t("palette.toggleSidebar")}
        </Item>
        <Item icon={<SunMoon />} onSelect={run(() => preferences.setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"))}>
          {t("palette.toggleTheme")}
        </Item>
        <Item icon={<LogOut />} onSelect={run(() => session.close())}>
          {t("account.signOut")}
        </Item>
      </Group>
      {admin && (
        <Group heading={t("account.console")}>
          <Item icon={<Plug />} onSelect={run(() => void navigate({ to: "/console/plugins" }))}>
            {t("console.plugins")}
          </Item>
          <Item icon={<Store />} onSelect={run(() => void navigate({ to: "/console/vendors" }))}>
            {t("console.vendors")}
          </Item>
          <Item icon={<Cable />} onSelect={run(() => void navigate({ to: "/console/channels" }))}>
            {t("console.channels")}
          </Item>
          <Item icon={<Waypoints />} onSelect={run(() => void navigate({ to: "/console/routing" }))}>
            {t("console.routing")}
          </Item>
          <Item icon={<ReceiptText />} onSelect={run(() => void navigate({ to: "/console/requests" }))}>
            {t("console.requests")}
          </Item>
          <Item icon={<Coins />} onSelect={run(() => void navigate({ to: "/console/prices" }))}>
            {t("console.prices")}
          </Item>
          <Item icon={<Package />} onSelect={run(() => void navigate({ to: "/console/plans" }))}>
            {t("console.plans")}
          </Item>
          <Item icon={<Ticket />} onSelect={run(() => void navigate({ to: "/console/codes" }))}>
            {t("console.codes")}
          </Item>
        </Group>
      )}
      {!!conversations.data?.length && (
        <Group heading={t("sidebar.conversations")}>
          {conversations.data.slice(0, CONVERSATIONS_OFFERED).map(({ id, title }) => (
            <Item key={id} value={`${title} ${id}`} icon={<MessageSquare />} onSelect={run(() => void navigate({ to: "/c/$conversationId", params: { conversationId: id } }))}>
              {title}
            </Item>
          ))}
        </Group>
      )}
    </PaletteBody>
  );
}

function ModelCommands({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const models = useQuery(modelsQuery);
  return (
    <PaletteBody placeholder={t("models.search")}>
      <Group heading={t("palette.switchModel")}>
        {(models.data ?? []).map(({ id }) => (
          <Item
            key={id}
            value={id}
            icon={<Cpu />}
            onSelect={() => {
              preferences.chooseModel(id);
              onDone();
            }}
          >
            {id}
          </Item>
        ))}
      </Group>
    </PaletteBody>
  );
}

function PaletteBody({ placeholder, children }: { placeholder: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Command label={t("palette.title")} loop>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search className="size-4.5 text-faint" aria-hidden />
        <Command.Input autoFocus placeholder={placeholder} className="h-13 min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-faint" />
      </div>
      <Command.List className="max-h-[min(24rem,55dvh)] overflow-y-auto p-2 scroll-thin">
        <Command.Empty className="px-3 py-8 text-center text-sm text-muted">{t("palette.nothing")}</Command.Empty>
        {children}
      </Command.List>
    </Command>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  icon: ReactNode;
  chord?: string;
  value?: string;
  onSelect: () => void;
  children: ReactNode;
}

function Item({ icon, chord, value, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      {...(value === undefined ? {} : { value })}
      onSelect={onSelect}
      className="flex min-h-10 items-center gap-3 rounded-control px-2.5 text-base data-[selected=true]:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {chord && <kbd className="font-sans text-xs text-faint">{chordLabel(chord)}</kbd>}
    </Command.Item>
  );
}
