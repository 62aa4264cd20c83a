import { stressed } from '../stressed.ts'

stressed('five')
