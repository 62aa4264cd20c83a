// Receiver stage: a request that is not taken, and the status with which its sender is told.
export class Refusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: 400 | 404 | 405 | 413 | 415, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}
