// Target stage: a mistake of whoever asks. Nothing can be answered then, also not that it does not hold.

export class Mistake extends TypeError {}

/** Says besides where it was made. */
export function madeAt<Made>(where: string, make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    throw error instanceof Mistake ? new Mistake(`${where}: ${error.message}`) : error
  }
}
