import { useCallback, useState } from "react";

const keyOf = (user: string, conversation: string) => `patchbay.draft.${user}.${conversation}`;

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function write(key: string, text: string): void {
  try {
    if (text) {
      localStorage.setItem(key, text);
    } else {
      localStorage.removeItem(key);
    }
  } catch {
    // A full or closed storage costs the draft its second life, nothing else.
  }
}

/** What stands in the composer of a conversation; survives leaving it and closing the page. */
export function useDraft(user: string, conversation: string): [string, (text: string) => void] {
  const key = keyOf(user, conversation);
  const [draft, setDraft] = useState(() => ({ key, text: read(key) }));
  if (draft.key !== key) {
    setDraft({ key, text: read(key) });
  }
  const change = useCallback(
    (text: string) => {
      setDraft({ key, text });
      write(key, text);
    },
    [key],
  );
  return [draft.text, change];
}
