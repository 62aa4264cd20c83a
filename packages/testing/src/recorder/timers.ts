// Recorder stage: the process's own timers, not those with which a test replaces the global ones and which stand still: also where it has done so before
// this is loaded. They are kept, since what replaces a module's own would be seen here.
import * as timers from 'node:timers'

const { setTimeout: set, clearTimeout: clear, setImmediate: next } = timers

export const later = (run: () => void, ms: number): NodeJS.Timeout => set(run, ms)
export const notLater = (timer: NodeJS.Timeout): void => clear(timer)
export const immediately = (): Promise<void> => new Promise((resolve) => void next(resolve))
