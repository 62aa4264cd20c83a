// Rules that hold for every name on the wire.
import { ProprioError } from '../errors.ts'
import { isWireName } from './naming.ts'

export function checkName(path: string, name: string): void {
  if (!isWireName(name)) {
    throw new ProprioError(
      'PROPRIO_API_BAD_NAME',
      path,
      `${JSON.stringify(name)} is no OpenTelemetry name`,
      'Use lower-case words of letters and digits, joined by single dots or underscores, beginning with a letter.',
    )
  }
}

/** Notes who has `name`, and refuses a second owner. */
export function claim(paths: Map<string, string>, name: string, path: string): void {
  const other = paths.get(name)
  if (other !== undefined) {
    throw new ProprioError(
      'PROPRIO_API_DUPLICATE_NAME',
      path,
      `its name on the wire, ${name}, is that of ${other} too`,
      'Rename one of them.',
    )
  }
  paths.set(name, path)
}
