// Models under addresses of their own, so that one validator knows all of them and compiles each once.

export const addressOf = (model: string): string => `model:${model}`

/** The schema with its references to models turned to those addresses. */
export function addressed(schema: object): object {
  const text = JSON.stringify(schema).replaceAll('"#/components/schemas/', `"${addressOf('')}`)
  return JSON.parse(text) as object
}
