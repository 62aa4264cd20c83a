// Everything that the template engine emits.
import { catalogue, choice, counter, gauge, integer, occurrence, operation, text } from '@proprio/api'

const template = text('Its name, or where it lies in the folder of templates.', {
  required: true,
  dimension: { atMost: 200 },
})
const bytes = integer('How long it is.', { unit: 'By', measure: 'histogram' })

export const pages = catalogue(
  'pages',
  { version: '1.0.0', context: { site: text('Whose pages.', { dimension: { atMost: 20 } }) } },
  {
    template: {
      render: operation({
        summary: 'A template was filled in, as a page or as a part of one.',
        span: 'render {template}',
        slow: { warn: '100ms', error: '1s' },
        attributes: {
          template,
          as: choice(['page', 'part'], 'Whether a page was asked for, or another template has included it.', {
            dimension: true,
          }),
          bytes,
        },
      }),
      compile: operation({
        summary: 'A template was read and made into a function.',
        span: 'compile {template}',
        attributes: { template, bytes },
      }),
      missing: occurrence({
        summary: 'A template was asked for, and there is none.',
        level: 'warn',
        message: 'there is no template {template}',
        attributes: { template },
      }),
      reused: counter({
        summary: 'Times that a template was compiled already.',
        unit: '{time}',
        attributes: { template },
      }),
      kept: gauge({ summary: 'Compiled templates that are kept.', unit: '{template}' }),
    },
  },
)
