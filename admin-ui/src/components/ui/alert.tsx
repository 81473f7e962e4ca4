import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";

/** What kept something from being done, beside it. */
export function Alert({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div role="alert" className="flex flex-wrap items-start gap-x-3 gap-y-2 rounded-control bg-danger-soft px-3 py-2 text-sm text-danger">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</div>
      {action}
    </div>
  );
}

/** What can be done about it. */
export function AlertButton(props: ButtonProps) {
  return <Button size="sm" variant="ghost" className="-my-1 text-danger hover:text-danger" {...props} />;
}
