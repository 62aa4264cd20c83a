// What belongs to one machine or one registry stays out of the repository: it would be wrong on every other.

interface Rule {
  readonly what: string
  readonly pattern: RegExp
}

// Examples may speak of /home/me, /home/user, /home/app and /home/node: nobody's.
const rules: readonly Rule[] = [
  {
    what: 'registry host',
    pattern:
      /\b(registry\.(npmjs\.org|yarnpkg\.com|npmmirror\.com)|(files\.pythonhosted|test\.pypi|pypi|proxy\.golang|sum\.golang)\.org|(static\.|index\.)?crates\.io|repo1?\.maven\.(apache\.)?org|(deb|security)\.debian\.org|ghcr\.io\/v2)\b/,
  },
  {
    what: 'download address',
    pattern: /\bhttps?:\/\/[^\s"'`<>)\]]+\.(tgz|tar|tar\.(gz|xz|bz2)|zip|whl|gem|crate|deb|rpm|dmg|exe|jar|AppImage)\b/,
  },
  {
    what: 'path of a machine',
    pattern:
      /(?<![\w.:}\]~-])(\/(home|Users)\/(?!(me|user|app|node)\b)[\w.-]+|\/(root|work|mnt|private\/var)\/[\w.-]+|[A-Z]:\\+Users\\+\w+)/,
  },
]

export const addressProblems = (path: string, text: string): string[] =>
  text.split('\n').flatMap((line, index) =>
    rules.flatMap(({ what, pattern }) => {
      const [found] = pattern.exec(line) ?? []
      return found === undefined ? [] : [`${path}:${index + 1}: ${what} ${found}`]
    }),
  )
