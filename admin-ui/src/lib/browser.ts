import { useCallback, useEffect, useState, useSyncExternalStore } from "react";

/** Whether the media query holds, kept up to date. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", onChange);
      return () => list.removeEventListener("change", onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Below this width the sidebars are drawers. */
export const useIsPhone = () => useMedia("(max-width: 767px)");

export function useOnline(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      window.addEventListener("online", onChange);
      window.addEventListener("offline", onChange);
      return () => {
        window.removeEventListener("online", onChange);
        window.removeEventListener("offline", onChange);
      };
    },
    () => navigator.onLine,
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Patchbay` : "Patchbay";
  }, [title]);
}

/** The current time, renewed every `period` milliseconds while `running`. */
export function useNow(period: number, running = true): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) {
      return undefined;
    }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), period);
    return () => clearInterval(timer);
  }, [period, running]);
  return now;
}

const PAUSE = 350;

/** A value as it was when it had not changed for a moment. */
export function useSettled<V>(value: V): V {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Copies text; false when the browser refuses. The clipboard interface exists on secure pages only, hence the second way. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const holder = document.createElement("textarea");
    holder.value = text;
    holder.style.position = "fixed";
    holder.style.opacity = "0";
    // Inside an open dialog the focus may not leave it, so the holder goes there.
    (document.activeElement?.closest('[role="dialog"]') ?? document.body).append(holder);
    holder.select();
    const copied = document.execCommand("copy");
    holder.remove();
    return copied;
  }
}

/** Runs something when the page has nothing better to do: fetching what will be needed soon. */
export function whenIdle(run: () => void): void {
  if ("requestIdleCallback" in window) {
    requestIdleCallback(run);
  } else {
    setTimeout(run, 500);
  }
}

/** Hands a text to the person as a file. */
export function saveFile(name: string, text: string, type = "text/markdown"): void {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** Hands something to the person as a file. */
export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
