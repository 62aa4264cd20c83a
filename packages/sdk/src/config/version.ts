// The version that the resource and health state. A constant, because a bundled sdk has no package.json beside it; a test holds it to ours.
export const VERSION = '0.1.0'
