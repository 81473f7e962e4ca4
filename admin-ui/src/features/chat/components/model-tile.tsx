import { cn } from "@/lib/cn";
import { providerOf } from "../model/models";

/** A monogram in place of a logo: the provider's first letter in a hue of its own. */
export function ModelTile({ model, className }: { model: string; className?: string }) {
  const name = providerOf(model) ?? model.split("/").at(-1) ?? model;
  const hue = [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 360, 7);
  return (
    <span
      aria-hidden
      className={cn("grid size-5 shrink-0 place-items-center rounded-md text-[0.625rem] font-semibold", className)}
      style={{
        background: `light-dark(oklch(0.93 0.045 ${hue}), oklch(0.36 0.06 ${hue}))`,
        color: `light-dark(oklch(0.42 0.1 ${hue}), oklch(0.9 0.06 ${hue}))`,
      }}
    >
      {name.charAt(0).toUpperCase()}
    </span>
  );
}
