// Names on the wire: how they are made from a catalogue's keys, and OpenTelemetry's rules for them.

/** `retryScheduled` → `retry_scheduled`. */
export const snakeCase = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()

export const isKey = (key: string): boolean => /^[a-z][a-zA-Z0-9]*$/.test(key)
export const isWireName = (name: string): boolean => /^[a-z][a-z0-9]*(?:[._][a-z0-9]+)*$/.test(name)

/** The attributes that emitters write themselves: nobody else may. */
export const bookkeeping: ReadonlySet<string> = new Set(
  ['type', 'layer', 'part', 'level', 'keep', 'message', 'links', 'slow.threshold', 'exception.causes'].map(
    (name) => `proprio.${name}`,
  ),
)

/** The first words of names that OpenTelemetry's semantic conventions (1.45) own: a catalogue of ours may not extend them. */
export const reservedNamespaces: ReadonlySet<string> = new Set(
  (
    'android app artifact aspnetcore aws azure browser cassandra cicd client cloud cloudevents cloudfoundry code container cpu cpython ' +
    'db deployment destination device disk dns dotnet elasticsearch enduser error event exception faas feature_flag file gcp gen_ai ' +
    'geo go graphql hardware heroku host http hw ios jvm k8s kestrel linux log mainframe mcp message messaging net network nodejs ' +
    'oci openai opentracing os otel peer pprof process profile proprio rpc security_rule server service session signalr source ' +
    'system telemetry test thread tls url user user_agent v8js vcs webengine zos'
  ).split(' '),
)
