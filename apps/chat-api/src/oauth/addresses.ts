/** The resource that apps are given access to. */
export const mcpAddress = (publicUrl: string): string => new URL('/mcp', publicUrl).href

/** Who issues access tokens. An issuer has no path here: metadata is at the root. */
export const issuerOf = (publicUrl: string): string => new URL(publicUrl).origin
