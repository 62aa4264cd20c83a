// A transport brings one request body to its receiver. Transports are composed: gzip(retrying(http)).

/** What became of a request. */
export type Answer =
  /** The receiver took it; `body` is its answer, which may name records that it refused. */
  | { readonly kind: 'accepted'; readonly body: Uint8Array }
  /** Worth another attempt; `afterMs` when the receiver said how long to wait. */
  | { readonly kind: 'retry'; readonly why: string; readonly afterMs?: number }
  /** Status 413. */
  | { readonly kind: 'too_large' }
  /** A status that must not be retried. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Every attempt failed until the batch was too old. */
  | { readonly kind: 'exhausted'; readonly why: string }
  | { readonly kind: 'aborted' }

export interface Transport {
  /**
   * @param since when the batch was filled, Unix time in milliseconds.
   * @returns an answer, always: it never rejects, and settles soon after `signal` is aborted.
   */
  send(body: Uint8Array, signal: AbortSignal, since: number): Promise<Answer>
  /** Somebody waits: a pause between attempts is cut short. */
  hurry(): void
  close(): void
}
