import { lineOf, placeOf, readJson } from "@/lib/json-text";
import type { Channel } from "./channel";

/** How much a channel, or each of its keys, is used at most. */
export const capFields = ["max_concurrency", "max_per_minute", "key_max_concurrency", "key_max_per_minute"] as const;
/** Seconds after which the server stops waiting. */
export const timeFields = ["first_token_timeout", "stall_timeout"] as const;
export const flagFields = ["first_message_as_user", "merge_consecutive_user_messages"] as const;

export type CapField = (typeof capFields)[number];
export type TimeField = (typeof timeFields)[number];
export type FlagField = (typeof flagFields)[number];
/** A setting that is a figure; as it was typed, empty where the default counts. */
export type FigureField = CapField | TimeField | "cost";

/** What happens with a request of which the vendor cannot take everything; empty where the site decides. */
export const unmappedChoices = ["", "report", "refuse"] as const;

export interface HeaderRow {
  name: string;
  value: string;
}

/**
 * What a channel may say beyond the fields that every channel has, as it stands in the form while somebody types. Members have the names
 * they have on the wire.
 */
export interface Settings extends Record<FigureField, string>, Record<FlagField, boolean> {
  header_override: HeaderRow[];
  /** JSON as it is typed; empty for none. */
  param_override: string;
  unmappedFields: (typeof unmappedChoices)[number];
}

const LARGEST_CAP = 100_000;
const SHORTEST_SECONDS = 0.1;
const LONGEST_SECONDS = 86_400;
const MOST_OVERRIDES = 64;

/** Headers that the server sets itself. */
const reservedHeaders = new Set(["host", "content-length", "transfer-encoding", "connection", "upgrade", "accept-encoding"]);
/** Members of a request that have their own places. */
const reservedParameters = new Set(["model", "messages", "stream"]);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** An object, also where another product wrote it as text. */
function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value === "string" && value.trim() !== "") {
    const read = readJson(value);
    return "value" in read && isObject(read.value) ? read.value : {};
  }
  return isObject(value) ? value : {};
}

function figureOf(value: unknown, none: number): string {
  return typeof value === "number" && value !== none ? String(value) : "";
}

/** The settings of a channel, for the form. */
export function settingsOf(channel: Channel): Settings {
  const headers = Object.entries(objectOf(channel["header_override"]));
  const parameters = objectOf(channel["param_override"]);
  return {
    first_message_as_user: channel["first_message_as_user"] === true,
    merge_consecutive_user_messages: channel["merge_consecutive_user_messages"] === true,
    header_override: headers.map(([name, value]) => ({ name, value: String(value) })),
    param_override: Object.keys(parameters).length > 0 ? JSON.stringify(parameters, null, 2) : "",
    first_token_timeout: figureOf(channel["first_token_timeout"], 0),
    stall_timeout: figureOf(channel["stall_timeout"], 0),
    max_concurrency: figureOf(channel["max_concurrency"], 0),
    max_per_minute: figureOf(channel["max_per_minute"], 0),
    key_max_concurrency: figureOf(channel["key_max_concurrency"], 0),
    key_max_per_minute: figureOf(channel["key_max_per_minute"], 0),
    cost: figureOf(channel["cost"], 1),
    unmappedFields: unmappedChoices.find((choice) => choice === channel["unmappedFields"]) ?? "",
  };
}

const filledHeaders = (rows: readonly HeaderRow[]) => rows.filter((row) => row.name.trim() !== "" || row.value.trim() !== "");

/** The channel with these settings; what has its default is left out. */
export function withSettings(channel: Channel, settings: Settings): Channel {
  const said: Record<string, unknown> = {};
  for (const name of [...capFields, ...timeFields, "cost"] as const) {
    const typed = settings[name].trim();
    const value = Number(typed);
    if (typed !== "" && value !== (name === "cost" ? 1 : 0)) {
      said[name] = value;
    }
  }
  for (const name of flagFields) {
    if (settings[name]) {
      said[name] = true;
    }
  }
  const headers = filledHeaders(settings.header_override);
  if (headers.length > 0) {
    said["header_override"] = Object.fromEntries(headers.map(({ name, value }) => [name.trim(), value.trim()]));
  }
  const parameters = objectOf(settings.param_override);
  if (Object.keys(parameters).length > 0) {
    said["param_override"] = parameters;
  }
  if (settings.unmappedFields !== "") {
    said["unmappedFields"] = settings.unmappedFields;
  }
  const others = Object.fromEntries(Object.entries(channel).filter(([name]) => !(name in settings)));
  return { ...(others as Channel), ...said };
}

