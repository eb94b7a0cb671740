// Vite plugin: the isolation headers in the development and preview servers, documents included.
import type { Plugin } from 'vite';
import { isolationHeadersFor } from './isolation-headers.mjs';

import type { IncomingMessage, ServerResponse } from 'node:http';

function applyHeaders(request: IncomingMessage, response: ServerResponse): void {
  const isDocument = request.headers.accept?.includes('text/html') ?? false;
  const headers = isolationHeadersFor(isDocument ? 'text/html' : 'text/javascript', [], {
    development: true,
  });
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

export function isolationHeaders(): Plugin {
  return {
    name: 'sluice-isolation-headers',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        applyHeaders(request, response);
        next();
      });
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        applyHeaders(request, response);
        next();
      });
    },
  };
}
