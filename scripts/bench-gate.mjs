// `npm run bench:gate`: sets up what it needs and judges every case of the gate.
import { ensureDependencies, runTool } from './setup.mjs';

ensureDependencies();
runTool('node', ['tests/bench/gate.ts']);
