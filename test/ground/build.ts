// Before the first test: what is tested as a user gets it (tarballs, bundles, READMEs, fixtures) is built once.
// A type error does not stop the run here: `npm run types` is what judges it.
import { spawnSync } from 'node:child_process'
import { root } from './workspace.ts'

export const setup = (): void => {
  const { stdout } = spawnSync('tsc', ['-b', '--pretty', 'false'], { cwd: root, encoding: 'utf8' })
  if (stdout !== '') process.stderr.write(`tsc -b, before the tests:\n${stdout}`)
}
