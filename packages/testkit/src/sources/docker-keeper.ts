/**
 * A process that outlives the tests by a moment: when its input ends, because they ended or were killed,
 * it removes the containers they left. Arguments: the engine's address as JSON, the label of the containers.
 */
import { type EngineAddress, removeLabelled } from './docker-engine.ts';

const [address = '', label = ''] = process.argv.slice(2);
process.stdin.resume().once('end', () => removeLabelled(JSON.parse(address) as EngineAddress, label));
