// Known shapes of secrets: what redaction looks for. Data, so that it can be read, documented and tested entry by entry.

/**
 * A secret, wherever it stands in a text. What is in a group named `keep` stays. Every shape takes time in proportion to the text, whatever the text is: it
 * begins with a literal that hardly anything else has, and then takes the whole run of letters that it begins in, so that no letter is looked at from
 * each of many beginnings. What the run has to hold is therefore asked afterwards and not by a lookahead.
 */
export interface SecretShape {
  readonly run: RegExp
  /** What the run must hold, else it is none: a digit where words would match (`sk-bratislava-central-station`). */
  readonly holding?: RegExp
}

// Names of parameters in queries and forms: api_key, apiKey, api-key.
const parameters =
  '(?:(?:access|refresh|id|auth|session)[_-]?[tT]oken|token|(?:x-)?api[_-]?[kK]ey|client[_-]?[sS]ecret|secret|password|passwd)='

export const secretShapes: Readonly<Record<string, SecretShape>> = {
  'AWS access key': { run: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  'GitHub token': { run: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/ },
  'GitLab token': { run: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  'Slack token': { run: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  'Slack webhook': { run: /\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/ },
  'Stripe key': { run: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/ },
  'OpenAI or Anthropic key': { run: /\bsk-[A-Za-z0-9_-]{20,}/, holding: /\d/ },
  'Google API key': { run: /\bAIza[A-Za-z0-9_-]{35}/ },
  'npm token': { run: /\bnpm_[A-Za-z0-9]{36}\b/ },
  'PyPI token': { run: /\bpypi-[A-Za-z0-9_-]{50,}/ },
  'JSON Web Token': {
    run: /\beyJ[A-Za-z0-9_-]{10,}(?:\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*)?/,
    holding: /\./,
  },
  // In the whole run, scheme aside: `basic internationalization` is none.
  'authorization header': {
    run: /\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC) [A-Za-z0-9._~+/=-]{16,}/,
    holding: / .*[A-Z0-9]/,
  },
  'private key': { run: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/ },
  'password in a URL': { run: /(?<keep>:\/\/[^\s/:@]{0,128}:)[^\s/@]{1,256}(?=@)/ },
  // After `?` or `&`, and first in a text of which all may be a query: `url.query` has no `?`, and prose has spaces.
  'secret in a query': { run: new RegExp(`(?<keep>[?&]${parameters}|^${parameters}(?=\\S*$))[^\\s&#"']{4,}`) },
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
