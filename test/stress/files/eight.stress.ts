import { stressed } from '../stressed.ts'

stressed('eight')
