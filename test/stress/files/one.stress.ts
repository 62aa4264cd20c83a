import { stressed } from '../stressed.ts'

stressed('one')
