import { useEffect, useRef } from "react";

const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** A chord such as `mod+shift+o`; `mod` is Command on Apple machines and Control elsewhere. */
export function matchesChord(event: KeyboardEvent, chord: string): boolean {
  const parts = chord.split("+");
  const key = parts.at(-1);
  const mod = apple ? event.metaKey : event.ctrlKey;
  const otherMod = apple ? event.ctrlKey : event.metaKey;
  return (
    event.key.toLowerCase() === key &&
    mod === parts.includes("mod") &&
    !otherMod &&
    event.shiftKey === parts.includes("shift") &&
    event.altKey === parts.includes("alt")
  );
}

/** The chord as a person reads it on this machine: ⌘⇧O or Ctrl+Shift+O. */
export function chordLabel(chord: string): string {
  const names: Record<string, string> = apple
    ? { mod: "⌘", shift: "⇧", alt: "⌥", escape: "Esc" }
    : { mod: "Ctrl", shift: "Shift", alt: "Alt", escape: "Esc" };
  return chord
    .split("+")
    .map((part) => names[part] ?? part.toUpperCase())
    .join(apple ? "" : "+");
}

/** Runs the handler of the first chord that matches, wherever the focus is. */
export function useHotkeys(handlers: Readonly<Record<string, () => void>>): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) {
        return;
      }
      for (const [chord, run] of Object.entries(latest.current)) {
        if (matchesChord(event, chord)) {
          event.preventDefault();
          run();
          return;
        }
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
