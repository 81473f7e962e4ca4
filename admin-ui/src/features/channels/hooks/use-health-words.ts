import { useTranslation } from "react-i18next";
import { useFormats } from "@/lib/format";
import { upperFirst, latencyIn } from "@/lib/words";
import type { State, Verdict } from "../model/health";

/** The faults that have words of their own; a newer server may know more. */
const faultKinds = [
  "BAD_REQUEST",
  "TOO_LONG",
  "CONTENT",
  "NO_ACCESS",
  "KEY_DEAD",
  "KEY_STALE",
  "QUOTA",
  "RATE",
  "RETRY",
  "UPSTREAM",
  "TRUNCATED",
  "CLOCK",
  "CONFIG",
  "UNSUPPORTED",
  "UNKNOWN_OUTCOME",
  "PLUGIN",
] as const;

/** How channels and keys stand, in words. */
export function useHealthWords(now: number) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();

  // To the second: a figure that runs through tenths is only restless.
  const span = (milliseconds: number) => formats.span(Math.max(0, Math.round(milliseconds / 1_000) * 1_000));
  const resting = (until: number | null) => (until !== null && until > now ? t("channels.health.restingFor", { span: span(until - now) }) : t("channels.health.restingEnds"));
  return {
    reason: upperFirst,
    latency: (milliseconds: number): string => latencyIn(i18n.language, milliseconds),
    fault: (kind: string): string => {
      const known = faultKinds.find((one) => one === kind);
      return known ? t(`channels.fault.${known}`) : kind;
    },
    verdict: (verdict: Verdict): string => {
      switch (verdict.word) {
        case "resting":
          return resting(verdict.until);
        case "someKeys":
          return t("channels.health.someKeys", { resting: verdict.resting, count: verdict.of });
        case "someModels":
          return t("channels.health.someModels", { count: verdict.models.length });
        default:
          return t(`channels.health.${verdict.word}`);
      }
    },
    state: (state: State): string => (state.phase === "resting" ? resting(state.until) : t(`channels.health.${state.phase}`)),
    /** How long ago something was, short. */
    ago: (at: number): string => t("channels.health.ago", { span: span(now - at) }),
    /** A share of all calls; never rounded up to all of them. */
    share: (share: number): string => {
      const digits = share > 0.1 ? 1 : 2;
      const step = 10 ** (digits + 2);
      return new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: digits }).format(Math.floor(share * step) / step);
    },
  };
}
