// Contract stage: the attributes of an event type, or those of the context.
import type { AttributeDescription } from '@proprio/api'
import { compareAttribute } from './attribute.ts'
import { breaks, type ContractChange, fits, type Found, foundAt } from './change.ts'
import { removal } from './documented.ts'
import { pairUp } from './pair-up.ts'

type Attributes = readonly AttributeDescription[]

/** `owner`: what stands before the key, `workflow.run attribute` or `context`. */
export function compareAttributes(owner: string, was: Attributes, now: Attributes, leaving = false): ContractChange[] {
  const { stayed, removed, added } = pairUp(was, now, keyOf)
  return [
    ...removed.flatMap((gone) => foundAt(`${owner} ${gone.key}`, [goneOrRenamed(gone, added, leaving)])),
    ...stayed.flatMap((pair) =>
      foundAt(
        `${owner} ${pair.now.key}`,
        compareAttribute({ ...pair, added, leaving: leaving || pair.was.deprecated !== undefined }),
      ),
    ),
    ...added.flatMap((come) => foundAt(`${owner} ${come.key}`, [addition(come)])),
  ]
}

const keyOf = ({ key }: AttributeDescription): string => key

/** The same name on the wire under another key is known to be a new key and nothing else. */
function goneOrRenamed(gone: AttributeDescription, added: Attributes, leaving: boolean): Found {
  const same = added.find(({ name }) => name === gone.name)
  if (!same || leaving || gone.deprecated) return removal(gone, added, keyOf, leaving)
  return breaks(
    'renamed',
    `its key changed to ${same.key}: calls and tests that say ${gone.key} no longer compile`,
    `Call it ${gone.key} again: on the wire nothing has changed.`,
  )
}

const addition = ({ required }: AttributeDescription): Found =>
  required
    ? breaks('added', 'added, and required: calls that do not give it no longer compile', 'Add it as an optional one.')
    : fits('added', 'added')
