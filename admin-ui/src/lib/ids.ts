/** A random id of 20 characters (over 100 bits). Works on plain-HTTP pages too, where `crypto.randomUUID` does not exist. */
export function newId(): string {
  const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  return Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => alphabet[byte & 63]).join("");
}
