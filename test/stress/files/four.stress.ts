import { stressed } from '../stressed.ts'

stressed('four')
