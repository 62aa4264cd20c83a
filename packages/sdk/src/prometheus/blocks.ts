// After writing: the exporter writes a block for each scope, and the text form wants the lines of a name together, under one HELP and TYPE. Two scopes
// have one name as soon as both instrument the same thing: `http.client.request.duration` comes from node:http and from fetch.

/** The text with the blocks of one name put together, under the first one's head. */
export function together(text: string): string {
  const blocks = new Map<string, string[]>()
  for (const block of text.split(/^(?=# HELP )/m)) {
    const name = /^# HELP (\S+)/.exec(block)?.[1] ?? ''
    const before = blocks.get(name)
    if (before === undefined) blocks.set(name, [block])
    else before.push(block.replaceAll(/^# .*\n/gm, ''))
  }
  return [...blocks.values()].flat().join('')
}
