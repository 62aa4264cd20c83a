import { stressed } from '../stressed.ts'

stressed('seven')
