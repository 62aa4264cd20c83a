// The unit at the end of a metric's name, as OpenTelemetry's compatibility specification and Prometheus's own OTLP endpoint write it: a dashboard then
// asks for one name, whichever way the metric came.

const words: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '%': 'percent',
}
const perWords: Readonly<Record<string, string>> = { s: 'second', m: 'minute', min: 'minute', h: 'hour', d: 'day' }

/** `name` with the words of a UCUM unit behind it, unless it ends with them. Annotations, `{run}`, are no unit; `1` is a ratio where it is a gauge. */
export function withUnit(name: string, unit: string, kind: 'counter' | 'gauge' | 'histogram'): string {
  const suffix = unit === '1' ? (kind === 'gauge' ? 'ratio' : '') : suffixOf(unit)
  const stem = name.replace(/_total$/, '')
  return suffix === '' || stem.endsWith(`_${suffix}`) || stem === suffix ? name : `${stem}_${suffix}`
}

function suffixOf(unit: string): string {
  const [measured = '', per] = unit.replaceAll(/\{[^}]*\}/g, '').split('/')
  const main = words[measured] ?? plain(measured)
  const rate = per === undefined || per === '' ? '' : `per_${perWords[per] ?? plain(per)}`
  return [main, rate].filter((part) => part !== '').join('_')
}

const plain = (unit: string): string => unit.replaceAll(/[^a-zA-Z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '')
