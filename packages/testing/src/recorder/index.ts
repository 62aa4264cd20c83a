export { recordingOf } from './claims.ts'
export { install, recordIn } from './recorder.ts'
export { Recording } from './recording.ts'
export type { OpenSpan } from './recording.ts'
