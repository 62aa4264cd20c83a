import { stressed } from '../stressed.ts'

stressed('two')
