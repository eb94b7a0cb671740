// One static page: rendered once at build time, so that the shell is there before any script has run.
export const prerender = true;
export const ssr = true;
