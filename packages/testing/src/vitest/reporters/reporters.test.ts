// The reporters, as a project has them: each test starts vitest over the files in fixtures/suite.
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test, vi } from 'vitest'
import { install, runVitest } from './fixtures/run-vitest.ts'

// A vitest of its own in each.
vi.setConfig({ testTimeout: 120_000 })
beforeAll(install)

const withoutFailing = ['**/failing*']
/** What our reporters print, after the summary of vitest's own. */
const afterSummary = (stdout: string): string =>
  stdout.match(/\n +Duration [^]*?\n((?:Traces|Coverage) of [^]*)/)?.[1] ?? ''

test('coverage: what workers beside each other have emitted is held against the floor, which fails the run', async () => {
  const { stdout, stderr, exitCode } = await runVitest({
    reporters: { coverage: { floor: 0.9 }, trace: {} },
    without: withoutFailing,
  })
  expect(exitCode).toBe(1)
  expect(afterSummary(stdout)).toMatchInlineSnapshot(`
    "Coverage of event types

    shop 2.1.0  50%  3 of 6 event types emitted, floor 90%
      never emitted  order.ship     operation
                     stock.low      occurrence, outside of tests only
      only failing   order.pay      operation

    not counted unless the option catalogues names them: acme 1.2.0, made 0.0.0

    "
  `)
  expect(stderr).toMatchInlineSnapshot(`
    "coverage is below the floor of 90%: shop is at 50%. Have a test emit what is never emitted, and succeed at what is only failing, or name in \`ignore\` what no test needs to emit

    "
  `)
})

test('coverage: above the floor the run passes; what is installed or made in a test counts where it is named', async () => {
  const { stdout, stderr, exitCode } = await runVitest({
    reporters: {
      coverage: { floor: 0.5, catalogues: ['acme', 'made', 'shop'], ignore: ['order.pay', 'shop.stock.*'] },
    },
    without: withoutFailing,
  })
  expect(exitCode).toBe(0)
  expect(afterSummary(stdout)).toMatchInlineSnapshot(`
    "Coverage of event types

    acme 1.2.0  50%  1 of 2 event types emitted, floor 50%
      never emitted  tool.drop  operation
      never failed   tool.use

    made 0.0.0  100%  1 of 1 event types emitted, floor 50%
      never failed   a.b

    shop 2.1.0  66.6%  2 of 3 event types emitted, floor 50%
      never emitted  order.ship     operation

    "
  `)
  expect(stderr).toBe('')
})

test('a failed test has its trace printed below the summary; where tests fail, the floor is not enforced', async () => {
  const { stdout, stderr, exitCode } = await runVitest({ reporters: { trace: {}, coverage: { floor: 0.9 } } })
  expect(exitCode).toBe(1)
  const printed = afterSummary(stdout).replaceAll(/\d+ ms/g, '* ms')
  const parcel = '  ship * ms\n'
  expect(printed.split(parcel)).toHaveLength(98 + 1)
  expect(printed.replaceAll(new RegExp(`(?: +ship \\* ms\\n)+`, 'g'), '  ship * ms, often\n')).toMatchInlineSnapshot(`
    "Traces of failed tests

    FAIL suite/failing.suite.ts > a customer > has paid
      order * ms ! RangeError: cannot pay 12 at shop.ts shop.order.items=12
        pay * ms ! RangeError: cannot pay 12 at shop.ts

    FAIL suite/failing.suite.ts > does too much
      ship * ms, often
      … 22 more
      order * ms ! RangeError: cannot pay 13 at shop.ts shop.order.items=13
        pay * ms ! RangeError: cannot pay 13 at shop.ts


    Coverage of event types

    shop 2.1.0  83.3%  5 of 6 event types emitted, floor 90%
      never emitted  stock.low      occurrence, outside of tests only
      never failed   order.ship

    not counted unless the option catalogues names them: acme 1.2.0, made 0.0.0

    The floor of 90% is not enforced: tests have failed

    "
  `)
  expect(stderr).toContain('RangeError: cannot pay 12')
})

test.each([
  [['orders'], '1 of 2 test files ran'],
  [['-t', 'a payment'], 'only tests named /a payment/ ran'],
])('coverage: the floor is not enforced on a part of the suite, %j', async (args, why) => {
  const { stdout, exitCode } = await runVitest({ reporters: { coverage: { floor: 1 } }, args, without: withoutFailing })
  expect(stdout).toContain('of 6 event types emitted, floor 100%')
  expect(stdout).toContain(`The floor of 100% is not enforced: ${why}\n`)
  expect(exitCode).toBe(0)
})

test('coverage: names that nobody knows fail a run with a floor', async () => {
  const { stderr, exitCode } = await runVitest({
    reporters: { coverage: { floor: 0, catalogues: ['shoop'], ignore: ['order.payy'] } },
    without: withoutFailing,
  })
  expect(exitCode).toBe(1)
  expect(stderr).toMatchInlineSnapshot(`
    "catalogues: there is no shoop; was shop meant? The tests have made or imported acme, made, shop
    ignore: order.payy is no event type; was order.pay meant? The tests have made or imported acme, made, shop

    "
  `)
})

test('coverage: options that are not there keep vitest from starting', async () => {
  const { stderr, exitCode } = await runVitest({ reporters: { coverage: { flor: 0.9 } } })
  expect(exitCode).toBe(1)
  expect(stderr).toContain(
    'TypeError: the coverage reporter of @proprio/testing: there is no option flor. Did you mean "floor"? There are floor, catalogues and ignore',
  )
})

test.each(['coverage', 'trace'])('the %s reporter loads nothing but itself', async (name) => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
    metafile: true,
  })
  const external = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter((one) => one.external).map(({ path }) => path),
  )
  expect(new Set(external)).toEqual(new Set(['node:util']))
})
