import { stressed } from '../stressed.ts'

stressed('three')
