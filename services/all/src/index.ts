/** Every service in one process: to be started by others, or until stopped. */
export { main } from './main.ts';
export { type AllOptions, startAll } from './service.ts';
