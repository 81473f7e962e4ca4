/** Times of the server: RFC 3339, or `YYYY-MM-DD HH:MM:SS` in UTC. Null for what is no time, and for 1970, which stands for never. */
export function serverTime(text: string | null | undefined): number | null {
  if (!text) {
    return null;
  }
  const utc = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text.replace(" ", "T")}Z` : text;
  const at = Date.parse(utc);
  return Number.isNaN(at) || at <= 0 ? null : at;
}

const two = (value: number) => String(value).padStart(2, "0");

/** The local day of a time, as a date field holds it. */
export function localDay(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A time as a field for local dates and times holds it: to the minute. */
export function localMinute(at: number | null): string {
  if (at === null) {
    return "";
  }
  const date = new Date(at);
  return `${localDay(at)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What a field for local dates and times holds, as the moment that it means; null where it is empty or no time. */
export function momentOf(local: string): string | null {
  const at = new Date(local);
  return local === "" || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
