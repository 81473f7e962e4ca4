import { z } from "zod";
import { allNames, type ChannelType, nameIn, type Names, namesSchema } from "@/lib/channel-types";
import { hasWords } from "@/lib/names";
import { namesOf, textAt, textsAt } from "./profile";

/** Channel types that differ by data only, and so can be added as data. */
export const familySchema = z.object({ id: z.string(), name: namesSchema });
export type Family = z.output<typeof familySchema>;

/** A profile as the server lists it. */
export const storedProfileSchema = z.object({
  id: z.string(),
  family: z.string().catch(""),
  /** False where it came with a plugin, and cannot be changed. */
  own: z.boolean().catch(false),
  /** Whether calls reach an own one: `hidden` where a plugin provides a type of the same id, `family-missing` where none runs that understands it. */
  state: z.enum(["serving", "hidden", "family-missing"]).catch("serving"),
  revision: z.number().catch(0),
  body: z.record(z.string(), z.unknown()),
});

export type StoredProfile = z.output<typeof storedProfileSchema>;

/** A kind of upstream that channels can have. */
export interface Vendor {
  readonly id: string;
  readonly name: Names;
  /** Whether somebody here added it; else it came with a plugin. */
  readonly own: boolean;
  /** Missing where no channel type is made of the profile just now. */
  readonly type: ChannelType | undefined;
  /** Missing where a plugin made for this vendor provides it. */
  readonly profile: StoredProfile | undefined;
  readonly models: readonly string[];
}

/** All vendors: those that plugins provide, and own ones also while no call reaches them. Own ones first, then by name. */
export function vendorsOf(types: readonly ChannelType[], profiles: readonly StoredProfile[], language: string): Vendor[] {
  const reached = new Map(profiles.filter(({ state }) => state === "serving").map((profile) => [profile.id, profile]));
  const provided = types.map((type): Vendor => {
    const profile = reached.get(type.id);
    return { id: type.id, name: type.name, own: profile?.own ?? false, type, profile, models: type.models };
  });
  const known = new Set(types.map(({ id }) => id));
  const unreached = profiles
    .filter(({ id, own, state }) => own && (state !== "serving" || !known.has(id)))
    .map((profile): Vendor => {
      const { en, zh } = namesOf(profile.body);
      const { id } = profile;
      return { id, name: { en: en || id, zh: zh || en || id }, own: true, type: undefined, profile, models: textsAt(profile.body, "/models") };
    });
  const { compare } = new Intl.Collator(language, { numeric: true });
  return [...provided, ...unreached].sort(
    (a, b) => Number(b.own) - Number(a.own) || compare(nameIn(a.name, language, a.id), nameIn(b.name, language, b.id)),
  );
}

export function matches(vendor: Vendor, search: string): boolean {
  const { id, name, type, profile, models } = vendor;
  const endpoint = type?.defaultEndpoint ?? (profile ? textAt(profile.body, "/endpoint") : "");
  return hasWords([id, ...allNames(name), ...allNames(type?.description), type?.plugin ?? "", endpoint, ...models], search);
}