export type SettingProblem = "cap" | "seconds" | "factor" | "headerName" | "headerReserved" | "headerTwice" | "headerLine" | "tooMany";
export type SettingProblems = Partial<Record<FigureField | "header_override", SettingProblem>> & { param_override?: ParameterMistake };

/** What is wrong with the figures and headers, and with the parameters. */
export function settingProblems(settings: Settings): SettingProblems {
  const problems: SettingProblems = {};
  const check = (name: FigureField, problem: SettingProblem, good: (value: number) => boolean) => {
    const typed = settings[name].trim();
    if (typed !== "" && !good(Number(typed))) {
      problems[name] = problem;
    }
  };
  capFields.forEach((name) => check(name, "cap", (value) => Number.isInteger(value) && value >= 0 && value <= LARGEST_CAP));
  timeFields.forEach((name) => check(name, "seconds", (value) => value === 0 || (value >= SHORTEST_SECONDS && value <= LONGEST_SECONDS)));
  check("cost", "factor", (value) => Number.isFinite(value) && value >= 0);
  const headers = headersProblem(settings.header_override);
  if (headers) {
    problems.header_override = headers;
  }
  const parameters = parameterMistake(settings.param_override);
  if (parameters) {
    problems.param_override = parameters;
  }
  return problems;
}

function headersProblem(all: readonly HeaderRow[]): SettingProblem | undefined {
  const rows = filledHeaders(all);
  const problem = rows.map(headerProblem).find((found) => found !== undefined);
  if (problem) {
    return problem;
  }
  const names = new Set(rows.map((row) => row.name.trim().toLowerCase()));
  return names.size < rows.length ? "headerTwice" : rows.length > MOST_OVERRIDES ? "tooMany" : undefined;
}

/** What is wrong with one header; a row in which nothing stands is no header. */
export function headerProblem(row: HeaderRow): SettingProblem | undefined {
  const name = row.name.trim();
  if (name === "" && row.value.trim() === "") {
    return undefined;
  }
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name)) {
    return "headerName";
  }
  if (reservedHeaders.has(name.toLowerCase())) {
    return "headerReserved";
  }
  return /\p{Cc}/u.test(row.value.trim()) ? "headerLine" : undefined;
}

export interface ParameterMistake {
  /** From 1. */
  line: number;
  problem: "broken" | "object" | "reserved" | "tooMany";
  /** The member that is meant; empty where it is the whole. */
  member: string;
}

/** What is wrong with the parameters as JSON. */
export function parameterMistake(text: string): ParameterMistake | null {
  if (text.trim() === "") {
    return null;
  }
  const read = readJson(text);
  if ("brokenAt" in read) {
    return { line: lineOf(text, read.brokenAt), problem: "broken", member: "" };
  }
  if (!isObject(read.value)) {
    return { line: 1, problem: "object", member: "" };
  }
  const members = Object.keys(read.value);
  const reserved = members.find((name) => reservedParameters.has(name));
  if (reserved !== undefined) {
    return { line: lineOf(text, placeOf(read.places, `/${reserved}`)), problem: "reserved", member: reserved };
  }
  return members.length > MOST_OVERRIDES ? { line: 1, problem: "tooMany", member: "" } : null;
}

/** What the parameters do, in two lists: which members they set, and which they take out. */
export function parameterEffect(text: string): { set: string[]; removed: string[] } {
  const entries = Object.entries(objectOf(text));
  return {
    set: entries.flatMap(([name, value]) => (value === null ? [] : [name])),
    removed: entries.flatMap(([name, value]) => (value === null ? [name] : [])),
  };
}
