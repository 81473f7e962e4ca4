import { useState } from "react";
import { formatJson, lineOf, readJson } from "@/lib/json-text";
import type { Profile } from "../model/profile";

export interface ProfileDraft {
  /** The JSON text being written. */
  readonly text: string;
  /** The profile as it was last readable. */
  readonly profile: Profile;
  /** The line where the text stops being a JSON object, or null while it is one. */
  readonly brokenLine: number | null;
}

const draftOf = (profile: Profile): ProfileDraft => ({ profile, text: formatJson(profile), brokenLine: null });

function withText(draft: ProfileDraft, text: string): ProfileDraft {
  const read = readJson(text);
  if ("brokenAt" in read) {
    return { ...draft, text, brokenLine: lineOf(text, read.brokenAt) };
  }
  if (typeof read.value !== "object" || read.value === null || Array.isArray(read.value)) {
    return { ...draft, text, brokenLine: 1 };
  }
  return { text, profile: read.value as Profile, brokenLine: null };
}

/** A profile that is written in a form and as JSON at the same time: what is changed in one is in the other. */
export function useProfileDraft(initial: Profile) {
  const [draft, setDraft] = useState(() => draftOf(initial));
  return {
    draft,
    changeProfile: (change: (profile: Profile) => Profile) => setDraft((now) => draftOf(change(now.profile))),
    changeText: (text: string) => setDraft((now) => withText(now, text)),
  };
}
