// `npm run record-sizes`: writes what each public entry weighs now into bundle-size.json, to be committed with its reason.
import { writeFileSync } from 'node:fs'
import { measure } from './bundle-size.ts'
import { packages, root } from './workspace.ts'

const sizes = await measure(root, packages)
writeFileSync(new URL('bundle-size.json', import.meta.url), `${JSON.stringify(sizes, null, 2)}\n`)
console.table(sizes)
