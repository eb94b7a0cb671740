// The version of the app as it stands in step logs.
import { version } from '../../../package.json';

export const APP_VERSION: string = version;
