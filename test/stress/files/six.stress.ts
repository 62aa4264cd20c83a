import { stressed } from '../stressed.ts'

stressed('six')
