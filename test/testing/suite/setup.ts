// A setup file of the project's own.
import { recordEveryTest } from '@proprio/testing/vitest'

recordEveryTest()
