import { describeCommands } from '../support/guide-commands.js';

describeCommands(true);
