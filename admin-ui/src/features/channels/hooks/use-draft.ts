import { useState } from "react";
import type { ChannelType } from "@/lib/channel-types";
import type { Channel } from "../model/channel";
import { type Draft, draftOf, draftProblems } from "../model/draft";
import type { Refusal } from "../model/sections";
import type { Settings } from "../model/settings";

/** The form of a channel while somebody writes in it. What the server refused counts until something is changed. */
export function useDraft(initial: Channel) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(initial));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const update = (next: (now: Draft) => Draft) => {
    setRefusal(null);
    setDraft(next);
  };
  return {
    draft,
    refusal,
    refuse: setRefusal,
    problems: (type: ChannelType | undefined) => draftProblems(draft, type),
    change: (part: Partial<Channel>) => update((now) => ({ ...now, channel: { ...now.channel, ...part } })),
    changeChannel: (next: (channel: Channel) => Channel) => update((now) => ({ ...now, channel: next(now.channel) })),
    set: (part: Partial<Settings>) => update((now) => ({ ...now, settings: { ...now.settings, ...part } })),
    setSecretRows: (secretRows: string[][]) => update((now) => ({ ...now, secretRows })),
  };
}

/** What a section of the form gets to work with. */
export interface SectionProps {
  draft: Draft;
  /** What is wrong with a field, in words, as soon as that should be said. */
  errorOf: (field: string) => string | undefined;
  change: (part: Partial<Channel>) => void;
  set: (part: Partial<Settings>) => void;
}
