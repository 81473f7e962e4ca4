import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";
import { chordLabel } from "@/lib/hotkeys";

const itemStyles =
  "flex cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-45 pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0";

export const MenuRoot = Primitive.Root;
export const MenuTrigger = Primitive.Trigger;

export function Menu({ className, children, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={6}
        collisionPadding={8}
        className={cn("z-50 max-w-80 min-w-48 rounded-panel border border-line bg-raised p-1 shadow-pop data-[state=open]:animate-in", className)}
        {...rest}
      >
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  );
}

interface MenuItemProps extends ComponentProps<typeof Primitive.Item> {
  icon?: ReactNode;
  chord?: string;
  danger?: boolean;
}

export function MenuItem({ icon, chord, danger = false, className, children, ...rest }: MenuItemProps) {
  return (
    <Primitive.Item className={cn(itemStyles, danger ? "text-danger" : "[&_svg]:text-muted", className)} {...rest}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {chord && <kbd className="font-sans text-xs text-faint">{chordLabel(chord)}</kbd>}
    </Primitive.Item>
  );
}

/** A menu entry that is a link: pass the link element as the only child. */
export function MenuLink({ className, ...rest }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item asChild className={cn(itemStyles, "[&_svg]:text-muted", className)} {...rest} />;
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-faint">{children}</Primitive.Label>;
}

interface MenuChoiceProps<V extends string> {
  value: V;
  onChange: (value: V) => void;
  options: ReadonlyArray<{ value: V; label: string; icon?: ReactNode }>;
}

export function MenuChoice<V extends string>({ value, onChange, options }: MenuChoiceProps<V>) {
  return (
    <Primitive.RadioGroup value={value} onValueChange={(next) => onChange(next as V)}>
      {options.map((option) => (
        <Primitive.RadioItem key={option.value} value={option.value} className={cn(itemStyles, "[&_svg]:text-muted")}>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Primitive.ItemIndicator>
            <Check />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}
