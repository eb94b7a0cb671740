// Puts a finished module into a destination; must not know how it was built or what is in it.
import type { Result } from '../base/result.ts';
import type { Module } from '../module/module-types.ts';
import type { Destination } from './destination.ts';
import { publishUpload } from './publish-upload.ts';
import type { PublishedModule } from './publish-upload.ts';
import type { UploadProgress } from './upload-types.ts';
import { uploadOfModule } from './upload.ts';

/** As `publishUpload`, for a module that was built here. */
export function publishModule(
  module: Module,
  destination: Destination,
  onProgress?: (progress: UploadProgress) => void,
): Promise<Result<PublishedModule>> {
  return publishUpload(uploadOfModule(module), destination, onProgress ? { onProgress } : {});
}
