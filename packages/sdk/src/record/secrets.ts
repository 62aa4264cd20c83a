// Known shapes of secrets: what redaction looks for. Data, so that it can be read, documented and tested entry by entry.

/** Masked wherever they stand in a text. Each begins with a literal that hardly anything else has. */
export const secretShapes: Readonly<Record<string, RegExp>> = {
  'AWS access key': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  'GitHub token': /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/,
  'GitLab token': /\bglpat-[A-Za-z0-9_-]{20,}/,
  'Slack token': /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  'Slack webhook': /\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/,
  'Stripe key': /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/,
  'OpenAI or Anthropic key': /\bsk-[A-Za-z0-9_-]{20,}/,
  'Google API key': /\bAIza[A-Za-z0-9_-]{35}/,
  'npm token': /\bnpm_[A-Za-z0-9]{36}\b/,
  'PyPI token': /\bpypi-[A-Za-z0-9_-]{50,}/,
  'JSON Web Token': /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/,
  'authorization header': /\b(?:[Bb]earer|[Bb]asic) [A-Za-z0-9._~+/=-]{16,}/,
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/,
  'password in a URL': /(?<=:\/\/[^\s/:@]{0,128}:)[^\s/@]{1,256}(?=@)/,
}

/** Words that make an attribute's value a secret when they are a part of its name: `db.password`, `http.request.header.authorization`. */
export const secretKeys: readonly string[] = [
  'password',
  'passwd',
  'secret',
  'client_secret',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'api_key',
  'apikey',
  'private_key',
  'authorization',
  'cookie',
  'set-cookie',
  'credential',
  'credentials',
]
