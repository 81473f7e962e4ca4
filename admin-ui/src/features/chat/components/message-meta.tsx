import { useTranslation } from "react-i18next";
import { useFormats } from "@/lib/format";
import { speedOf } from "../model/answer";
import type { Message } from "../model/conversation";

/** Time, tokens, speed and cost of an answer, as far as they are known. */
export function MessageMeta({ message }: { message: Message }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { usage, cost, endedAt, firstTokenAt, createdAt } = message;
  const speed = speedOf(usage?.output, firstTokenAt, endedAt);
  const parts = [
    formats.time(endedAt ?? createdAt),
    usage && t("meta.tokens", { input: formats.integer(usage.input), output: formats.integer(usage.output) }),
    speed !== null && t("meta.speed", { speed: formats.decimal(speed, speed < 10 ? 1 : 0) }),
    cost !== undefined && t("meta.cost", { cost: formats.credits(cost) }),
  ].filter((part): part is string => Boolean(part));
  return (
    <ul className="flex flex-wrap items-center gap-x-2 text-xs text-faint tabular-nums">
      {parts.map((part, at) => (
        <li key={at} className="not-first:before:mr-2 not-first:before:content-['·']">
          {part}
        </li>
      ))}
    </ul>
  );
}
