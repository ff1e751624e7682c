/** What every service runs on, and how one becomes a process. */
export * from './context.ts';
export * from './heartbeat.ts';
export { type Pressure, type PressureWatch, pressureNow, watchPressure } from './pressure.ts';
export * from './reparse.ts';
export * from './run.ts';
export * from './source-book.ts';
export * from './yield-watch.ts';
