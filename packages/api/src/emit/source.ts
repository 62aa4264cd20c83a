// What a streaming function gives, opened once, at the first step.

/** Something iterable, or the promise of it. */
export type Source<T> = AsyncIterable<T> | Iterable<T> | Promise<AsyncIterable<T> | Iterable<T>>

/** The source's iterator. A promise is awaited; an iterable of the synchronous kind is walked as `for await` would. */
export function openSource<T>(source: Source<T>): () => AsyncIterator<T> | Promise<AsyncIterator<T>> {
  let iterator: AsyncIterator<T> | Promise<AsyncIterator<T>> | undefined
  return () => (iterator ??= isThenable(source) ? Promise.resolve(source).then(iteratorOf) : iteratorOf(source))
}

const isThenable = <T>(source: Source<T>): source is Promise<AsyncIterable<T> | Iterable<T>> => {
  const { then, [Symbol.asyncIterator]: iterate } = Object(source) as {
    then?: unknown
    [Symbol.asyncIterator]?: unknown
  }
  return typeof then === 'function' && iterate === undefined
}

function iteratorOf<T>(source: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> {
  return Symbol.asyncIterator in Object(source)
    ? (source as AsyncIterable<T>)[Symbol.asyncIterator]()
    : walk(source as Iterable<T>)
}

async function* walk<T>(source: Iterable<T>): AsyncGenerator<T> {
  yield* source
}
