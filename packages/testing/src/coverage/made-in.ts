// Coverage stage: whose a catalogue is, by the file that has made it.

/** Whether that file is of a package that is installed, and so not of the project under test. */
export const isInstalled = (file: string): boolean => /[\\/]node_modules[\\/]/.test(file)
