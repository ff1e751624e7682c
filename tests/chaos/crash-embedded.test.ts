/** Crashes and stops on the embedded stores. */
import { EMBEDDED } from '../integration/line.ts';
import { crashCases } from './crash-cases.ts';

crashCases(EMBEDDED);
