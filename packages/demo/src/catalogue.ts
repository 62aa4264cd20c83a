// The catalogue of Loom, the small framework of this demo: everything it emits, described once. Its spans, events, metrics, and what the report calls them, come from here.
import { catalogue, choice, extend, flag, gauge, id, integer, occurrence, operation, text } from '@proprio/api'
import { databaseQuery } from '@proprio/api/database'
import { httpServerRequest } from '@proprio/api/http'

const model = text('Model of the description.')
const routes = integer('Routes.', { unit: '{route}' })
const operationId = id('Operation of the description.')
const variant = choice(
  ['types', 'enums'],
  'How enumerations are written: as unions of literals, or as enum declarations.',
  {
    dimension: true,
    required: true,
  },
)

export const loom = catalogue(
  'loom',
  { version: '1.0.0', context: { description: text('Description at work.', { dimension: { atMost: 10 } }) } },
  {
    framework: {
      init: operation({
        summary: 'The framework came up, from the database of a former run or from nothing.',
        span: 'init {start}',
        attributes: { start: choice(['warm', 'cold'], 'Where from.', { dimension: true, required: true }) },
      }),
      mount: operation({
        summary: 'The generated routes were compiled into a server.',
        span: 'mount',
        attributes: { routes },
      }),
      ready: occurrence({
        summary: 'The generated API is answering.',
        level: 'info',
        message: '{routes} routes ready on {address}',
        attributes: { routes, address: text('Where it listens.') },
      }),
    },
    cli: {
      command: operation({
        summary: 'One command of the command line.',
        span: 'loom {command}',
        attributes: {
          command: choice(['init', 'load', 'build', 'build --enums', 'serve'], 'As typed.', {
            dimension: true,
            required: true,
          }),
          exitCode: integer('What it ended with.', { dimension: { atMost: 10 } }),
        },
      }),
    },
    registry: {
      register: operation({
        summary: 'The models and operations of a description became known.',
        span: 'register',
        attributes: {
          models: integer('Models.', { unit: '{model}', measure: 'counter' }),
          operations: integer('Operations.', { unit: '{operation}', measure: 'counter' }),
        },
      }),
      lookup: occurrence({
        summary: 'A model was asked for by name, and is there.',
        level: 'debug',
        message: 'found {model}',
        onSpan: false,
        attributes: { model },
      }),
      missing: occurrence({
        summary: 'A model was asked for by name, and there is none.',
        level: 'error',
        message: 'no model is called {model}',
        attributes: { model, askedBy: text('What asked.') },
      }),
    },
    decorator: {
      register: operation({
        summary: 'A validator was hung on a model.',
        span: 'decorate',
        attributes: { model },
      }),
      validate: operation({
        summary: "One of the description's own examples was held against its model.",
        span: 'validate',
        level: 'warn',
        attributes: { model, example: text('The example.') },
      }),
    },
    codegen: {
      generate: operation({
        summary: 'TypeScript was written from the description.',
        span: 'generate {variant}',
        announce: true,
        slow: { warn: '1s', error: '30s' },
        attributes: { variant, bytes: integer('Written.', { unit: 'By', measure: 'counter' }) },
      }),
      compile: operation({
        summary: 'What was written was compiled.',
        span: 'compile {variant}',
        announce: true,
        slow: { warn: '5s', error: '30s' },
        attributes: { variant, problems: integer('What the compiler found wrong.', { unit: '{problem}' }) },
      }),
      problem: occurrence({
        summary: 'The compiler refused a line of what was generated.',
        level: 'error',
        message: '{file}:{line} {code} {problem}',
        attributes: {
          variant,
          file: text('File.'),
          line: integer('Line, from 1.'),
          code: text("The compiler's code.", { dimension: { atMost: 50 } }),
          problem: text('What is wrong.'),
        },
      }),
    },
    database: {
      connect: operation({
        summary: 'A database file was opened.',
        kind: 'client',
        span: 'connect',
        attributes: { file: text('The file.'), readOnly: flag('For reading only.', { dimension: true }) },
      }),
      query: extend(databaseQuery, { attributes: { changed: integer('Rows written.', { unit: '{row}' }) } }),
      tableMissing: occurrence({
        summary: 'A route needs a table that no migration makes: it will fail until one does.',
        level: 'critical',
        message: 'there is no table for {model}',
        attributes: { model },
      }),
    },
    api: {
      request: extend(httpServerRequest, { attributes: { operationId } }),
      invalid: occurrence({
        summary: "A request broke the description's schema.",
        level: 'warn',
        message: '{problem}',
        attributes: {
          part: choice(['body', 'params', 'querystring', 'headers'], 'Which part of it.', { dimension: true }),
          problem: text('How.'),
        },
      }),
      open: gauge({ summary: 'Requests being answered.', unit: '{request}' }),
    },
  },
)
