// Everything that the queue emits.
import { catalogue, gauge, id, integer, occurrence, operation, text } from '@proprio/api'

const job = text('Which kind of job.', { required: true, dimension: { atMost: 100 } })

export const work = catalogue(
  'work',
  { version: '1.0.0', context: { queue: text('Which queue.', { dimension: { atMost: 20 } }) } },
  {
    task: {
      job: operation({
        summary: 'A job, from when it was added until it is settled.',
        span: 'job {job}',
        attributes: {
          job,
          priority: integer('Those with a higher one begin first.'),
          customer: id('For whom.', { sensitive: 'hash' }),
        },
      }),
      wait: operation({
        summary: 'A job waited for its turn.',
        span: 'wait',
        slow: { warn: '1s', error: '10s' },
        attributes: { job },
      }),
      run: operation({
        summary: 'One attempt at a job.',
        span: 'run {job}',
        attributes: { job },
      }),
      timedOut: occurrence({
        summary: 'A job took longer than it may. Its function was told to stop, and may be running still.',
        level: 'warn',
        message: '{job} took longer than {limit} ms',
        attributes: { job, limit: integer('How long it may take.', { unit: 'ms' }) },
      }),
      cancelled: occurrence({
        summary: 'A job was taken out of the queue before it began.',
        level: 'info',
        message: '{job} never began',
        attributes: { job },
      }),
      waiting: gauge({ summary: 'Jobs that wait.', unit: '{job}' }),
      running: gauge({ summary: 'Jobs that run.', unit: '{job}' }),
    },
  },
)
