// What went wrong, as text for a diagnostic, whatever was thrown.

/** The error's message, or the value itself as text. Never throws. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : String(error)
  } catch {
    return 'no reason can be read'
  }
}
