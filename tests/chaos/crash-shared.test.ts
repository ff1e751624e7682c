/** Crashes and stops on Redis and Postgres. */
import { SHARED } from '../integration/line.ts';
import { crashCases } from './crash-cases.ts';

crashCases(SHARED);
