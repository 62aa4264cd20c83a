// A URL as it may be recorded: without credentials, neither before the host nor signed into the query.

// The query keys that the conventions name, and AWS' form of them; the same list as in instrumentation-http 0.301.
const SECRET_KEYS = [
  'sig',
  'Signature',
  'AWSAccessKeyId',
  'X-Goog-Signature',
  'X-Amz-Signature',
  'X-Amz-Credential',
  'X-Amz-Security-Token',
]

const REDACTED = 'REDACTED'

/** `url.full` by the conventions: no fragment, credentials and known secret query values replaced by `REDACTED`. */
export const fullUrl = (url: URL): string => {
  const { searchParams } = url
  const secret = url.search === '' ? [] : SECRET_KEYS.filter((key) => searchParams.has(key))
  if (url.username === '' && url.password === '' && url.hash === '' && secret.length === 0) return url.href
  const clean = new URL(url)
  clean.hash = ''
  if (url.username !== '') clean.username = REDACTED
  if (url.password !== '') clean.password = REDACTED
  for (const key of secret) clean.searchParams.set(key, REDACTED)
  return clean.href
}
