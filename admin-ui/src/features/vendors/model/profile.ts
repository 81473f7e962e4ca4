import { escaped, stepsOf } from "@/lib/json-text";

/** A vendor as data: what the server makes a channel type of. Only some of its members have fields here; all others are kept as they are. */
export type Profile = Readonly<Record<string, unknown>>;

type Members = Record<string, unknown>;

const isObject = (value: unknown): value is Members => typeof value === "object" && value !== null && !Array.isArray(value);

export const emptyProfile: Profile = { id: "", name: "", endpoint: "", models: [], capabilities: ["chat"] };

/** The value a JSON pointer leads to. */
export function valueAt(profile: Profile, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>((value, step) => (Array.isArray(value) ? value[Number(step)] : isObject(value) ? value[step] : undefined), profile);
}

/** The profile with another value there; `undefined` takes the member out, and with it what is empty then. */
export function withValue(profile: Profile, pointer: string, value: unknown): Profile {
  return put(profile, stepsOf(pointer), value);
}

function put(before: unknown, [step = "", ...further]: readonly string[], value: unknown): Members {
  const members = isObject(before) ? before : {};
  const next = further.length === 0 ? value : emptied(put(members[step], further, value));
  if (next === undefined) {
    const { [step]: _gone, ...others } = members;
    return others;
  }
  return { ...members, [step]: next };
}

const emptied = (members: Members) => (Object.keys(members).length === 0 ? undefined : members);

export function textAt(profile: Profile, pointer: string, fallback = ""): string {
  const value = valueAt(profile, pointer);
  return typeof value === "string" ? value : fallback;
}

export function flagAt(profile: Profile, pointer: string, fallback: boolean): boolean {
  const value = valueAt(profile, pointer);
  return typeof value === "boolean" ? value : fallback;
}

export function textsAt(profile: Profile, pointer: string, fallback: readonly string[] = []): readonly string[] {
  const value = valueAt(profile, pointer);
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : fallback;
}

/** The profile with a value that is left out where it is what counts anyway. */
export function withChoice<V>(profile: Profile, pointer: string, value: V, usual: V): Profile {
  return withValue(profile, pointer, value === usual ? undefined : value);
}

export interface VendorNames {
  readonly en: string;
  /** Empty where it is the same. */
  readonly zh: string;
}

export function namesOf(profile: Profile): VendorNames {
  const name = profile["name"];
  if (isObject(name)) {
    const en = textAt(name, "/en");
    const zh = textAt(name, "/zh");
    return { en, zh: zh === en ? "" : zh };
  }
  return { en: textAt(profile, "/name"), zh: "" };
}

export function withNames(profile: Profile, { en, zh }: VendorNames): Profile {
  return withValue(profile, "/name", zh === "" ? en : { en, zh });
}

export const authKinds = ["bearer", "api-key", "header", "query", "none"] as const;
export type AuthKind = (typeof authKinds)[number];

export interface Auth {
  readonly kind: AuthKind;
  /** Of the header or the query parameter, for the two kinds that have one. */
  readonly name: string;
}

export const hasName = (kind: AuthKind): boolean => kind === "header" || kind === "query";

export function authOf(profile: Profile): Auth {
  const [word = "", name = ""] = textAt(profile, "/auth", "bearer").split(/:(.*)/s);
  return { kind: authKinds.find((kind) => kind === word) ?? "bearer", name };
}

export function withAuth(profile: Profile, { kind, name }: Auth): Profile {
  return withChoice(profile, "/auth", hasName(kind) ? `${kind}:${name}` : kind, "bearer");
}

export const capabilities = ["chat", "tools", "parallel-tools", "reasoning", "json-output", "several-choices", "embeddings", "images"] as const;

export const pictureInputs = ["none", "url", "inline"] as const;

export const listShapes = ["data", "array", "static", "none"] as const;

/** A quirk that is on or off: a member that has a certain value then. */
interface Quirk {
  readonly name: "usage" | "maxTokens" | "developer" | "streamsOnly";
  readonly pointer: string;
  /** The value that makes it so; for anything else it is the other way. */
  readonly value: unknown;
  /** Whether the quirk is on without its member. */
  readonly usual: boolean;
}

export const quirks: readonly Quirk[] = [
  { name: "usage", pointer: "/chat/streamOptions", value: false, usual: true },
  { name: "maxTokens", pointer: "/chat/rename/max_completion_tokens", value: "max_tokens", usual: false },
  { name: "developer", pointer: "/chat/roles/developer", value: "system", usual: false },
  { name: "streamsOnly", pointer: "/chat/streamsOnly", value: true, usual: false },
];

export function hasQuirk(profile: Profile, { pointer, value, usual }: Quirk): boolean {
  return valueAt(profile, pointer) === value ? !usual : usual;
}

export function withQuirk(profile: Profile, { pointer, value, usual }: Quirk, on: boolean): Profile {
  return withValue(profile, pointer, on === usual ? undefined : value);
}

/** Another vendor that works like this one: as a beginning, under an id that is free. What is only true of the first one stays behind. */
export function copyOf(profile: Profile, taken: ReadonlySet<string>, nameOfCopy: (name: string) => string): Profile {
  const base = textAt(profile, "/id").slice(0, 40) || "vendor";
  let id = `${base}-copy`;
  for (let at = 2; taken.has(id); at++) {
    id = `${base}-copy-${at}`;
  }
  const { description: _description, color: _color, ...others } = profile;
  return { ...others, id, name: nameOfCopy(namesOf(profile).en || base) };
}

/** What is wrong, and with which member. */
export interface ProfileProblem {
  /** A JSON pointer; empty for the profile as a whole. */
  readonly pointer: string;
  readonly words: string;
}

/** Reads a refusal: a pointer in front of the words, `/auth: expected …`, or in a field of its own. */
export function problemFrom(words: string, member: string | undefined): ProfileProblem {
  const [, pointer = "", rest = words] = /^(\/[^\s:]*): (.+)$/s.exec(words) ?? [];
  const named = member === undefined || member === "" ? pointer : member.startsWith("/") ? member : `/${member.split(/[./]/).map(escaped).join("/")}`;
  return { pointer: named === "/" ? "" : named, words: rest.charAt(0).toUpperCase() + rest.slice(1) };
}

/** The members that have fields of their own. */
export const formPointers: readonly string[] = [
  "/id",
  "/name",
  "/endpoint",
  "/basePath",
  "/paths",
  "/auth",
  "/models",
  "/modelList/shape",
  "/modelList/path",
  "/capabilities",
  "/imageInput",
  "/chat/drop",
  ...quirks.map(({ pointer }) => pointer),
];

/** What is to be said beside a field that stands for one of these members; nothing where another field says it. */
export function wordsAt(problem: ProfileProblem | null, ...pointers: readonly string[]): string | undefined {
  return problem && pointers.some((pointer) => problem.pointer === pointer || problem.pointer.startsWith(`${pointer}/`)) ? problem.words : undefined;
}
