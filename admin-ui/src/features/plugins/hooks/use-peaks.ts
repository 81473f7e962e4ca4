import { useRef } from "react";
import type { Draining } from "../model/plugin";

/** The most calls each draining generation was seen with, so that a bar can show how far the drain has come. */
export function usePeaks(draining: readonly Draining[]): (old: Draining) => number {
  const peaks = useRef(new Map<string, number>());
  const keyOf = (old: Draining) => `${old.version}#${old.generation ?? ""}`;
  const seen = new Map<string, number>();
  for (const old of draining) {
    seen.set(keyOf(old), Math.max(old.leases, peaks.current.get(keyOf(old)) ?? 0));
  }
  peaks.current = seen;
  return (old) => Math.max(1, seen.get(keyOf(old)) ?? old.leases);
}
