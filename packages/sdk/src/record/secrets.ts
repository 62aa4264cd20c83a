// Known shapes of secrets: what redaction looks for. Data, so that it can be read, documented and tested entry by entry.

/**
 * Masked wherever they stand in a text. Each begins with a literal that hardly anything else has, or asks for a digit or a capital where words would
 * match (`sk-bratislava-central-station`, `basic internationalization`). What is in a group named `keep` stays.
 */
export const secretShapes: Readonly<Record<string, RegExp>> = {
  'AWS access key': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  'GitHub token': /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/,
  'GitLab token': /\bglpat-[A-Za-z0-9_-]{20,}/,
  'Slack token': /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  'Slack webhook': /\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/,
  'Stripe key': /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/,
  'OpenAI or Anthropic key': /\bsk-(?=[a-z_-]*[A-Z0-9])(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}/,
  'Google API key': /\bAIza[A-Za-z0-9_-]{35}/,
  'npm token': /\bnpm_[A-Za-z0-9]{36}\b/,
  'PyPI token': /\bpypi-[A-Za-z0-9_-]{50,}/,
  'JSON Web Token': /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/,
  'authorization header': /\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC) (?=[a-z._~+/=-]*[A-Z0-9])[A-Za-z0-9._~+/=-]{16,}/,
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/,
  'password in a URL': /(?<keep>:\/\/[^\s/:@]{0,128}:)[^\s/@]{1,256}(?=@)/,
  'secret in a query':
    /(?<keep>[?&](?:access_token|refresh_token|id_token|token|api_key|apikey|client_secret|password)=)[^\s&#"']{4,}/,
}

/** Names that make an attribute's value a secret, case, `-` and `_` aside: the whole name, or its last word after a dot (`db.password`, `http.request.header.set-cookie`). */
export const secretKeys: readonly string[] = [
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'bearertoken',
  'sessiontoken',
  'securitytoken',
  'apitoken',
  'csrftoken',
  'xsrftoken',
  'apikey',
  'xapikey',
  'xauthtoken',
  'privatekey',
  'secretkey',
  'secretaccesskey',
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'credential',
  'credentials',
]

/** What a secret's name ends with, whatever stands before it: `userPassword`, `DB_PASSWORD`, `clientSecret`. */
export const secretEndings: readonly string[] = ['password', 'passwd', 'passphrase', 'secret']
