// The text format 0.0.4, read as strictly as Prometheus' own scraper and `promtool check metrics` read it.
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Throws on the first thing that Prometheus' own scraper or `promtool check metrics` would refuse. */
export function parse(body: string): Sample[] {
  if (!body.endsWith('\n')) throw new Error('the last line has no end')
  const types = new Map<string, string>()
  const series = new Set<string>()
  const samples: Sample[] = []
  const begun = new Set<string>()
  let current = ''
  for (const line of body.split('\n')) {
    const type = /^# TYPE (\S+) (counter|gauge|histogram|summary|untyped)$/.exec(line)
    if (type?.[1] !== undefined && type[2] !== undefined) {
      if (types.has(type[1])) throw new Error(`second TYPE of ${type[1]}`)
      types.set(type[1], type[2])
    }
    if (line === '' || line.startsWith('#')) continue
    const sample = sampleOf(line)
    const family = types.has(sample.name) ? sample.name : sample.name.replace(/_(?:bucket|count|sum)$/, '')
    if (!types.has(family)) throw new Error(`no TYPE for ${line}`)
    if (types.get(family) === 'histogram' && family === sample.name) throw new Error(`bare histogram sample ${line}`)
    if (family !== current && begun.has(family)) throw new Error(`the lines of ${family} do not stand together`)
    begun.add(family)
    current = family
    const key = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted()])
    if (series.has(key)) throw new Error(`series written twice: ${line}`)
    series.add(key)
    samples.push(sample)
  }
  return samples
}

function sampleOf(line: string): Sample {
  const head = /^([a-zA-Z_:][a-zA-Z0-9_:]*)/.exec(line)?.[1]
  if (head === undefined) throw new Error(`no metric name: ${line}`)
  let rest = line.slice(head.length)
  const labels: Record<string, string> = {}
  if (rest.startsWith('{')) {
    rest = rest.slice(1)
    while (!rest.startsWith('}')) {
      const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|(?=\}))/.exec(rest)
      if (label?.[1] === undefined || label[2] === undefined) throw new Error(`bad label at ${rest} of ${line}`)
      if (Object.hasOwn(labels, label[1])) throw new Error(`label ${label[1]} twice: ${line}`)
      labels[label[1]] = label[2].replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
      rest = rest.slice(label[0].length)
    }
    rest = rest.slice(1)
  }
  const value = /^ (NaN|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(rest)?.[1]
  if (value === undefined) throw new Error(`bad value: ${line}`)
  return { name: head, labels, value: Number(value.replace('Inf', 'Infinity')) }
}
