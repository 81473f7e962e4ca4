/** The two kinds of codes, as their routes are called. */
export type CodeRoute = "redeem" | "invite";

const REDEEM_PREFIX = "nio-";

/** Which routes a code is tried on, in turn. What looks like a gift code is tried as one first: each failure counts against guessing. */
export function routesFor(code: string): [CodeRoute, CodeRoute] {
  const giftLike = !code.startsWith(REDEEM_PREFIX) && /^[\w-]+-[A-Za-z0-9]{24}$/.test(code);
  return giftLike ? ["invite", "redeem"] : ["redeem", "invite"];
}

export type Refusal = "unknown" | "used" | "expired" | "again" | "tooMany" | "other";

/** Why the server did not take a code, by its words. */
export function refusalOf(words: string): Refusal {
  if (/too many codes/i.test(words)) {
    return "tooMany";
  }
  if (/not found|invalid code/i.test(words)) {
    return "unknown";
  }
  if (/you have already used/i.test(words)) {
    return "again";
  }
  if (/has expired/i.test(words)) {
    return "expired";
  }
  return /has been used/i.test(words) ? "used" : "other";
}
