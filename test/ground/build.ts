// Before the first test: what is tested as a user gets it (tarballs, bundles, READMEs, fixtures) is built once.
// A type error does not stop the run here: `npm run types` is what judges it.
import { spawnSync } from 'node:child_process'
import { root } from './workspace.ts'

export const setup = (): void => {
  const { stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8' })
  if (stdout + stderr !== '') process.stderr.write(`npm run build, before the tests:\n${stdout}${stderr}`)
}
