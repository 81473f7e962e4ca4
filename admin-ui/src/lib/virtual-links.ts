/** What a button in an answer orders: a message, and the model it goes to. */
export interface ChatCommand {
  readonly text: string;
  readonly model: string;
}

/** The hosts of addresses that lead nowhere and mean a command; the second spelling is the one of older pages. */
export const VIRTUAL_ORIGINS = ["https://chatnio.virtual/", "https://coai.virtual/"] as const;

const LONGEST = 2_000;

/** The older links write blanks as dashes: `UPSCALE-1704441600123456-1`. Newer commands hold dashes of their own, so only these are turned. */
const DASHED = /^(?:UPSCALE|VARIATION|REROLL)(?:-\d+)+$/i;

/** A word in front, and nothing that could not have been typed in one line. */
const COMMAND = /^\p{L}[\p{L}\p{N}_-]*(?: [^\p{Cc}]*)?$/u;

/** Older answers cite their sources by an address of this form; it orders nothing. */
const CITATION = "reference";

export const isVirtual = (address: string): boolean => VIRTUAL_ORIGINS.some((origin) => address.toLowerCase().startsWith(origin));

/** Whether an address that is still being written is a virtual one, or may become one. */
export const mayBecomeVirtual = (address: string): boolean =>
  isVirtual(address) || VIRTUAL_ORIGINS.some((origin) => origin.startsWith(address.toLowerCase()));

/**
 * Reads a virtual address, `https://<host>/<percent-encoded command>::<model>`. The model stands behind the last mark, because older commands may
 * hold marks themselves.
 *
 * @returns null when the address is not a virtual one, or orders nothing that could be understood
 */
export function readCommand(address: string): ChatCommand | null {
  if (!isVirtual(address)) {
    return null;
  }
  const path = address.slice(address.indexOf("/", "https://".length)).replace(/^\/+/, "");
  const mark = path.lastIndexOf("::");
  if (mark <= 0) {
    return null;
  }
  const written = path.slice(0, mark);
  const words = DASHED.test(written) ? written.replaceAll("-", " ") : decoded(written)?.trim();
  const model = decoded(path.slice(mark + 2))?.trim();
  if (!words || !model || words.length > LONGEST || !COMMAND.test(words.replace(/^\/+/, "")) || words.toLowerCase() === CITATION) {
    return null;
  }
  return { text: `/${words.replace(/^\/+/, "")}`, model };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
