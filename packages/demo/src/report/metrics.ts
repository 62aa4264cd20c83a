// An excerpt of the demo's own metrics, scraped over HTTP as Prometheus does.
import { bytes, count } from './format.ts'
import { fit, type Terminal, wrap } from './terminal.ts'

/** First words of their names, and what of a histogram: how many, and in how many seconds. */
const wanted = [
  /^http_server_request_duration\w*_count\{/,
  /^db_client_operation_duration\w*_count\{/,
  /^loom_codegen_generate_duration\w*_sum\{/,
  /^loom_cli_command_duration\w*_count\{/,
  /^loom_registry_missing\w*\{/,
  /^otel_sdk_span_started\w*\{/,
]
const linesEach = 3

const valueOf = (line: string): number => Number(line.slice(line.lastIndexOf(' ')))
const byValue = (a: string, b: string): number => valueOf(b) - valueOf(a)

export async function metricLines(url: string, { width }: Terminal): Promise<string[]> {
  const response = await fetch(url)
  const text = await response.text()
  const lines = text.split('\n')
  const excerpt = wanted.flatMap((name) =>
    lines
      .filter((line) => name.test(line))
      .toSorted(byValue)
      .slice(0, linesEach),
  )
  return [
    ...wrap(`GET ${url}: ${response.status}, ${count(lines.length)} lines, ${bytes(text.length)}`, width),
    ...excerpt.map((line) => sample(line, width)),
  ]
}

// Every line names its scope, which here is always the same; and where there is little room, its labels give way and not its value.
function sample(line: string, width: number): string {
  const [, series = line, value = ''] = /^(.*\}) (\S+)$/.exec(line.replaceAll(/,?otel_scope_\w+="[^"]*"/g, '')) ?? []
  return `${fit(series, width - value.length - 1)} ${value}`
}
