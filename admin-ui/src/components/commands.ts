import { createContext } from "react";
import type { ChatCommand } from "@/lib/virtual-links";

export interface Commands {
  /** Sends the command as the reader's next message. */
  run: (command: ChatCommand) => void;
  /** Whether an answer is being written, which a command would cut off. */
  busy: boolean;
}

/** Where the buttons of an answer lead. Without it, as in a page that only shows a conversation, they are plain words. */
export const CommandsContext = createContext<Commands | null>(null);
