import { create } from "zustand";

export type ToastTone = "done" | "failed" | "plain";

export interface Toast {
  readonly id: number;
  readonly tone: ToastTone;
  readonly text: string;
  readonly action?: { label: string; run: () => void };
}

const SHOWN_FOR = 5_000;
const SHOWN_FOR_WITH_ACTION = 9_000;

let nextId = 1;

export const useToasts = create<{ toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

export const toasts = {
  show: (text: string, tone: ToastTone = "plain", action?: Toast["action"]) => {
    const toast: Toast = { id: nextId++, tone, text, ...(action ? { action } : {}) };
    useToasts.setState((now) => ({ toasts: [...now.toasts.slice(-3), toast] }));
    setTimeout(() => toasts.dismiss(toast.id), action || tone === "failed" ? SHOWN_FOR_WITH_ACTION : SHOWN_FOR);
  },
  dismiss: (id: number) => useToasts.setState((now) => ({ toasts: now.toasts.filter((toast) => toast.id !== id) })),
};
