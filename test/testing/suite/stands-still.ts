// A setup file that replaces the timers before anything else is loaded.
import { vi } from 'vitest'

vi.useFakeTimers()
