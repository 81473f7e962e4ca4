import type { ChannelType } from "@/lib/channel-types";
import { type Channel, type ChannelProblems, joinSecrets, problemsOf, storedSecrets } from "./channel";
import { type SettingProblems, type Settings, settingProblems, settingsOf, withSettings } from "./settings";

/** A channel in the form: what is typed beside it becomes part of it when it is sent. */
export interface Draft {
  channel: Channel;
  /** New secrets, each in its parts. */
  secretRows: string[][];
  settings: Settings;
}

export function draftOf(channel: Channel): Draft {
  return { channel, secretRows: [[""]], settings: settingsOf(channel) };
}

/** The channel as it is sent. */
export function channelOf({ channel, secretRows, settings }: Draft): Channel {
  return withSettings(
    {
      ...channel,
      name: channel.name.trim(),
      endpoint: channel.endpoint.trim().replace(/\/+$/, ""),
      secret: [...storedSecrets(channel), joinSecrets(secretRows)].filter(Boolean).join("\n"),
    },
    settings,
  );
}

export type DraftProblems = ChannelProblems & SettingProblems;

export function draftProblems({ channel, secretRows, settings }: Draft, type: ChannelType | undefined): DraftProblems {
  return { ...problemsOf(channel, secretRows, type), ...settingProblems(settings) };
}
