// An excerpt of the demo's own metrics, scraped over HTTP as Prometheus does.
import { bytes, count } from './format.ts'
import { fit, type Terminal } from './terminal.ts'

const wanted = [
  'http_server_request_duration_seconds_count',
  'db_client_operation_duration_seconds_count',
  'loom_codegen_generate_duration_seconds_sum',
  'loom_cli_command_duration_seconds_count',
  'loom_registry_missing',
  'loom_database_table_missing',
]
const linesEach = 3

export async function metricLines(url: string, { width, paint }: Terminal): Promise<string[]> {
  const response = await fetch(url)
  const text = await response.text()
  const lines = text.split('\n')
  const excerpt = wanted.flatMap((name) => lines.filter((line) => line.startsWith(name)).slice(0, linesEach))
  return [
    paint('dim', `GET ${url}: ${response.status}, ${count(lines.length)} lines, ${bytes(text.length)}`),
    ...excerpt.map((line) => fit(line, width)),
  ]
}
