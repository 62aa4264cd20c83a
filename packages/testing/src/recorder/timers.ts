// Recorder stage: the process's own timers, taken before a test can replace them with others that stand still.
const { setTimeout: set, clearTimeout: clear, setImmediate: next } = globalThis

export const later = (run: () => void, ms: number): NodeJS.Timeout => set(run, ms)
export const notLater = (timer: NodeJS.Timeout): void => clear(timer)
export const immediately = (): Promise<void> => new Promise((resolve) => void next(resolve))
