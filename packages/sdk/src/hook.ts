// node --import @proprio/sdk/register app.js: registers before the application's first line, from the environment alone.
import { register } from './register.ts'

register()
