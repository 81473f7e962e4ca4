/** The user groups of the product. */
export const userGroups = ["anonymous", "normal", "basic", "standard", "pro"] as const;
