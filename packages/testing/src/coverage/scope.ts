// Coverage stage: what a catalogue and its scope have in common, and so what was emitted with what could have been.

/** `flow@3.0.0`. */
export const scopeKey = ({ name, version = '' }: { readonly name: string; readonly version?: string | undefined }) =>
  `${name}@${version}` as const
