/** Decisions about URLs, all of them pure: what an address is, whose it is, whether and when to ask for it. */
export * from './address.ts';
export * from './canonicalize.ts';
export * from './directives.ts';
export * from './duplicates.ts';
export * from './glob.ts';
export * from './guard.ts';
export * from './host.ts';
export * from './politeness.ts';
export * from './revisit.ts';
export * from './robots.ts';
export { EMPTY_ROBOTS, parseRobots, ROBOTS_MAX_BYTES, type Robots } from './robots-parse.ts';
export * from './robots-policy.ts';
export * from './scope.ts';
export type { Milliseconds } from './time.ts';
export * from './traps.ts';
export * from './verdict.ts';
